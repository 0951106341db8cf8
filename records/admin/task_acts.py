"""Acts on tasks chosen in the list: category, outcome, another day, a file."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from records import publishing
from records.admin.acts import Act, act_page, author
from records.admin.bases import TaskBase
from records.exporters.rows import TASK_COLUMNS, csv_chunks, task_lines
from records.formats import counted
from records.forms.acts import CategoryForm, DateForm, OutcomeForm
from records.models import SiteProfile, Task

LISTED = 20


class TaskActs(TaskBase):
    """Each act asks on a page of its own and goes through the one door."""

    @admin.action(description="Set category…", permissions=["change"])
    def set_category(self, request: HttpRequest, tasks: QuerySet[Task]) -> HttpResponse:
        """Give them a category, or none."""
        form = CategoryForm(_posted(request))

        def perform() -> str:
            category = form.cleaned_data["category"]
            changed = publishing.set_category(tasks, category, by=author(request))
            return f"{counted(changed, 'task')} now {_have(changed)} the category {category or '—'}."

        return self._ask(request, tasks, "set_category", "Set the category", form, perform)

    @admin.action(description="Set outcome…", permissions=["change"])
    def set_outcome(self, request: HttpRequest, tasks: QuerySet[Task]) -> HttpResponse:
        """Say what became of them."""
        form = OutcomeForm(SiteProfile.load().today(), _posted(request))

        def perform() -> str:
            outcome = form.cleaned_data["outcome"]
            on = form.cleaned_data["on"]
            changed = publishing.set_outcome(tasks, outcome, on=on, by=author(request))
            words = Task.Outcome(outcome).label if outcome else "—"
            return f"{counted(changed, 'task')} now {_have(changed)} the outcome {words}."

        return self._ask(request, tasks, "set_outcome", "Set the outcome", form, perform)

    @admin.action(description="Move to another day…", permissions=["change"])
    def move(self, request: HttpRequest, tasks: QuerySet[Task]) -> HttpResponse:
        """Move them to the end of another day; they keep their ids."""
        form = DateForm(_posted(request))

        def perform() -> str:
            to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
            moving = list(tasks)
            publishing.move_tasks(moving, to, by=author(request), reason=reason)
            return f"{counted(len(moving), 'task')} moved to {to.isoformat()}."

        return self._ask(request, tasks, "move", "Move to another day", form, perform)

    @admin.action(description="Export as CSV", permissions=["view"])
    def export_csv(self, request: HttpRequest, tasks: QuerySet[Task]) -> StreamingHttpResponse:
        """A file of them, as logged, in the columns of every other CSV of the site."""
        rows = Task.objects.filter(pk__in=tasks.order_by().values("pk")).in_log_order()
        return StreamingHttpResponse(
            _encoded(csv_chunks(TASK_COLUMNS, task_lines(rows))),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="tasks.csv"'},
        )

    def _ask(
        self,
        request: HttpRequest,
        tasks: QuerySet[Task],
        name: str,
        button: str,
        form: forms.Form,
        perform: Callable[[], str],
    ) -> HttpResponse:
        count = tasks.count()
        act = Act(
            f"{button}: {counted(count, 'task')}", [], button, form, perform, back=request.get_full_path()
        )
        act.items = list(tasks[:LISTED])
        act.more_items = count - len(act.items)
        act.hidden = _chosen(request, name)
        return act_page(self, request, act, posted=form.is_bound)


def _posted(request: HttpRequest) -> Any:
    """What the act's own page posted; ``None`` when the list did."""
    return request.POST if "perform" in request.POST else None


def _chosen(request: HttpRequest, name: str) -> list[tuple[str, str]]:
    """What chose the tasks, to be posted again with the answer."""
    keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
    across = request.POST.get("select_across", "0")
    return [
        ("action", name),
        ("index", "0"),
        ("select_across", across),
        *((ACTION_CHECKBOX_NAME, key) for key in keys),
    ]


def _encoded(chunks: Iterator[str]) -> Iterator[bytes]:
    return (chunk.encode() for chunk in chunks)


def _have(number: int) -> str:
    return "has" if number == 1 else "have"

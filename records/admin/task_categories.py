"""The page that gives many tasks their category: a group, a proposal, one key; nothing without that key."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from records import publishing
from records.admin.acts import author, in_words
from records.admin.bases import TaskBase
from records.forms.posted import read_whole
from records.models import Category, Task
from records.summaries.uncategorised import TaskGroup, groups_without_category, number_without_category

GROUPS_A_PAGE = 20
LAST_SET = "tasks_given_a_category"  # in the session: what Undo would take back


class TaskCategories(TaskBase):
    """Sets categories in bulk, for what came in without."""

    def categories_page(self, request: HttpRequest) -> HttpResponse:
        """The groups, each with its proposal; a posted one is set, and the next comes to the front."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            _set(request)
            return HttpResponseRedirect(_address(request))
        categories = list(Category.objects.in_order())
        groups = groups_without_category(categories)
        shown = Paginator(groups, GROUPS_A_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Tasks without a category",
            "opts": self.opts,
            "categories": categories,
            "waiting": number_without_category(),
            "groups": groups,
            "page": shown,
            "rows": list(zip_longest(shown, [group.key for group in shown][1:])),
            "current": _current(list(shown), request),
            "last": _last(request),
        }
        return TemplateResponse(request, "admin/desk/categories.html", context)

    def undo_categories(self, request: HttpRequest) -> HttpResponse:
        """Take back the last act: its tasks are without a category again, unless it was changed since."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        last = request.session.pop(LAST_SET, None) if request.method == "POST" else None
        if last:
            tasks = Task.objects.filter(pk__in=last["tasks"], category=last["category"])
            if changed := _give(request, tasks, None):
                messages.success(request, f"{_count(changed)} without a category again.")
        return HttpResponseRedirect(_address(request))


def _set(request: HttpRequest) -> None:
    """Give the ticked tasks the chosen category, or say what is missing; one set meanwhile is left alone."""
    category = Category.objects.filter(pk=read_whole(request.POST.get("category", "")) or 0).first()
    ticked = {key for each in request.POST.getlist("task") if (key := read_whole(each))}
    if category is None:
        return messages.error(request, "Choose a category for these tasks, then press Set.")
    if not ticked:
        return messages.error(request, "No task is ticked. Tick those that belong together, then press Set.")
    tasks = list(Task.objects.filter(pk__in=ticked, category__isnull=True).only("pk"))
    changed = _give(request, tasks, category)
    if changed:
        request.session[LAST_SET] = {"tasks": [task.pk for task in tasks], "category": category.pk}
    if changed is not None and (others := len(ticked) - changed):
        which = "1 task was" if others == 1 else f"{others} tasks were"
        messages.warning(request, f"{which} left alone: removed, or given a category by somebody else.")
    return None


def _give(
    request: HttpRequest, tasks: Sequence[Task] | QuerySet[Task], category: Category | None
) -> int | None:
    """How many tasks changed; ``None``, with the fault said, when their days cannot be saved."""
    try:
        return publishing.set_category(tasks, category, by=author(request))
    except ValidationError as fault:
        messages.error(request, " ".join(in_words(fault)))
        return None


def _last(request: HttpRequest) -> dict[str, Any] | None:
    """What was set last and could be taken back, in words, and its first task."""
    last = request.session.get(LAST_SET)
    category = Category.objects.filter(pk=last["category"]).first() if last else None
    if not last or not category:
        return None
    return {"said": f"{_count(len(last['tasks']))} now in {category.name}.", "first": last["tasks"][0]}


def _current(groups: Sequence[TaskGroup], request: HttpRequest) -> int | None:
    """The key of the group that gets the cursor: the one with the task asked for, else the first."""
    asked = read_whole(request.GET.get("at", ""))
    with_it = (group.key for group in groups if any(task.pk == asked for task in group.tasks))
    return next(with_it, groups[0].key if groups else None)


def _address(request: HttpRequest) -> str:
    """Back to the page it was posted from, at the group with the task named there."""
    asked = {name: read_whole(request.POST.get(name, "")) for name in ("p", "at")}
    query = urlencode({name: number for name, number in asked.items() if number})
    return f"{reverse('admin:records_task_categories')}{'?' if query else ''}{query}"


def _count(number: int) -> str:
    return "1 task is" if number == 1 else f"{number:,} tasks are"

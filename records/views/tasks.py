"""All tasks, filtered and sorted, and each task by itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from records.filters import OF_ONE_TASK, WHAT_IF, WhatIf, link
from records.filters.links import kept
from records.filters.unknown import OF_FILTERED_TASKS
from records.models import Day, SiteProfile, Task
from records.summaries.corrections import by_task, corrections_of
from records.summaries.estimate_card import estimate_card
from records.summaries.kept import of_state
from records.summaries.samples import samples_among
from records.summaries.span import span_of
from records.summaries.tasks import leverage_working, listed, neighbours, supervision_working
from records.tables import FilteredTasks, OrderedTasks, TaskTable
from records.views import linked_data
from records.views.check import Check, View, check_of, cited, ledger_of
from records.views.files import file_links, tasks_file
from records.views.records import left_out


def task_list(request: HttpRequest) -> HttpResponse:
    """The tasks an address asks for; what in it makes no sense is said beside its field and not applied."""
    site = SiteProfile.load()
    listing = FilteredTasks(request.GET)
    context = {
        "site": site,
        "section": "tasks",
        "agent_legend": f"{site.agent_name}, min",
        "unsupervised_url": link(listing.query, missing="supervision"),
        **page_of(listing, listing.table(site.agent_name, hidden=("task",))),
        **({} if listing.is_narrowed else {"linked_data": linked_data_of_tasks(site)}),
    }
    files = file_links("task_list_file", listing.query, [*listing.errors, "exact"])
    view = View("the days shown", "Tasks", reverse("records:task_list"), site, ledger_of(*listing.span))
    context["check"] = check_of_list(listing, view, files)
    response = render(request, "records/task_list.html", context)
    if not (listing.is_computed and listing.counts_are_computed and listing.views_are_computed):
        response["Cache-Control"] = "no-store"  # another time it may be there
    return response


def page_of(listing: OrderedTasks, table: TaskTable) -> dict[str, Any]:
    """What the templates of a list of tasks show of one page of it."""
    sample, tasks = listing.reservations.sample, listing.shown
    return {
        "listing": listing,
        "sample": sample,
        "sample_days": samples_among((task.day_id for task in tasks), some=sample),
        "table": table,
        "heads": list(table.heads(listing.query)),
        "tasks": tasks,
        "turns": listing.turns,
    }


def check_of_list(listing: OrderedTasks, view: View, files: dict[str, str]) -> Check:
    """What there is to check of a list of tasks."""
    return check_of(view, listing.recorded, listing.account.coverage, listing.what_if, files)


def task_list_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The tasks an address asks for, all pages of them, as a file."""
    listing = FilteredTasks(request.GET, whole=True)
    return tasks_file(request, listing, "tasks", extension, OF_FILTERED_TASKS)


def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: its figures, how they are computed, where they come from, what stands beside it."""
    recorded = get_object_or_404(listed(Task.objects.visible()).select_related("day"), pk=pk)
    what_if = WhatIf(kept(request.GET, WHAT_IF), OF_ONE_TASK)
    task = recorded.supposing(what_if.scenario)
    corrections = by_task(corrections_of(task.day)).get(task.pk, [])
    site = SiteProfile.load()
    context = {
        "site": site,
        "section": "tasks",
        "task": task,
        "sample": task.day.sample,
        "made_up": "This task is made up",
        "leverage": leverage_working(task),
        "card": estimate_card(task),
        "supervision": supervision_working(task),
        "corrections": corrections,
        "beside": neighbours(task, Task.objects.visible()),
        "check": check_of_one(recorded, what_if, site, corrected=bool(corrections)),
        **({"linked_data": linked_data.of_task(task)} if what_if.scenario.is_plain else {}),
    }
    return render(request, "records/task_detail.html", context)


def linked_data_of_tasks(site: SiteProfile) -> linked_data.Node:
    """All tasks as a set of data."""
    files = {
        content_type: reverse("records:task_list_file", args=[extension])
        for extension, content_type in (("csv", "text/csv"), ("json", "application/json"))
    }
    told = "Every task of every public record: human hours, agent and supervisory minutes, both factors."
    tasks = linked_data.data_set(
        "all tasks",
        told,
        "task_list",
        files,
        span=of_state("span", lambda: span_of(Day.objects.visible())),
        site=site,
    )
    return linked_data.graph(tasks, linked_data.breadcrumbs(linked_data.step("Tasks", "task_list")))


def check_of_one(task: Task, what_if: WhatIf, site: SiteProfile, *, corrected: bool) -> Check:
    """What there is to check of a task; its file is that of the record it stands on."""
    day = task.day
    as_of = day.figures_changed_at or day.published_at
    query = kept(what_if.state, [name for name in what_if.state if name not in what_if.not_in_files])
    return Check(
        subject="this task",
        what_if=what_if,
        factor=task.leverage_factor(),
        files=file_links("record_file", query, (), date=day.date),
        as_of=as_of,
        left_out=left_out(day),
        corrections="#corrections" if corrected else "",
        citation=cited(task.title, task.get_absolute_url(), what_if, site, as_of),
        of_one_task=True,
    )

"""All tasks, filtered and sorted, and each task by itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from records.filters import link
from records.models import Day, SiteProfile, Task
from records.summaries.corrections import by_task, corrections_of
from records.summaries.estimate_card import estimate_card
from records.summaries.span import span_of
from records.summaries.tasks import leverage_working, listed, neighbours, supervision_working
from records.tables import FilteredTasks, OrderedTasks, TaskTable
from records.views import linked_data
from records.views.files import file_links, tasks_file


def task_list(request: HttpRequest) -> HttpResponse:
    """The tasks an address asks for; what in it makes no sense is said beside its field and not applied."""
    site = SiteProfile.load()
    listing = FilteredTasks(request.GET, Task.objects.visible())
    context = {
        "site": site,
        "section": "tasks",
        "agent_legend": f"{site.agent_name}, min",
        "unsupervised_url": link(listing.query, missing="supervision"),
        **page_of(listing, listing.table(site.agent_name, hidden=("task",))),
        "files": file_links("records:task_list_file", listing.query, listing.errors),
        "linked_data": linked_data_of_tasks(site),
    }
    return render(request, "records/task_list.html", context)


def page_of(listing: OrderedTasks, table: TaskTable) -> dict[str, Any]:
    """What the templates of a list of tasks show of one page of it."""
    return {
        "listing": listing,
        "sample": listing.reservations.sample,
        "table": table,
        "heads": list(table.heads(listing.query)),
        "tasks": [row.record for row in table.paginated_rows],
        "pages": table.page_links(listing.query),
        "sizes": table.size_links(listing.query),
    }


def task_list_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The tasks an address asks for, all pages of them, as a file."""
    return tasks_file(FilteredTasks(request.GET, Task.objects.visible()), "tasks", extension)


def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: its figures, how they are computed, where they come from, what stands beside it."""
    task = get_object_or_404(listed(Task.objects.visible()).select_related("day"), pk=pk)
    context = {
        "section": "tasks",
        "task": task,
        "sample": task.day.sample,
        "leverage": leverage_working(task),
        "card": estimate_card(task),
        "supervision": supervision_working(task),
        "corrections": by_task(corrections_of(task.day)).get(task.pk, []),
        "beside": neighbours(task, Task.objects.visible()),
        "linked_data": linked_data.of_task(task),
    }
    return render(request, "records/task_detail.html", context)


def linked_data_of_tasks(site: SiteProfile) -> linked_data.Node:
    """All tasks as a set of data, whatever the address narrows them to."""
    files = {
        content_type: reverse("records:task_list_file", args=[extension])
        for extension, content_type in (("csv", "text/csv"), ("json", "application/json"))
    }
    told = "Every task of every public record: human hours, agent and supervisory minutes, both factors."
    tasks = linked_data.data_set(
        "all tasks", told, "task_list", files, span=span_of(Day.objects.visible()), site=site
    )
    return linked_data.graph(tasks, linked_data.breadcrumbs(linked_data.step("Tasks", "task_list")))

"""All tasks, filtered and sorted, and each task by itself."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from records.models import SiteProfile, Task
from records.summaries.tasks import counts_sample, listed, neighbours
from records.tables import FilteredTasks
from records.views.files import tasks_file


def task_list(request: HttpRequest) -> HttpResponse:
    """The tasks an address asks for; what in it makes no sense is said beside its field and not applied."""
    site = SiteProfile.load()
    listing = FilteredTasks(request.GET, Task.objects.visible())
    table = listing.table(site.agent_name)
    sample = counts_sample(listing.tasks)
    context = {"site": site, "section": "tasks", "listing": listing, "table": table, "sample": sample}
    return render(request, "records/task_list.html", context)


def task_list_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The tasks an address asks for, all pages of them, as a file."""
    return tasks_file(FilteredTasks(request.GET, Task.objects.visible()), "tasks", extension)


def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: its figures, how they are computed, where they come from, what stands beside it."""
    task = get_object_or_404(listed(Task.objects.visible()).select_related("day"), pk=pk)
    beside = neighbours(task, Task.objects.visible())
    context = {"section": "tasks", "task": task, "neighbours": beside, "sample": task.day.sample}
    return render(request, "records/task_detail.html", context)

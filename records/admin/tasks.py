"""The list of all tasks; each is edited on the form of its day."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records import formats
from records.admin.days import figure
from records.admin.earlier import earlier_response
from records.admin.ordering import UnknownLast
from records.admin.task_acts import TaskActs
from records.admin.task_categories import TaskCategories
from records.admin.task_filters import FactorFilter, MissingFilter
from records.durations import write_hours, write_minutes
from records.forms.posted import read_whole
from records.models import Task
from records.summaries.uncategorised import number_without_category


@admin.register(Task)
class TaskAdmin(TaskActs, TaskCategories):
    """Tasks of all days: search, filters and acts on many; no form of its own, so the one door holds."""

    list_display = (
        "date_shown",
        "name_shown",
        "category",
        "hours_shown",
        "agent_shown",
        "supervision_shown",
        "factor_shown",
        "supervisory_factor_shown",
    )
    list_display_links = None
    list_filter = (FactorFilter, MissingFilter, "category", "outcome")
    list_select_related = ("category",)
    list_per_page = 100
    search_fields = ("name", "description")
    date_hierarchy = "day__date"
    ordering = ("-day_id", "position")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # a query for each choice
    actions = ("set_category", "set_outcome", "move", "export_csv")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[UnknownLast]:
        """The list that keeps unknown figures last."""
        return UnknownLast

    def get_urls(self) -> list[URLResolver | URLPattern]:  # type: ignore[override] # the stub knows resolvers only
        """The offers of earlier tasks and the setting of categories, before the addresses of the admin."""
        view = self.admin_site.admin_view
        return [
            path("earlier/", view(self.earlier), name="records_task_earlier"),
            path("categories/", view(self.categories_page), name="records_task_categories"),
            path("categories/undo/", view(self.undo_categories), name="records_task_categories_undo"),
            *super().get_urls(),
        ]

    def earlier(self, request: HttpRequest) -> HttpResponse:
        """Earlier tasks for the name in ``q``, as JSON."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return earlier_response(request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A task is added on the form of its day."""
        return HttpResponseRedirect(reverse("admin:log"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A task is changed on the form of its day, which opens at its row."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        task = Task.objects.filter(pk=read_whole(object_id) or 0).select_related("day").first()
        if task is None:
            raise Http404("There is no such task.")
        return HttpResponseRedirect(row_address(task.day.pk, task))

    def has_delete_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        """Never from here: a task is removed on the form of its day."""
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, under its own name."""
        waiting = number_without_category() if self.has_change_permission(request) else 0
        own = {"title": "Tasks", "without_category": waiting}
        return super().changelist_view(request, {**own, **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Task]:
        """Tasks with their categories."""
        return Task.objects.select_related("category")

    @admin.display(description="date", ordering="day_id")
    def date_shown(self, task: Task) -> str:
        """The day worked."""
        return task.day_id.isoformat()

    @admin.display(description="task", ordering="description")
    def name_shown(self, task: Task) -> SafeString:
        """Its name, which leads to its row on the form of its day."""
        address = reverse("admin:records_task_change", args=[task.pk])
        return format_html('<a href="{}">{}</a>', address, task.title)

    @admin.display(description="human", ordering="human_hours")
    def hours_shown(self, task: Task) -> SafeString:
        """Human hours."""
        return figure(write_hours(task.human_hours) or formats.DASH)

    @admin.display(description="agent", ordering="agent_minutes")
    def agent_shown(self, task: Task) -> SafeString:
        """Agent minutes."""
        return figure(write_minutes(task.agent_minutes) or formats.DASH)

    @admin.display(description="sup.", ordering="supervisory_minutes")
    def supervision_shown(self, task: Task) -> SafeString:
        """Supervisory minutes."""
        return figure(write_minutes(task.supervisory_minutes) or formats.DASH)

    @admin.display(description="factor", ordering="factor")
    def factor_shown(self, task: Task) -> SafeString:
        """Its leverage factor."""
        return figure(formats.task_factor(task.leverage_factor()), "leverage")

    @admin.display(description="sup. factor", ordering="supervisory_factor")
    def supervisory_factor_shown(self, task: Task) -> SafeString:
        """Its supervisory leverage factor."""
        return figure(formats.task_factor(task.supervisory_leverage_factor()), "supervision")


def row_address(day_key: int, task: Task) -> str:
    """The address of a task's row on the form of its day."""
    return f"{reverse('admin:records_day_change', args=[day_key])}#task-{task.pk}"

"""The list of days, and the addresses of all that can be done with one."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from records import formats
from records.admin.day_acts import DayActs
from records.admin.day_history import DayHistory
from records.admin.day_links import DayLinks
from records.admin.day_names import DayNames
from records.admin.day_prose import DayProsePages
from records.admin.day_typed import DayTyped
from records.admin.ordering import UnknownLast
from records.admin.paste import MAY_PASTE
from records.models import Day


class StatusFilter(admin.SimpleListFilter):
    """Where a day stands; scheduled is told apart from published."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The four places a day can stand."""
        return [(name, name) for name in ("draft", "scheduled", "published", "withdrawn")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Day]) -> QuerySet[Day]:
        """The days that stand there."""
        value = self.value()
        if value == "published":
            return queryset & Day.objects.visible()
        if value == "scheduled":
            return queryset.filter(status=Day.Status.PUBLISHED) & Day.objects.waiting()
        return queryset.filter(status=value) if value in Day.Status.values else queryset


@admin.register(Day)
class DayAdmin(DayProsePages, DayTyped, DayActs, DayLinks, DayNames, DayHistory):
    """Days: the list, and one screen for each."""

    list_display = (
        "work_date",
        "title_shown",
        "standing",
        "task_count",
        "human_hours",
        "factor_shown",
        "supervisory_factor_shown",
        "acts",
    )
    list_display_links = ("work_date", "title_shown")
    list_filter = (StatusFilter,)
    list_per_page = 50
    search_fields = ("title", "left_out")
    date_hierarchy = "date"
    ordering = ("-date",)
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # a query for each choice
    actions = None

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The columns; what can be done only for those who may do it."""
        may = self.has_change_permission(request)
        return [name for name in self.list_display if may or name != "acts"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Day]:
        """Days with their sums."""
        return Day.objects.with_totals()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[UnknownLast]:
        """The list that keeps unknown figures last."""
        return UnknownLast

    def get_urls(self) -> list[URLResolver | URLPattern]:  # type: ignore[override] # the stub knows resolvers only
        """The acts on a day before the addresses of the admin, which would take their names for keys."""
        pages = (
            ("publish", self.publish_page),
            ("withdraw", self.withdraw_page),
            ("move", self.move_page),
            ("link", self.link_page),
            ("names", self.names_page),
            ("keep", self.keep_page),
        )
        wrap = self.admin_site.admin_view
        return [
            *(path(f"<int:pk>/{name}/", wrap(view), name=f"records_day_{name}") for name, view in pages),
            path("add/keep/", wrap(self.keep_page), name="records_day_keep_new"),
            path("figures/", wrap(self.figures_page), name="records_day_figures"),
            path("first-draft/", wrap(self.draft_page), name="records_day_draft"),
            path("facts/", wrap(self.facts_page), name="records_day_facts"),
            path("rendered/", wrap(self.rendered_page), name="records_day_rendered"),
            path("<int:pk>/history/<int:number>/", wrap(self.revision_page), name="records_day_revision"),
            path(
                "<int:pk>/history/<int:number>/restore/", wrap(self.restore_page), name="records_day_restore"
            ),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, under its own name."""
        more = {"title": "Days", "may_paste": request.user.has_perms(MAY_PASTE), **(extra_context or {})}
        return super().changelist_view(request, more)

    @admin.display(description="date", ordering="date")
    def work_date(self, day: Day) -> str:
        """The date as addresses write it."""
        return day.date.isoformat()

    @admin.display(description="title")
    def title_shown(self, day: Day) -> str:
        """The title, or the one made from the date."""
        return day.full_title

    @admin.display(description="status", ordering="status")
    def standing(self, day: Day) -> SafeString:
        """Draft, scheduled, published or withdrawn; made-up data is said."""
        name = standing(day)
        sample = " · sample" if day.sample else ""
        return format_html('<span class="standing {}">{}</span>{}', name, name, sample)

    @admin.display(description="tasks", ordering="sum_tasks")
    def task_count(self, day: Day) -> SafeString:
        """How many tasks it has."""
        return figure(str(day.totals().tasks))

    @admin.display(description="hours", ordering="sum_hours_units")
    def human_hours(self, day: Day) -> SafeString:
        """The sum of its human hours."""
        return figure(formats.quantity(day.totals().human_hours))

    @admin.display(description="factor", ordering="factor")
    def factor_shown(self, day: Day) -> SafeString:
        """Its weighted average factor."""
        return figure(formats.average_factor(day.totals().leverage.value), "leverage")

    @admin.display(description="sup. factor", ordering="supervisory_factor")
    def supervisory_factor_shown(self, day: Day) -> SafeString:
        """Its weighted average supervisory factor."""
        return figure(formats.average_factor(day.totals().supervision.value), "supervision")

    @admin.display(description="actions")
    def acts(self, day: Day) -> SafeString:
        """What can be done with it from here."""
        return format_html_join(" · ", '<a href="{}">{}</a>', ((href, text) for text, href in acts_on(day)))


def standing(day: Day) -> str:
    """Where a day stands: draft, scheduled, published or withdrawn."""
    return "scheduled" if day.is_scheduled() else day.status


def acts_on(day: Day) -> list[tuple[str, str]]:
    """What can be done with a day as it stands: words and address."""

    def address(name: str) -> str:
        return reverse(f"admin:records_day_{name}", args=[day.pk])

    preview = reverse("records:day_preview", args=[day.date])
    if day.is_visible():
        return [("View on site", day.get_absolute_url()), ("Withdraw…", address("withdraw"))]
    if day.is_scheduled():
        return [("Preview", preview), ("Withdraw…", address("withdraw"))]
    return [("Preview", preview), ("Publish…", address("publish"))]


def figure(written: str, kind: str = "") -> SafeString:
    """A written figure for a column of figures; ``kind`` colours a factor."""
    sign = "×" if kind and written != formats.DASH else ""
    return format_html('<span class="figure {}">{}{}</span>', kind, written, sign)

"""The author's desk: Django's admin with a first page of its own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.dateformat import format as formatted
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from records import publishing
from records.admin.acts import author, in_words, read_date
from records.admin.dashboard import Board, log_dates
from records.admin.paste import MAY_PASTE, PasteDesk
from records.forms.quick_line import QuickLineForm
from records.models import Day, SiteProfile, Task

MAY_LOG = ("records.add_task", "records.change_day")


class DeskSite(PasteDesk):
    """The admin site; its name and colours are those of the pages."""

    enable_nav_sidebar = False
    index_template = "admin/desk/index.html"
    site_url = "/"

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """The addresses of the admin, with those that belong to no model."""
        return [
            path("log/", self.admin_view(self.log), name="log"),
            path("paste/", self.admin_view(self.paste), name="paste"),
            path("paste/rows/", self.admin_view(self.paste_rows), name="paste_rows"),
            path("session/", never_cache(self.session), name="session"),
            path("quick-line/", self.admin_view(self.quick_line), name="quick_line"),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the admin knows; ``site`` is read when first used."""
        # Named here once more because Django's log-in calls something else by that name.
        return {**super().each_context(request), "site": SimpleLazyObject(SiteProfile.load)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page: today's totals, the last days, what waits, and one button."""
        return self._first_page(request, None, extra_context)

    def log(self, request: HttpRequest) -> HttpResponse:
        """Open the day of a date: the stored one, else a blank form for it.

        Without a date it is today's; at night the first page asks which.
        """
        on = read_date(request.GET.get("date", ""))
        if on is None:
            on, *others = log_dates(SiteProfile.load().now())
            if others:
                return HttpResponseRedirect(reverse("admin:index"))
        day = Day.objects.filter(date=on).first()
        if day:
            return HttpResponseRedirect(reverse("admin:records_day_change", args=[day.pk]))
        return HttpResponseRedirect(f"{reverse('admin:records_day_add')}?date={on.isoformat()}")

    def session(self, request: HttpRequest) -> JsonResponse:
        """Who is logged in, blank when nobody is, and the token that a form of theirs needs."""
        user = request.user.get_username() if self.has_permission(request) else ""
        return JsonResponse({"user": user, "csrf": get_token(request)})

    def quick_line(self, request: HttpRequest) -> HttpResponse:
        """Add the task of one line to a day's draft; a line that cannot be read is kept with its fault."""
        if not request.user.has_perms(MAY_LOG):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:index"))
        board = Board(SiteProfile.load())
        form = QuickLineForm(board.offer, request.POST)
        if form.is_valid() and self._added(request, form):
            return HttpResponseRedirect(reverse("admin:index"))
        return self._first_page(request, form, None)

    def _added(self, request: HttpRequest, form: QuickLineForm) -> bool:
        on = form.cleaned_data["on"]
        address = f"{reverse('admin:log')}?date={on.isoformat()}"
        try:
            task = publishing.add_task(on, form.task(), by=author(request))
        except publishing.ReasonNeeded:
            words = '{} is public. Add the task <a href="{}">on its form</a>, where you can say why.'
            form.add_error("line", format_html(words, formatted(on, "F j"), address))
            return False
        except ValidationError as fault:
            form.add_error("line", in_words(fault))
            return False
        said = format_html('Added to <a href="{}">{}</a>: {}', address, formatted(on, "F j, Y"), task.title)
        messages.success(request, said)
        self.get_model_admin(Day).log_change(request, task.day, f"Added by a quick line: {task.title}.")
        return True

    def _first_page(
        self, request: HttpRequest, form: QuickLineForm | None, extra_context: dict[str, Any] | None
    ) -> TemplateResponse:
        profile = SiteProfile.load()
        board = Board(profile)
        context = {
            "board": board,
            "site": profile,
            "may_see": self.get_model_admin(Day).has_view_or_change_permission(request),
            "may_paste": request.user.has_perms(MAY_PASTE),
            "may_log": request.user.has_perms(MAY_LOG),
            "may_sort": self.get_model_admin(Task).has_change_permission(request),
            "quick_line": form or QuickLineForm(board.offer, initial={"on": board.log_dates[0]}),
            **(extra_context or {}),
        }
        return super().index(request, context)


desk = DeskSite()

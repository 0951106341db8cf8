"""The site profile: one row, so its list is its form."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from records.admin.bases import ProfileBase, SafeNameBase
from records.models import SafeName, SiteProfile


@admin.register(SafeName)
class SafeNameAdmin(SafeNameBase):
    """Names that must not be public, and what stands in for them."""

    list_display = ("name", "stand_in")
    search_fields = ("name", "stand_in")
    show_full_result_count = False


@admin.register(SiteProfile)
class SiteProfileAdmin(ProfileBase):
    """Who writes here and by which conventions."""

    fieldsets = (
        (None, {"fields": ("site_name", "author_name", "agent_name", "time_zone")}),
        ("On every record", {"fields": ("author_box", "about_records", "call_to_action")}),
        ("Method", {"fields": (("hours_per_day", "hours_per_week"), "objections")}),
        ("Licence", {"fields": ("licence", "licence_url")}),
    )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the one row, or to a form with the defaults while none is stored."""
        stored = SiteProfile.objects.first()
        if stored is None:
            return HttpResponseRedirect(reverse("admin:records_siteprofile_add"))
        return HttpResponseRedirect(reverse("admin:records_siteprofile_change", args=[stored.pk]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only while there is none."""
        return super().has_add_permission(request) and not SiteProfile.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: SiteProfile | None = None) -> bool:
        """Never: the site always has one."""
        return False

"""Addresses of the whole site: the admin and, from the root on, the record."""

from django.conf import settings
from django.urls import include, path

from leverage_site.later import Later

handler500 = "leverage_site.failures.server_error"

urlpatterns = [
    Later(settings.DESK_PATH, "leverage_site.desk_urls", "admin"),  # readers start the site, and need no desk
    path("", include("records.urls")),
]

"""Addresses of the whole site: the admin and, from the root on, the record."""

from django.contrib import admin
from django.urls import include, path

handler500 = "leverage_site.failures.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("records.urls")),
]

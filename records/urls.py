"""Addresses of the record."""

from django.urls import path, register_converter

from records.views import home
from records.views.converters import WorkDate

register_converter(WorkDate, "day")

app_name = "records"

urlpatterns = [
    path("", home.home, name="home"),
]

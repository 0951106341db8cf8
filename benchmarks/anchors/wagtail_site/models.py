"""The page of a day, and its rows."""

from django.db import models
from modelcluster.fields import ParentalKey  # type: ignore[import-not-found] # of the anchors' environment alone
from wagtail.models import Orderable, Page  # type: ignore[import-not-found] # likewise


class RecordPage(Page):
    """A day with its rows."""

    date = models.DateField()
    lede = models.TextField(blank=True)
    template = "wagtail_site/record_page.html"


class Row(Orderable):
    """A task of the day, with its figures as they are shown."""

    page = ParentalKey(RecordPage, on_delete=models.CASCADE, related_name="rows")
    name = models.CharField(max_length=60)
    description = models.TextField()
    category = models.CharField(max_length=60, blank=True)
    human_hours = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    agent_minutes = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    supervisory_minutes = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    factor = models.FloatField(null=True)
    supervisory_factor = models.FloatField(null=True)

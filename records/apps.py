"""The records application."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Days, tasks and categories, and the pages made of them."""

    name = "records"
    verbose_name = "Records"

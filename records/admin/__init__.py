"""The author's desk: importing it registers the models."""

from records.admin import site  # isort: skip - the others register themselves with it
from records.admin import categories, days, profile, tasks

__all__ = ["categories", "days", "profile", "site", "tasks"]

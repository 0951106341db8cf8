"""Days, tasks, categories, the site profile and their history."""

from records.models.category import NO_CATEGORY, Category, Tag, free_slug
from records.models.day import Day
from records.models.estimate import Basis, Step, Timing
from records.models.history import Correction, OldAddress, Revision, Source
from records.models.site import SiteProfile
from records.models.task import NAME_LENGTH, FigureSource, Task, highest_first, name_in

__all__ = [
    "NAME_LENGTH",
    "NO_CATEGORY",
    "Basis",
    "Category",
    "Correction",
    "Day",
    "FigureSource",
    "OldAddress",
    "Revision",
    "SiteProfile",
    "Source",
    "Step",
    "Tag",
    "Task",
    "Timing",
    "free_slug",
    "highest_first",
    "name_in",
]

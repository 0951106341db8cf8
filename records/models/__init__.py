"""Days, tasks, categories, the site profile and their history."""

from records.models.category import NO_CATEGORY, Category, Tag, free_slug
from records.models.day import Day
from records.models.estimate import Basis, Step, Timing
from records.models.history import Correction, OldAddress, Revision, Source
from records.models.kept import WHY_LENGTH, KeptClaim
from records.models.naming import NAME_LENGTH, name_in
from records.models.revision import SiteRevision
from records.models.site import SafeName, SiteProfile
from records.models.summary import DayCategorySummary, DaySummary
from records.models.task import PUBLIC_NEEDS, FigureSource, Task, highest_first
from records.models.working import WorkingCopy

__all__ = [
    "NAME_LENGTH",
    "NO_CATEGORY",
    "PUBLIC_NEEDS",
    "WHY_LENGTH",
    "Basis",
    "Category",
    "Correction",
    "Day",
    "DayCategorySummary",
    "DaySummary",
    "FigureSource",
    "KeptClaim",
    "OldAddress",
    "Revision",
    "SafeName",
    "SiteProfile",
    "SiteRevision",
    "Source",
    "Step",
    "Tag",
    "Task",
    "Timing",
    "WorkingCopy",
    "free_slug",
    "highest_first",
    "name_in",
]

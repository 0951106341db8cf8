"""The author's desk.

The site comes first: whatever registers itself below asks Django for the admin site, which is the one here.
"""

from records.admin import site  # isort: skip
from records.admin import categories, days, profile, tasks

__all__ = ["categories", "days", "profile", "site", "tasks"]

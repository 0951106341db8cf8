"""The one door: days and tasks are written here and nowhere else.

Every act is one transaction that checks the version under the day's write lock, writes the rows, keeps a
Revision and, for what was public, the Corrections.
"""

from records.publishing.archived import ArchiveInvalid
from records.publishing.bulk import NewDay, add_days
from records.publishing.categories import merge_categories, remove_category, save_category
from records.publishing.checks import PUBLIC_NEEDS, TasksInvalid
from records.publishing.days import move_day, publish, remove_day, save_day, withdraw
from records.publishing.door import Conflict
from records.publishing.imports import DaysInvalid, import_again, import_days
from records.publishing.restoring import Restored, RestoredDay, restore_archive
from records.publishing.status import Status
from records.publishing.tasks import add_task, move_tasks, set_category, set_outcome

__all__ = [
    "PUBLIC_NEEDS",
    "ArchiveInvalid",
    "Conflict",
    "DaysInvalid",
    "NewDay",
    "Restored",
    "RestoredDay",
    "Status",
    "TasksInvalid",
    "add_days",
    "add_task",
    "import_again",
    "import_days",
    "merge_categories",
    "move_day",
    "move_tasks",
    "publish",
    "remove_category",
    "remove_day",
    "restore_archive",
    "save_category",
    "save_day",
    "set_category",
    "set_outcome",
    "withdraw",
]

"""The one door: days and tasks are written here and nowhere else.

Every act is one transaction that checks the version under the day's write lock, writes the rows, keeps a
Revision and, for what was public, the Corrections.
"""

from records.models import PUBLIC_NEEDS
from records.publishing.archived import ArchiveInvalid
from records.publishing.bulk import NewDay, add_days
from records.publishing.categories import merge_categories, remove_category, save_category, why_not_removed
from records.publishing.checks import ReasonNeeded, TasksInvalid
from records.publishing.claims import ClaimsRefuted
from records.publishing.corrections import USUAL_REASONS
from records.publishing.days import move_day, publish, remove_day, save_day, withdraw
from records.publishing.door import Conflict
from records.publishing.imports import DaysInvalid, import_again, import_days
from records.publishing.names import use_safe_names
from records.publishing.previews import day_of_token, preview_token, revoke_previews
from records.publishing.restoring import Restored, RestoredDay, restore_archive
from records.publishing.revisions import Restoring, restore_revision, restoring
from records.publishing.status import Status
from records.publishing.summing import summarise
from records.publishing.tags import merge_tags, save_tag
from records.publishing.tasks import add_task, move_tasks, set_category, set_outcome
from records.publishing.working import forget_typed, keep_typed, typed_by

__all__ = [
    "PUBLIC_NEEDS",
    "USUAL_REASONS",
    "ArchiveInvalid",
    "ClaimsRefuted",
    "Conflict",
    "DaysInvalid",
    "NewDay",
    "ReasonNeeded",
    "Restored",
    "RestoredDay",
    "Restoring",
    "Status",
    "TasksInvalid",
    "add_days",
    "add_task",
    "day_of_token",
    "forget_typed",
    "import_again",
    "import_days",
    "keep_typed",
    "merge_categories",
    "merge_tags",
    "move_day",
    "move_tasks",
    "preview_token",
    "publish",
    "remove_category",
    "remove_day",
    "restore_archive",
    "restore_revision",
    "restoring",
    "revoke_previews",
    "save_category",
    "save_day",
    "save_tag",
    "set_category",
    "set_outcome",
    "summarise",
    "typed_by",
    "use_safe_names",
    "why_not_removed",
    "withdraw",
]

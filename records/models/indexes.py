"""The indexes of tasks: one for every order that is offered, of all tasks and within a category.

Each order is a walk along one of them, see ``records.models.walks``. The last column is the id, in which
ties end; walked backwards, an index serves the order the other way round.
"""

from django.db.models import F, Index, Value
from django.db.models.functions import Coalesce

# The figures that tasks are sorted by, and how their indexes are called.
_FIGURES = {
    "factor": "factor_up",
    "supervisory_factor": "sup_factor_up",
    "human_hours": "hours",
    "agent_minutes": "minutes",
    "supervisory_minutes": "sup",
    "tokens": "tokens",
}
_NEWEST = (F("day").desc(), "position", "id")
INDEXES = [
    Index("day", "position", "id", name="task_log_order"),
    Index(*_NEWEST, name="task_newest"),
    *(Index(figure, "id", name=f"task_{name}") for figure, name in _FIGURES.items()),
    Index("category", "id", name="task_of_category"),
    Index("category", "day", "position", "id", name="task_of_category_oldest"),
    Index("category", *_NEWEST, name="task_of_category_newest"),
    *(Index("category", figure, "id", name=f"task_of_category_{name}") for figure, name in _FIGURES.items()),
    # For orders that mix what is known and what is not, such as those of the desk.
    Index(Coalesce(F("factor"), Value(-1.0)).desc(), F("id").desc(), name="task_factor_down"),
    Index(Coalesce(F("supervisory_factor"), Value(-1.0)).desc(), F("id").desc(), name="task_sup_factor_down"),
]

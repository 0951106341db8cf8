"""Live figures of a day where its prose is quoted among others: what its summary knows, without a query."""

from decimal import Decimal

from records.models import Day
from records.prose import Figure, Mark
from records.summaries.written import of_totals

ELSEWHERE = "…"  # for what only the tasks or other days could tell
_RESTS_ON = {"minutes": "agent_about", "factor": "agent_about"} | dict.fromkeys(
    ("supervisory_minutes", "supervisory_factor"), "supervision_about"
)
_KNOWN = ("tasks", "hours", *_RESTS_ON)


def figure_in_short(day: Day, typed: str) -> str:
    """What stands on the day's page for ``{{ typed }}``, or an ellipsis.

    ``day`` comes with its totals and its summary.
    """
    mark = Mark.of(typed)
    return _figure(day, mark.name).written(mark.how) if mark.name in _KNOWN else ELSEWHERE


def _figure(day: Day, name: str) -> Figure:
    figure = of_totals(name, day.totals(), "the day", Decimal(1))
    about = name in _RESTS_ON and getattr(day.summary, _RESTS_ON[name])
    return Figure(f"~{figure.text}", count=figure.count) if about and not figure.missing else figure

"""What tasks add up to, read from the summaries that stand for exactly these tasks."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, Sum

from records.leverage import Totals
from records.models import DayCategorySummary
from records.models.summary import SummaryQuerySet
from records.models.sums import SUMS
from records.summaries.coverage import Coverage
from records.summaries.reach import Reach
from records.summaries.tasks import Account, Reservations

_ABOUT = ("agent_about", "supervision_about")


def account_kept(summaries: SummaryQuerySet[Any]) -> Account:
    """The account of all tasks that some summaries stand for, in one query that reads none of them."""
    of_day = "day__summary__" if summaries.model is DayCategorySummary else ""
    found = summaries.order_by().aggregate(
        **{f"sum_{name}": Sum(name) for name in (*SUMS, *_ABOUT)},
        of_samples=Count("pk", filter=Q(**{f"{of_day}sample": True, "tasks__gt": 0})),
        days=Count("day_id", filter=Q(tasks__gt=0), distinct=True),
        leaving_out=Count("day_id", filter=Q(**{f"{of_day}leaves_out": True, "tasks__gt": 0}), distinct=True),
        as_of=Max(f"{of_day}as_of", filter=Q(tasks__gt=0)),
    )
    return Account(
        Totals.from_units(found, prefix="sum_"),
        Reservations(bool(found["of_samples"]), *(bool(found[f"sum_{name}"]) for name in _ABOUT)),
        Coverage(found["days"], found["leaving_out"], found["as_of"]),
    )


def whole_account(at: datetime) -> Account:
    """The account of all public tasks at a moment."""
    return account_kept(Reach(at).summaries)


def whole_totals(at: datetime) -> Totals:
    """The totals of all public tasks at a moment, in one query that reads none of them."""
    return Reach(at).summaries.totals()

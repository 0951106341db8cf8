"""The sums behind every total, as SQL expressions: one spelling for days, categories and any set of tasks."""

from django.db.models import Aggregate, Count, F, Q, Sum
from django.db.models.functions import Coalesce

from records.models.fields import HOUR_UNITS, MINUTE_UNITS, units_sum

SUMS = (
    "tasks",
    "hours_units",
    "agent_units",
    "supervisory_units",
    "supervision_known",
    "tokens_sum",
    "tokens_known",
    "leverage_hours_units",
    "leverage_minutes_units",
    "leverage_pairs",
    "supervision_hours_units",
    "supervision_minutes_units",
    "supervision_pairs",
    "low_units",
    "high_units",
    "ranged",
)


def totals_expressions(prefix: str = "", only: Q | None = None) -> dict[str, Aggregate]:
    """The aggregates ``Totals.from_units`` reads, over tasks reached by ``prefix`` and narrowed by ``only``.

    A weighted factor sums only the tasks of which both parts are known.
    """
    hours, agent, supervisory = (
        f"{prefix}{name}" for name in ("human_hours", "agent_minutes", "supervisory_minutes")
    )
    narrowed = only or Q()
    with_agent = narrowed & Q(**{f"{hours}__isnull": False, f"{agent}__isnull": False})
    with_supervision = narrowed & Q(**{f"{hours}__isnull": False, f"{supervisory}__isnull": False})
    return {
        "tasks": Count(f"{prefix}id", filter=only),
        "hours_units": units_sum(hours, HOUR_UNITS, filter=only),
        "agent_units": units_sum(agent, MINUTE_UNITS, filter=only),
        "supervisory_units": units_sum(supervisory, MINUTE_UNITS, filter=only),
        "supervision_known": Count(supervisory, filter=only),
        "tokens_sum": Sum(f"{prefix}tokens", filter=only),
        "tokens_known": Count(f"{prefix}tokens", filter=only),
        "leverage_hours_units": units_sum(hours, HOUR_UNITS, filter=with_agent),
        "leverage_minutes_units": units_sum(agent, MINUTE_UNITS, filter=with_agent),
        "leverage_pairs": Count(f"{prefix}id", filter=with_agent),
        "supervision_hours_units": units_sum(hours, HOUR_UNITS, filter=with_supervision),
        "supervision_minutes_units": units_sum(supervisory, MINUTE_UNITS, filter=with_supervision),
        "supervision_pairs": Count(f"{prefix}id", filter=with_supervision),
        **_range_expressions(prefix, with_agent),
    }


def _range_expressions(prefix: str, only: Q) -> dict[str, Aggregate]:
    """The least and the most hours of tasks; one without a range counts with its estimate."""
    hours, low, high = (f"{prefix}{name}" for name in ("human_hours", "estimate_low", "estimate_high"))
    ranged = Q(**{f"{low}__isnull": False}) | Q(**{f"{high}__isnull": False})
    return {
        "low_units": units_sum(Coalesce(F(low), F(hours)), HOUR_UNITS, filter=only),
        "high_units": units_sum(Coalesce(F(high), F(hours)), HOUR_UNITS, filter=only),
        "ranged": Count(f"{prefix}id", filter=only & ranged),
    }

"""The sums behind every total, as SQL expressions: one spelling for days, categories and any set of tasks."""

from django.db.models import Aggregate, Count, Q, Sum

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
    }

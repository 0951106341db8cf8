"""The sums behind every total, as SQL expressions: one spelling for days, categories and any set of tasks."""

from django.db.models import (
    Aggregate,
    BigIntegerField,
    Case,
    Count,
    F,
    FloatField,
    Max,
    Min,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Least, Ln, NullIf

from records.models.fields import HOUR_UNITS, MINUTE_UNITS, in_units, units_sum
from records.scenario import AS_RECORDED, Scenario, places_of

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
# What the summaries of days keep beside them: extremes, the sum of logarithms, and how many are about right.
KEPT_SUMS = (
    *SUMS,
    "most_hours_units",
    "lowest_factor",
    "highest_factor",
    "log_sum",
    "agent_about",
    "supervision_about",
)
_APPROXIMATE = "approximate"


def totals_expressions(
    prefix: str = "", only: Q | None = None, scenario: Scenario = AS_RECORDED
) -> dict[str, Aggregate]:
    """The aggregates that ``supposed_totals`` reads, over tasks reached by ``prefix``, narrowed by ``only``.

    A weighted factor sums only the tasks of which both parts are known. As recorded, ``Totals.from_units``
    reads them as well. Which tasks a scenario leaves out is for the caller to say.
    """
    hours, agent, supervisory = (
        f"{prefix}{name}" for name in ("human_hours", "agent_minutes", "supervisory_minutes")
    )
    narrowed = only or Q()
    supervised = Q(**{f"{supervisory}__isnull": False})
    with_agent = narrowed & Q(**{f"{hours}__isnull": False, f"{agent}__isnull": False})
    with_supervision = narrowed & supervised & Q(**{f"{hours}__isnull": False})
    beside = {}
    if scenario.minutes_together:
        with_agent &= supervised
        beside = {"leverage_beside_units": units_sum(supervisory, MINUTE_UNITS, filter=with_agent)}
    units = hour_units(scenario, prefix)
    return {
        "tasks": Count(f"{prefix}id", filter=only),
        "hours_units": Sum(units, filter=only),
        "agent_units": units_sum(agent, MINUTE_UNITS, filter=only),
        "supervisory_units": units_sum(supervisory, MINUTE_UNITS, filter=only),
        "supervision_known": Count(supervisory, filter=only),
        "tokens_sum": Sum(f"{prefix}tokens", filter=only),
        "tokens_known": Count(f"{prefix}tokens", filter=only),
        "leverage_hours_units": Sum(units, filter=with_agent),
        "leverage_minutes_units": units_sum(agent, MINUTE_UNITS, filter=with_agent),
        "leverage_pairs": Count(f"{prefix}id", filter=with_agent),
        "supervision_hours_units": Sum(units, filter=with_supervision),
        "supervision_minutes_units": units_sum(supervisory, MINUTE_UNITS, filter=with_supervision),
        "supervision_pairs": Count(f"{prefix}id", filter=with_supervision),
        **_range_expressions(prefix, with_agent),
        **beside,
    }


def summary_expressions(prefix: str = "") -> dict[str, Aggregate]:
    """The aggregates that a summary keeps of tasks reached by ``prefix``, by the names of ``KEPT_SUMS``."""
    factor = f"{prefix}factor"
    about = {
        kind: Q(**{f"{prefix}{kind}_minutes__isnull": False, f"{prefix}{kind}_minutes_source": _APPROXIMATE})
        for kind in ("agent", "supervisory")
    }
    return {
        **totals_expressions(prefix),
        "most_hours_units": Max(in_units(F(f"{prefix}human_hours"), HOUR_UNITS)),
        "lowest_factor": Min(factor),
        "highest_factor": Max(factor),
        "log_sum": Sum(Ln(factor)),
        "agent_about": Count(f"{prefix}id", filter=about["agent"]),
        "supervision_about": Count(f"{prefix}id", filter=about["supervisory"]),
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


def leverage_in(scenario: Scenario) -> Combinable:
    """What puts tasks in the order of their leverage factors in a scenario, in SQL; null where unknown.

    Whole numbers are divided once, so that equal factors come out equal.
    """
    minutes: Combinable = in_units(F("agent_minutes"), MINUTE_UNITS)
    if scenario.minutes_together:
        finer = 10 ** places_of(scenario.supervision)
        beside = in_units(F("supervisory_minutes"), MINUTE_UNITS) * Value(int(scenario.supervision * finer))
        minutes = minutes * Value(finer) + beside
    return Cast(hour_units(scenario), FloatField()) / NullIf(Cast(minutes, FloatField()), Value(0.0))


def hour_units(scenario: Scenario, prefix: str = "") -> Combinable:
    """Hours of a task in whole units, multiplied only under a cap: else the sum is, and never overflows."""
    hours = F(f"{prefix}human_hours")
    if not scenario.low_end and scenario.hours_cap is None:
        return in_units(hours, HOUR_UNITS)
    likely = Coalesce(F(f"{prefix}estimate_low"), hours) if scenario.low_end else hours
    units: Combinable = in_units(likely, HOUR_UNITS)
    if scenario.hours_cap is not None:
        finer = 10 ** places_of(scenario.hours)
        most = Value(int(scenario.hours_cap * HOUR_UNITS * finer))
        units = Least(units * Value(int(scenario.hours * finer)), most)
    # Hours that are not known stay so, though there be a low end, and though PostgreSQL's least skips a null.
    return Case(When(**{f"{prefix}human_hours__isnull": False}, then=units), output_field=BigIntegerField())

"""A period in a few sentences, made of its figures alone."""

from collections.abc import Iterator
from datetime import date

from records.formats import average_factor, counted, one_decimal, percent, quantity, task_factor
from records.leverage import quotient
from records.periods import Period, Unit
from records.summaries.period import PeriodSummary, only_day


def sentences(summary: PeriodSummary, agent: str, today: date) -> list[str]:
    """What a reader would say of the period, plain text; ``agent`` is the agent's name."""
    return [*_counted(summary, agent, today), *_best(summary), *_supervised(summary), *_compared(summary)]


def _counted(summary: PeriodSummary, agent: str, today: date) -> Iterator[str]:
    totals, so_far = summary.totals, " so far" if summary.is_under_way(today) else ""
    name = f"{summary.period.name}{so_far}"
    if not totals.tasks:
        yield _without_tasks(summary, name)
        return
    day = only_day(summary.series)
    when = f"on one day, {_day(day.date)}" if day else f"on {len(summary.series.worked):,} days"
    yield (
        f"{name}: {counted(totals.tasks, 'task')} {when}, "
        f"{counted(totals.human_hours, 'human-equivalent hour')} "
        f"in {counted(totals.agent_minutes, f'{agent} minute')}, "
        f"a weighted average leverage factor of {average_factor(totals.leverage.value)}×."
    )


def _without_tasks(summary: PeriodSummary, name: str) -> str:
    if summary.series.emptied:
        return f"{name} has no task left."
    return f"{name} has {counted(len(summary.series.notes), 'note')} and no task on record."


def _best(summary: PeriodSummary) -> Iterator[str]:
    highest, shared = summary.factors.highest, summary.sharing_the_best
    if highest is None or summary.factors.tasks < 2:
        return
    written = f"{task_factor(highest.factor)}×"
    if shared == summary.factors.tasks:
        yield f"Every task stands at {written}."
    elif shared > 1:
        yield f"The highest factor, {written}, is shared by {shared:,} tasks."
    else:
        yield f"The highest factor, {written}, is that of “{summary.best[0].title}”."


def _supervised(summary: PeriodSummary) -> Iterator[str]:
    totals = summary.totals
    if totals.tasks and not totals.supervision_known:
        yield "Supervision was not recorded."
    elif totals.supervision_known < totals.tasks:
        yield f"Supervision is known of {totals.supervision_known:,} of the {totals.tasks:,} tasks."


def _compared(summary: PeriodSummary) -> Iterator[str]:
    unit, previous = summary.period.unit, summary.period.previous
    if summary.earlier is None:
        yield f"It is the first {unit} on record."
    elif previous and not summary.before.worked:
        yield f"{previous.name} has no task {'left' if summary.before.emptied else 'on record'}."
    elif previous and summary.totals.tasks:
        yield f"{previous.name} had {_change(summary)}."


def _change(summary: PeriodSummary) -> str:
    """What the period before had, and how this one differs in hours."""
    now, before = summary.totals, summary.before.totals
    hours = f"{quantity(before.human_hours)} h at {average_factor(before.leverage.value)}×"
    ratio = quotient(now.human_hours, before.human_hours)
    if ratio is None:
        return hours
    if now.human_hours == before.human_hours:
        return f"{hours}, as many hours"
    if ratio >= 2:
        return f"{hours}; this {summary.period.unit} has {one_decimal(ratio)} times as many hours"
    much = percent(abs(ratio - 1))
    if much == "0 %":
        return f"{hours}, about as many hours"
    return f"{hours}; this {summary.period.unit} has {much} {'more' if ratio > 1 else 'fewer'}"


def _day(day: date) -> str:
    return Period(Unit.DAY, day).name

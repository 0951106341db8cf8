"""The first draft of a lede: two or three plain sentences from the data, all of whose figures are live.

No word in it says "more" or "above": when a figure is corrected later, the sentences stay right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from records.summaries.live_figures import DayFigures


@dataclass(frozen=True)
class Material:
    """What the sentences depend on; the figures themselves are looked up when they are read.

    ``factors`` are those of the tasks that have one. ``supervision`` is the sum of the minutes known of
    ``supervised`` tasks. ``changes`` says which figures the day before has too, ``averages`` which the thirty
    days before.
    """

    agent: str
    tasks: int
    human_hours: Decimal | None
    agent_minutes: Decimal | None
    factors: Sequence[Decimal] = ()
    supervision: Decimal | None = None
    supervised: int = 0
    has_supervisory_factor: bool = False
    changes: Sequence[str] = ()
    averages: Sequence[str] = ()


def material_of(figures: DayFigures, agent: str) -> Material:
    """What a day has for its first draft; ``agent`` is the agent's name."""
    summary, totals = figures.summary, figures.summary.totals
    factors = [value for task in summary.tasks if (value := task.leverage_factor()) is not None]
    compared = ("hours", "factor")
    # A single day is no average: it is the one that the day is compared with already.
    has_average = figures.recent.days > 1
    return Material(
        agent=agent,
        tasks=totals.tasks,
        human_hours=totals.human_hours,
        agent_minutes=totals.agent_minutes,
        factors=factors,
        supervision=totals.supervisory_minutes,
        supervised=totals.supervision_known,
        has_supervisory_factor=totals.supervision.value is not None,
        changes=[name for name in compared if not figures[f"change.{name}"].missing],
        averages=[name for name in compared if has_average and not figures[f"recent.{name}"].missing],
    )


def first_draft(material: Material) -> str:
    """The sentences, as Markdown; empty for a day without tasks."""
    if not material.tasks:
        return ""
    sentences = [_totals(material), _ends(material.factors), _comparison(material)]
    return " ".join(sentence for sentence in sentences if sentence)


def _totals(material: Material) -> str:
    """What the day came to."""
    one = material.tasks == 1
    subject = "One task" if one else "{{ tasks|Words }} tasks"
    if one and material.factors:
        subject = "One task, “{{ top.1.name }}”"
    if material.human_hours is None:
        return f"{subject} {'is' if one else 'are'} logged, not estimated yet."
    hours = _counted("hours", "human hour", material.human_hours)
    if material.agent_minutes is None:
        return f"{subject}, estimated at {hours}; how long {material.agent} took is not known yet."
    minutes = _counted("minutes", "minute", material.agent_minutes)
    took = f"{subject}, estimated at {hours}, took {material.agent} {minutes}"
    if not material.factors:
        return f"{took}."
    kind = "leverage factor" if one else "weighted average factor"
    partial = "" if len(material.factors) == material.tasks else " over the tasks of which both are known"
    return f"{took}: a {kind} of {{{{ factor }}}}{partial}{_supervision(material)}."


def _supervision(material: Material) -> str:
    if material.supervision is None:
        return "; supervision was not recorded"
    if not material.supervision:
        return "; it took no supervision" if material.supervised == material.tasks else ""
    minutes = _counted("supervisory_minutes", "minute", material.supervision)
    recorded = "" if material.supervised == material.tasks else ", where it was recorded,"
    factor = ", a factor of {{ supervisory_factor }}" if material.has_supervisory_factor else ""
    return f"; supervision{recorded} took {minutes}{factor}"


def _ends(factors: Sequence[Decimal]) -> str:
    """The ceiling and the floor by name."""
    if len(factors) < 2:
        return ""
    highest, lowest = factors.count(max(factors)), factors.count(min(factors))
    if highest == len(factors):
        return f"{'Both' if highest == 2 else 'All'} stand at {{{{ top.1.factor }}}}."
    if highest == lowest == 1:
        ceiling, floor = (
            f"“{{{{ {end}.name }}}}” at {{{{ {end}.factor }}}}" for end in ("top.1", "bottom.1")
        )
        return f"The ceiling was {ceiling}, the floor {floor}."
    return f"The {_end('ceiling', 'top', highest)}; the {_end('floor', 'bottom', lowest)}."


def _end(end: str, rank: str, ties: int) -> str:
    first, second = (f"“{{{{ {rank}.{place}.name }}}}”" for place in (1, 2))
    factor = f"{{{{ {rank}.1.factor }}}}"
    if ties == 1:
        return f"{end} was {first} at {factor}"
    who = f"{first} and {second}" if ties == 2 else f"{first} and others"
    return f"{end} of {factor} was shared by {who}"


def _comparison(material: Material) -> str:
    """The day beside the one before and the thirty days before; nothing on the first day ever."""
    parts = []
    if material.changes:
        changed = {"hours": "{{ change.hours }} human hours", "factor": "{{ change.factor }} in the factor"}
        against = " and ".join(changed[name] for name in material.changes)
        parts.append(f"against {{{{ previous.date }}}} that is {against}")
    if material.averages:
        averaged = {
            "hours": "{{ recent.hours }} human hours a day",
            "factor": "a factor of {{ recent.factor }}",
        }
        average = " and ".join(averaged[name] for name in material.averages)
        parts.append(f"the average of the 30 days before is {average}")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _counted(name: str, unit: str, value: Decimal) -> str:
    return f"{{{{ {name} }}}} {unit}{'' if value == 1 else 's'}"

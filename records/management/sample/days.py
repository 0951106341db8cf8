"""Made-up days as they go through publishing's door."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from records.management.sample import figures, prose, words
from records.management.sample.kinds import KINDS, Kind
from records.models import Category, Day, FigureSource, Task
from records.models.day import EARLIEST
from records.publishing import NewDay

FEWEST_TASKS, MOST_TASKS = 3, 45
WORKED_WEEKENDS = 0.45
WITHOUT_CATEGORY = 0.03
TOKENS_BY_TASK = 0.4
TOKENS_BY_DAY = 0.4
MEASURED = 0.25
OUTCOMES = {"": 70, "in-use": 18, "merged": 8, "reworked": 3, "reverted": 1}
TAGS = ("AI", "Time Record")


@dataclass(frozen=True)
class Plan:
    """A date to be filled, and with how many tasks."""

    date: date
    tasks: int


def plan(
    days: int, tasks: int, seed: int, *, last: date, taken: AbstractSet[date] = frozenset()
) -> list[Plan]:
    """``tasks`` in all, on ``days`` days up to ``last``, earliest first; dates ``taken`` stay untouched.

    Some weekends are free, as far as the calendar reaches back. Raises ``ValueError`` when so many tasks or
    days cannot be placed.
    """
    if not 1 <= days <= tasks:
        raise ValueError("There must be at least one day and at least one task a day.")
    random = _random(seed, "plan")
    dates = _dates(random, days, last, taken)
    return [Plan(*each) for each in zip(dates, _counts(random, days, tasks), strict=True)]


def make_days(
    plans: Sequence[Plan], seed: int, categories: Mapping[str, Category], zone: ZoneInfo
) -> Iterator[NewDay]:
    """The planned days with tasks, tags, figures and prose, published the morning after.

    ``categories`` holds the stored category of each kind of work, by name.
    """
    told: set[int] = set()
    for each in plans:
        yield _day(each, _random(seed, each.date), categories, zone, told)


def _random(seed: int, what: object) -> Random:
    return Random(f"{seed} {what}")  # noqa: S311 - made-up figures need no secrecy, but must come again


def _dates(random: Random, days: int, last: date, taken: AbstractSet[date]) -> list[date]:
    room = [d for d in (last - timedelta(n) for n in range((last - EARLIEST).days + 1)) if d not in taken]
    if days > len(room):
        raise ValueError(f"There is room for {len(room):,} days up to {last}, not for {days:,}.")
    worked = [day for day in room if day.weekday() < 5 or random.random() < WORKED_WEEKENDS]
    return sorted(worked[:days] if len(worked) >= days else room[:days])


def _counts(random: Random, days: int, tasks: int) -> list[int]:
    lower, upper = min(FEWEST_TASKS, tasks // days), max(MOST_TASKS, -(-tasks // days))
    wishes = [random.lognormvariate(0, 0.8) for _ in range(days)]
    share = (tasks - lower * days) / sum(wishes)
    counts = [min(upper, lower + int(wish * share)) for wish in wishes]
    left = tasks - sum(counts)
    while left:
        for place in random.sample(range(days), days):
            if left and counts[place] < upper:
                counts[place] += 1
                left -= 1
    return counts


def _day(
    each: Plan, random: Random, categories: Mapping[str, Category], zone: ZoneInfo, told: set[int]
) -> NewDay:
    kinds = random.choices(KINDS, weights=[kind.weight for kind in KINDS], k=each.tasks)
    source = FigureSource.MEASURED if random.random() < MEASURED else FigureSource.DECLARED
    tasks = [_task(random, kind, categories[kind.name], source, told) for kind in kinds]
    stated = _settle_tokens(random, tasks)
    morning = datetime.combine(each.date + timedelta(1), time(7, random.randint(0, 59)), tzinfo=zone)
    day = Day(
        date=each.date,
        lede=prose.lede(tasks),
        analysis=prose.analysis(random, tasks),
        status=Day.Status.PUBLISHED,
        published_at=morning,
        figures_changed_at=morning,
        stated_tokens=stated,
        sample=True,
    )
    return NewDay(day, tasks, (*TAGS, "Weekend") if each.date.weekday() > 4 else TAGS)


def _task(random: Random, kind: Kind, category: Category, source: FigureSource, told: set[int]) -> Task:
    drawn = figures.draw(random, kind)
    text = words.write(random, kind, drawn.human_hours)
    while hash(text) in told:
        text = words.write(random, kind, drawn.human_hours)
    told.add(hash(text))
    return Task(
        description=text,
        category=None if random.random() < WITHOUT_CATEGORY else category,
        human_hours=drawn.human_hours,
        agent_minutes=drawn.agent_minutes,
        supervisory_minutes=drawn.supervisory_minutes,
        tokens=drawn.tokens,
        agent_minutes_source=source,
        outcome=random.choices(list(OUTCOMES), weights=list(OUTCOMES.values()))[0],
    )


def _settle_tokens(random: Random, tasks: Sequence[Task]) -> int | None:
    """Leave tokens on the tasks, or state only their sum, or neither; gives the stated total."""
    draw = random.random()
    if draw < TOKENS_BY_TASK:
        return None
    total = sum(task.tokens or 0 for task in tasks)
    for task in tasks:
        task.tokens = None
    return total if draw < TOKENS_BY_TASK + TOKENS_BY_DAY else None

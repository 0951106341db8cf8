"""Every value the record has, for figures that are not said of anybody in particular."""

from records.facts.dates import month_of, week_of
from records.facts.figures import Figures, Measure
from records.facts.moments import stretch
from records.facts.subjects import Option, median_option, values_of_day

MOST_ADDED_UP = 10


def pool(figures: Figures, *, with_days: bool) -> tuple[Option, ...]:
    """The day, its tasks, its categories, its largest and best tasks and the rest; other days too."""
    return _of_day(figures) + (_of_others(figures) if with_days else ())


def _of_day(figures: Figures) -> tuple[Option, ...]:
    whole = Option(figures.tasks, "for the day", "day", values_of_day(figures))
    tasks = [Option((t,), f"for “{t.name}”", f"task.{t.position}") for t in figures.tasks]
    parts = [
        Option(group, f"in {group[0].category_name}", f"category.{slug}")
        for slug, group in figures.by_category.items()
        if slug
    ]
    return (whole, *tasks, *parts, median_option(figures), *_by_rank(figures))


def _by_rank(figures: Figures) -> list[Option]:
    found = []
    for measure in (Measure.FACTOR, Measure.HOURS):
        ranked = figures.ranked(measure)
        for count in range(2, min(MOST_ADDED_UP, len(ranked) - 1) + 1):
            found.append(Option(ranked[:count], f"in the {count} tasks of highest {measure.value}"))
            found.append(Option(ranked[count:], f"in the other {len(ranked) - count} tasks"))
    return found


def _of_others(figures: Figures) -> tuple[Option, ...]:
    days = [
        Option((), f"on {day.date}", "", {measure: day.value(measure) for measure in Measure})
        for day in figures.series
        if day.date != figures.date
    ]
    periods = [week_of(figures.date), month_of(figures.date, figures.date.month)]
    sums = [stretch(figures, (0, 0), f"from {first} to {last}", first, last) for first, last in periods]
    return (*days, *(Option((), each.label, "", {m: each.total(m) for m in Measure}) for each in sums))

"""Figures of many tasks: how their factors are distributed, and how these go with the size of a task."""

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse

from records.charts.drawing import Cell, Figure, Numbers, half
from records.charts.histogram import Bin, Quantile, doublings, histogram
from records.charts.scatter import Spot, is_gathered, scatter
from records.formats import average_factor, counted, percent, quantity, task_factor
from records.leverage import HOURS_PLACES, WeightedFactor, quotient
from records.summaries.factors import QUANTILES, FactorCount, Factors

SIZES = (0, 1, 2, 4, 8, 16, 40, 80, 160)  # hours at which the classes of size begin
FEW = 10  # tasks, of which a tenth or a quarter says nothing
HALF = Decimal("0.5")
_NEXT_BELOW = Decimal(1).scaleb(-12)  # factors are looked up with twelve decimals
_HOUR_BELOW = Decimal(1).scaleb(-HOURS_PLACES)


def distribution(factors: Factors, narrowed: str = "") -> Figure | None:
    """The factors as a histogram; ``None`` with fewer than two tasks.

    ``narrowed`` is the range of days as links take it, ``&from=…``.
    """
    if factors.tasks < 2:
        return None
    bins = [_bin(low, count, narrowed) for low, count in doublings(factors.values)]
    named = _quantiles(factors)
    said = _in_words(named)
    fullest = max(bins, key=lambda each: each.count)
    return Figure(
        "factors",
        "Factors of all tasks",
        f"Tasks by leverage factor; each bar reaches from a number to its double. {said}.",
        f"{counted(factors.tasks, 'task')} by leverage factor on a logarithmic axis. Most, "
        f"{fullest.count:,}, stand from {quantity(fullest.low)}× to below {quantity(fullest.high)}×. {said}.",
        tuple(histogram(bins, named, frame) for frame in half(bottom=206, top=46)),
        Numbers(
            ("Factor", "Tasks", "Share"),
            [_bin_row(each, factors.tasks) for each in bins],
        ),
    )


def _quantiles(factors: Factors) -> list[Quantile]:
    """What is marked of them: of few tasks the median alone."""
    shares = QUANTILES if factors.tasks >= FEW else (HALF,)
    found = ((share, factors.quantile(share)) for share in shares)
    return [Quantile(_named(share), value) for share, value in found if value is not None]


def _in_words(quantiles: Sequence[Quantile]) -> str:
    values = ", ".join(f"{each.name} {average_factor(each.value)}×" for each in quantiles)
    return values.capitalize() if len(quantiles) == 1 else f"Quantiles: {values}"


def _bin_row(each: Bin, tasks: int) -> tuple[Cell, ...]:
    return (
        Cell(_range(each), each.url if each.count else ""),
        Cell(quantity(each.count)),
        Cell(percent(quotient(each.count, tasks))),
    )


def sizes(factors: Factors, narrowed: str = "") -> Figure | None:
    """Leverage against human hours; ``None`` with fewer than two tasks."""
    if factors.tasks < 2:
        return None
    spots = [Spot(each.human_hours, each.factor, each.tasks, each.url) for each in factors.counts]
    how = (
        "There are so many that a dot stands for all tasks of a small field, its area for their number."
        if is_gathered(spots)
        else "A dot for each pair of hours and factor, its area the number of tasks."
    )
    classes = [(low, high, found) for low, high in _classes() if (found := _between(factors, low, high))]
    least, most = classes[0], classes[-1]
    return Figure(
        "sizes",
        "Leverage against size of task",
        f"Human hours to the right, leverage factor upwards, both logarithmic. {how}",
        f"{counted(factors.tasks, 'task')} by human hours and leverage factor. Weighted average of the "
        f"smallest, {_size(*least[:2])}: {average_factor(_weighted(least[2]).value)}×; of the largest, "
        f"{_size(*most[:2])}: {average_factor(_weighted(most[2]).value)}×.",
        tuple(scatter(spots, frame) for frame in half(bottom=206, left=44)),
        Numbers(
            ("Human hours", "Tasks", "Weighted, ×", "Lowest, ×", "Highest, ×"),
            [_class_row(low, high, found, narrowed) for low, high, found in classes],
        ),
    )


def _bin(low: Decimal, count: int, narrowed: str) -> Bin:
    end = low * 2 - _NEXT_BELOW
    url = f"{reverse('records:task_list')}?factor_min={low:f}&factor_max={end:f}{narrowed}"
    bin_ = Bin(low, count)
    return Bin(low, count, f"{_range(bin_)}: {counted(count, 'task')}", url)


def _range(each: Bin) -> str:
    return f"{quantity(each.low)}× to below {quantity(each.high)}×"


def _named(share: Decimal) -> str:
    return "median" if share == HALF else percent(share)


def _classes() -> list[tuple[int, int | None]]:
    return list(zip(SIZES, [*SIZES[1:], None], strict=True))


def _between(factors: Factors, low: int, high: int | None) -> list[FactorCount]:
    end = Decimal("Infinity") if high is None else high
    return [each for each in factors.counts if low <= each.human_hours < end]


def _size(low: int, high: int | None) -> str:
    if high is None:
        return f"{low} h and more"
    return f"{low} to below {high} h" if low else f"below {high} h"


def _weighted(found: Sequence[FactorCount]) -> WeightedFactor:
    tasks = sum(each.tasks for each in found)
    return WeightedFactor(
        sum((each.human_hours * each.tasks for each in found), Decimal(0)),
        sum((each.agent_minutes * each.tasks for each in found), Decimal(0)),
        tasks,
        tasks,
    )


def _class_row(low: int, high: int | None, found: Sequence[FactorCount], narrowed: str) -> tuple[Cell, ...]:
    ends = [f"hours_min={low}"] if low else []
    ends += [f"hours_max={high - _HOUR_BELOW:f}"] if high is not None else []
    url = f"{reverse('records:task_list')}?{'&'.join(ends)}{narrowed}"
    weighted = _weighted(found)
    return (
        Cell(_size(low, high), url),
        Cell(quantity(weighted.tasks)),
        Cell(average_factor(weighted.value)),
        Cell(task_factor(found[0].factor), found[0].url),
        Cell(task_factor(found[-1].factor), found[-1].url),
    )

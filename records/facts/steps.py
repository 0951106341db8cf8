"""How far a measure moved from another day to this one: "up by twelve", "down 20 %"."""

import re
from decimal import Decimal

from records.facts.beside import value_beside
from records.facts.figures import Measure
from records.facts.moments import Moment
from records.facts.numbers import FRACTIONS, numbers_in
from records.facts.quantities import quantities_in
from records.facts.rounding import Fit, fit
from records.facts.scene import Scene
from records.facts.series import shown_value
from records.facts.units import Bound, Quantity, Unit

_UPWARD = frozenset(
    [
        "more",
        "higher",
        "greater",
        "larger",
        "bigger",
        "better",
        "busier",
        "longer",
        "stronger",
        "heavier",
        "up",
        "rose",
        "climbed",
        "jumped",
        "improved",
        "gained",
        "increased",
        "grew",
        "above",
        "outpaced",
        "outran",
        "ahead",
        "dwarfed",
        "eclipsed",
        "bested",
        "outperformed",
        "outstripped",
        "edged",
        "beat",
        "beats",
        "beating",
        "over",
        "past",
        "outdid",
        "exceeded",
        "exceeds",
        "exceeding",
        "topped",
        "topping",
        "surpassed",
        "surpasses",
        "surpassing",
    ]
) | {"ahead of"}


def is_upward(word: str) -> bool:
    """Whether a word of comparison says more: "higher" and "up" do, "fewer" does not."""
    return word.lower() in _UPWARD


_LEVEL = ("match", "level", "same", "equal", "as many", "as much")


def moved_so(scene: Scene, moment: Moment, measure: Measure, word: str, amount: str) -> bool:
    """Whether a measure went up or down as a word says, by as much as the amount says."""
    here, there = scene.figures.day.value(measure), value_beside(scene, moment, measure)
    if here is None or there is None:
        return False
    here, there = shown_value(measure, here), shown_value(measure, there)
    if word.startswith(_LEVEL):
        return here == there
    upward = word in _UPWARD
    if not (here > there if upward else here < there):
        return False
    step = step_in(amount)
    if step is None:
        return True
    by, is_share = step
    moved = abs(here - there)
    return fit(by, moved / there * 100 if is_share else moved) is Fit.YES


def step_in(amount: str) -> tuple[Quantity, bool] | None:
    """How far it moved, if the words say: 12 tasks, 20 %, a third."""

    words = amount.lower().replace("-", " ").split()
    for name, (top, bottom) in FRACTIONS.items():
        if name in words or f"{name}s" in words:
            numerator = 2 if "two" in words else 3 if "three" in words else top
            return Quantity(
                0, 0, 0, Decimal(100 * numerator) / bottom, Decimal(10), Unit.PERCENT, Bound.ABOUT
            ), True
    found = quantities_in(amount + " ")
    if not found:
        return None
    quantity = found[-1]
    return quantity, quantity.unit is Unit.PERCENT


def began(scene: Scene, moment: Moment, measure: Measure, match: re.Match[str], *, is_from: bool) -> bool:
    """Whether the other day has the figure that the step is said to begin from: "up from 640 on Saturday"."""
    there = value_beside(scene, moment, measure)
    number = next(numbers_in(match[0]), None) if is_from else None
    if number is None or there is None:
        return True
    return abs(shown_value(measure, there) - number.value) <= number.place / 2

"""What a chart is made of once everything has its place: marks, and the numbers they stand for.

Coordinates are floats, since nobody reads them; every number that is read comes from a ``Decimal``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True)
class Rect:
    """A bar or a cell; ``style`` is its class, ``tip`` what it says, ``url`` where its rows are."""

    kind: ClassVar[str] = "rect"
    x: float
    y: float
    width: float
    height: float
    style: str
    tip: str = ""
    url: str = ""


@dataclass(frozen=True)
class Disc:
    """A dot, and the ring that helps to find a tiny one."""

    kind: ClassVar[str] = "disc"
    x: float
    y: float
    radius: float
    style: str
    tip: str = ""
    url: str = ""
    ring: float | None = None


@dataclass(frozen=True)
class Path:
    """A line; ``d`` as in SVG."""

    kind: ClassVar[str] = "path"
    d: str
    style: str


@dataclass(frozen=True)
class Label:
    """A text; ``anchor`` says which of its ends, or its middle, stands at ``x``."""

    kind: ClassVar[str] = "label"
    x: float
    y: float
    text: str
    style: str
    anchor: str = "start"


Mark: TypeAlias = Rect | Disc | Path | Label


@dataclass(frozen=True)
class Drawing:
    """A chart for one width: ``layout`` is "desk" or "phone", sizes are units of its viewBox."""

    layout: str
    width: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Frame:
    """The room a plot has: its axes stand at ``left`` and ``bottom``."""

    layout: str
    width: float
    left: float
    right: float
    top: float
    bottom: float
    height: float


def wide(bottom: float = 190, left: float = 48) -> tuple[Frame, Frame]:
    """The room of a chart as wide as the page, at a desk and on a phone."""
    return (
        Frame("desk", 900, left, 896, 12, bottom, bottom + 24),
        Frame("phone", 344, left - 6, 340, 12, bottom, bottom + 24),
    )


def half(bottom: float = 190, left: float = 34, top: float = 12) -> tuple[Frame, Frame]:
    """The room of a chart half as wide as the page, and of the same on a phone."""
    return (
        Frame("desk", 430, left, 426, top, bottom, bottom + 24),
        Frame("phone", 344, left, 340, top, bottom, bottom + 24),
    )


@dataclass(frozen=True)
class Cell:
    """One cell of the numbers of a chart, and where it leads."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Numbers:
    """The numbers of a chart as a table; the first column names the rows."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Figure:
    """A chart with all that belongs to it; ``name`` is its place on the page and in addresses."""

    name: str
    title: str
    caption: str
    description: str
    drawings: tuple[Drawing, ...]
    numbers: Numbers

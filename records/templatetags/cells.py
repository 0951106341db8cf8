"""The cells of a row of figures."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from records import formats, leverage
from records.charts import on_hairline
from records.models import FigureSource, Task

KEPT = 8_192  # cells: the same hours and minutes come again and again
COLUMNS = (
    ("human_hours", "h human"),
    ("agent_minutes", "min {agent}"),
    ("supervisory_minutes", "min sup."),
)


class Figures(NamedTuple):
    """What the cells of one row show, each figure with where it comes from."""

    human_hours: Decimal | None
    agent_minutes: Decimal | None
    agent_source: str
    supervisory_minutes: Decimal | None
    supervisory_source: str
    tokens: int | None
    tokens_source: str
    leverage_minutes: Decimal | None


figures_of = attrgetter(
    *("human_hours", "agent_minutes", "agent_minutes_source", "supervisory_minutes"),
    *("supervisory_minutes_source", "tokens", "tokens_source", "leverage_minutes"),
)


class Columns(NamedTuple):
    """The class and the label of each column of quantities, and whether tokens have one."""

    human_hours: tuple[str, str]
    agent_minutes: tuple[str, str]
    supervisory_minutes: tuple[str, str]
    with_tokens: bool

    @classmethod
    def of(cls, tasks: Iterable[Task], agent: str, *, with_tokens: bool) -> "Columns":
        """The columns of a table: how many decimals each has room for; ``agent`` is the agent's name."""
        rows = list(tasks)
        hours, minutes, supervision = (
            (places_of(getattr(task, name) for task in rows), unit.replace("{agent}", agent))
            for name, unit in COLUMNS
        )
        return cls(hours, minutes, supervision, with_tokens)


def cells(of: Figures, columns: Columns) -> SafeString:
    """Hours, minutes, tokens where the table has them, and both factors of a task."""
    drawn = [
        _quantity(of.human_hours, "", *columns.human_hours),
        _quantity(of.agent_minutes, of.agent_source, *columns.agent_minutes),
        _quantity(of.supervisory_minutes, of.supervisory_source, *columns.supervisory_minutes),
    ]
    if columns.with_tokens:
        drawn.append(_tokens(of.tokens, of.tokens_source))
    # By their parts: a quotient has sixty digits, which alone take longer than finding its cell.
    drawn.append(_factor(of.human_hours, of.leverage_minutes, "leverage", of.agent_source))
    drawn.append(_factor(of.human_hours, of.supervisory_minutes, "supervision", of.supervisory_source))
    return format_html("{}" * len(drawn), *drawn)


def aligned(written: str) -> SafeString:
    """A written number for a column that aligns at the point, its decimals soft.

    The style sheet gives ``.dec`` the width of the column's decimals; the whole number stays readable to
    programs in ``data``.
    """
    whole, fraction = formats.at_point(written)
    if not fraction:
        return format_html('{}<span class="dec"></span>', whole)
    value = written.replace(",", "")
    return format_html('<data value="{}">{}<span class="dec">{}</span></data>', value, whole, fraction)


def about(written: str, source: str | bool) -> SafeString:  # noqa: FBT001 - the signature of a filter
    """A written figure with the sign ~ before it where it is only about right; never before a dash.

    ``source`` is where a task's figure comes from or, for a sum, whether it is approximate.
    """
    approximate = source is True or source == FigureSource.APPROXIMATE
    return format_html("{}{}", "~" if approximate and not written.startswith(formats.DASH) else "", written)


def places_of(values: Iterable[Decimal | None]) -> str:
    """The class of a column's cells: ``places-2`` where two is the most decimals that one of them shows."""
    return f"places-{max(map(_decimals, values), default=0)}"


@lru_cache(KEPT)
def _decimals(value: Decimal | None) -> int:
    return max(len(formats.at_point(formats.quantity(value))[1]) - 1, 0)


@lru_cache(KEPT)
def _quantity(value: Decimal | None, source: str, places: str, unit: str) -> SafeString:
    written = about(aligned(formats.quantity(value)), source)
    return format_html('<td class="number plain {}" data-unit="{}">{}</td>', places, unit, written)


@lru_cache(KEPT)
def _tokens(value: int | None, source: str) -> SafeString:
    unknown = " unknown" if value is None else ""
    written = about(formats.quantity(value), source)
    return format_html('<td class="number plain tokens{}" data-unit="tokens">{}</td>', unknown, written)


@lru_cache(KEPT)
def _factor(hours: Decimal | None, minutes: Decimal | None, of: str, source: str) -> SafeString:
    """A factor and below it its dot on the hairline; ``of`` is "leverage" or "supervision"."""
    factor = leverage.factor(hours, minutes)
    written = about(aligned(formats.task_factor(factor)), source)
    scale: SafeString | str = ""
    if factor is not None:
        dot = on_hairline(factor)
        scale = format_html(
            '<svg class="scale {}" viewBox="0 0 100 8" aria-hidden="true">'
            '<path d="M2 4H98M26 2V6M50 2V6M74 2V6"/><circle{} cx="{}" cy="4" r="2.6"/></svg>',
            of,
            format_html(' class="{}"', "beyond") if dot.beyond else "",
            dot.x,
        )
    return format_html('<td class="number factor {} places-2">{}{}</td>', of, written, scale)

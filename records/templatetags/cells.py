"""The cells of a row of figures, drawn at once: a template that asks for each takes most of a page's time."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records import formats, leverage
from records.charts import on_hairline
from records.models import FigureSource, Task

register = template.Library()

KEPT = 8_192  # cells: the same hours and minutes come again and again
COLUMNS = (
    ("human_hours", "h human"),
    ("agent_minutes", "min {agent}"),
    ("supervisory_minutes", "min sup."),
)


class Cells:
    """The cells of the tasks of one table: how many decimals each column has room for, and its labels."""

    def __init__(self, tasks: Sequence[Task], agent: str, *, with_tokens: bool) -> None:
        self.with_tokens = with_tokens
        self.heads = [
            (name, places_of(getattr(task, name) for task in tasks), unit.replace("{agent}", agent))
            for name, unit in COLUMNS
        ]

    def of(self, task: Task) -> SafeString:
        """Hours, minutes, tokens where the table has them, and both factors of a task."""
        agent, supervision = task.agent_minutes_source, task.supervisory_minutes_source
        sources = ("", agent, supervision)
        cells = [
            _quantity(getattr(task, name), source, places, unit)
            for (name, places, unit), source in zip(self.heads, sources, strict=True)
        ]
        if self.with_tokens:
            cells.append(_tokens(task.tokens, task.tokens_source))
        # By their parts: a quotient has sixty digits, which alone take longer than finding its cell.
        cells.append(_factor(task.human_hours, task.leverage_minutes, "leverage", agent))
        cells.append(_factor(task.human_hours, task.supervisory_minutes, "supervision", supervision))
        return format_html("{}" * len(cells), *cells)


@register.simple_tag
def cells(tasks: Sequence[Task], agent: str, show_tokens: object = None) -> Cells:
    """The cells of a table's tasks, to be asked for row by row with ``of_row``."""
    return Cells(tasks, agent, with_tokens=bool(show_tokens))


@register.filter
def of_row(drawn: Cells, task: Task) -> SafeString:
    """The cells of one row."""
    return drawn.of(task)


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

"""The rows of a table of tasks, drawn one by one in Python: a template takes most of a page's time for them.

A row is a function of the values that it shows, so one that is shown again is not made again.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records import prose
from records.models import Correction, Task
from records.models.category import address_of_category
from records.models.day import address_of_day
from records.models.naming import detail_of, name_in
from records.models.task import address_of_task
from records.templatetags.cells import Columns, Figures, cells, figures_of
from records.templatetags.figures import day_time

register = template.Library()

SAMPLE = format_html(' <span class="chip">{}</span>', "sample")
KEPT = 4_096  # rows, of a kilobyte each


class Words(NamedTuple):
    """What a row says beside its figures."""

    pk: int
    day: date
    position: int
    name: str
    description: str


words_of = attrgetter("pk", "day_id", "position", "name", "description")


class Links(NamedTuple):
    """How the rows of a page lead on: what they add to addresses, and what is left out.

    ``of_days`` begins each row with its day; ``of_tasks`` is ``None`` where a task has no page yet.
    """

    of_days: str | None
    of_tasks: str | None
    of_categories: str | None


@register.simple_tag(takes_context=True)
def task_rows(context: Context, tasks: Sequence[Task], agent: str, show_tokens: object = None) -> SafeString:
    """The rows of some tasks; with their days, without categories or links as the page says."""
    columns = Columns.of(tasks, agent, with_tokens=bool(show_tokens))
    links = _links(context)
    beside = Beside(context.get("corrections_by_task") or {}, context.get("sample_days") or frozenset())
    return prose.joined(_drawn(task, columns, links, beside) for task in tasks)


def _links(context: Context) -> Links:
    what_if: Any = getattr(context.get("check"), "what_if", None)
    return Links(
        of_days=getattr(what_if, "asked", "") if context.get("show_day") else None,
        of_tasks=None if context.get("unpublished") else getattr(what_if, "asked_of_a_task", ""),
        of_categories=None if context.get("hide_category") else getattr(what_if, "asked_of_a_list", ""),
    )


class Beside(NamedTuple):
    """What a page knows of its tasks beside them: what of each was corrected, and which days are made up."""

    corrections: Mapping[int, list[Correction]]
    sample_days: Collection[date]


def _drawn(task: Task, columns: Columns, links: Links, beside: Beside) -> SafeString:
    category, corrections = task.category, beside.corrections
    return _row(
        Words(*words_of(task)),
        (category.slug, category.name) if category else None,
        Figures(*figures_of(task)),
        columns,
        links,
        _corrected(corrections[task.pk]) if task.pk in corrections else "",
        task.day_id in beside.sample_days,
    )


def _corrected(corrections: list[Correction]) -> SafeString:
    return render_to_string("records/_task_corrections.html", {"corrections": corrections})


@lru_cache(KEPT)
def _row(
    words: Words,
    category: tuple[str, str] | None,
    figures: Figures,
    columns: Columns,
    links: Links,
    corrected: SafeString | str,
    sample: bool,  # noqa: FBT001 - kept under its arguments as they stand
) -> SafeString:
    return format_html(
        '\n  <tr id="{}">\n    {}\n    <th scope="row" class="task">\n      <div class="clamp">{}\n'
        '        {}{}\n        <span class="rest">{}</span></div>\n      {}\n    </th>\n    {}\n  </tr>\n',
        f"t{words.position}" if links.of_days is None else f"task-{words.pk}",
        _place(words, links.of_days),
        _name(words, links.of_tasks),
        _chip(category, links.of_categories),
        SAMPLE if sample else "",
        prose.inline(detail_of(words.name, words.description)),
        corrected,
        cells(figures, columns),
    )


def _place(words: Words, asked: str | None) -> SafeString:
    """The number of a task in the log of its day, or the day with a link there."""
    if asked is None:
        return format_html('<td class="n"><a href="#t{}">{}</a></td>', words.position, words.position)
    address = f"{address_of_day(words.day)}{asked}#t{words.position}"
    return format_html('<td class="day"><a href="{}">{}</a></td>', address, day_time(words.day, "M j, Y"))


def _name(words: Words, asked: str | None) -> SafeString:
    address = "" if asked is None else format_html(' href="{}{}"', address_of_task(words.pk), asked)
    title = prose.inline(words.name or name_in(words.description))
    return format_html('<a class="name"{}>{}</a>', address, title)


def _chip(category: tuple[str, str] | None, asked: str | None) -> SafeString | str:
    if category is None or asked is None:
        return ""
    slug, name = category
    return format_html('<a class="chip" href="{}{}">{}</a>', address_of_category(slug), asked, name)

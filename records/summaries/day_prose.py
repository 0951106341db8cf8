"""The prose of a day as its page shows it, its figures live, and what its author has to know of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from records import prose
from records.summaries.live_figures import GONE, DayFigures


@dataclass(frozen=True)
class DayProse:
    """Lede and analysis as safe HTML, empty where there is no text, and the minutes to read both."""

    lede: SafeString
    analysis: SafeString
    reading_minutes: int


def day_prose(figures: DayFigures) -> DayProse:
    """The prose of the day of some figures, rendered with them."""
    day = figures.summary.day
    link = figures.address if figures.base is not None and day.is_visible() else None
    return DayProse(
        prose.render(day.lede, figures, link, part="lede"),
        prose.render(day.analysis, figures, link, part="analysis"),
        prose.reading_minutes(day.lede, day.analysis),
    )


def unknown_names(text: str, figures: DayFigures, slugs: Mapping[str, str]) -> Iterator[str]:
    """What to say of each figure of a text that is not in the vocabulary; ``slugs`` names the categories.

    A task typed by a position that no row has is not in it either, nor is a category that does not exist.
    """
    for mark in prose.marks_in(text):
        try:
            mark.check()
        except prose.NotAName as fault:
            yield _with_neighbours(str(fault), mark, slugs)
        else:
            yield from _unknown_part(mark, figures, slugs)
    for key in prose.task_links_in(text):
        if not key.startswith("id") and figures.task(key) is None:
            yield f"“task:{key}” leads nowhere: {_positions(figures)}"


def _unknown_part(mark: prose.Mark, figures: DayFigures, slugs: Mapping[str, str]) -> Iterator[str]:
    name = prose.parse(mark.name)
    if name.place == "category" and name.which not in slugs:
        yield _with_neighbours(f"“{name.which}” is no category.", mark, slugs)
    if name.place == "task" and name.which.isdigit() and figures.task(name.which) is None:
        yield f"“{mark.name}” is no figure: {_positions(figures)}"


def missing_figures(text: str, figures: DayFigures) -> Iterator[str]:
    """What to warn of: figures of a text that do not exist, where a dash stands, and tasks that are gone."""
    for mark in prose.marks_in(text):
        figure = figures.get(mark.name)
        if figure is not None and figure.missing:
            yield f"A dash stands for {mark}. {figure.missing}"
    for key in prose.task_links_in(text):
        if figures.task(key) is None:
            yield f"The link to task:{key} is plain text now. {GONE}"


def _positions(figures: DayFigures) -> str:
    count = len(figures.summary.tasks)
    if not count:
        return "this day has no tasks yet."
    return f"this day has {count} tasks, such as task.{count}." if count > 1 else "this day has task.1 alone."


def _with_neighbours(fault: str, mark: prose.Mark, slugs: Mapping[str, str]) -> str:
    near = prose.neighbours(mark.name, slugs)
    if not near:
        return f"{fault} To show it as it is, put it in `backticks`."
    shown = [f"{{{{ {name} }}}}" for name in near]
    choices = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
    return f"{fault} Did you mean {choices}?"

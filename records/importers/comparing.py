"""What an import would change of a day that is stored, in words and row by row."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from records.formats import quantity, shortened
from records.importers.day import ImportedDay, ImportedTask
from records.models import Day, Task, name_in
from records.summaries.differences import FIGURES, changed, label_of

ROWS_ALONE = frozenset({"csv", "tsv", "lines"})  # forms that carry no title, tags or prose
PARTS = ("title", "lede", "analysis", "stated_tokens")
SOURCES = ("agent_minutes_source", "supervisory_minutes_source", "tokens_source")
_UNKNOWN = "unknown"
_SHOWN = 60  # characters of a text in a sentence

Pair: TypeAlias = tuple[ImportedTask, Task | None]


@dataclass(frozen=True)
class Standing:
    """A day as it is stored: its tasks in order, the names of its tags, its old addresses."""

    day: Day
    tasks: Sequence[Task]
    tags: Sequence[str]
    addresses: frozenset[str]


def day_values(day: ImportedDay) -> dict[str, Any]:
    """What the import says of the day itself, by field; what its form cannot carry is not there."""
    values = {name: getattr(day, name) for name in PARTS}
    said = {name: value for name, value in values.items() if value or day.form not in ROWS_ALONE}
    return said | {"sample": True} if day.sample else said


def brings_tags(day: ImportedDay) -> bool:
    """Whether the import says which tags the day has."""
    return bool(day.tags) or day.form not in ROWS_ALONE


def task_values(task: ImportedTask, categories: Mapping[str, int]) -> dict[str, Any]:
    """What the import says of a task, by field; a name or category it does not bring is not there.

    A name that the text carries anyway is none of its own. Raises ``KeyError`` for a category the site lacks.
    """
    values = {name: getattr(task, name) for name in ("description", *FIGURES, *SOURCES)}
    if task.name and task.name != name_in(task.description):
        values["name"] = task.name
    if task.category:
        values["category_id"] = categories[task.category]
    return values


def pairs(tasks: Sequence[ImportedTask], stored: Sequence[Task]) -> list[Pair]:
    """Each row beside the stored task it is: same text and place, else same text, else same place."""
    free = dict(enumerate(stored, start=1))
    found: dict[int, Task] = {}
    for task in tasks:
        if task.place in free and _same(free[task.place].description, task.description):
            found[task.place] = free.pop(task.place)
    by_text = defaultdict(list)
    for position, kept in free.items():
        by_text[_plain(kept.description)].append(position)
    for task in tasks:
        if task.place not in found and by_text[_plain(task.description)]:
            found[task.place] = free.pop(by_text[_plain(task.description)].pop(0))
    for task in tasks:
        if task.place not in found and task.place in free:
            found[task.place] = free.pop(task.place)
    return [(task, found.get(task.place)) for task in tasks]


def differences(day: ImportedDay, standing: Standing, categories: Mapping[str, int]) -> tuple[str, ...]:
    """What the import would change, a sentence each; empty when the same is stored already."""
    return (*_of_the_day(day, standing), *_of_the_rows(day, standing, categories))


def new_address(day: ImportedDay, standing: Standing) -> str:
    """The address the page had, where the stored day does not have it yet; else blank."""
    return "" if day.path in standing.addresses else day.path


def _of_the_day(day: ImportedDay, standing: Standing) -> Iterator[str]:
    values = day_values(day)
    for each in changed({name: getattr(standing.day, name) for name in values}, values, same=_same):
        is_prose = each.name in ("lede", "analysis")
        yield f"{each.name} differs" if is_prose else _change(label_of(each.name), each.before, each.after)
    if brings_tags(day) and {_folded(tag) for tag in day.tags} != {_folded(tag) for tag in standing.tags}:
        yield _change("tags", ", ".join(standing.tags) or "none", ", ".join(day.tags) or "none")


def _of_the_rows(day: ImportedDay, standing: Standing, categories: Mapping[str, int]) -> Iterator[str]:
    slugs = {pk: slug for slug, pk in categories.items()}
    rows = pairs(day.tasks, standing.tasks)
    for task, stored in rows:
        if stored is None:
            yield f"Row {task.place} added: {_text(task.description)}"
        elif changes := list(_changes(stored, task_values(task, categories), slugs)):
            yield f"Row {task.place}: {', '.join(changes)}"
    kept = [stored for _, stored in rows if stored]
    gone = {stored.pk for stored in standing.tasks} - {stored.pk for stored in kept}
    for position, stored in enumerate(standing.tasks, start=1):
        if stored.pk in gone:
            yield f"Row {position} removed: {_text(stored.description)}"
    if [stored.pk for stored in standing.tasks if stored.pk not in gone] != [stored.pk for stored in kept]:
        yield "the order of the rows differs"


def _changes(stored: Task, values: Mapping[str, Any], slugs: Mapping[int, str]) -> Iterator[str]:
    for each in changed({name: getattr(stored, name) for name in values}, values, same=_same):
        if each.name == "category_id":
            yield _change("category", slugs.get(each.before, "none"), slugs[each.after])
        else:
            yield _change(label_of(each.name), each.before, each.after)


def _change(what: str, before: Any, after: Any) -> str:
    return f"{what} {_shown(before)} → {_shown(after)}"


def _shown(value: Any) -> str:
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return quantity(value) if isinstance(value, Decimal | int) else _text(value) or "none"


def _text(text: str) -> str:
    return shortened(" ".join(text.split()), _SHOWN)


def _same(stored: Any, value: Any) -> bool:
    return stored == value or (isinstance(stored, str) and _plain(stored) == _plain(value))


def _plain(text: str) -> str:
    """A text as it is compared: a browser sends line ends of its own, and a form cuts blanks around it."""
    return text.replace("\r\n", "\n").strip()


def _folded(tag: str) -> str:
    return " ".join(tag.split()).casefold()

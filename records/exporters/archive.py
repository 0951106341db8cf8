"""The whole archive as JSON in export schema 1: read some days at a time, written a day a line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from json.encoder import encode_basestring as quoted
from typing import Any

from records.exporters.rows import flag, number
from records.exporters.schema import (
    CATEGORIES,
    CORRECTIONS,
    OLD_ADDRESSES,
    REVISIONS,
    SCHEMA,
    SITE,
    SOURCE,
    TAGS,
    TASKS,
    Kind,
    Part,
    dictionary,
)
from records.exporters.scope import Scope, Written
from records.exporters.stored import OF_ITSELF, StoredDay, Values, stored, stored_days
from records.models import SiteProfile
from records.models.json import canonical, exact_json


def json_chunks(scope: Scope, written: Written) -> Iterator[str]:
    """The archive as one JSON object; ``written`` is told how many tasks each day has."""
    opening = "{\n"
    for name, text in header(scope):
        yield f"{opening}{quoted(name)}: {text}"
        opening = ",\n"
    yield ',\n"days": ['
    yield from _items(days(scope, written))
    yield '],\n"removed": ['
    yield from _items(removed(scope))
    yield "]\n}\n"


def json_lines(scope: Scope, written: Written) -> Iterator[str]:
    """The archive as lines: first the header, then a line a day, then the revisions of removed drafts."""
    yield f"{{{', '.join(f'{quoted(name)}: {text}' for name, text in header(scope))}}}\n"
    for day in days(scope, written):
        yield f"{day}\n"
    for revision in removed(scope):
        yield f'{{"removed": {revision}}}\n'


def header(scope: Scope) -> Iterator[tuple[str, str]]:
    """What comes before the days, each part as JSON: version, dictionary, profile, categories, tags."""
    site = SiteProfile.load()
    yield "schema", str(SCHEMA)
    yield "generated_at", quoted(scope.at.isoformat())
    yield "fields", exact_json(dictionary())
    yield "site", as_text(SITE)([getattr(site, field.name) for field in SITE])
    for name, rows, part in (
        ("categories", scope.categories(), CATEGORIES),
        ("tags", scope.tags(), TAGS),
        ("old_addresses", scope.old_addresses(), OLD_ADDRESSES),
    ):
        yield name, _list(map(as_text(part), stored(rows, part)))


def days(scope: Scope, written: Written) -> Iterator[str]:
    """Each day with its tasks and its history as JSON, oldest first."""
    for day in stored_days(scope):
        yield _day(day)
        written(len(day.tasks))


def removed(scope: Scope) -> Iterator[str]:
    """The revisions of drafts that are gone, as JSON."""
    return map(REVISION_TEXT, stored(scope.removed(), REVISIONS))


def as_text(part: Part) -> Callable[[Values], str]:
    """A function that writes the values of the fields of a part, in their order, as a JSON object."""
    names = [f"{quoted(field.name)}: " for field in part]
    writers = [_WRITE[field.kind] for field in part]

    def write(values: Sequence[Any]) -> str:
        texts = [
            f"{name}null" if value is None else name + text(value)
            for name, text, value in zip(names, writers, values, strict=True)
        ]
        return f"{{{', '.join(texts)}}}"

    return write


def _date(value: date) -> str:
    return f'"{value.isoformat()}"'


_WRITE: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: quoted,
    Kind.WHOLE: str,
    Kind.NUMBER: number,
    Kind.FLAG: flag,
    Kind.DATE: _date,
    Kind.MOMENT: _date,
    Kind.LIST: canonical,
    Kind.OBJECT: canonical,
}
DAY_TEXT, TASK_TEXT = as_text(OF_ITSELF), as_text(TASKS)
SOURCE_TEXT, REVISION_TEXT, CORRECTION_TEXT = as_text(SOURCE), as_text(REVISIONS), as_text(CORRECTIONS)


def _day(day: StoredDay) -> str:
    parts = {
        "tags": _list(map(quoted, day.tags)),
        "source": SOURCE_TEXT(day.source) if day.source else "null",
        "tasks": _list(map(TASK_TEXT, day.tasks)),
        "revisions": _list(map(REVISION_TEXT, day.revisions)),
        "corrections": _list(map(CORRECTION_TEXT, day.corrections)),
    }
    own = DAY_TEXT(day.values).removesuffix("}")
    return f"{own}, {', '.join(f'{quoted(name)}: {text}' for name, text in parts.items())}}}"


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _items(items: Iterable[str]) -> Iterator[str]:
    separator = "\n"
    for item in items:
        yield separator + item
        separator = ",\n"

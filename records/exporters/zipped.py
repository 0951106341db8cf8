"""The whole archive as a zip of CSV files, one for each part, written as it is read.

A zip, and not a folder, so that it can be piped, downloaded and moved into place whole.
"""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from operator import itemgetter
from typing import Any

from records.exporters.rows import LINES_A_CHUNK, Columns, csv_chunks
from records.exporters.schema import (
    CATEGORIES,
    CORRECTIONS,
    OLD_ADDRESSES,
    PARTS,
    REVISIONS,
    SCHEMA,
    SITE,
    SOURCE,
    TAGS,
    TASKS,
    Field,
    Kind,
    Part,
)
from records.exporters.scope import Scope, Written
from records.exporters.stored import KEPT_AS_JSON, OF_ITSELF, Values, stored, stored_days
from records.models import SiteProfile
from records.models.batches import batched
from records.models.json import canonical

LEVEL = 1  # of compression: beyond it the time doubles for a tenth of the size
DAY = Field("day", Kind.DATE, "The day it belongs to.")
TAG_OF_DAY = (Field("tag", Kind.TEXT, "Name of a tag of the day.", column="tag__name"),)
README = """Leverage records, export schema {schema}, made at {at}.

One CSV file for each part, in UTF-8, with a head line. fields.csv says what each field means, its unit and
its form; “day” is the date of the day that a row belongs to. What is unknown is empty.

So that no spreadsheet runs a cell as a formula, one apostrophe stands before a text that begins with =, +, -,
@, the full-width form of one of these, a tab or a line end, or with apostrophes before one of these. Without
it the text is as it was.

To bring everything into another site, export JSON: import_records reads that whole.
"""


def zip_chunks(scope: Scope, written: Written) -> Iterator[bytes]:
    """The archive as a zip, in pieces; ``written`` is told how many tasks there are when they are written."""
    sink = _Sink()
    moment = scope.at.astimezone(UTC)
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as packed:  # type: ignore[call-overload] # a stream to write to is all it asks for
        for name, chunks in files(scope, written):
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with packed.open(entry, "w", force_zip64=True) as file:
                for chunk in chunks:
                    file.write(chunk.encode())
                    yield sink.taken()
    yield sink.taken()


def files(scope: Scope, written: Written) -> Iterator[tuple[str, Iterable[str]]]:
    """Each file by name, with its text in pieces."""
    yield "README.txt", [README.format(schema=SCHEMA, at=scope.at.isoformat())]
    yield "fields.csv", csv_chunks(_FIELDS_OF_PARTS, _dictionary())
    site = SiteProfile.load()
    yield "site.csv", _csv(SITE, [[getattr(site, field.name) for field in SITE]])
    yield "categories.csv", _csv(CATEGORIES, stored(scope.categories(), CATEGORIES))
    yield "tags.csv", _csv(TAGS, stored(scope.tags(), TAGS))
    yield "old_addresses.csv", _csv(OLD_ADDRESSES, stored(scope.old_addresses(), OLD_ADDRESSES))
    yield "days.csv", _csv(OF_ITSELF, (day.values for day in stored_days(scope, "tags")))
    yield "tags_of_days.csv", _of_days(TAG_OF_DAY, stored(scope.tags_of_days(), TAG_OF_DAY, "day__date"))
    yield "tasks.csv", _of_days(TASKS, _counted(stored(scope.tasks(), TASKS, "day_id"), written))
    sources = ([day.date, *day.source] for day in stored_days(scope, "source") if day.source)
    yield "sources.csv", _of_days(SOURCE, sources)
    yield "revisions.csv", _of_days(REVISIONS, _belonging(scope, "revisions", "corrections"))
    yield "corrections.csv", _of_days(CORRECTIONS, _belonging(scope, "corrections"))
    yield "removed.csv", _csv(REVISIONS, stored(scope.removed(), REVISIONS))


def _belonging(scope: Scope, part: str, *by: str) -> Iterator[Values]:
    """The rows of a part of each day; ``by`` names what says which of it is public."""
    for day in stored_days(scope, part, *by):
        yield from ([day.date, *values] for values in getattr(day, part))


def _counted(tasks: Iterable[Values], written: Written) -> Iterator[Values]:
    for some in batched(tasks, LINES_A_CHUNK):
        yield from some
        written(len(some))


def _of_days(part: Part, rows: Iterable[Values]) -> Iterator[str]:
    return _csv((DAY, *part), rows)


def _csv(part: Part, rows: Iterable[Values]) -> Iterator[str]:
    columns: Columns = {field.name: _reader(field, place) for place, field in enumerate(part)}
    return csv_chunks(columns, rows)


def _reader(field: Field, place: int) -> Callable[[Values], Any]:
    if field.kind in KEPT_AS_JSON:
        return lambda values: canonical(values[place])
    return itemgetter(place)


_HEAD = ("part", "field", "form", "meaning")
_FIELDS_OF_PARTS: Columns = {name: itemgetter(place) for place, name in enumerate(_HEAD)}


def _dictionary() -> Iterator[Values]:
    for name, part in PARTS.items():
        yield from ([name, field.name, field.form, field.meaning] for field in part)


class _Sink:
    """Where a zip is written to: keeps what came until it is taken."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Keep some bytes; gives how many."""
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """There is nothing to do; a zip asks for it."""

    def taken(self) -> bytes:
        """All that has come since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)

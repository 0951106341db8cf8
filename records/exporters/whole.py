"""The whole archive in any of its forms, as it stood at one moment."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from records.exporters.archive import json_chunks, json_lines
from records.exporters.scope import Scope, Written
from records.exporters.zipped import zip_chunks
from records.models.moment import one_moment

CHUNK = 64 * 1024


@dataclass(frozen=True)
class Form:
    """A form of the archive: what it is called and good for, how its files end, what writes it."""

    title: str
    use: str
    ending: str
    content_type: str
    is_text: bool
    chunks: Callable[[Scope, Written], Iterator[bytes]]


FORMS = {
    "json": Form(
        "JSON",
        "one object; another site of this kind imports it whole.",
        "json",
        "application/json; charset=utf-8",
        True,
        lambda scope, written: map(str.encode, json_chunks(scope, written)),
    ),
    "jsonl": Form(
        "JSON lines",
        "a line a record, to be read one at a time; it imports as well.",
        "jsonl",
        "application/jsonl; charset=utf-8",
        True,
        lambda scope, written: map(str.encode, json_lines(scope, written)),
    ),
    "csv": Form(
        "CSV",
        "a zip with a file for each part, for spreadsheets and statistics.",
        "zip",
        "application/zip",
        False,
        zip_chunks,
    ),
}


def whole_archive(form: Form, scope: Scope, written: Written) -> Generator[bytes, None, None]:
    """The archive in pieces of some kilobytes; ``written`` is told how many tasks have been written anew.

    The database is read at one moment, which ends with the last piece or when the iterator is closed.
    """
    with one_moment():
        pieces: list[bytes] = []
        size = 0
        for chunk in form.chunks(scope, written):
            pieces.append(chunk)
            size += len(chunk)
            if size >= CHUNK:
                yield b"".join(pieces)
                pieces, size = [], 0
        yield b"".join(pieces)

"""What the paths of a call name: files, folders with all that is in them, patterns, standard input."""

import glob
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from records.importers.decoding import decoded
from records.importers.formats import CannotRead
from records.importers.known import Limits
from records.importers.reading import check_size

STANDARD_INPUT = "-"
ENDINGS = frozenset(
    {".html", ".htm", ".md", ".markdown", ".txt", ".csv", ".tsv", ".json", ".jsonl", ".ndjson"}
)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")
_TYPICAL = "/tmp/2026-04-12-leverage-record.html"  # noqa: S108 - an example in words, nothing is written there


class NoFiles(ValueError):
    """Paths that name nothing to import; ``str()`` says which and what would be right."""


@dataclass(frozen=True)
class ImportedFile:
    """One file of a call; ``path`` is ``None`` for standard input, ``shown`` how the report calls it."""

    path: Path | None

    @property
    def shown(self) -> str:
        """The path as it can be printed: a name of bytes that are no UTF-8 has question marks for them."""
        return _printable(str(self.path)) if self.path else STANDARD_INPUT

    @property
    def name(self) -> str:
        """The file's own name, in which a date may stand; blank for standard input."""
        return _printable(self.path.name) if self.path else ""

    def size(self) -> int:
        """Its size in bytes; 0 where that shows only on reading."""
        try:
            return self.path.stat().st_size if self.path else 0
        except OSError:
            return 0

    def data(self, limits: Limits) -> bytes:
        """What is in it. Raises ``CannotRead`` for what is too large or cannot be opened."""
        check_size(self.size(), limits)
        most = -1 if limits.size is None else limits.size + 1
        try:
            if self.path is None:
                data = sys.stdin.buffer.read(most)
            else:
                with self.path.open("rb") as file:
                    data = file.read(most)
        except OSError as error:
            raise CannotRead(f"It cannot be read: {error.strerror or error}.") from None
        check_size(len(data), limits)
        return data


def text_of(data: bytes) -> str:
    """The bytes of a file as text. Raises ``CannotRead`` for what is none."""
    text = decoded(data)
    if odd := _CONTROL.search(text):
        raise CannotRead(
            f"It holds the control character {ord(odd[0]):#04x}, so it is no text but a picture or such. "
            "Save the page as HTML or as plain text, then import that."
        )
    return text


def files_named(paths: Iterable[str]) -> list[ImportedFile]:
    """The files that paths name, each once, those of a folder or pattern by name. Raises ``NoFiles``."""
    found = [file for path in paths for file in _named(path)]
    return [ImportedFile(path) for path in dict.fromkeys(found)]


def _named(path: str) -> Sequence[Path | None]:
    if path == STANDARD_INPUT:
        return [None]
    if os.path.lexists(path):
        return list(_at(Path(path), path))
    if not glob.has_magic(path):
        raise NoFiles(f"There is no file “{_printable(path)}”. Give one such as {_TYPICAL}, a folder, or -.")
    matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - of a Path it would match hidden files
    if not matches:
        raise NoFiles(f"Nothing fits “{_printable(path)}”. Try a pattern such as posts/**/*.html.")
    return [file for match in matches for file in _at(Path(match), path)]


def _at(path: Path, named: str) -> Iterator[Path]:
    if path.is_dir():
        files = [file for file in sorted(path.rglob("*")) if _is_one(file, path)]
        if not files:
            known = ", ".join(sorted(ENDINGS))
            raise NoFiles(
                f"The folder “{_printable(str(path))}” has no files to import. They end in {known}."
            )
        yield from files
    elif path.is_file():
        yield path
    else:
        raise NoFiles(f"“{_printable(named)}” is neither a file nor a folder.")


def _is_one(file: Path, folder: Path) -> bool:
    """Whether a file of a folder is one to import: its ending is known, and nothing of its path is hidden."""
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return not hidden and file.suffix.lower() in ENDINGS and file.is_file()


def _printable(path: str) -> str:
    return path.encode("utf-8", "replace").decode()

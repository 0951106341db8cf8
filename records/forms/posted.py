"""What a browser posted for a day, as plain rows: in the order wanted, blank ones dropped, nothing read yet.

A day's form posts ``tasks-<n>-<field>``. ``n`` only tells rows apart; their order is that of their position
fields. Whatever is done with rows before they are checked (put in order, merged with what somebody else
saved, added from pasted lines) is done here on raw text, so nothing that was typed can be lost.

Prose names tasks by the numbers on the screen, ``task.8``. These change while rows move, so they become names
of rows at once: the id of a stored task, ``task.id812``, or the ``n`` of a new one, ``task.row3``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from records import prose
from records.models import WHY_LENGTH, FigureSource

ROW = "tasks"
MOST_ROWS = 400  # times 24 fields, as every row posts, is less than DATA_UPLOAD_MAX_NUMBER_FIELDS
_KEY = re.compile(rf"{ROW}-([0-9]{{1,5}})-([a-z_]+)")
# What a row that nobody has touched posts.
_UNTOUCHED = {
    f"{figure}_source": FigureSource.DECLARED for figure in ("agent_minutes", "supervisory_minutes", "tokens")
}
_NOT_CONTENT = {"position", "remove", "key"}
PROSE = ("lede", "analysis")
KEEP = "keep-"  # and the key of a claim: why it stays
_KEPT = re.compile(rf"{KEEP}([0-9a-f]{{16}})")

Raw = dict[str, str]


@dataclass
class PostedDay:
    """A day as typed: its own fields and its rows, all of it text."""

    fields: Raw
    rows: list[Raw] = field(default_factory=list)


def posted_day(data: Mapping[str, str]) -> PostedDay:
    """The posted fields and rows, these in the order of their positions and without blank ones."""
    rows: dict[int, Raw] = {}
    fields: Raw = {}
    for key in data:
        # Browsers end lines with two characters; one is stored, counted and compared.
        text = data[key].replace("\r\n", "\n")
        if match := _KEY.fullmatch(key):
            rows.setdefault(int(match[1]), {})[match[2]] = text
        else:
            fields[key] = text
    numbered = [rows[number] | {"key": _key(rows[number], number)} for number in sorted(rows)]
    ordered = in_order(numbered)
    names = _names_by_number(fields, ordered)
    fields |= {name: prose.renamed(fields[name], names) for name in PROSE if name in fields}
    return PostedDay(fields, [row for row in ordered if not is_blank(row)])


def whys_typed(fields: Raw) -> Raw:
    """Why claims of the prose stay, by their keys; blank for one that stays no more."""
    found = ((_KEPT.fullmatch(name), why.strip()[:WHY_LENGTH]) for name, why in fields.items())
    return {match[1]: why for match, why in found if match}


def name_of(row: Raw) -> str:
    """What prose calls a row whose number may change: ``id812`` of a stored task, ``row3`` of a new one."""
    pk = task_id(row)
    return f"row{row.get('key', '')}" if pk is None else f"id{pk}"


def _key(row: Raw, number: int) -> str:
    typed = read_whole(row.get("key", ""))
    return str(number if typed is None else typed)


def _names_by_number(fields: Raw, rows: list[Raw]) -> dict[str, str]:
    """The rows by the numbers they had on the screen while the prose was typed.

    A script renumbers rows as they move, and says so; without one they keep the numbers they were shown with.
    """
    if fields.get("numbering") == "shown":
        return {row.get("position", "").strip(): name_of(row) for row in rows if not is_removed(row)}
    return {str(int(row["key"]) + 1): name_of(row) for row in rows}


def in_order(rows: list[Raw]) -> list[Raw]:
    """Rows by the numbers typed into them.

    A number that two rows claim goes to the one that was moved there: upwards it comes before the other,
    downwards after it. A row without a readable number stays at the end.
    """

    def place(entry: tuple[int, Raw]) -> tuple[int, int, int]:
        now, row = entry
        wanted = read_whole(row.get("position", ""))
        if wanted is None:
            return (len(rows) + 1, 1, now)
        return (wanted, (wanted > now) - (wanted < now) + 1, now)

    return [row for _, row in sorted(enumerate(rows, start=1), key=place)]


def is_blank(row: Raw) -> bool:
    """Whether nothing was typed into a row; a stored task is never blank, however empty its fields."""
    return not any(
        value.strip() and value != _UNTOUCHED.get(name)
        for name, value in row.items()
        if name not in _NOT_CONTENT
    )


def task_id(row: Raw) -> int | None:
    """The id of the stored task a row is about, ``None`` for a new one."""
    return read_whole(row.get("id", ""))


def is_removed(row: Raw) -> bool:
    """Whether the row is marked for removal."""
    return bool(row.get("remove"))


def read_whole(text: str) -> int | None:
    """A whole number as a form or an address carries it, ``None`` for anything else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

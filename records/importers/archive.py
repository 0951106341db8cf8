"""Our own export read back: schema 1 as JSON or as lines of JSON, every value checked for its type.

Pure. Nothing is read that the schema does not name; what is absent is left to the defaults of the models.
"""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from records.exporters.schema import PARTS, SCHEMA, Archive, Field, Kind
from records.formats import shortened
from records.importers.formats import CannotRead
from records.periods import iso_date

MOST = 2**63 - 1
MOST_DIGITS, MOST_LEVELS = 100, 20
NEEDED = {"days": ("date",), "tasks": ("description",), "revisions": ("number", "at", "snapshot")}
_SHOWN = 40  # characters of a value in a sentence
_HALF = re.compile("[\ud800-\udfff]")
# What stands where a list or an object of the schema is expected: the part that describes it.
_PARTS_WITHIN = {
    ("days", "source"): "source",
    ("days", "tasks"): "tasks",
    ("days", "revisions"): "revisions",
    ("days", "corrections"): "corrections",
}
_LIKE = {
    Kind.TEXT: 'a text such as "Parser"',
    Kind.WHOLE: "a whole number such as 3",
    Kind.NUMBER: "a number such as 1.5",
    Kind.FLAG: "true or false",
    Kind.DATE: 'a date such as "2026-04-12"',
    Kind.MOMENT: 'a moment such as "2026-04-13T08:10:00+00:00"',
    Kind.LIST: "a list such as []",
    Kind.OBJECT: "an object such as {}",
}


def read_archive(data: bytes | str | IO[bytes] | IO[str], form: str = "") -> Archive:
    """The archive in a file, in bytes or in a text; ``form`` is ``json``, ``jsonl`` or blank for either.

    Bytes are UTF-8, with or without a mark. Lines are read as the days are asked for, so ``CannotRead`` may
    come then as well; its text names the place, such as ``days[3].tasks[2].human_hours``.
    """
    text = _text_stream(data)
    lines = _lines(text)
    first = next((line for line in lines if line.strip()), "")
    as_lines = form == "jsonl" or (form != "json" and _is_header(first))
    if not as_lines:
        with _as_utf_8():
            rest = text.read()
        return _archive(_loaded(first + rest))
    head = _loaded(first)
    if "days" in head:
        return _archive(head)
    removed: list[Mapping[str, Any]] = []
    return _archive(head, days=_days_in(lines, removed), removed=removed)


def _text_stream(data: bytes | str | IO[bytes] | IO[str]) -> IO[str]:
    if isinstance(data, str):
        return io.StringIO(data.removeprefix("\ufeff"))
    if isinstance(data, bytes):
        data = io.BytesIO(data)
    if isinstance(data.read(0), bytes):
        return io.TextIOWrapper(data, encoding="utf-8-sig")  # type: ignore[type-var] # bytes, as seen
    return data  # type: ignore[return-value] # text, as seen


@contextmanager
def _as_utf_8() -> Iterator[None]:
    """Bytes are decoded a piece at a time, so that any of them may turn out not to be UTF-8."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise CannotRead(f"This is not UTF-8, as an archive is: {error.reason}.") from None


def _lines(text: IO[str]) -> Iterator[str]:
    with _as_utf_8():
        yield from text


def _is_header(line: str) -> bool:
    """Whether a line is a whole object by itself, as the first of an archive in lines is."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _loaded(text: str, where: str = "This file") -> dict[str, Any]:
    try:
        value = json.loads(text, parse_float=_decimal, parse_constant=_refuse_constant)
    except RecursionError:
        raise CannotRead(f"{where} is nested too deeply to be an archive.") from None
    except ValueError as error:
        raise CannotRead(f"{where} is no JSON: {error}.") from None
    if not isinstance(value, dict):
        raise CannotRead(f'{where} holds no object. An archive begins with {{"schema": {SCHEMA}, ...')
    return value


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise ValueError(f"{shortened(digits, _SHOWN)} is a number beyond all bounds") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _archive(
    head: dict[str, Any],
    days: Iterator[Mapping[str, Any]] | None = None,
    removed: list[Mapping[str, Any]] | None = None,
) -> Archive:
    """The archive of its outermost object; ``days`` and ``removed`` where they stand on other lines."""
    _check_schema(head.pop("schema", None))
    head.pop("fields", None)  # the dictionary says nothing that we do not know
    _refuse_unknown("archive", head, "")
    if days is None and "days" not in head:
        raise CannotRead("There is no “days” in this archive. Without any, it is an empty list: [].")
    lists = {
        name: [_checked(name, item, f"{name}[{at}]") for at, item in enumerate(_list(head, name))]
        for name in ("categories", "tags", "old_addresses", "days", "removed")
    }
    site = head.get("site")
    return Archive(
        site=None if site is None else _checked("site", site, "site"),
        categories=lists["categories"],
        tags=lists["tags"],
        old_addresses=lists["old_addresses"],
        days=lists["days"] if days is None else days,
        removed=lists["removed"] if removed is None else removed,
    )


def _check_schema(schema: Any) -> None:
    if schema is None:
        raise CannotRead(
            f'There is no “schema” in this file. Our own export begins with {{"schema": {SCHEMA}.'
        )
    if type(schema) is int and schema > SCHEMA:
        raise CannotRead(
            f"This archive has schema {schema}; this site knows schemas up to {SCHEMA}. "
            "Bring the site up to date, then import it again."
        )
    if schema is True or schema != SCHEMA:
        raise CannotRead(f"schema is {_shown(schema)}. It is {SCHEMA}.")


def _days_in(lines: Iterator[str], removed: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The days on their lines; what is kept of removed drafts goes to ``removed``."""
    days = 0
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        value = _loaded(line, f"Line {number}")
        if "removed" in value:
            _refuse_unknown("archive", value, f"line {number}")
            removed.append(_checked("removed", value["removed"], f"removed[{len(removed)}]"))
        else:
            yield _checked("days", value, f"days[{days}]")
            days += 1


def _list(head: Mapping[str, Any], name: str) -> list[Any]:
    value = head.get(name, [])
    if not isinstance(value, list):
        raise CannotRead(f"{name} is {_shown(value)}, not {_LIKE[Kind.LIST]}.")
    return value


def _checked(part: str, value: Any, where: str) -> dict[str, Any]:
    """The values of one object of the archive, as Python has them."""
    if not isinstance(value, dict):
        raise CannotRead(f"{where} is {_shown(value)}, not {_LIKE[Kind.OBJECT]}.")
    _refuse_unknown(part, value, where)
    for name in NEEDED.get("revisions" if part == "removed" else part, ()):
        if value.get(name) is None:
            raise CannotRead(f"{where} has no “{name}”, which it needs.")
    return {
        field.name: _value(part, field, value[field.name], f"{where}.{field.name}")
        for field in PARTS[part]
        if field.name in value
    }


def _refuse_unknown(part: str, value: Mapping[str, Any], where: str) -> None:
    known = [field.name for field in PARTS[part]]
    for name in value:
        if name not in known:
            place = f"{where}.{name}" if where else name
            raise CannotRead(f"{place} is not in schema {SCHEMA}. Known here: {', '.join(known)}.")


def _value(part: str, field: Field, value: Any, where: str) -> Any:
    if value is None and field.nullable:
        return None
    if within := _PARTS_WITHIN.get((part, field.name)):
        if field.kind is Kind.OBJECT:
            return _checked(within, value, where)
        if isinstance(value, list):
            return [_checked(within, item, f"{where}[{at}]") for at, item in enumerate(value)]
    try:
        read = _READ[field.kind](value)
        if field.name == "tags" and not all(isinstance(name, str) for name in read):
            raise ValueError
    except (ValueError, TypeError, ArithmeticError):
        raise CannotRead(f"{where} is {_shown(value)}, not {_LIKE[field.kind]}.") from None
    _refuse_what_no_database_stores(value, where)
    return read


def _refuse_what_no_database_stores(value: Any, where: str, depth: int = 0) -> None:
    """Look at a value and all that is in it: letters, digits, and how deep it goes."""
    if isinstance(value, str):
        if "\x00" in value or _HALF.search(value):
            raise CannotRead(f"{where} holds a NUL byte or half a character. Take it out and import again.")
    elif isinstance(value, int | Decimal):
        if abs(Decimal(value).adjusted()) > MOST_DIGITS:
            raise CannotRead(f"{where} holds a number that no database stores. Try one such as 1222.75.")
    elif isinstance(value, dict | list):
        if depth == MOST_LEVELS:
            raise CannotRead(f"{where} is nested too deeply. There are at most {MOST_LEVELS} levels.")
        within = [*value, *value.values()] if isinstance(value, dict) else value
        for item in within:
            _refuse_what_no_database_stores(item, where, depth + 1)


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) > MOST:
        raise ValueError
    return value


def _number(value: Any) -> Decimal:
    if type(value) not in (int, Decimal) or abs(number := Decimal(value)) >= 10**12:
        raise ValueError
    return number


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)


def _instance(kind: type) -> Callable[[Any], Any]:
    def same(value: Any) -> Any:
        if not isinstance(value, kind):
            raise TypeError
        return value

    return same


_READ: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _instance(str),
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.FLAG: _instance(bool),
    Kind.DATE: iso_date,
    Kind.MOMENT: _moment,
    Kind.LIST: _instance(list),
    Kind.OBJECT: _instance(dict),
}


def _shown(value: Any) -> str:
    return shortened(json.dumps(value, default=str, ensure_ascii=False), _SHOWN)

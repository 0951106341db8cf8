"""The quick line: one line of text that is a task, as an author types it or an agent prints it.

Pure. ``Team wiki full build: 64 files #full-stack 480h 90m 5m`` holds, in this order:

1. the text, kept as typed (a list mark before it and backticks around the whole line are dropped);
2. ``#category``: the last word that starts with ``#`` and a letter, unless a word follows it. It stands for
   the category with that slug or name, or for the only one that starts so: ``#full-stack`` is
   ``full-stack-build``. Where a word follows, the ``#`` is part of the text;
3. up to three durations: human hours, agent minutes, supervisory minutes. Trailing ones may be missing; ``-``
   stands for one that is not known. A number alone is hours, then minutes. One duration is one word, so
   ``1h30m`` or ``1:30`` rather than ``1h 30m``; a space before a unit does no harm.

Without a category only durations *with a unit* at the very end are figures, and a single one of them only in
hours or minutes, so that the digits of "shipped v2 64" and "viewer in 3d" stay text.

A line with tabs in it is a row from a spreadsheet or a record: an optional number, the text, an optional
category, the three durations; what follows them, and every factor (``480.0×``), is left aside.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from records.durations import (
    HOURS_PER_DAY,
    HOURS_PER_WEEK,
    SPACES,
    NotADuration,
    parse_hours,
    parse_minutes,
)

EXAMPLE = "Team wiki full build: 64 files #full-stack 480h 90m 5m"
LONGEST_TEXT = 20_000
_LONGEST_LINE = LONGEST_TEXT + 500

_WORD = re.compile(f"[^{SPACES}]+")
_LIST_MARK = re.compile(rf"^(?:[-*•][{SPACES}]+)+")
_TAG = re.compile(r"#[^\W\d_].*", re.DOTALL)
_FIGURE_START = re.compile(r"[0-9０-９.,?–—−-]")
_WITH_UNIT = re.compile(r"[0-9.,].*[a-z]", re.IGNORECASE)
_HOURS_OR_MINUTES = re.compile(r"[0-9.,]+[hm].*", re.IGNORECASE)
_SPACE_BEFORE_UNIT = re.compile(rf"(?<=[0-9])[{SPACES}]+(?=[a-zA-Z])")
_UNKNOWN = {"", "-", "–", "—", "?"}
_WHOLE_NUMBER = re.compile(r"[0-9]{1,4}\.?")
_FACTOR = re.compile(r"[0-9][0-9,.]*[ ]?[x×]")
_HEADINGS = {"task", "tasks", "text", "name", "description", "what", "category"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_FIELDS: tuple[tuple[str, Callable[[str, Decimal, Decimal], Decimal]], ...] = (
    ("human hours", parse_hours),
    ("agent minutes", parse_minutes),
    ("supervisory minutes", parse_minutes),
)

_Pieces = tuple[str, str | None, Sequence[str]]


class NotAQuickLine(ValueError):
    """A line that cannot be read; ``str()`` says why in words for the page."""


@dataclass(frozen=True)
class QuickLine:
    """What one line says of a task; hours with four decimals, minutes with two, ``None`` when left out."""

    name_and_text: str
    category_slug: str | None = None
    human_hours: Decimal | None = None
    agent_minutes: Decimal | None = None
    supervisory_minutes: Decimal | None = None


@dataclass(frozen=True)
class ReadLine:
    """One of many lines: its number as typed, and either the task it is or the fault in it."""

    number: int
    typed: str
    task: QuickLine | None
    fault: str = ""


def parse(
    line: str,
    categories: Mapping[str, str],
    hours_per_day: Decimal = HOURS_PER_DAY,
    hours_per_week: Decimal = HOURS_PER_WEEK,
) -> QuickLine:
    """The task a line describes; ``categories`` maps slugs to names. Raises ``NotAQuickLine``."""
    text, category, figures = _split(line, categories)
    read = _figures(figures, (hours_per_day, hours_per_week))
    return QuickLine(_checked(text), category, *read)


def parse_many(
    text: str,
    categories: Mapping[str, str],
    hours_per_day: Decimal = HOURS_PER_DAY,
    hours_per_week: Decimal = HOURS_PER_WEEK,
) -> list[ReadLine]:
    """Each line of ``text`` that is not blank, a code fence or a row of headings, read or with its fault."""
    lengths = hours_per_day, hours_per_week
    return [_read(number, typed, categories, lengths) for number, typed in _lines(text)]


def instruction(slugs: Sequence[str], agent_name: str) -> str:
    """Words that make a coding agent end its session with quick lines this site can read."""
    listed = ", ".join(f"#{slug}" for slug in slugs) or "leave it out"
    tag = f"#{slugs[0]} " if slugs else ""
    return (
        "When this session ends, print one line for each task you finished, each alone on its line, in "
        "exactly this form and with nothing after it:\n\n"
        f"Name of the task: what was done, in one sentence {tag}8h 20m 5m\n\n"
        "- Name: at most 60 characters, then a colon; then what now exists, with counts you can back.\n"
        f"- Category: one of {listed}.\n"
        "- First duration: the hours a skilled engineer who knows this code base would have needed for the "
        "same work without an agent. When in doubt, fewer.\n"
        f"- Second duration: the wall-clock minutes {agent_name} worked on it.\n"
        "- Third duration: the minutes a human spent directing and reviewing it. Leave it out if you do not "
        "know; never guess 0.\n"
    )


def key(name: str) -> str:
    """A name as it is compared: no case, no accents, a hyphen for whatever is neither letter nor digit."""
    bare = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.category(c).startswith("M"))
    return re.sub(r"[\W_]+", "-", "".join(bare).lower()).strip("-")


def _split(line: str, categories: Mapping[str, str]) -> _Pieces:
    if _CONTROL.search(line):
        raise NotAQuickLine("The line holds a control character. Type it anew, or paste it as plain text.")
    if len(line) > _LONGEST_LINE:
        raise _too_long(len(line))
    if "\t" in _trimmed(line):
        return _from_cells(line, categories)
    typed = _LIST_MARK.sub("", _trimmed(line))
    if len(typed) > 1 and typed[0] == typed[-1] == "`":
        typed = _trimmed(typed[1:-1])
    words = list(_WORD.finditer(typed))
    tag = _tag(words)
    if tag is None:
        first = _first_figure(words)
        end = words[first].start() if first < len(words) else len(typed)
        return typed[:end], None, [word[0] for word in words[first:]]
    tail = _SPACE_BEFORE_UNIT.sub("", typed[tag.end() :])
    return typed[: tag.start()], _category(tag[0][1:], categories), _WORD.findall(tail)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, typed in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        bare = _trimmed(typed)
        if bare and not bare.startswith("```") and not _is_heading(typed):
            yield number, typed


def _read(
    number: int, typed: str, categories: Mapping[str, str], lengths: tuple[Decimal, Decimal]
) -> ReadLine:
    try:
        return ReadLine(number, typed, parse(typed, categories, *lengths))
    except NotAQuickLine as fault:
        return ReadLine(number, typed, None, str(fault))


def _trimmed(text: str) -> str:
    return text.strip(SPACES)


def _tag(words: Sequence[re.Match[str]]) -> re.Match[str] | None:
    tags = [place for place, word in enumerate(words) if _TAG.fullmatch(word[0])]
    if not tags:
        return None
    after = words[tags[-1] + 1 :]
    return words[tags[-1]] if not after or _FIGURE_START.match(after[0][0]) else None


def _first_figure(words: Sequence[re.Match[str]]) -> int:
    first = len(words)
    while first > 1 and _is_figure_with_unit(words[first - 1][0]):
        first -= 1
    alone = len(words) - first == 1
    return len(words) if alone and not _HOURS_OR_MINUTES.fullmatch(words[first][0]) else first


def _is_figure_with_unit(word: str) -> bool:
    bare = word.rstrip(".,;")
    return bool(_WITH_UNIT.fullmatch(bare)) and _is_duration(bare)


def _is_duration(word: str) -> bool:
    try:
        parse_hours(word)
    except NotADuration:
        return False
    return True


def _checked(text: str) -> str:
    trimmed = _trimmed(text)
    if not trimmed:
        raise NotAQuickLine(f"The text is missing. Try “{EXAMPLE}”.")
    if len(trimmed) > LONGEST_TEXT:
        raise _too_long(len(trimmed))
    return trimmed


def _too_long(length: int) -> NotAQuickLine:
    return NotAQuickLine(f"The text has {length:,} characters; at most {LONGEST_TEXT:,} fit.")


def _figures(typed: Sequence[str], lengths: tuple[Decimal, Decimal]) -> list[Decimal | None]:
    if len(typed) > len(_FIELDS):
        raise NotAQuickLine(
            f"{len(typed)} durations, where there are three: human hours, agent minutes, supervision. "
            "Write 1h30m without a space."
        )
    return [_figure(each, lengths, *field) for each, field in zip(typed, _FIELDS, strict=False)]


def _figure(
    typed: str,
    lengths: tuple[Decimal, Decimal],
    name: str,
    parse_figure: Callable[[str, Decimal, Decimal], Decimal],
) -> Decimal | None:
    bare = typed.rstrip(".,;")
    if bare in _UNKNOWN:
        return None
    try:
        value = parse_figure(bare, *lengths)
    except NotADuration as fault:
        raise NotAQuickLine(str(fault)) from None
    if not value and name != "supervisory minutes":
        raise NotAQuickLine(f"“{bare}” cannot be the {name}: what is not known is left out or written -.")
    return value


def _category(tag: str, categories: Mapping[str, str]) -> str:
    wanted = key(tag)
    spellings = {slug: (key(slug), key(name)) for slug, name in categories.items()}
    exact = [slug for slug, keys in spellings.items() if wanted in keys]
    found = exact or [slug for slug, keys in spellings.items() if any(k.startswith(wanted) for k in keys)]
    if len(found) == 1:
        return found[0]
    if not categories:
        raise NotAQuickLine(f"“#{tag}” is no category: there are none yet. Leave it out.")
    if found:
        raise NotAQuickLine(f"“#{tag}” may be {_either(sorted(found))}. Write more of it.")
    raise NotAQuickLine(f"“#{tag}” is no category. Try {_either(_nearest(wanted, spellings))}.")


def _nearest(wanted: str, spellings: Mapping[str, tuple[str, str]]) -> list[str]:
    alike = {slug: max(_likeness(wanted, each) for each in keys) for slug, keys in spellings.items()}
    return sorted(alike, key=lambda slug: (-alike[slug], slug))[:3]


def _likeness(one: str, other: str) -> float:
    # Shared pairs of letters (Dice's coefficient): forgiving of slips, and as short in a browser.
    a, b = ({word[i : i + 2] for i in range(len(word) - 1)} for word in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _either(slugs: Sequence[str]) -> str:
    marked = [f"#{slug}" for slug in slugs]
    return " or ".join([", ".join(marked[:-1]), marked[-1]] if marked[1:] else marked)


def _from_cells(line: str, categories: Mapping[str, str]) -> _Pieces:
    cells = [_trimmed(cell) for cell in line.rstrip("\r\n").split("\t")]
    cells = [cell for cell in cells if not _FACTOR.fullmatch(cell)]
    if len(cells) > 1 and _is_row_number(cells[0]):
        cells = cells[1:]
    text, *rest = cells or [""]
    has_category = bool(rest) and (len(rest) > 3 if rest[0] in _UNKNOWN else not _FIGURE_START.match(rest[0]))
    named = rest[0] if has_category else ""
    slug = _category(named.removeprefix("#"), categories) if named not in _UNKNOWN else None
    return text, slug, rest[1:4] if has_category else rest[:3]


def _is_row_number(cell: str) -> bool:
    return not cell or cell == "#" or bool(_WHOLE_NUMBER.fullmatch(cell))


def _is_heading(line: str) -> bool:
    cells = [_trimmed(cell) for cell in line.split("\t")]
    named = any(key(cell) in _HEADINGS for cell in cells[:3])
    return len(cells) > 1 and named and not any(_FIGURE_START.match(cell) for cell in cells)

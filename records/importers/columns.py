"""What the columns of a log are called, in records of the past and in our own files.

Pure. Names are compared without case, and without a unit: ``Human Est. (h)`` is ``human est.``
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache


class Column(StrEnum):
    """What a column of a log holds; the values are the names of our own files."""

    NUMBER = "number"
    TEXT = "description"
    HUMAN_HOURS = "human_hours"
    AGENT_MINUTES = "agent_minutes"
    SUPERVISORY_MINUTES = "supervisory_minutes"
    FACTOR = "factor"
    SUPERVISORY_FACTOR = "supervisory_factor"
    WEEKS = "weeks"
    TOKENS = "tokens"
    NAME = "name"
    CATEGORY = "category"
    DATE = "date"
    ID = "id"
    SAMPLE = "sample"


_NAMES = {
    Column.NUMBER: "#|no|no.|nr|nr.|num|number|position",
    Column.TEXT: "task|tasks|description|task description|text|what|work",
    Column.HUMAN_HOURS: (
        "human est.|human est|est. human|human estimate|human|human hours|human time|human equivalent|"
        "human-equivalent|human-equivalent hours|human equiv.|estimate|est.|human_hours"
    ),
    Column.AGENT_MINUTES: (
        "{agent}|{agent} time|{agent} min|{agent} min.|{agent} mins|{agent} minutes|{agent} actual|"
        "agent_minutes|actual|wall-clock|wall clock"
    ),
    Column.SUPERVISORY_MINUTES: (
        "sup.|sup|supv.|supv|supervision|supervisory|superv.|sup. time|supv. time|supervisory time|"
        "supervision time|supervisory minutes|sup. min|sup. minutes|supervisory_minutes"
    ),
    Column.FACTOR: "factor|leverage|lf|leverage factor|lev.|lev",
    Column.SUPERVISORY_FACTOR: (
        "sup. factor|sup factor|slf|supv. factor|supv factor|superv. factor|supervisory factor|"
        "supervision factor|sup. leverage|supv. leverage|sup. lf|supv. lf|supervisory leverage|"
        "supervisory lf|supervisory leverage factor|supervisory_factor"
    ),
    Column.WEEKS: "weeks|wks|wks.|human weeks|work weeks|human-equivalent weeks",
    Column.TOKENS: "tokens|token|toks",
    Column.NAME: "name",
    Column.CATEGORY: "category",
    Column.DATE: "date|day|work date",
    Column.ID: "id",
    Column.SAMPLE: "sample",
}
_OURS = frozenset(column.value for column in Column)
_AGENTS = ("claude", "claude code", "agent", "ai", "ai agent")
_UNIT = re.compile(r"(?:\s*[(\[]|,\s*)(?:h|hrs?|hours?|m|mins?|minutes?|x|×|w|weeks?)\.?[)\]]?$")


def columns_named(printed: Iterable[str], agent_name: str = "Claude") -> tuple[Column | None, ...]:
    """The columns that the names of a line of headings stand for; ``None`` for a name nobody has met.

    A name that only files of ours have settles its column: beside ``agent_minutes``, ``agent`` is no time.
    """
    names = [name.strip() for name in printed]
    settled = {name for name in names if "_" in name and name in _OURS}
    columns = (_column_named(name, agent_name) for name in names)
    return tuple(
        None if column in settled and name != column else column
        for name, column in zip(names, columns, strict=True)
    )


def _column_named(printed: str, agent_name: str) -> Column | None:
    name = " ".join(printed.split()).casefold().rstrip(":")
    return column_names(agent_name).get(_UNIT.sub("", name))


@cache
def column_names(agent_name: str) -> dict[str, Column]:
    """Every name in lower case, the agent's among them, with the column it stands for."""
    agents = dict.fromkeys(filter(None, (agent_name.casefold(), *_AGENTS)))
    return {
        name.replace("{agent}", agent): column
        for column, names in _NAMES.items()
        for name in names.split("|")
        for agent in agents
    }


def is_log(columns: "tuple[Column | None, ...]") -> bool:
    """Whether these are the columns of a log: a text, human hours and one more figure at least."""
    figures = {Column.AGENT_MINUTES, Column.FACTOR, Column.SUPERVISORY_MINUTES, Column.SUPERVISORY_FACTOR}
    known = [column for column in columns if column is not None]
    return (
        {Column.TEXT, Column.HUMAN_HOURS} <= set(known)
        and bool(figures & set(known))
        and len(set(known)) == len(known)
    )

"""Which tables are searched, which of their texts, and how their rows are named."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import QuerySet

Key: TypeAlias = tuple[date, int, int]  # the day of a row, its position there, its id
Keys: TypeAlias = QuerySet[Any, Key]


@dataclass(frozen=True)
class Nearest:
    """The ids of tasks that may hold a word, of the newest days that have some, and whether these are all.

    Of each day there are all or none; where one day alone has more than was asked for, there are none.
    """

    ids: list[int]
    is_whole: bool


@dataclass(frozen=True)
class Searched:
    """A table, the columns its title is made of, and its other texts; phrases stay within one text."""

    table: str
    titles: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def index(self) -> str:
        """The stem of the names of all that belongs to the index."""
        return f"{self.table}_words"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns on which the entry of a row in the index depends."""
        return ("id", "date", *self.titles, *self.texts)


TASKS = Searched("records_task", ("name",), ("description",))
DAYS = Searched("records_day", ("title",), ("lede", "analysis", "left_out"))
SEARCHED = (TASKS, DAYS)

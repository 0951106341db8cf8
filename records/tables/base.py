"""What our tables share: a column with a unit, a head with its link, the links to other pages."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import QueryDict
from django_tables2.data import TableQuerysetData

from records.filters import PER_PAGE, TableState, link


@dataclass(frozen=True)
class Head:
    """The head of one column: label and unit, its sort if it is the one sorted by, the link that sorts."""

    name: str
    label: str
    short: str
    unit: str
    kind: str
    direction: str
    url: str


@dataclass(frozen=True)
class PageLink:
    """A link to a page, or to a number of rows a page; ``number`` is ``None`` for a gap."""

    number: int | None
    url: str
    current: bool


def page_links(query: QueryDict, current: int | None, pages: int) -> list[PageLink]:
    """The first, the last and the pages around the current one, if it has a number, with gaps between."""
    shown = Paginator(range(pages), 1).get_elided_page_range(current or 1, on_each_side=2, on_ends=1)
    return [
        PageLink(number, link(query, page=number), number == current)
        if isinstance(number, int)
        else PageLink(None, "", current=False)
        for number in shown
    ]


def size_links(query: QueryDict, current: int, rows: int) -> list[PageLink]:
    """The numbers of rows a page may have, as far as they would make a difference."""
    fewer = [size for size in PER_PAGE if size < rows]
    useful = PER_PAGE[: len(fewer) + 1] if fewer else ()
    return [PageLink(size, link(query, per_page=size), size == current) for size in useful]


class RankedColumn(tables.Column):
    """A column that sorts with null last both ways and ties by id in the direction of the sort.

    ``by`` is the column of the database, ``kind`` the class of its cells, ``unit`` stands in the head.
    """

    def __init__(
        self,
        label: str,
        by: str = "",
        *,
        unit: str = "",
        short: str = "",
        kind: str = "number",
        **kwargs: Any,
    ) -> None:
        # Figures are wanted highest first, days newest first.
        super().__init__(label, initial_sort_descending=kind != "text", **kwargs)
        self.by, self.unit, self.short, self.kind = by, unit, short, kind

    def order(self, queryset: Any, is_descending: bool) -> tuple[Any, bool]:  # noqa: FBT001 - as called
        """The rows ranked by the column."""
        return queryset.ranked(self.by, descending=is_descending), True


class CountedRows(TableQuerysetData):
    """Rows whose number is known already, so that no page counts them again."""

    def __init__(self, rows: Any, count: int) -> None:
        super().__init__(rows)
        self._count = count

    def __len__(self) -> int:
        return self._count


class RecordTable(tables.Table):
    """A table by its columns, order and page."""

    default_sort: ClassVar[str] = ""

    @classmethod
    def sorts(cls) -> dict[str, str]:
        """The names the table can be sorted by, and how each is called."""
        return {
            name: column.verbose_name
            for name, column in cls.base_columns.items()
            if column.orderable is not False
        }

    def heads(self, query: QueryDict) -> Iterator[Head]:
        """The heads of the columns shown; the link of the one sorted by turns its order round."""
        for bound in self.columns:
            direction = ""
            if bound.is_ordered:
                direction = "descending" if bound.order_by_alias.is_descending else "ascending"
            url = link(query, sort=bound.order_by_alias.next) if bound.orderable else ""
            column = bound.column
            yield Head(
                bound.name, column.verbose_name, column.short, column.unit, column.kind, direction, url
            )

    def names(self) -> list[Head]:
        """The heads of the columns without links, for rows whose order is settled."""
        return [replace(head, url="", direction="") for head in self.heads(QueryDict())]

    def turn_to(self, state: TableState) -> None:
        """Show the page asked for; the last one, said beside ``page``, when there are fewer."""
        self.paginate(per_page=state.per_page)
        asked, pages = state.page, self.paginator.num_pages
        if asked > pages:
            state.beyond(pages)
        self.page = self.paginator.page(min(asked, pages))

    def page_links(self, query: QueryDict) -> list[PageLink]:
        """The first, the last and the pages around this one, with gaps between."""
        return page_links(query, self.page.number, self.paginator.num_pages)

    def size_links(self, query: QueryDict) -> list[PageLink]:
        """The numbers of rows a page may have, as far as they would make a difference."""
        return size_links(query, self.paginator.per_page, len(self.rows))

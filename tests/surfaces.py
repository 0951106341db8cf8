"""Surfaces as a reader sees them, and what each has to show for tasks whose figures are fractions."""

from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from statistics import median
from typing import Any

from django.test import Client
from PIL import Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.exact import Row, Sums, average, plain, quantity, shown, single
from tests.feed_rules import Read
from tests.pages import html_of, rows_of

FILE_COLUMNS = (
    "id",
    "date",
    "human_hours",
    "agent_minutes",
    "supervisory_minutes",
    "factor",
    "supervisory_factor",
)


def assert_totals(totals: dict[str, Any], sums: Sums, tokens: int | None = None) -> None:
    """``tokens`` where days say of their own how many they took, else the sum over the tasks."""
    expected = {
        "human_hours": sums.total("hours"),
        "agent_minutes": sums.total("agent"),
        "supervisory_minutes": sums.total("supervision"),
        "tokens": sums.total("tokens") if tokens is None else Fraction(tokens),
        "factor": sums.factor,
        "supervisory_factor": sums.supervisory_factor,
    }
    assert {name: as_plain(totals[name]) for name in expected} == {
        name: plain(value) for name, value in expected.items()
    }
    assert totals["tasks"] == len(sums.rows)
    assert totals["tasks_with_supervision"] == len(sums.supervised)


def supervisory_cell(sums: Sums, sign: str = "") -> str:
    """The average in a list, and over how many tasks it goes where that is not all of them."""
    known, of = len(sums.supervised), len(sums.rows)
    return average(sums.supervisory_factor, sign) + (f"over {known:,} of {of:,}" if 0 < known < of else "")


def as_plain(value: Any) -> str:
    """A number of a JSON file as a CSV file writes it."""
    return "" if value is None else f"{Decimal(repr(value)):f}"


def in_file(row: Row) -> list[str]:
    figures = (row.hours, row.agent, row.supervision, row.factor, row.supervisory_factor)
    return [str(row.id), row.date.isoformat(), *map(plain, figures)]


def log_order(row: Row) -> Fraction:
    return -row.factor


MADE_UP = " Sample data: these figures are made up."


def assert_feed_entry(entry: Read, sums: Sums, *, sample: bool) -> None:
    hours, minutes = quantity(sums.total("hours")), quantity(sums.total("agent"))
    counted = f"{len(sums.rows)} task{'s' * (len(sums.rows) != 1)}"
    assert entry.summary == (
        f"{counted}, {hours} human-equivalent hours in {minutes} Claude minutes: "
        f"a weighted average leverage factor of {average(sums.factor, '×')}."
        f"{MADE_UP * sample}"
    )
    figures = dict(rows_of(entry.content))
    partial = f" over {len(sums.supervised)} of {len(sums.rows)} tasks"
    assert figures["Weighted average leverage factor"] == average(sums.factor, "×")
    assert figures["Weighted average supervisory leverage factor"] == average(
        sums.supervisory_factor, "×"
    ) + partial * (len(sums.supervised) < len(sums.rows))
    assert figures["Total human-equivalent hours"] == hours
    assert figures["Total Claude minutes"] == minutes
    assert figures["Total supervisory minutes"] == quantity(sums.total("supervision"))
    log = rows_of(entry.content.split("Task log", 1)[1])
    assert [[each.removesuffix("×") for each in cells[-5:]] for cells in log] == [
        [
            *(quantity(row.hours), quantity(row.agent), quantity(row.supervision)),
            *(single(row.factor), single(row.supervisory_factor)),
        ]
        for row in sorted(sums.rows, key=log_order)
    ]


def words_of_card(title: str, sums: Sums) -> str:
    known, of = len(sums.supervised), len(sums.rows)
    partial = f" over {known:,} of {of:,} tasks" if known < of else ""
    return (
        f"{title}: {average(sums.factor, '×')} leverage factor, "
        f"{average(sums.supervisory_factor, '×')} supervisory leverage{partial}, "
        f"{quantity(sums.total('hours'))} h human-equivalent, {of:,} task{'s' * (of != 1)}"
    )


def words_in_picture(client: Client, address: str) -> str:
    """What a social card says, as the picture itself carries it."""
    return str(Image.open(BytesIO(client.get(address).content)).info["Description"])


class Page:
    """A page by the words of its parts."""

    def __init__(self, client: Client, address: str) -> None:
        self.tree = LexborHTMLParser(html_of(client.get(address)))

    def text(self, selector: str) -> str:
        """The words of the first part that fits, which there has to be."""
        return words(self.node(selector))

    def node(self, selector: str) -> LexborNode:
        node = self.tree.css_first(selector)
        assert node is not None, selector
        return node

    def table(self, selector: str) -> list[list[str]]:
        """The cells of the rows of a table's body; of none where there is no such table."""
        rows = self.tree.css(f"{selector} tbody tr")
        return [[words(cell) for cell in row.css("th, td")] for row in rows]

    def band(self) -> dict[str, list[str]]:
        """The figures of the band by their labels: the figure itself, then each of its notes."""
        return {words(within(div, "dt")): _in_parts(div) for div in self.tree.css("dl.figures > div")}

    def meta(self, name: str) -> str:
        """What the head says under a name or a property."""
        found = self.node(f'meta[name="{name}"], meta[property="{name}"]')
        return found.attributes["content"] or ""


def within(node: LexborNode, selector: str) -> LexborNode:
    """The first node inside another that fits, which there has to be."""
    found = node.css_first(selector)
    assert found is not None, selector
    return found


def words(node: LexborNode) -> str:
    """The text of a node, white space as one space."""
    return " ".join(node.text().split())


def _in_parts(div: LexborNode) -> list[str]:
    value = within(div, "dd")
    notes = [words(note) for note in div.css("dd small")]
    whole = words(value)
    for note in notes:
        whole = whole.replace(note, "", 1)
    return [whole.strip(), *notes]


def assert_band(page: Page, sums: Sums) -> None:
    """The six figures above every list, and of how many tasks supervision is known where not of all."""
    band = page.band()
    assert [band[label][0] for label in ("Leverage factor", "Supervisory leverage")] == [
        average(sums.factor, "×"),
        average(sums.supervisory_factor, "×"),
    ]
    assert [band[label][0] for label in ("Human-equivalent", "Claude", "Supervision", "Tasks")] == [
        with_unit(quantity(sums.total("hours")), " h"),
        with_unit(quantity(sums.total("agent")), " min"),
        with_unit(quantity(sums.total("supervision")), " min"),
        f"{len(sums.rows):,}",
    ]
    known, of = len(sums.supervised), len(sums.rows)
    partial = [f"over {known:,} of {of:,} tasks"] if known < of else []
    assert [note for note in band["Supervisory leverage"] if note.startswith("over")] == partial


def assert_derived(page: Page, sums: Sums) -> None:
    """What a record, a period and the dashboard derive: weeks of a human, hours of the agent."""
    band, hours, agent = page.band(), sums.total("hours"), sums.total("agent")
    assert hours is not None
    assert agent is not None
    assert band["Human-equivalent"][1] == f"{shown(hours / 40, 1, at_least=1)} working weeks"
    assert band["Claude"][1] == f"{shown(agent / 60, 1, at_least=1)} hours"


def with_unit(written: str, unit: str) -> str:
    return written if written == "—" else f"{written}{unit}"


def day_cells(sums: Sums) -> list[str]:
    """A day in a list of days, without its date."""
    if not sums.rows:
        return ["a note, without tasks"]
    return [
        str(len(sums.rows)),
        quantity(sums.total("hours")),
        quantity(sums.total("agent")),
        quantity(sums.total("supervision")),
        average(sums.factor, "×"),
        supervisory_cell(sums, "×"),
    ]


def category_cells(sums: Sums) -> list[str]:
    """A category in a table of categories, without its name."""
    factors = sums.factors()
    return [
        f"{len(sums.rows):,}",
        quantity(sums.total("hours")),
        quantity(sums.total("agent")),
        average(sums.factor),
        average(median(factors)),
        single(min(factors)),
        single(max(factors)),
        supervisory_cell(sums),
    ]


def task_cells(row: Row) -> list[str]:
    """The last cells of a task in any list of tasks."""
    quantities = (quantity(row.hours), quantity(row.agent), quantity(row.supervision))
    return [*quantities, single(row.factor), single(row.supervisory_factor)]

"""The task log of a record: its rows, its order, its chips, its signs."""

import re
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from records import publishing
from records.models import FigureSource
from tests.factories import category, day, task
from tests.pages import APRIL_12_FACTORS, RECORD, april_12, html_of, log, part, statistics, text_of

pytestmark = pytest.mark.django_db


def test_a_chip_narrows_the_log_to_a_category_and_says_which_is_chosen(client):
    april_12()
    markup = html_of(client.get(f"{RECORD}?category=testing&sort=agent_minutes"))
    assert [row[3] for row in log(markup)] == ["8", "15", "20", "60"]
    chosen = re.findall(r'aria-current="true">([^<]*)<b>(\d+)</b>', part(markup, 'class="chips"', "</ul>"))
    assert chosen == [("Testing ", "4")]
    assert "119.5×" in text_of(markup)


def test_chips_come_by_weighted_average_and_tasks_without_a_category_last(client):
    low, high = category("Low"), category("High")
    day(tasks=[task(category=low, agent="60"), task(agent="1"), task(category=high, agent="10")])
    chips = re.findall(r">([^<>]+) <b>1</b>", part(html_of(client.get(RECORD)), 'class="chips"', "</ul>"))
    assert chips == ["High", "Low", "No category yet"]


def test_of_two_tasks_as_large_the_first_logged_counts_among_the_largest(client):
    day(tasks=[task(hours="9"), task(hours="8", agent="20"), task(hours="8", agent="10")])
    assert statistics(html_of(client.get(RECORD)))["Leverage factor without them"] == "48.0×"


def test_the_files_beside_the_log_hold_what_the_log_shows(client):
    april_12()

    def asked_of_files(address: str) -> dict[str, list[str]]:
        link = re.search(r'href="(/records/2026-04-12\.csv[^"]*)"', html_of(client.get(RECORD + address)))
        assert link is not None
        return parse_qs(urlsplit(unescape(link[1])).query)

    assert asked_of_files("?category=testing&sort=human_hours") == {
        "category": ["testing"],
        "sort": ["human_hours"],
    }
    assert asked_of_files("?category=nowhere&sort=human_hours") == {"sort": ["human_hours"]}
    assert asked_of_files("") == {}


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("?category=nonsense", "No task of this day has the category “nonsense”, so all are shown."),
        ("?category=%00", "No task of this day has the category “�”, so all are shown."),
        ("?sort=nonsense", "“nonsense”"),
    ],
)
def test_what_makes_no_sense_in_the_address_is_named_and_not_applied(client, address, message):
    april_12()
    markup = html_of(client.get(RECORD + address))
    assert message in text_of(part(markup, 'role="alert"', "</p>"))
    assert [row[5] for row in log(markup)] == APRIL_12_FACTORS


@pytest.mark.parametrize("column", ["factor", "supervisory_factor", "human_hours", "agent_minutes"])
def test_the_log_sorts_by_every_figure_both_ways_and_says_so(client, column):
    april_12()
    upward, downward = (log(html_of(client.get(f"{RECORD}?sort={sign}{column}"))) for sign in ("", "-"))
    cell = {"human_hours": 2, "agent_minutes": 3, "factor": 5, "supervisory_factor": 6}[column]
    figures = [Decimal(row[cell].replace(",", "")) for row in upward]
    assert figures == sorted(figures)
    assert downward == upward[::-1]
    assert 'aria-sort="ascending"' in html_of(client.get(f"{RECORD}?sort={column}"))


def test_each_row_is_an_anchor_by_its_place_in_the_log(client):
    april_12()
    markup = html_of(client.get(RECORD))
    assert set(re.findall(r'<tr id="(t\d+)">', markup)) == {f"t{number}" for number in range(1, 38)}
    assert '<a href="#t37">37</a>' in markup


def test_all_filters_lead_to_the_tasks_of_that_day(client):
    april_12()
    assert "/tasks/?from=2026-04-12&amp;to=2026-04-12" in html_of(client.get(RECORD))


def test_all_filters_begin_with_the_category_chosen(client):
    april_12()
    chosen = "/tasks/?from=2026-04-12&amp;to=2026-04-12&amp;category=testing"
    assert chosen in html_of(client.get(f"{RECORD}?category=testing"))


def test_unknown_supervision_is_a_dash_and_the_average_says_over_which_tasks(client):
    day(tasks=[task(), task(supervision=None), task(supervision="0")])
    markup = html_of(client.get(RECORD))
    assert "over 2 of 3 tasks" in text_of(part(markup, '<dl class="figures">', "</dl>"))
    assert "/tasks/?from=2026-04-12&amp;to=2026-04-12&amp;missing=supervision" in markup
    assert [row[4:] for row in log(markup)] == [
        ["2", "48.0", "240.0"],
        ["—", "48.0", "—"],
        ["0", "48.0", "—"],
    ]


def test_an_approximate_figure_and_what_follows_from_it_carry_the_sign(client):
    day(tasks=[task(agent_minutes_source=FigureSource.APPROXIMATE), task()])
    markup = html_of(client.get(RECORD))
    assert [row[3:6] for row in log(markup)] == [["~10", "2", "~48.0"], ["10", "2", "48.0"]]
    assert statistics(markup)["Total Claude minutes"] == "~20"
    assert statistics(markup)["Weighted average leverage factor"] == "~48.0×"
    assert statistics(markup)["Total supervisory minutes"] == "4"


def test_a_sum_of_tokens_is_approximate_where_a_part_of_it_is_and_a_stated_total_is_not(client):
    about: dict[str, Any] = {"tokens": 10, "tokens_source": FigureSource.APPROXIMATE}
    made = day(tasks=[task(**about), task(tokens=20)], stated_tokens=99)
    assert statistics(html_of(client.get(RECORD)))["Total tokens"] == "~30"
    publishing.save_day(made, [task(**about), task()], reason="measured again")
    assert statistics(html_of(client.get(RECORD)))["Total tokens"] == "99"


def test_the_sign_of_the_approximate_never_stands_before_a_dash(client):
    about = {"supervisory_minutes_source": FigureSource.APPROXIMATE}
    day(tasks=[task(supervision=None, **about), task(supervision="0", **about)])
    assert [row[4:] for row in log(html_of(client.get(RECORD)))] == [["—", "48.0", "—"], ["~0", "48.0", "—"]]


def test_what_was_typed_is_text_and_never_markup(client):
    nasty = '<script>alert(1)</script> `<i>` "quoted" & more'
    day(
        title=nasty,
        lede=nasty,
        analysis=nasty,
        left_out=nasty,
        tasks=[task(description=nasty, category=category("<b>Bold</b>"))],
        tags=["<u>"],
    )
    markup = html_of(client.get(RECORD))
    assert "<script>alert" not in markup
    assert "<code>&lt;i&gt;</code>" in markup
    for tag in ("<i>", "<u>", "<b>Bold"):
        assert tag not in markup

"""The work date comes from title, front matter, address or file name; two that disagree are named."""

from datetime import date

import pytest

from records.importers.dating import NoDate, day_in, has_date, without_date, work_date
from records.importers.page import Dated

DAY = date(2026, 4, 12)


def said(title: str = "", front: str = "", address: str = "", name: str = "") -> date:
    return work_date(
        [
            Dated("title", title),
            Dated("front matter", front),
            Dated("canonical address", address),
            Dated("file name", name),
        ]
    )


@pytest.mark.parametrize(
    "title",
    [
        "Leverage Record: April 12, 2026",
        "Leverage record – 12 April 2026",
        "Sunday, April 12th, 2026",
        "12th of April 2026",
        "apr. 12 2026",
        "Time Record 2026-04-12",
        "2026/04/12",
        "Record of 12.04.2026",
        "2026.04.12",
    ],
)
def test_titles_say_the_date_in_many_ways(title):
    assert said(title) == DAY


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/posts/2026/2026-04-12-leverage-record.html",
        "/2026/04/12/record/",
        "/2025-12-31-archive/2026-04-12.html",
        "/posts/20260412-record",
    ],
)
def test_addresses_and_paths_say_it_too(address):
    assert said(address=address) == DAY
    assert said(name=address) == DAY


def test_a_title_without_a_year_takes_it_from_the_next_that_has_one():
    assert said("Leverage Record: April 12", name="2026-04-12-leverage-record.html") == DAY
    assert said("Time Record: April 02", front="2026-04-02") == date(2026, 4, 2)
    with pytest.raises(NoDate, match="The year is missing: the title says “April 12”"):
        said("Leverage Record: April 12")


@pytest.mark.parametrize(
    ("places", "one", "other"),
    [
        ({"title": "April 12, 2026", "name": "2026-04-13.html"}, "title", "file name"),
        ({"title": "April 12, 2026", "front": "2025-04-12"}, "title", "front matter"),
        ({"title": "April 12", "name": "2026-04-13.html"}, "title", "file name"),
        ({"title": "April 12", "front": "2026-04-12", "name": "2025-04-12"}, "front matter", "file name"),
        ({"address": "/2026-04-12", "name": "2026-04-11.md"}, "canonical address", "file name"),
    ],
)
def test_two_that_disagree_are_named(places, one, other):
    with pytest.raises(
        NoDate, match=rf"Two dates disagree: the {one} says “.+”, the {other} says “.+”\. Give"
    ):
        said(**places)


def test_no_date_and_impossible_dates_are_refused_with_an_example():
    with pytest.raises(NoDate, match="No date was found"):
        said("Leverage Record", name="record.html")
    with pytest.raises(NoDate, match="There is no such day: the title says “2026-02-30”"):
        said("2026-02-30")


@pytest.mark.parametrize(
    "text",
    [
        *("Marked 5 papers", "Mayor 4", "Decision 12", "3 march hares", "that may 5 times"),
        *("May 2026", "12,850 lines", "v2026.4.1", "120260412"),
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert not has_date(text)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        *(("2026-04-12", DAY), ("April 12, 2026", DAY)),
        *((cell, None) for cell in ("April 12", "04/12/2026", "", "2026-02-30", "2026-W15-7")),
    ],
)
def test_a_cell_holds_a_whole_date_or_none(cell, day):
    assert day_in(cell) == day


def test_a_title_without_its_date_is_what_else_it_says():
    assert without_date("Leverage Record: April 12, 2026") == "Leverage Record"
    assert without_date("Boats") == "Boats"

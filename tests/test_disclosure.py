"""What must not appear in public: found as a whole word, replaced with its capitals, and nothing beyond."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.disclosure import Kind, disclosures, replaced

NAMES = {"Acme": "a client", "acme-prod": "a host", "db1.acme.internal": "a server"}


def found(text: str) -> list[tuple[str, Kind]]:
    return [(place.text, place.kind) for place in disclosures(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Moved Acme's pages", ["Acme"]),
        ("moved acme_pages and ACME", ["acme", "ACME"]),
        ("Restarted acme-prod and acme", ["acme-prod", "acme"]),
        ("On db1.acme.internal", ["db1.acme.internal"]),
        ("Acmes, AcmeCorp and pacme are other words", []),
    ],
)
def test_a_name_is_found_as_a_whole_word_the_longest_first(text: str, names: list[str]):
    assert found(text) == [(name, Kind.NAME) for name in names]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mail ada@example.com", Kind.EMAIL),
        ("clone git@example.com:site.git", Kind.EMAIL),
        ("in /home/ada/site", Kind.HOME),
        ("in /Users/ada/site", Kind.HOME),
        ("in ~/site", Kind.HOME),
        (r"in C:\Users\ada", Kind.HOME),
        ("key sk-live-abcdefghijklmnop1234", Kind.KEY),
        ("key ghp_abcdefghijklmnopqrstuv12", Kind.KEY),
        ("key AKIAABCDEFGHIJKLMNOP", Kind.KEY),
        ("-----BEGIN RSA PRIVATE KEY-----", Kind.KEY),
        ("token aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW", Kind.KEY),
    ],
)
def test_what_looks_like_a_secret_is_found(text: str, kind: Kind):
    assert [place.kind for place in disclosures(text, {})] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Merged 0123456789abcdef0123456789abcdef01234567",
        "https://git.example.com/site/commit/0123456789abcdef0123456789abcdef01234567",
        "test_it_hides_drafts_from_visitors_when_2_of_them_exist",
        "testHandlesUtf16SurrogatesInVeryLongNames",
        "coverage 9% to 82%, v1.5 (27 files, 2,481 LOC), 61->69",
        "home/end keys, user@ and @decorators, 10 ~ 12",
    ],
)
def test_what_only_looks_long_is_left_alone(text: str):
    assert disclosures(text, {}) == []


def test_a_key_is_shown_by_its_beginning_alone():
    (place,) = disclosures("key sk-live-abcdefghijklmnop1234", {})
    assert "abcdefghijk" not in place.words
    assert "*sk-live-…*, what looks like a key, must not appear in public. Take it out." in place.words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme asked", "A client asked"),
        ("for acme", "for a client"),
        ("for ACME and acme-prod", "for A client and a host"),
        ("nothing here", "nothing here"),
    ],
)
def test_a_name_is_replaced_with_its_capitals(text: str, expected: str):
    assert replaced(text, NAMES) == expected


@given(st.text(max_size=200))
def test_replacing_leaves_no_name_and_changes_nothing_else(text: str):
    names = {"ab": "x"}
    after = replaced(text, names)
    assert disclosures(after, names) == [] or all(p.kind is not Kind.NAME for p in disclosures(after, names))
    if not any(place.kind is Kind.NAME for place in disclosures(text, names)):
        assert after == text


def test_hostile_text_is_read_in_linear_time():
    for text in ("a@" * 25_000, "A1b" * 17_000, "/home/" * 9_000, "a.b" * 17_000, "x@" + "a-" * 25_000):
        began = time.perf_counter()
        disclosures(text, NAMES)
        assert time.perf_counter() - began < 2

"""The one way in: the form is recognised or given, limits are told, nothing but CannotRead escapes."""

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.importers.decoding import decoded
from records.importers.formats import CannotRead
from records.importers.known import LIMITS, NO_LIMITS, Known, Limits
from records.importers.reading import Asked, check_files, check_size, form_names, form_of, read
from tests.incoming import BOATS, HEAD, TITLE, WIKI, days, faults, html_page, html_table, one, pipes, texts

PAGES = Path(__file__).parent / "data" / "pages"
ENDINGS = {
    ".html": "html",
    ".md": "markdown",
    ".tabs.txt": "tabs",
    ".blanks.txt": "blanks",
    ".glued.txt": "glued",
}
TABBED = "\n".join("\t".join(row) for row in (HEAD, WIKI, BOATS))
GLUED = "\n".join("".join(row) for row in (HEAD, WIKI, BOATS))
BLANKS = "\n".join("  ".join(row) for row in (HEAD, WIKI, BOATS))
COMMAS = "\n".join(",".join(row) for row in (HEAD, WIKI, BOATS))
LINES = "Wiki of the choir 16h 8m 5m\nBoats renamed 8h 8m 5m"
FRAGMENTS = {
    "html": html_table(),
    "markdown": pipes(),
    "tabs": TABBED,
    "glued": GLUED,
    "blanks": BLANKS,
    "csv": COMMAS,
    "lines": LINES,
}


def corpus() -> list[tuple[Path, str]]:
    return [
        (path, form)
        for ending, form in ENDINGS.items()
        for path in sorted(PAGES.glob(f"*{ending}"))
    ]  # fmt: skip


@pytest.mark.parametrize(("path", "form"), corpus(), ids=lambda value: getattr(value, "name", value))
def test_the_form_of_every_page_of_the_corpus_is_recognised_with_and_without_its_name(path, form):
    text = decoded(path.read_bytes())
    assert form_of(text, Asked(name=path.name)) == form
    assert form_of(text) == form
    assert form_of(text, Asked(name="pasted.txt")) == form


@pytest.mark.parametrize("form", FRAGMENTS)
def test_a_table_copied_without_anything_around_it_is_recognised_and_read(form):
    day = one(FRAGMENTS[form], day=date(2026, 4, 12))
    assert (day.form, texts(day)) == (form, ["Wiki of the choir", "Boats renamed"])
    assert not day.problems


@pytest.mark.parametrize("form", FRAGMENTS)
def test_without_a_date_anywhere_it_is_refused_and_asks_for_one(form):
    (reason,) = faults(one(FRAGMENTS[form]))
    assert reason.startswith("No date was found")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"schema": 1, "days": []}', ""),
        ('\n{ "schema" : 1}\n{"date": "2026-04-12"}\n', "x.txt"),
        ('{"days": []}', "export.json"),
        ('{"date": 1}', "a.jsonl"),
    ],
)
def test_our_own_archive_is_recognised_and_not_read_as_a_page(text, name):
    assert form_of(text, Asked(name=name)) == "json"
    with pytest.raises(CannotRead, match="archive"):
        list(read(text, Known(), Asked(name=name)))


def test_the_form_that_is_asked_for_counts():
    assert form_of(TABBED, Asked(form="csv")) == "csv"
    assert one(TABBED, form="csv", day=date(2026, 4, 12)).form == "csv"
    with pytest.raises(CannotRead, match="no line of headings"):
        days(LINES, form="glued")


def test_an_unknown_form_is_named_with_those_known():
    with pytest.raises(
        CannotRead, match=r"“word” is no form known here\. Known are html, .+, lines and json\."
    ):
        form_of(LINES, Asked(form="word"))
    assert set(form_names()) == {*FRAGMENTS, "tsv", "json"}


def test_headers_with_the_name_of_the_sites_own_agent_are_read():
    known = Known(agent_name="Codex")
    for form in ("html", "markdown", "tabs", "glued", "blanks", "csv"):
        text = FRAGMENTS[form].replace("Claude", "Codex")
        assert len(one(text, known, day=date(2026, 4, 12)).tasks) == 2


@pytest.mark.parametrize(
    "text",
    [
        *("", " \n", "Nothing here.", "We took 16h 8m 5m, which is 120.0x."),
        *("# Task\n\nHuman Est. of Claude", "<p>16h</p>"),
    ],
)
def test_what_holds_no_rows_is_refused_in_words(text):
    with pytest.raises(CannotRead, match=r"\.$"):
        days(text)


def test_a_head_without_rows_is_refused_in_words():
    with pytest.raises(CannotRead, match="There are no rows in it"):
        days(html_table(rows=[]), day=date(2026, 4, 12))


def test_the_whole_site_of_a_text_is_tidied_first():
    text = f"\ufeff{TITLE}\r\n\r\n" + TABBED.replace("choir", "cafe\u0301").replace("\n", "\r\n")
    assert texts(one(text))[0] == "Wiki of the caf\u00e9"


def test_too_many_rows_are_refused():
    limits = Limits(rows=1)
    with pytest.raises(CannotRead, match=r"more than 1 rows.+--no-limit"):
        days(TABBED, day=date(2026, 4, 12), limits=limits)
    with pytest.raises(CannotRead, match=r"more than 1 rows"):
        days(
            "date,task,human,claude\n2026-04-12,a,1,2\n2026-04-13,b,1,2",
            limits=limits,
        )


def test_too_long_a_text_is_refused():
    day = one(TABBED.replace("choir", "x" * 21_000), day=date(2026, 4, 12))
    (reason,) = faults(day)
    assert reason.startswith(
        "The text has 21,012 characters, at most 20,000 are taken. import_records --no-limit"
    )
    assert day.problems[0].row == 1
    long = html_page(before=f"<p>{'word ' * 5_000}</p>")
    assert "24,999 characters" in faults(one(long))[0]
    assert not one(long, limits=NO_LIMITS).problems


def test_too_large_a_file_is_refused():
    check_size(10 * 1024 * 1024, LIMITS)
    check_size(10**12, NO_LIMITS)
    with pytest.raises(CannotRead, match=r"11\.0 MB; at most 10 MB.+--no-limit"):
        check_size(11 * 1024 * 1024, LIMITS)


def test_too_many_files_are_refused():
    check_files(500, LIMITS)
    check_files(10**6, NO_LIMITS)
    with pytest.raises(CannotRead, match=r"501 files; at most 500.+--no-limit"):
        check_files(501, LIMITS)


def test_a_file_as_long_as_the_limit_is_taken():
    rows = "".join(f"{number},a,1h,2m,3m,30.0x,20.0x\n" for number in range(1, 5_001))
    assert len(one(f"{','.join(HEAD)}\n{rows}", day=date(2026, 4, 12)).tasks) == 5_000


GOOD = [path.read_bytes() for path, _ in corpus()[::9]] + [text.encode() for text in FRAGMENTS.values()]


def taken_or_refused(data: bytes) -> None:
    try:
        for day in read(decoded(data), Known()):
            assert day.tasks or day.refused
    except CannotRead as refusal:
        assert str(refusal)  # noqa: PT017 # either way is right


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_break_the_readers(data):
    taken_or_refused(data)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(GOOD), st.floats(0, 1), st.integers(0, 2**32))
def test_no_page_cut_short_or_damaged_breaks_the_readers(page, share, seed):
    taken_or_refused(page[: int(len(page) * share)])
    chance = random.Random(seed)
    damaged = bytearray(page)
    for _ in range(5):
        place = chance.randrange(len(damaged))
        damaged[place : place + chance.randrange(4)] = chance.choice(
            [b"", b"<", b"\t", b"|", b'"', b"9", b"---"]
        )
    taken_or_refused(bytes(damaged))


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.sampled_from('<>/tdrh|-#"\n\t,;: *`[]()&1250.hmx~§é{}'), max_size=300),
    st.sampled_from(form_names()),
)
def test_no_text_breaks_a_reader_that_was_asked_for(text, form):
    try:
        list(read(text, Known(), Asked(form=form)))
    except CannotRead as refusal:
        assert str(refusal)  # noqa: PT017 # either way is right

"""The index of words: kept true by the database itself, mended by a migrate, the same on both databases."""

import json
import random
import sqlite3
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import TextField
from hypothesis import given, settings
from hypothesis import strategies as st

from records import publishing
from records.models import Task
from records.search import MOST, Results
from records.search.folding import folded, pattern_of, words_of
from records.search.wanted import Phrase, Wanted
from tests.factories import day, task

SEPARATED = "".join(chr(point) for point in range(1, 0x20000) if not 0xD800 <= point <= 0xDFFF)
# Letters with and without accents, whole and in two parts, of several scripts, digits, and what parts words.
SIGNS = "aáàÁbBcçeéÉİıßøŁμсйΆάΣς日本ﬁ²½0189_-'’.\"\u0301\u0327 \u00a0\u200b\n🦄\ue000\u0378×"


def tasks_found(text: str) -> list[str]:
    return [row.name for found in Results(text).page(0, MOST) if isinstance(row := found.row, Task)]


def warnings() -> str:
    """What `check` says of the database."""
    said = StringIO()
    call_command("check", databases=["default"], stderr=said)
    return said.getvalue()


def test_words_are_cut_and_folded_as_sqlite_does_with_every_letter():
    file = sqlite3.connect(":memory:")
    file.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
    file.execute("CREATE VIRTUAL TABLE words USING fts5vocab(t, instance)")
    text = " ".join(f"a{sign}b{sign} {sign}c" for sign in SEPARATED)
    file.execute("INSERT INTO t VALUES (?)", [text])
    found = [term for (term,) in file.execute("SELECT term FROM words ORDER BY offset")]
    assert found == list(words_of(text))


@pytest.mark.django_db
def test_words_are_cut_and_folded_by_postgresql_as_well():
    if connection.vendor != "postgresql":
        return  # SQLite's own way was tried above, in memory, whatever the database
    text = " ".join(f"a{sign}b{sign} {sign}c" for sign in SEPARATED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_folded(%s)", [text])
        (found,) = cursor.fetchone()
    assert found.split(" ")[1:-1] == list(words_of(text))


@given(st.text(alphabet=SIGNS, max_size=40))
def test_folding_twice_changes_nothing_and_keeps_every_place(text):
    assert len(folded(text)) == len(text)
    assert words_of(" ".join(words_of(text))) == words_of(text)


@given(st.text(alphabet="aáb\u0301-. ", max_size=20), st.integers(0, 5), st.booleans())
def test_marks_stand_where_words_are(text, at, open_ended):
    words = words_of(text)[at : at + 2]
    if words:
        places = list(pattern_of(words, open_ended=open_ended).finditer(folded(text)))
        assert places
        assert all(words_of(text[slice(*place.span())]) == words for place in places)


@pytest.mark.django_db
def test_both_databases_find_what_a_plain_reading_finds():
    chance = random.Random(5)
    texts = ["".join(chance.choices(SIGNS, k=chance.randint(1, 30))) for _ in range(150)]
    names = ["".join(chance.choices(SIGNS.replace('"', ""), k=chance.randint(0, 12))) for _ in texts]
    day(tasks=[task(f".{text}", name=f"{at}|{names[at]}") for at, text in enumerate(texts)])
    made = Task.objects.in_log_order()
    rows = [(each.name, (words_of(each.name), words_of(each.description))) for each in made]
    pieces = sorted({word for _, both in rows for words in both for word in words})

    phrases = st.builds(
        Phrase, st.lists(st.sampled_from(pieces), min_size=1, max_size=2).map(tuple), st.booleans()
    )
    wanted = st.tuples(st.lists(phrases, max_size=2), st.lists(phrases, max_size=2))

    @settings(max_examples=150)
    @given(wanted)
    def same(asked):
        every, none = asked
        text = " ".join([*map(spelt, every), *(f"-{spelt(phrase)}" for phrase in none)])
        expected = [
            name
            for name, both in rows
            if all(held(phrase, both) for phrase in every) and not any(held(phrase, both) for phrase in none)
        ]
        assert tasks_found(text) == (expected if every or none else []), text

    same()


def spelt(phrase: Phrase) -> str:
    """A phrase as it is typed: in quotes, or without them, where the last word may go on."""
    return "-".join(phrase.words) if phrase.open_ended else f'"{" ".join(phrase.words)}"'


def held(phrase: Phrase, texts: tuple[tuple[str, ...], ...]) -> bool:
    """Whether one of the texts has the words in a row, by looking at every place."""
    *first, last = phrase.words
    begins = phrase.open_ended and len(last) >= 3
    return any(
        words[at : at + len(first)] == tuple(first)
        and (words[at + len(first)] == last or (begins and words[at + len(first)].startswith(last)))
        for words in texts
        for at in range(len(words) - len(first))
    )


@pytest.mark.django_db
def test_a_minus_alone_reads_a_small_part_of_the_index():
    if connection.vendor != "postgresql":
        return  # FTS5 takes what is left out from the one word of its column ``every``
    day(tasks=[task("the " + " ".join(f"w{at}x{word}" for word in range(800))) for at in range(12)])
    rows = Task.objects.filter(pk__holds=Wanted(none=(Phrase(("the",), open_ended=True),))).order_by()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute("SELECT pg_relation_size('records_task_words_gin') / 8192")
        (pages,) = cursor.fetchone()
    (plan,) = json.loads(rows.explain(format="json", analyze=True, buffers=True))
    (index,) = plan["Plan"]["Plans"]
    assert index["Index Name"] == "records_task_words_gin"
    assert index["Shared Hit Blocks"] + index["Shared Read Blocks"] < pages / 5


@pytest.mark.django_db
def test_the_index_follows_whoever_writes():
    made = day(tasks=[task("reads", name="Parser"), task("writes", name="Printer")], title="Old title")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_task SET name = 'Zeppelin' WHERE name = 'Parser'")
        cursor.execute("UPDATE records_day SET title = 'New title', version = version + 1")
    assert tasks_found("parser") == []
    assert tasks_found("zeppelin reads") == ["Zeppelin"]
    assert Results("old").count == 0
    assert Results("new title").count == 1
    made.refresh_from_db()
    publishing.move_day(made, date(2026, 4, 1), reason="misdated")
    assert Results("zeppelin to:2026-04-01").count == Results("zeppelin").count == 1
    assert Results("from:2026-04-02").count == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_task WHERE name = 'Zeppelin'")
    assert Results("zeppelin").count == 0
    assert tasks_found("writes") == ["Printer"]


@pytest.mark.django_db
def test_prose_of_any_length_can_be_searched():
    words = " ".join(f"w{number}" for number in range(8_000))
    deseret = "".join(
        f"{chr(0x10428 + n % 40)}{chr(0x10428 + n // 40 % 40)}{chr(0x10428 + n // 1600)} "
        for n in range(12_000)
    )
    day(tasks=[task("a" * 19_000 + " end")], lede="the " * 12_000, analysis=f"{words} the last one")
    day(date(2026, 4, 1), [task(deseret[:20_000])], lede=deseret, analysis=deseret[::-1])
    assert Results('"the last one" w7999').count == 1
    assert Results('"the the the"').count == 1
    assert Results("a" * 200 + " end").count == Results("end").count == 1
    assert Results('"' + "a" * 100 + '"').count == 0


@pytest.mark.django_db(transaction=True)
def test_a_part_that_is_gone_is_said_and_made_anew_with_what_was_written_meanwhile():
    day(tasks=[task("one", name="Before")])
    assert warnings() == ""
    on = " ON records_task" if connection.vendor == "postgresql" else ""
    name = "records_task_words" if on else "records_task_words_put"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert name in warnings()
    assert "Run `manage.py migrate`" in warnings()
    day(date(2026, 4, 1), tasks=[task("two", name="Meanwhile")])
    assert tasks_found("meanwhile") == []
    call_command("migrate", verbosity=0, stderr=StringIO())
    assert warnings() == ""
    assert tasks_found("meanwhile") == ["Meanwhile"]
    assert tasks_found("before") == ["Before"]


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_alters_a_table_breaks_nothing():
    day(tasks=[task("one", name="Before")])
    now = Task._meta.get_field("description")
    then = TextField(max_length=30_000, null=True)
    then.set_attributes_from_name("description")
    then.model = Task
    with connection.schema_editor() as editor:
        editor.alter_field(Task, now, then)
        editor.alter_field(Task, then, now)
    # SQLite has remade the table by now, and dropped the triggers.
    assert ("records_task_words_put" in warnings()) == (connection.vendor == "sqlite")
    call_command("migrate", verbosity=0, stderr=StringIO())
    assert warnings() == ""
    day(date(2026, 4, 1), tasks=[task("two", name="After")])
    assert tasks_found("before") == ["Before"]
    assert tasks_found("after") == ["After"]

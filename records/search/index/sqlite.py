"""SQLite: a table of FTS5 beside each table that is searched, kept true by triggers.

The tables keep no copy of the texts, only words and where they stand. The number of a row there says its day
and its id, so that FTS5 finds the newest first and can stop. Whatever remakes a table drops its triggers
without a word; ``missing`` sees that.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from records.periods import MONTHS
from records.search.index import trigrams
from records.search.index.searched import DAYS, SEARCHED, TASKS, Key, Keys, Nearest, Searched
from records.search.wanted import Phrase, Place, Wanted

_MONTH = " ".join(f"WHEN '{number:02}' THEN '{name}'" for number, name in enumerate(MONTHS, start=1))
# How a title is made of a row: as the models' ``title`` and ``full_title`` do. A task without a name is
# called by the start of its text, which is searched anyway.
TITLES = {
    TASKS.table: "{row}.name",
    DAYS.table: (
        "CASE WHEN {row}.title <> '' THEN {row}.title ELSE 'Leverage Record: '"
        f" || CASE strftime('%m', {{row}}.date) {_MONTH} END"
        " || ' ' || CAST(strftime('%d', {row}.date) AS INTEGER) || ', ' || strftime('%Y', {row}.date) END"
    ),
}
ID_BITS = 41  # the rest, 22 bits, is for the days since 1970 up to the year 9999
EPOCH = date(1970, 1, 1)
_NUMBER = "(strftime('%s', {row}.date) / 86400 << " + f"{ID_BITS}) + {{row}}.id"
# On deleting, FTS5 has to be told what it once was told.
_PUT = "INSERT INTO {index} (rowid, every, title, {texts}) VALUES ({new});"
_TAKE = "INSERT INTO {index} ({index}, rowid, every, title, {texts}) VALUES ('delete', {old});"
EVERY = "x"  # the one word of the column ``every``, by which all rows can be found


def _values(searched: Searched, row: str) -> str:
    texts = (f"{row}.{text}" for text in searched.texts)
    return ", ".join([_NUMBER.format(row=row), f"'{EVERY}'", TITLES[searched.table].format(row=row), *texts])


def _changed(searched: Searched) -> str:
    return " OR ".join(f"old.{column} IS NOT new.{column}" for column in searched.columns)


def _parts(searched: Searched) -> dict[str, str]:
    """The statements that make the parts of the index, by the name of each."""
    names = {"index": searched.index, "texts": ", ".join(searched.texts)}
    put = _PUT.format(**names, new=_values(searched, "new"))
    take = _TAKE.format(**names, old=_values(searched, "old"))
    table, index = searched.table, searched.index
    return {
        **(trigrams.parts(_NUMBER) if searched is TASKS else {}),
        index: (
            f"CREATE VIRTUAL TABLE {index} USING fts5(every, title, {names['texts']}, content='',"
            " columnsize=0, prefix='3', tokenize='unicode61 remove_diacritics 2')"
        ),
        f"{index}_put": f"CREATE TRIGGER {index}_put AFTER INSERT ON {table} BEGIN {put} END",
        f"{index}_take": f"CREATE TRIGGER {index}_take AFTER DELETE ON {table} BEGIN {take} END",
        f"{index}_change": (
            f"CREATE TRIGGER {index}_change AFTER UPDATE ON {table} WHEN {_changed(searched)}"
            f" BEGIN {take} {put} END"
        ),
    }


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables and triggers that are not there, or made otherwise."""
    wanted = {name: sql for searched in SEARCHED for name, sql in _parts(searched).items()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')")
        found = dict(cursor.fetchall())
    return [name for name, sql in wanted.items() if found.get(name) != sql]


def build(connection: BaseDatabaseWrapper) -> None:
    """Make tables and triggers anew and fill them."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for searched in SEARCHED:
            parts = _parts(searched)
            for name in parts:
                kind = "TABLE" if name in (searched.index, trigrams.INDEX) else "TRIGGER"
                cursor.execute(f"DROP {kind} IF EXISTS {name}")
            for sql in parts.values():
                cursor.execute(sql)
            columns = ", ".join(["rowid", "every", "title", *searched.texts])
            cursor.execute(
                f"INSERT INTO {searched.index} ({columns})"  # noqa: S608 - our own names
                f" SELECT {_values(searched, 'each')} FROM {searched.table} AS each"
            )
        cursor.execute(trigrams.filling(_NUMBER))


def newest(rows: Keys, wanted: Wanted, place: Place, most: int) -> list[Key]:
    """Streamed from FTS5, newest day first, each row joined by its id, until there are enough.

    Within a day FTS5 has an order of its own, so the last day is read to its end.
    """
    found = _streamed(rows, wanted, place, f"LIMIT {most}")
    if len(found) == most:
        found = _streamed(rows, replace(wanted, first=found[-1][0]), place)
    return found


def _streamed(rows: Keys, wanted: Wanted, place: Place, limit: str = "") -> list[Key]:
    index = f"{rows.model._meta.db_table}_words"
    asked, parameters = rows.order_by().query.sql_with_params()
    connection = connections[rows.db]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH asked(date, position, id) AS ({asked})"  # noqa: S608 - our own names, and Django's query
            f" SELECT asked.date, position, id FROM {index} AS found CROSS JOIN asked"
            f" WHERE found.{index} MATCH %s AND found.rowid BETWEEN %s AND %s"
            f" AND asked.id = found.rowid & {2**ID_BITS - 1} ORDER BY found.rowid DESC {limit}",
            [*parameters, _match(wanted, place), *_numbers(wanted)],
        )
        found: list[Key] = cursor.fetchall()
        return found


def nearest(word: str, wanted: Wanted | None, last: date, most: int) -> Nearest | None:
    """By both tables in one query, each read until there are enough; of a short word nothing is known."""
    if len(word) < trigrams.SHORTEST:
        return None
    asked = [(trigrams.INDEX, trigrams.match(word))]
    if wanted:
        asked.append((TASKS.index, _match(wanted, Place.ANYWHERE)))
    within = _numbers(Wanted(last=last))
    streams = [
        f"SELECT * FROM (SELECT '{index}', rowid FROM {index} WHERE {index} MATCH %s"  # noqa: S608 - our names
        f" AND rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT {most})"
        for index, _ in asked
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(streams), [each for _, match in asked for each in (match, *within)])
        return _together(cursor.fetchall(), most)


def _together(rows: Sequence[tuple[str, int]], most: int) -> Nearest:
    """What both tables give, down to the last day that both were read to the end of."""
    streams: dict[str, list[int]] = {}
    for index, number in rows:
        streams.setdefault(index, []).append(number)
    cut = [min(stream) for stream in streams.values() if len(stream) == most]
    whole_from = ((max(cut) >> ID_BITS) + 1) << ID_BITS if cut else None
    found = {number for _, number in rows if whole_from is None or number >= whole_from}
    return Nearest([number & 2**ID_BITS - 1 for number in found], is_whole=not cut)


def _numbers(wanted: Wanted) -> tuple[int, int]:
    """The lowest and the highest number that a row of the days asked for can have."""
    first, last = ((day - EPOCH).days for day in (wanted.first or date.min, wanted.last or date.max))
    return first << ID_BITS, (last + 1 << ID_BITS) - 1


def holds(table: str, alias: str, wanted: Wanted) -> tuple[str, list[str]]:
    """The row's id is among those that FTS5 finds.

    The sign + keeps SQLite from going through them all anew for each day that it looks at.
    """
    index = f"{table}_words"
    ids = f"SELECT rowid & {2**ID_BITS - 1} FROM {index} WHERE {index} MATCH %s"  # noqa: S608 - our own names
    return f"+{alias}.id IN ({ids})", [_match(wanted, Place.ANYWHERE)]


def holds_one(table: str, alias: str, wanted: Wanted) -> tuple[str, list[str]]:
    """FTS5 finds this very row: asked row by row, for a few."""
    index = f"{table}_words"
    # Django makes a parameter of %s wherever there are parameters.
    number = _NUMBER.replace("%", "%%").format(row=alias)
    found = f"SELECT 1 FROM {index} WHERE {index} MATCH %s AND rowid = ({number})"  # noqa: S608 - our own names
    return f"EXISTS ({found})", [_match(wanted, Place.ANYWHERE)]


def _match(wanted: Wanted, place: Place) -> str:
    """What is wanted in the language of FTS5."""
    phrases = " AND ".join(map(_quoted, wanted.every))
    found = f"- every : ({phrases})" if phrases else f"every : {EVERY}"
    titled = f"title : ({phrases})"
    parts = [titled if place is Place.TITLE else found]
    if place is Place.BEYOND_TITLE and phrases:
        parts.append(titled)
    parts += [f"- every : {_quoted(phrase)}" for phrase in wanted.none]
    return " NOT ".join(f"({part})" for part in parts)


def _quoted(phrase: Phrase) -> str:
    """A phrase of folded words; they hold no quotes."""
    return f'"{" ".join(phrase.words)}"{" *" if phrase.open_ended else ""}'

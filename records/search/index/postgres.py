"""PostgreSQL: two columns in each table that is searched, written by a trigger, and an index on one of them.

``search_text`` holds the texts as words between single spaces, a line for each text, the title's first:
phrases are looked for there. ``search_words`` holds the words and, of tasks, each two that follow each other,
so that a phrase of common words is found fast; those of a long prose might not fit. The server's own parsers
and dictionaries have no part in it: they cut words in ways of their own, and each locale in another.
"""

from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from records.search.folding import code_points
from records.search.index.searched import DAYS, SEARCHED, TASKS, Key, Keys, Nearest, Searched
from records.search.letters import BETWEEN_WORDS, LETTERS, MARKS, PLAIN_LETTERS
from records.search.wanted import Phrase, Place, Wanted

# A lexeme has at most 2,046 bytes, and two words must fit. No query is as long as what is kept of a word.
LONGEST_WORD = 240
TITLES = {
    TASKS.table: "NEW.name",
    DAYS.table: (
        "CASE WHEN NEW.title <> '' THEN NEW.title"
        " ELSE 'Leverage Record: ' || to_char(NEW.date, 'FMMonth FMDD, YYYY') END"
    ),
}


def _bracket(ranges: str) -> str:
    """Ranges of code points beyond ASCII as they stand between brackets in a regular expression."""
    beyond = ((first, last) for first, last in code_points(ranges) if last > 0x7F and first != 0xD800)
    return "".join(rf"\U{max(first, 0x80):08x}-\U{last:08x}" for first, last in beyond)


# Of the long table of letters only those that a text has take part, each once.
FOLDED = rf"""
DECLARE
    letters text;
BEGIN
    IF octet_length(given) <> length(given) THEN
        given := regexp_replace(given, '[{_bracket(MARKS)}]+', '', 'g');
        given := regexp_replace(given, '[{_bracket(BETWEEN_WORDS)}]+', ' ', 'g');
        SELECT coalesce(string_agg(DISTINCT letter COLLATE "C", ''), '') INTO letters
        FROM unnest(string_to_array(regexp_replace(given, '[^{LETTERS}]+', '', 'g'), NULL)) AS letter;
        given := translate(given, letters, translate(letters, '{LETTERS}', '{PLAIN_LETTERS}'));
    END IF;
    given := regexp_replace(lower(given COLLATE "C"), '[\x01-\x2f\x3a-\x60\x7b-\x7f]+', ' ', 'g');
    RETURN ' ' || btrim(given) || ' ';
END
"""  # noqa: S608 - our own tables of letters
WRITE = """
DECLARE
    words text[];
BEGIN
    IF TG_OP = 'INSERT' OR NEW.search_words IS NULL OR {changed} THEN
        NEW.search_text := {texts};
        words := array_remove(string_to_array(NEW.search_text, ' '), '');
        IF length(NEW.search_text) > {longest} THEN
            words := ARRAY(SELECT left(word, {longest}) FROM unnest(words) AS word);
        END IF;
        NEW.search_words := array_to_tsvector({words});
    END IF;
    RETURN NEW;
END
"""
# The end of a text counts as a word, so that no two words meet across it; and every row has it.
END = "'\n'"
PAIRED = TASKS.table
PAIRS = "ARRAY(SELECT words[n] || ' ' || words[n + 1] FROM generate_series(1, cardinality(words) - 1) AS n)"


def _written(searched: Searched) -> str:
    texts = [TITLES[searched.table], *(f"NEW.{text}" for text in searched.texts)]
    return WRITE.format(
        changed=" OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in searched.columns),
        texts=" || E'\\n' || ".join(f"records_folded({text})" for text in texts),
        longest=LONGEST_WORD,
        words=f"words || {PAIRS}" if searched.table == PAIRED else "words",
    )


def _functions() -> dict[str, str]:
    """The bodies of our functions, by name."""
    return {"records_folded": FOLDED, **{each.index: _written(each) for each in SEARCHED}}


FUNCTION = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
TRIGGER = """
SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgrelid IN ({tables})
"""
COLUMN = """
SELECT attrelid::regclass || '.' || attname FROM pg_attribute
WHERE NOT attisdropped AND attrelid IN ({tables})
"""
INDEX = """
SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid WHERE indisvalid AND indrelid IN ({tables})
"""


# For parts of words: what Django's ``icontains`` compares. The extension comes with PostgreSQL, and whoever
# may create things in a database may create it there; where it cannot be had, rows are looked at one by one.
PARTS = f"{TASKS.index}_parts"
TRIGRAMS = f"""
CREATE INDEX {PARTS} ON {TASKS.table} USING gin
(upper(name::text) gin_trgm_ops, upper(description::text) gin_trgm_ops) WITH (fastupdate = off)
"""
OFFERED = """
SELECT installed_version IS NOT NULL OR has_database_privilege(current_database(), 'CREATE')
FROM pg_available_extensions WHERE name = 'pg_trgm'
"""


def _has_trigrams(cursor: CursorWrapper) -> bool:
    """Whether the extension is there or can be."""
    cursor.execute(OFFERED)
    found = cursor.fetchone()
    return bool(found and found[0])


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The functions, columns, triggers and indexes that are not there, and functions of another text."""
    tables = ", ".join(f"'{each.table}'::regclass" for each in SEARCHED)
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        bodies = dict(cursor.fetchall())
        there: list[set[str]] = []
        for question in (TRIGGER, COLUMN, INDEX):
            cursor.execute(question.format(tables=tables))
            there.append({name for (name,) in cursor.fetchall()})
        parts = [PARTS] if _has_trigrams(cursor) else []
    triggers, columns, indexes = there
    return [
        *(name for name, body in _functions().items() if bodies.get(name) != body),
        *(f"trigger {each.index}" for each in SEARCHED if each.index not in triggers),
        *(column for each in SEARCHED for column in _columns(each) if column not in columns),
        *(f"index {each.index}_gin" for each in SEARCHED if f"{each.index}_gin" not in indexes),
        *(f"index {each}" for each in parts if each not in indexes),
    ]


def _columns(searched: Searched) -> tuple[str, str]:
    return f"{searched.table}.search_text", f"{searched.table}.search_words"


def build(connection: BaseDatabaseWrapper) -> None:
    """Make functions, columns, triggers and indexes anew and fill the columns.

    Triggers name no columns, and no column is a generated one: both would forbid to alter the texts' columns.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION records_folded(given text) RETURNS text"
            f" LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body${FOLDED}$body$"
        )
        for searched in SEARCHED:
            for statement in _statements(searched):
                cursor.execute(statement)
        if _has_trigrams(cursor):
            for statement in (
                "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                f"DROP INDEX IF EXISTS {PARTS}",
                TRIGRAMS,
            ):
                cursor.execute(statement)


def _statements(searched: Searched) -> list[str]:
    table, name = searched.table, searched.index
    return [
        f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS search_text text,"
        " ADD COLUMN IF NOT EXISTS search_words tsvector",
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger"
        f" LANGUAGE plpgsql AS $body${_written(searched)}$body$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        f"DROP INDEX IF EXISTS {name}_gin",
        f"UPDATE {table} SET search_words = NULL",  # noqa: S608 - our own names; the trigger fills it
        # Without the list of pending entries, which every search would have to read through.
        f"CREATE INDEX {name}_gin ON {table} USING gin (search_words) WITH (fastupdate = off)",
    ]


def newest(rows: Keys, wanted: Wanted, place: Place, most: int) -> list[Key]:
    """The first of the rows in their order: the planner knows how common each word is."""
    found = rows.filter(pk__holds=wanted) if wanted else rows
    if wanted.every and place is Place.TITLE:
        found = found.filter(pk__titled=wanted)
    elif wanted.every and place is Place.BEYOND_TITLE:
        found = found.exclude(pk__titled=wanted)
    return list(found[:most])


def holds(table: str, alias: str, wanted: Wanted) -> tuple[str, list[str]]:
    """The row has the words and, where those do not say all of a phrase, its text has the phrase.

    For negations alone the index would be read through with all words of all rows; so they are taken from a
    word that every row has.
    """
    indexed = 2 if table == PAIRED else 1  # words of a phrase
    words = [word for phrase in wanted.every for word in _lexemes(phrase, indexed)]
    for phrase in wanted.none:
        words += [f"!{word}" for word in _lexemes(phrase, indexed) if len(phrase.words) <= indexed]
    if words and not wanted.every:
        words.insert(0, END)
    conditions = [f"{alias}.search_words @@ %s::tsquery"] if words else []
    parameters = [" & ".join(words)] if words else []
    for sign, phrases in (("", wanted.every), ("NOT ", wanted.none)):
        longer = [phrase for phrase in phrases if len(phrase.words) > indexed]
        conditions += [f"{sign}strpos({alias}.search_text, %s) > 0"] * len(longer)
        parameters += map(_spelt, longer)
    return " AND ".join(conditions), parameters


holds_one = holds  # the planner knows when to ask row by row


def nearest(*_: Any) -> Nearest | None:
    """Nothing: the planner knows how common a word is, and goes by an index or along the list."""
    return None


def titled(alias: str, wanted: Wanted) -> tuple[str, list[str]]:
    """The first line of the text has every phrase."""
    title = f"strpos(split_part({alias}.search_text, E'\\n', 1), %s) > 0"
    return " AND ".join([title] * len(wanted.every)), [_spelt(phrase) for phrase in wanted.every]


def _lexemes(phrase: Phrase, indexed: int) -> list[str]:
    """The words, or each two words, of a phrase in the language of tsquery; they hold no quotes."""
    paired = indexed == 2 and len(phrase.words) > 1
    *first, last = map(" ".join, pairwise(phrase.words)) if paired else phrase.words
    return [*(f"'{word}'" for word in first), f"'{last}'{':*' if phrase.open_ended else ''}"]


def _spelt(phrase: Phrase) -> str:
    """A phrase as it stands in ``search_text``."""
    return f" {' '.join(phrase.words)}{'' if phrase.open_ended else ' '}"

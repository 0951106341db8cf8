"""SQLite: which rows may hold some letters anywhere, also within a word, by a second table of FTS5.

Its tokens are each three letters in a row. Where they stand is not kept, so a row that has all those of a
word may still not have the word: whoever asks looks again. Its rows are numbered as those of the other table.
"""

from records.search.index.searched import TASKS

INDEX = f"{TASKS.table}_parts"
SHORTEST = 3  # letters; for fewer there is nothing to look up
_COLUMNS = ", ".join((*TASKS.titles, *TASKS.texts))
_PUT = f"INSERT INTO {INDEX} (rowid, {_COLUMNS}) VALUES ({{}});"  # noqa: S608 - our own names
_TAKE = f"INSERT INTO {INDEX} ({INDEX}, rowid, {_COLUMNS}) VALUES ('delete', {{}});"  # noqa: S608 - our own names


def _values(row: str, number: str) -> str:
    return ", ".join([number.format(row=row), *(f"{row}.{name}" for name in (*TASKS.titles, *TASKS.texts))])


def parts(number: str) -> dict[str, str]:
    """The statements that make table and triggers, by name; ``number`` is how a row is numbered."""
    put = _PUT.format(_values("new", number))
    take = _TAKE.format(_values("old", number))
    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in TASKS.columns)
    return {
        INDEX: (
            f"CREATE VIRTUAL TABLE {INDEX} USING fts5({_COLUMNS}, content='', columnsize=0, detail=none,"
            " tokenize='trigram')"
        ),
        f"{INDEX}_put": f"CREATE TRIGGER {INDEX}_put AFTER INSERT ON {TASKS.table} BEGIN {put} END",
        f"{INDEX}_take": f"CREATE TRIGGER {INDEX}_take AFTER DELETE ON {TASKS.table} BEGIN {take} END",
        f"{INDEX}_change": (
            f"CREATE TRIGGER {INDEX}_change AFTER UPDATE ON {TASKS.table} WHEN {changed}"
            f" BEGIN {take} {put} END"
        ),
    }


def filling(number: str) -> str:
    """The statement that fills the table."""
    return (
        f"INSERT INTO {INDEX} (rowid, {_COLUMNS})"  # noqa: S608 - our own names
        f" SELECT {_values('each', number)} FROM {TASKS.table} AS each"
    )


def match(word: str) -> str:
    """All three letters in a row that a word has, in the language of FTS5."""
    found = dict.fromkeys(word[at : at + SHORTEST] for at in range(len(word) - SHORTEST + 1))
    return " AND ".join('"{}"'.format(each.replace('"', '""')) for each in found)

"""What a database holds, in short: for each table a count and a hash, and the migrations it has seen."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Migration: TypeAlias = tuple[str, str]
MIGRATIONS = "django_migrations"


@dataclass(frozen=True)
class Content:
    """The rows of one table: how many, and SHA-256 over all of them in the order of their keys."""

    count: int
    sha256: str


@dataclass(frozen=True)
class Contents:
    """Every table by name, and the migrations applied, as app and name."""

    tables: Mapping[str, Content]
    migrations: tuple[Migration, ...]

    def count(self, table: str) -> int:
        """The rows of a table, 0 for one that is not there."""
        return self.tables[table].count if table in self.tables else 0


def content_of(rows: Iterable[bytes]) -> Content:
    """Count and hash of rows, each written as one line of bytes."""
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(row)
        count += 1
    return Content(count, digest.hexdigest())


def differences(wanted: Contents, found: Contents) -> list[str]:
    """What differs, a sentence for each table; empty when both hold the same."""
    said = []
    for table in sorted({*wanted.tables, *found.tables}):
        here, there = found.tables.get(table), wanted.tables.get(table)
        if here is None or there is None:
            said.append(f"{table} is {'missing' if here is None else 'not in the backup'}.")
        elif here.count != there.count:
            said.append(f"{table} has {here.count:,} rows, the backup {there.count:,}.")
        elif here != there:
            said.append(f"{table} has as many rows as the backup, {here.count:,}, but not the same.")
    return said

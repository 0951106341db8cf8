"""Copy a whole site from a file of SQLite into the PostgreSQL of the settings: COPY, then indexes.

`python -m benchmarks.copying FILE`, with DATABASE_URL set. Triggers stay on, so that what they keep is there.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
LEFT JOIN pg_constraint ON conindid = indexrelid
WHERE indrelid IN (SELECT oid FROM pg_class WHERE relname LIKE 'records_%')
AND NOT indisunique AND pg_constraint.oid IS NULL
"""
DRAWN = "siterevision"  # which each database draws by itself, when the first row comes


def copy(file: str) -> None:
    """All tables of the application, in one transaction; foreign keys are looked at when it ends."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection, connections, transaction

    connections.settings["source"] = connections.settings["default"] | {
        "ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": {},
    }  # fmt: skip
    models = [
        model
        for model in apps.get_app_config("records").get_models(include_auto_created=True)
        if model._meta.model_name != DRAWN
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(model._meta.db_table for model in models)} CASCADE")
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for model in models:
            _fill(cursor, model)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for _, definition in indexes:
            cursor.execute(definition)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _fill(cursor: Any, model: Any) -> None:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as target:
        for row in _rows(model, fields):
            target.write_row(row)


def _rows(model: Any, fields: list[Any]) -> Iterator[list[Any]]:
    from django.db import connection

    rows = model._base_manager.using("source").order_by("pk").values_list(*(f.attname for f in fields))
    for row in rows.iterator(5_000):
        yield [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leverage_site.settings")
    import django

    django.setup()
    copy(sys.argv[1])

"""No module but the door writes days and tasks."""

import ast
from pathlib import Path

RECORDS = Path(__file__).parent.parent / "records"
WRITES = {
    "save", "asave", "delete", "adelete", "create", "bulk_create", "bulk_update", "update", "get_or_create",
    "update_or_create",
}  # fmt: skip
# Writes of something else: the file, and what is written there.
ELSEWHERE = {
    ("models/site.py", "super().save"): "the site profile",
    ("management/demo_data.py", "profile.save"): "the site profile",
    ("management/commands/demo.py", "admin.save"): "the administrator's password",
    ("cards/drawing.py", "image.save"): "a picture in memory",
    ("management/backups/contents.py", "digest.update"): "a hash in memory",
    ("management/backups/archive.py", "digest.update"): "a hash in memory",
    ("revision/build.py", "digest.update"): "a hash in memory",
}


def test_days_and_tasks_are_written_through_the_door_alone():
    found = {
        (str(path.relative_to(RECORDS)), ast.unparse(node.func))
        for path in RECORDS.rglob("*.py")
        if "migrations" not in path.parts and "publishing" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        if not ast.unparse(node.func.value).endswith((".attrs", "_messages"))
    }
    assert found == set(ELSEWHERE), "write days and tasks in records/publishing, name other writes here"


def test_no_sql_is_written_by_hand_outside_the_models():
    users = {
        str(path.relative_to(RECORDS))
        for path in RECORDS.rglob("*.py")
        if ".cursor()" in path.read_text() or ".raw(" in path.read_text()
    }
    # The index of words has no model: triggers write it, and each database finds in it in its own language.
    index = {"search/index/sqlite.py", "search/index/postgres.py"}
    # Nor has what watches the tables that are public; each database asks it at every request in its own way.
    watch = {"revision/sqlite.py", "revision/postgres.py"}
    # Summaries are written from the tasks without leaving the database, which the ORM does not spell.
    summaries = {"publishing/summing.py"}
    models = {"models/keys.py", "models/inserting.py", "models/moment.py", "models/prepared.py"}
    assert users <= {"views/machines.py", *models, *index, *watch, *summaries}


def test_summaries_are_written_where_the_door_is_and_nowhere_else():
    callers = {
        str(path.relative_to(RECORDS))
        for path in RECORDS.rglob("*.py")
        if "publishing.summing" in path.read_text() or "publishing.summarise(" in path.read_text()
    }
    assert callers == {
        "publishing/__init__.py",
        "models/summary.py",  # which only names it
        "publishing/door.py",
        "publishing/bulk.py",
        "publishing/arriving.py",
        "apps.py",  # after a migrate, for the days that have none
        "management/commands/check_summaries.py",  # to mend them
    }

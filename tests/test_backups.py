"""Backups: made while the site is written to, checked before they are restored, restored whole or not."""

import hashlib
import json
import secrets
import shutil
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from records import publishing
from records.management.backups import NotPossible, psql
from records.models import Category, Day, Revision, Task
from records.revision import watched
from records.summaries.audit import findings
from tests.factories import APRIL_12, category, day, draft, task

ROOT = Path(__file__).parent.parent
TEXT = "Team wiki: tabs\tbreaks\r\n\\. “quotes” NUL-free ≥ 1 'and' \"more\""
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


@contextmanager
def own_database(folder: Path) -> Iterator[dict[str, Any]]:
    """The settings of a database with the tables of the tests' own and nothing else that matters."""
    known = connection.settings_dict
    connections.close_all()
    if connection.vendor == "sqlite":
        shutil.copy(known["NAME"], folder / "own.sqlite3")
        yield {**known, "NAME": str(folder / "own.sqlite3")}
        return
    connection.close_pool()  # type: ignore[attr-defined] # a template is copied while nobody uses it
    name = f"own_{secrets.token_hex(4)}"
    where = {
        "host": known["HOST"],
        "port": known["PORT"],
        "user": known["USER"],
        "password": known["PASSWORD"],
    }
    given = {key: value for key, value in where.items() if value}
    with psycopg.connect(**given, dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{known["NAME"]}"'.encode())
        yield {**known, "NAME": name}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def connected_to(database: dict[str, Any]) -> Iterator[None]:
    """Django's connection of this thread, led to another database."""
    usual, own = connections["default"], connections.create_connection("default")
    own.settings_dict = {**database, "OPTIONS": {k: v for k, v in database["OPTIONS"].items() if k != "pool"}}
    connections["default"] = own
    try:
        yield
    finally:
        own.close()
        connections["default"] = usual


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A site with a database of its own, which commands may replace: a public day, a draft, a category."""
    with own_database(tmp_path) as database, connected_to(database):
        day(tasks=[task(TEXT, hours="160.5", category=category("Testing")), task("b")], tags=["AI"])
        draft(date(2026, 4, 13), tasks=[task("c", supervision=None)])
        yield database


def backup(file: Path, **options: Any) -> str:
    return run("backup", file, **options)


def restore(file: Path, **options: Any) -> str:
    return run("restore", file, **{"yes": True, **options})


def run(command: str, file: Path, **options: Any) -> str:
    out = StringIO()
    call_command(command, file, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def refusal(act: Callable[[], Any]) -> tuple[int, str]:
    """The exit code and the words of a command that refuses."""
    with pytest.raises(CommandError) as refused:
        act()
    return refused.value.returncode, str(refused.value)


def retold(file: Path, tell: Callable[[dict[str, Any]], Any], dump: bytes | None = None) -> Path:
    """The same backup with another manifest, and another dump if need be."""
    with zipfile.ZipFile(file) as read:
        members = {name: read.read(name) for name in read.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    tell(manifest)
    made = file.with_name("retold.zip")
    with zipfile.ZipFile(made, "w") as written:
        written.writestr("manifest.json", json.dumps(manifest))
        for name, content in members.items():
            written.writestr(name, content if dump is None else dump)
    return made


def test_what_is_restored_is_what_was_backed_up(site: Any, tmp_path: Path):
    before = [list(model.objects.order_by("pk").values()) for model in (Day, Task, Category, Revision)]
    said = backup(tmp_path / "a.zip")
    assert "2 days, 3 tasks" in said
    publishing.save_day(Day.objects.get(date=APRIL_12), [task("changed")], reason="measured again")
    Category.objects.all().delete()
    said = restore(tmp_path / "a.zip")
    assert "have the counts and the content hashes of the backup" in said
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Day, Task, Category, Revision)
    ]
    assert list(findings()) == []
    assert draft(date(2026, 4, 14), tasks=[task()]).pk > max(row["id"] for row in before[0])


def test_it_restores_into_a_database_without_tables(site: Any, tmp_path: Path):
    backup(tmp_path / "a.zip")
    folder = tmp_path / "empty"
    folder.mkdir()
    with own_database(folder) as empty:
        if connection.vendor == "sqlite":
            Path(empty["NAME"]).unlink()
        with connected_to(empty):
            if connection.vendor == "postgresql":
                with connection.schema_editor() as editor:
                    editor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            restore(tmp_path / "a.zip", yes=False)
            assert Task.objects.count() == 3


def test_one_moment_is_kept_while_others_write(site: dict[str, Any], tmp_path: Path):
    begun, ended = threading.Event(), threading.Event()

    def write() -> None:
        with connected_to(site):
            while not ended.is_set():
                publishing.add_task(date(2026, 5, 1), task("one more"))
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(10)
        backup(tmp_path / "a.zip")
        kept = Task.objects.count()
    finally:
        ended.set()
        writer.join()
    restore(tmp_path / "a.zip")
    may = Day.objects.get(date=date(2026, 5, 1))
    added = Task.objects.filter(day=may).count()
    # Each task is one version and one revision, also the first, which makes the day.
    assert (may.version, may.revisions.count()) == (added, added)
    assert 1 <= added <= kept


def test_a_file_that_exists_is_overwritten_only_when_told(site: Any, tmp_path: Path):
    file = tmp_path / "a.zip"
    file.write_text("kept")
    code, words = refusal(lambda: backup(file))
    assert (code, file.read_text()) == (2, "kept")
    assert "exists. Overwrite it? Nobody is there to answer; --yes" in words
    backup(file, yes=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "it holds the hashes of passwords"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_it_asks_before_it_overwrites_the_database(site: Any, tmp_path: Path, monkeypatch: Any):
    backup(tmp_path / "a.zip")
    draft(date(2026, 4, 20))
    code, words = refusal(lambda: restore(tmp_path / "a.zip", yes=False))
    assert code == 2
    assert "replaces the database, which holds 3 days and 3 tasks" in words
    answers = iter(["n\n", "\n", "yes\n"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdin, "readline", lambda: next(answers), raising=False)
    for _ in range(2):
        assert "left as it was" in refusal(lambda: restore(tmp_path / "a.zip", yes=False))[1]
    assert Day.objects.count() == 3
    restore(tmp_path / "a.zip", yes=False)
    assert Day.objects.count() == 2


@pytest.mark.parametrize("place", ["nowhere/a.zip", "."])
def test_no_backup_is_written_where_no_file_can_be(site: Any, tmp_path: Path, place: str):
    assert "no place for a file" in refusal(lambda: backup(tmp_path / place))[1]


def test_what_is_no_whole_backup_is_refused_in_words(site: Any, tmp_path: Path):
    file, spoilt = tmp_path / "a.zip", tmp_path / "spoilt.zip"
    backup(file)
    content = file.read_bytes()
    middle = len(content) // 2
    for bad, said in (
        (b"", "is no backup"),
        (b"Days, tasks", "is no backup"),
        (content[:-100], "or only the beginning of one"),
        (content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :], "is damaged"),
    ):
        spoilt.write_bytes(bad)
        code, words = refusal(lambda: restore(spoilt))
        assert (code, said in words) == (1, True), words
    with zipfile.ZipFile(spoilt, "w") as other:
        other.writestr("letter.txt", "Dear")
    assert "no backup that `manage.py backup` made" in refusal(lambda: restore(spoilt))[1]
    assert refusal(lambda: restore(tmp_path / "absent.zip"))[0] == 2
    assert Day.objects.count() == 2


def test_a_backup_of_the_other_database_is_refused_with_the_way_to_move(site: Any, tmp_path: Path):
    backup(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as own:
        dump = own.read(own.namelist()[1])
    other = OTHER[connection.vendor]
    moved = tmp_path / "other.zip"
    manifest = json.loads(zipfile.ZipFile(tmp_path / "a.zip").read("manifest.json")) | {"engine": other}
    with zipfile.ZipFile(moved, "w") as written:
        written.writestr("manifest.json", json.dumps(manifest))
        written.writestr({"sqlite": "database.sqlite3", "postgresql": "database.sql"}[other], dump)
    code, words = refusal(lambda: restore(moved))
    assert code == 2
    assert "use export_records there and import_records here" in words


def test_a_newer_schema_is_refused_by_the_name_of_what_is_not_known(site: Any, tmp_path: Path):
    MigrationRecorder(connection).record_applied("records", "0999_moons")
    backup(tmp_path / "a.zip")
    MigrationRecorder(connection).record_unapplied("records", "0999_moons")
    code, words = refusal(lambda: restore(tmp_path / "a.zip"))
    assert code == 1
    assert "is newer than this code, which does not know the migration records.0999_moons" in words


def test_an_older_schema_is_brought_up_to_date_and_said_to_be(site: Any, tmp_path: Path):
    call_command("migrate", "axes", "0008", verbosity=0)
    backup(tmp_path / "a.zip")
    call_command("migrate", verbosity=0)
    said = restore(tmp_path / "a.zip")
    assert "Migrations it had not seen were applied then: axes.0009" in said
    assert Task.objects.count() == 3


def test_what_watches_the_public_tables_is_mended(site: Any, tmp_path: Path):
    watched.backend(connection).forget(connection)
    assert watched.missing(connection)
    backup(tmp_path / "a.zip")
    restore(tmp_path / "a.zip")
    assert watched.missing(connection) == []


def test_what_others_keep_in_the_cache_stays(site: Any, tmp_path: Path):
    backup(tmp_path / "a.zip")
    cache.set("of_another_program", 1)
    restore(tmp_path / "a.zip")
    assert cache.get("of_another_program") == 1


def test_a_dump_that_is_not_what_its_manifest_says_changes_nothing(site: Any, tmp_path: Path):
    backup(tmp_path / "a.zip")
    draft(date(2026, 4, 20))

    def tell(manifest: dict[str, Any]) -> None:
        manifest["tables"]["records_task"]["sha256"] = "0" * 64
        manifest["tables"]["records_day"]["count"] = 7

    code, words = refusal(lambda: restore(retold(tmp_path / "a.zip", tell)))
    assert code == 1
    assert "records_day has 2 rows, the backup 7." in words
    assert "records_task has as many rows as the backup, 3, but not the same." in words
    assert Day.objects.count() == 3, "the draft made since is still there"


def test_a_dump_that_the_database_refuses_changes_nothing(site: Any, tmp_path: Path):
    backup(tmp_path / "a.zip")
    draft(date(2026, 4, 20))
    with zipfile.ZipFile(tmp_path / "a.zip") as own:
        dump = own.read(own.namelist()[1])
    broken = dump + b"\nSELECT 1 FROM nowhere;\n" if dump.startswith(b"--") else dump[: len(dump) // 2]
    told = {"dump_sha256": hashlib.sha256(broken).hexdigest()}
    code, words = refusal(lambda: restore(retold(tmp_path / "a.zip", lambda m: m.update(told), broken)))
    assert code == 1
    assert "PostgreSQL says" in words or "SQLite" in words
    assert words.endswith("The database is as it was.")
    assert Day.objects.count() == 3


def test_a_password_stands_in_no_command_line():
    named = {"NAME": "records", "USER": "ada", "PASSWORD": "opensesame", "HOST": "db", "PORT": 5432}
    database: Any = SimpleNamespace(settings_dict={**named, "OPTIONS": {}})
    line = psql.command(Path("/usr/bin/pg_dump"), ["--clean"], database)
    assert line[:3] == ["/usr/bin/pg_dump", "--clean", "--no-password"]
    assert line[-1] == "records"
    assert "opensesame" not in " ".join(line)
    assert psql.environment(database)["PGPASSWORD"] == "opensesame"


def test_programs_older_than_the_server_are_refused_with_what_to_install():
    with pytest.raises(NotPossible, match="apt install postgresql-client-99"):
        psql.programs_for(990_000)


def test_programs_read_both_as_json(site: Any, tmp_path: Path):
    made = json.loads(backup(tmp_path / "a.zip", json=True))
    assert made["tables"]["records_task"] == 3
    assert made["bytes"] == (tmp_path / "a.zip").stat().st_size
    restored = json.loads(restore(tmp_path / "a.zip", json=True))
    assert (restored["engine"], restored["migrated"]) == (connection.vendor, [])
    assert restored["tables"] == made["tables"]


def test_a_quiet_backup_says_nothing(site: Any, tmp_path: Path):
    assert backup(tmp_path / "a.zip", verbosity=0) == ""


def test_a_database_without_tables_is_not_backed_up(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "manage.py", "backup", tmp_path / "a.zip"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={"DATABASE_URL": f"sqlite:///{tmp_path}/absent.sqlite3", "SECRET_KEY": "k" * 50},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "Is DATABASE_URL the one you mean?" in done.stderr
    assert not (tmp_path / "a.zip").exists()

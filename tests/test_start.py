"""What a process reads before its first answer: only what readers need."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import resolve, reverse

ROOT = Path(__file__).resolve().parent.parent
# What authors need, what draws cards, what reads pages of others, what shows progress.
NOT_FOR_READERS = ("records.admin", "records.facts.check", "records.forms", "PIL", "selectolax", "rich")


def loaded_after(code: str) -> set[str]:
    """The names of the modules that a new process has read after some code."""
    ask = f"import sys\n{code}\nprint(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


def test_a_process_that_serves_reads_the_views_and_nothing_of_the_desk():
    loaded = loaded_after("import leverage_site.wsgi")
    assert "records.views.records" in loaded
    assert loaded.isdisjoint(NOT_FOR_READERS)


def test_a_check_looks_at_all_that_is_registered_at_the_desk():
    code = "import leverage_site.wsgi\nfrom django.core import checks\nchecks.run_checks(tags=['admin'])"
    assert {"records.admin.days", "records.admin.tasks", "django.contrib.auth.admin"} <= loaded_after(code)


@pytest.mark.parametrize("name", ["index", "login", "paste", "records_day_add", "auth_user_add"])
def test_the_desk_has_its_addresses_and_names(name):
    address = reverse(f"admin:{name}")
    assert address.startswith("/admin/")
    assert resolve(address).view_name == f"admin:{name}"

"""Two processes on one database, edited and read at random; hardening/no_stale_page.py does more of it."""

import pytest
from django.conf import settings
from django.db import connection

from tests.two_servers import prove, served

pytestmark = pytest.mark.django_db(transaction=True)

EDITS, READERS = 60, 1
PAGES = ("/", "/records/2026-04-12/", "/tasks.json", "/categories/", "/feeds/atom.xml", "/search/?q=parser")


def test_no_process_answers_what_was_before_or_mixes_two_edits():
    with served(_address_of_the_database(), WARM_PAGES="false") as ports:
        proof = prove(ports, EDITS, READERS, PAGES)
    assert proof.faults == []
    assert proof.done == EDITS
    assert proof.read["200"] > EDITS / 2
    assert proof.read["304"] > 0


def _address_of_the_database() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{settings.DATABASE_URL.partition('?')[0].rpartition('/')[0]}/{name}"

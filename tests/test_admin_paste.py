"""Paste a day: read at once, mended in place, stored as a draft or not at all."""

from django.test import Client

from records.models import Day
from tests.desk import author, form_on, rows_of, sent_to

__all__ = ["author"]

PASTE = "/admin/paste/"
GLUED = """Leverage Record: May 6, 2026
AITime RecordNight Owls

A day between two releases.

Task Log
#TaskHuman Est.ClaudeSup.FactorSup. Factor
1Harbour map redrawn for 12 piers40h20m5m120.0x480.0x
2Tide tables checked against 2024 notes8h16m4m30.0x120.0x
3Ferry parser v1.5 reads 61->69 stops16h8m2m120.0x480.0x

Aggregate Statistics
Tasks completed: 3
Human equivalent: 64 hours
Claude wall-clock: 44 minutes
Weighted average leverage factor: 87.3x

Analysis
The map took the longest.
"""


def read(client: Client, text: str, **more: object) -> object:
    """The page after a text was read."""
    return client.post(PASTE, {"text": text, "_read": "1", **more})


def test_a_glued_day_is_shown_as_rows_and_saved_as_a_draft(author: Client):
    page = read(author, GLUED)
    form = form_on(page)
    assert form["date"] == "2026-05-06"
    assert form["tasks-0-description"] == "Harbour map redrawn for 12 piers"
    answer = author.post(PASTE, {**form, "_save": "1"})
    stored = Day.objects.get()
    assert sent_to(answer).endswith(f"/{stored.pk}/change/")
    assert [each.leverage_factor() for each in rows_of(stored)] == [120, 30, 120]

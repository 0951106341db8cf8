"""The first page of the desk: today, the last days, what waits, one button, and the quick line."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from records import quicklines
from records.models import Day, SiteProfile, Task
from tests.desk import author, change_address, sent_to
from tests.factories import category, day, draft, task

__all__ = ["author"]

NOON = datetime(2026, 4, 12, 12, tzinfo=UTC)
NIGHT = datetime(2026, 4, 13, 2, tzinfo=UTC)
QUICK = "/admin/quick-line/"


def test_it_greets_with_todays_totals(author: Client):
    draft(
        tasks=[task(hours="160", agent="20", supervision="2"), task(hours="480", agent="90", supervision="5")]
    )
    with time_machine.travel(NOON):
        page = author.get("/admin/").content.decode()
    assert "Good afternoon, ada" in page
    for shown in ("Sunday, April 12", "640", "349.1×", "5,485.7×"):
        assert shown in page


def test_it_lists_the_last_days_and_what_waits(author: Client):
    day(date(2026, 4, 10), tasks=[task()])
    draft(date(2026, 4, 9), tasks=[task()])
    with time_machine.travel(NOON.replace(day=14)):
        page = author.get("/admin/").content.decode()
    waiting = page[page.index("Waiting") : page.index("Last days")]
    assert "Apr 9, 2026" in waiting
    assert "Apr 10, 2026" not in waiting


def test_an_empty_site_points_to_the_first_step(author: Client):
    page = author.get("/admin/").content.decode()
    assert "Nothing is logged yet" in page
    assert "Log your first day" in page
    draft()
    assert "Nothing is logged yet" not in author.get("/admin/").content.decode()


def test_log_today_opens_the_day_or_a_blank_form_for_it(author: Client):
    with time_machine.travel(NOON):
        assert sent_to(author.get("/admin/log/")) == "/admin/records/day/add/?date=2026-04-12"
        stored = draft()
        assert sent_to(author.get("/admin/log/")) == change_address(stored)
        assert sent_to(author.get("/admin/log/?date=2026-04-12")) == change_address(stored)
        assert sent_to(author.get("/admin/log/?date=nonsense")) == change_address(stored)
    assert Day.objects.count() == 1


def test_between_midnight_and_five_yesterday_is_offered_first(author: Client):
    with time_machine.travel(NIGHT):
        page = author.get("/admin/").content.decode()
        assert sent_to(author.get("/admin/log/")) == "/admin/"
    assert page.index("Log yesterday, April 12") < page.index("Log today")
    with time_machine.travel(NIGHT.replace(hour=5)):
        assert "Log yesterday" not in author.get("/admin/").content.decode()


def test_the_night_is_that_of_the_authors_time_zone(author: Client):
    SiteProfile(time_zone="America/New_York").save()
    with time_machine.travel(NIGHT):
        page = author.get("/admin/").content.decode()
    assert "Log yesterday" not in page
    assert "date=2026-04-12" in page


def test_a_quick_line_adds_a_task_to_todays_draft_made_if_absent(author: Client):
    testing = category("Testing", slug="testing")
    form = {"line": "Suite: 576 tests #testing 40h 15m 2m", "on": "2026-04-12"}
    assert sent_to(author.post(QUICK, form)) == "/admin/"
    stored = Task.objects.get()
    assert (stored.title, stored.category, stored.agent_minutes) == ("Suite", testing, 15)
    assert stored.day.status == "draft"
    assert "Suite" in author.get("/admin/").content.decode()
    author.post(QUICK, {"line": "Docs: two pages 4h", "on": "2026-04-12"})
    assert [each.title for each in Task.objects.order_by("position")] == ["Suite", "Docs"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "The line is blank."),
        ("Suite #nowhere 40h", "“#nowhere” is no category"),
        ("Suite #testing 0h 5m", "cannot be the human hours"),
        ("Suite\x00 40h 2m", "Null characters are not allowed."),
        ("x" * 20_001, "at most 20000 characters"),
    ],
)
def test_a_quick_line_that_cannot_be_read_is_kept_with_its_fault(author: Client, line: str, words: str):
    category("Testing", slug="testing")
    page = author.post(QUICK, {"line": line, "on": "2026-04-12"}).content.decode()
    assert words in page
    assert not Task.objects.exists()
    if "\x00" not in line:
        assert f'value="{line}"' in page or not line


def test_days_and_weeks_in_a_quick_line_are_as_long_as_the_profile_says(author: Client):
    SiteProfile(hours_per_day=6, hours_per_week=30).save()
    author.post(QUICK, {"line": "Wiki: built 7d 90m", "on": "2026-04-12"})
    assert Task.objects.get().human_hours == 42


def test_a_quick_line_that_a_public_day_cannot_take_is_kept(author: Client):
    day(tasks=[task()])
    page = author.post(QUICK, {"line": "Docs: two pages 4h", "on": "2026-04-12"}).content.decode()
    assert "A public task needs the agent&#x27;s minutes" in page
    assert 'value="Docs: two pages 4h"' in page


def test_a_title_in_a_message_stays_text(author: Client):
    author.post(QUICK, {"line": "<script>alert(1)</script> 4h 2m", "on": "2026-04-12"})
    page = author.get("/admin/").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_the_instruction_for_an_agent_stands_there_to_be_copied(author: Client):
    category("Testing", slug="testing")
    page = author.get("/admin/").content.decode()
    assert quicklines.instruction(["testing"], "Claude").splitlines()[2] in page
    assert 'id="instruction" rows="10" readonly' in page


def test_who_may_not_add_tasks_cannot_use_the_quick_line(client: Client, db: None, django_user_model):
    client.force_login(django_user_model.objects.create_user("bob", is_staff=True))
    assert client.post(QUICK, {"line": "Docs: 4h", "on": "2026-04-12"}).status_code == 403


def test_the_site_is_called_as_in_its_profile(author: Client):
    SiteProfile(site_name="Ada's Hours").save()
    assert "Ada&#x27;s Hours" in author.get("/admin/").content.decode()


def test_the_first_page_takes_few_queries(author: Client, django_assert_max_num_queries):
    for number in range(1, 9):
        day(date(2026, 4, number), tasks=[task(), task()])
        draft(date(2026, 5, number), tasks=[task()])
    with django_assert_max_num_queries(12):
        author.get("/admin/")

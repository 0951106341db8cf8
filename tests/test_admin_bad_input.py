"""Bad input at the desk: each fault in words beside its cause, and nothing that was typed is lost."""

from datetime import date

import pytest
from django.test import Client

from records.models import Day, Task
from tests.desk import ADD, author, change_address, form_on, opened, row, rows_of
from tests.factories import APRIL_12, draft, task

__all__ = ["author"]

NEW_DAY = {"date": "2026-04-12"}


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("agent_minutes", "5mm", "“5mm” is not a duration. Try 5m, 1h 30m or 0.5h."),
        ("human_hours", "soon", "“soon” is not a duration."),
        ("human_hours", "0", "Zero hours would be no work."),
        ("human_hours", "0.00001h", "Zero hours would be no work."),
        ("agent_minutes", "0m", "Zero minutes would be no work."),
        ("agent_minutes", "-5m", "“-5m” is negative."),
        ("human_hours", "9999999h", "“9999999h” is too long: at most 99,999.9999 hours fit."),
        ("agent_minutes", "9" * 80, "is not a duration."),
        ("supervisory_minutes", "1:75", "“1:75” is not a duration."),
        ("estimate_low", "NaN", "“NaN” is not a duration."),
        ("tokens", "many", "That is not a whole number. Try 4,129,000."),
        ("tokens", "-1", "Ensure this value is greater than or equal to 0."),
        ("tokens", "9" * 40, "Ensure this value is less than or equal to"),
        ("category", "999", "That category is no longer there."),
        ("evidence_url", "javascript:alert(1)", "Enter a valid URL."),
        ("estimate_on", "tomorrow", "Enter a valid date."),
        ("name", "x" * 61, "at most 60 characters"),
        ("description", "x" * 20_001, "at most 20000 characters"),
    ],
)
def test_it_says_what_is_wrong_beside_the_field_and_keeps_it(
    author: Client, field: str, typed: str, words: str
):
    form = {
        **NEW_DAY,
        "lede": "A *fine* day.",
        **row(0, "Fine", "8h", "10m"),
        **row(1, "Faulty"),
        f"tasks-1-{field}": typed,
    }
    page = author.post(ADD, form)
    text = page.content.decode()
    assert words in text
    assert f'id="id_tasks-1-{field}_error"' in text
    again = form_on(page)
    if field != "category":
        assert again[f"tasks-1-{field}"] == typed
    assert again["tasks-0-human_hours"] == "8h"
    assert again["lede"] == "A *fine* day."
    assert not Day.objects.exists()


def test_no_supervision_is_allowed_and_is_not_the_same_as_unknown(author: Client):
    author.post(ADD, {**NEW_DAY, **row(0, "Alone", "8h", "10m", "0")})
    assert Task.objects.get().supervisory_minutes == 0


def test_a_faulty_row_is_counted_linked_and_left_out_of_the_average(author: Client):
    page = author.post(
        ADD, {**NEW_DAY, **row(0, "Fine", "8h", "10m"), **row(1, "Faulty", "8h", "5mm")}
    ).content.decode()
    assert '<a href="#id_tasks-1-position">1 row needs a look</a>: over 1 of 2 tasks' in page
    assert "48.0×" in page


def test_the_range_of_an_estimate_must_hold_it(author: Client):
    page = author.post(ADD, {**NEW_DAY, **row(0, "One", "8h", "10m", estimate_low="9h")})
    assert "The low end lies above the estimate itself." in page.content.decode()
    assert form_on(page)["tasks-0-estimate_low"] == "9h"


def test_two_days_of_one_date_are_refused_with_a_way_to_the_other(author: Client):
    stored = draft(tasks=[task()])
    page = author.post(ADD, {**NEW_DAY, **row(0, "Typed twice", "8h", "10m")})
    assert (
        f'2026-04-12 has a record already: <a href="{change_address(stored)}">open it</a>'
        in page.content.decode()
    )
    assert "Title (blank: Leverage Record: April 12, 2026)" in page.content.decode()
    assert form_on(page)["tasks-0-description"] == "Typed twice"
    assert Day.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "12.4.2026x", "2026-02-30", "1066-10-14", "\x00"])
def test_a_date_that_makes_no_sense_is_refused(author: Client, typed: str):
    page = author.post(ADD, {"date": typed, **row(0, "Kept", "8h", "10m")})
    assert 'id="id_date_error"' in page.content.decode()
    assert form_on(page)["tasks-0-description"] == "Kept"


@pytest.mark.parametrize(
    "field", ["title", "lede", "tag_names", "left_out", "tasks-0-description", "tasks-0-name"]
)
def test_a_nul_byte_is_refused_in_words(author: Client, field: str):
    page = author.post(ADD, {**NEW_DAY, **row(0, "Fine"), field: "a\x00b"})
    assert "Null characters are not allowed." in page.content.decode()


def test_nul_bytes_in_numbers_and_keys_do_no_harm(author: Client):
    form = {
        **NEW_DAY,
        **row(0, "Fine", "8\x00h", category="\x00", id="\x00", position="\x00"),
        "version": "\x00",
    }
    assert author.post(ADD, form).status_code == 200
    assert author.get("/admin/records/task/earlier/?q=%00ab%00").json() == {"results": []}


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("title", "x" * 121, "at most 120 characters"),
        ("lede", "x" * 50_001, "at most 50000 characters"),
        ("stated_tokens", "some", "That is not a whole number."),
        ("elapsed_minutes", "5mm", "“5mm” is not a duration."),
        ("tag_names", "x" * 41, "is too long: a tag has at most 40 characters."),
    ],
)
def test_the_day_itself_says_what_is_wrong_with_it(author: Client, field: str, typed: str, words: str):
    page = author.post(ADD, {**NEW_DAY, **row(0, "Kept"), field: typed})
    assert words in page.content.decode()
    assert form_on(page)[field] == typed
    assert form_on(page)["tasks-0-description"] == "Kept"


def test_text_that_looks_like_markup_stays_text(author: Client):
    hostile = "</textarea><script>alert(1)</script>"
    answer = author.post(ADD, {**NEW_DAY, "title": hostile, **row(0, hostile, name=hostile)}, follow=True)
    assert "<script>alert" not in answer.content.decode()
    stored = Day.objects.get()
    assert opened(author, stored)["tasks-0-description"] == hostile
    for address in (
        "/admin/",
        "/admin/records/day/",
        "/admin/records/task/",
        f"/admin/records/day/{stored.pk}/history/",
    ):
        assert "<script>alert" not in author.get(address).content.decode()


def test_line_breaks_are_stored_as_one_character(author: Client):
    author.post(ADD, {**NEW_DAY, "lede": "a\r\n\r\nb", **row(0, "x\r\ny")})
    assert Day.objects.get().lede == "a\n\nb"
    assert Task.objects.get().description == "x\ny"


def test_a_task_of_another_day_is_not_taken_by_its_id(author: Client):
    other = draft(date(2026, 4, 11), tasks=[task("Theirs")])
    author.post(ADD, {**NEW_DAY, **row(0, "Mine", id=rows_of(other)[0].pk)})
    assert [each.description for each in rows_of(other)] == ["Theirs"]
    assert [each.description for each in Task.objects.filter(day__date=APRIL_12)] == ["Mine"]

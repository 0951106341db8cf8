"""Corrections in the open: a reason each, the ledger, what readers see of them, every way they arise."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import escape, unescape
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from records import publishing
from records.models import Correction, Day, Revision, Task
from tests.desk import author, opened, rows_of  # noqa: F401 - a fixture
from tests.factories import APRIL_12, category, day, draft, task
from tests.listings import csv_rows, json_body
from tests.pages import RECORD, html_of, page_text, part, text_of

pytestmark = pytest.mark.django_db

APRIL_13 = date(2026, 4, 13)
ATOM = "{http://www.w3.org/2005/Atom}"


def corrected_day(reason: str = "estimate revised") -> Day:
    """A public day of two tasks, the hours of the first changed from 8 to 12.5."""
    made = day(APRIL_12, [task("Parser: reads"), task("Writer: writes", "4")])
    first, second = rows_of(made)
    first.human_hours = Decimal("12.5")
    publishing.save_day(made, [first, second], reason=reason)
    return Day.objects.get(pk=made.pk)


def test_a_public_figure_does_not_change_without_a_reason_and_nothing_is_written():
    made = day(APRIL_12, [task()])
    row = rows_of(made)[0]
    row.human_hours = Decimal(9)
    with pytest.raises(publishing.ReasonNeeded, match="Say why it changes"):
        publishing.save_day(made, [row], reason="  ")
    assert Task.objects.get().human_hours == 8
    assert Revision.objects.count() == 1


def test_words_of_a_public_day_change_without_a_reason_and_are_dated(client):
    made = day(APRIL_12, [task()], lede="First words.")
    assert "text updated" not in page_text(client, RECORD)
    made.lede = "Better words."
    publishing.save_day(made)
    assert Day.objects.get().prose_changed_at is not None
    assert "text updated" in page_text(client, RECORD)
    assert not Correction.objects.exists()


def test_words_of_a_draft_are_not_dated():
    made = draft(lede="First words.")
    made.lede = "Better words."
    publishing.save_day(made)
    assert Day.objects.get().prose_changed_at is None


def test_the_record_says_that_it_was_corrected_and_strikes_the_old_value_beside_its_task(client):
    corrected_day()
    markup = html_of(client.get(RECORD))
    assert '<a href="#corrections">corrected ' in markup
    row = part(markup, '<tr id="t1">', "</tr>")
    assert "<del>8 h</del>" in row
    assert "12.5 h (estimate revised)" in text_of(row)
    assert "<del>" not in part(markup, '<tr id="t2">', "</tr>")
    assert "Parser, human hours 8 h → became 12.5 h — estimate revised" in text_of(
        part(markup, '<h2 id="corrections">', "</section>")
    )


def test_a_record_whose_tasks_were_all_removed_says_so_and_why_and_can_be_checked(client):
    made = day(APRIL_12, [task("One: task"), task("Two: task")], left_out="3 private, client work")
    day(APRIL_12 - timedelta(days=1), title="Travel")
    publishing.save_day(made, [], reason="typing error")
    markup = html_of(client.get(RECORD))
    assert "Its 2 tasks were removed; see Corrections." in text_of(markup)
    assert "A day without tasks" not in markup
    assert markup.count("typing error") == 2
    assert "Left out: 3 private, client work." in text_of(markup)
    assert 'id="corrections"' in markup
    assert "Check these figures" in markup
    for address in ("/records/", "/records/2026-04/", "/dashboard/"):
        listed = page_text(client, address)
        assert "no task is left" in listed, address
        assert "Travel a note, without tasks" in listed, address


def test_a_task_that_left_for_another_day_is_not_called_removed(client):
    made, other = day(APRIL_12, [task("Parser: reads")]), day(APRIL_13, [task()])
    publishing.move_tasks(made.tasks.all(), other.date, reason="wrong day")
    assert "Its task was moved to another day; see Corrections." in page_text(client, RECORD)


def test_the_page_of_the_task_has_its_corrections_and_no_other(client):
    made = corrected_day()
    first, second = rows_of(made)
    assert "12.5 h — estimate revised" in page_text(client, first.get_absolute_url())
    assert 'id="corrections"' not in html_of(client.get(second.get_absolute_url()))


def test_the_ledger_lists_what_changed_with_both_values_and_the_reason(client):
    corrected_day()
    row = part(html_of(client.get("/corrections/")), "<tbody>", "</tbody>")
    for words in ("Apr 12, 2026", "Parser", "human hours", "8 h", "12.5 h", "estimate revised"):
        assert words in text_of(row)
    assert "<del>8 h</del>" in row


def test_the_ledger_as_files_has_plain_values(client):
    corrected_day()
    answer = client.get("/corrections.json").getvalue()
    assert b'"count": 1, "results"' in answer
    assert b'"what": "human_hours", "before": "8", "after": "12.5", "reason": "estimate revised"' in answer
    head, row = client.get("/corrections.csv").getvalue().decode().splitlines()
    assert head == "at,date,task,name,what,before,after,reason"
    assert row.endswith(",Parser,human_hours,8,12.5,estimate revised")


def test_the_ledger_can_be_narrowed_to_a_day_on_the_page_and_in_files(client):
    corrected_day()
    other = day(APRIL_13, [task("Other: task")])
    publishing.save_day(other, [], reason="typing error")
    assert "Other" not in part(html_of(client.get("/corrections/?day=2026-04-12")), "<tbody>", "</tbody>")
    assert b"Parser" not in client.get("/corrections.csv?day=2026-04-13").getvalue()
    assert "Nothing of that record was corrected." in page_text(client, "/corrections/?day=2026-04-01")


def names_in_ledger(client: Client, query: str) -> list[str]:
    """The tasks in the ledger, the same on its page and in both files."""
    found = [line["name"] for line in csv_rows(client, f"/corrections.csv?{query}")]
    assert [line["name"] for line in json_body(client, f"/corrections.json?{query}")["results"]] == found
    page = html_of(client.get(f"/corrections/?{query}"))
    assert re.findall(r'<span class="rest">([^<]*)</span>', page) == found
    return found


@pytest.fixture
def three_corrected() -> None:
    """A removed task on each of three days, the middle one April 12, corrected in the order of the days."""
    for back, name in ((40, "March"), (0, "April"), (-20, "May")):
        made = day(APRIL_12 - timedelta(days=back), [task(f"{name}: task")])
        publishing.save_day(made, [], reason="typing error")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("from=2026-04-12", ["May", "April"]),
        ("to=2026-04-12", ["April", "March"]),
        ("from=2026-04-12&to=2026-04-12", ["April"]),
        ("from=2026-04-13&to=2026-04-30", []),
        ("from=2026-04-01&sort=at", ["April", "May"]),
        ("from=2026-04-01&day=2026-03-03", []),
        ("period=2026", ["May", "April", "March"]),
        ("period=2026-04", ["April"]),
        ("period=2026-W15&sort=at", ["April"]),
        ("period=2026&to=2026-04-12", ["April", "March"]),
    ],
)
def test_the_ledger_can_be_narrowed_to_a_range_of_days(client, three_corrected, query, names):
    assert names_in_ledger(client, query) == names
    text = page_text(client, f"/corrections/?{query}")
    assert ("Nothing of " in text) == (not names)
    assert "all records" in text


def test_the_ledger_says_whose_corrections_it_shows(client, three_corrected):
    assert "1 correction of records from April 1, 2026 to April 30, 2026" in page_text(
        client, "/corrections/?from=2026-04-01&to=2026-04-30"
    )
    assert "2 corrections of records from April 1, 2026" in page_text(client, "/corrections/?from=2026-04-01")
    assert "1 correction of week 15 of 2026" in page_text(client, "/corrections/?period=2026-W15")
    sorted_by = part(html_of(client.get("/corrections/?from=2026-04-01")), "<thead>", "</thead>")
    assert "from=2026-04-01" in sorted_by


@pytest.mark.parametrize(
    ("page", "ledger"),
    [
        ("/records/2026/", "?period=2026"),
        ("/records/2026-04/", "?period=2026-04"),
        ("/records/2026-W15/", "?period=2026-W15"),
        ("/records/2026-04/?hours=0.5", "?period=2026-04"),
        ("/dashboard/?from=2026-04-01&sort=factor", "?from=2026-04-01"),
        ("/dashboard/?from=april&to=2026-04-30", "?to=2026-04-30"),
        ("/tasks/?to=2026-04-30&category=none", "?to=2026-04-30"),
    ],
)
def test_the_strip_of_many_days_leads_to_what_was_corrected_of_them(client, page, ledger):
    corrected_day()
    for on in (date(2026, 4, 7), date(2026, 3, 29)):
        day(on, [task()])
    strip = part(html_of(client.get(page)), 'id="check"', "</details>")
    address = f"/corrections/{ledger}"
    assert f'href="{escape(address)}">Corrections of the' in strip
    assert names_in_ledger(client, ledger[1:]) == ["Parser"]


def test_the_strip_of_a_period_leads_to_what_was_withdrawn_from_either_end_of_it_too(client):
    for on in (date(2026, 4, 1), date(2026, 4, 15), date(2026, 4, 30)):
        made = day(on, [task()])
        if on.day != 15:
            publishing.withdraw(made, reason="not ours")
    strip = part(html_of(client.get("/records/2026-04/")), 'id="check"', "</details>")
    (address,) = re.findall(r'href="([^"]*)">Corrections of', strip)
    assert page_text(client, unescape(address)).count("record withdrawn") == 2


@pytest.mark.parametrize("page", ["/dashboard/", "/tasks/", "/records/", "/categories/testing/"])
def test_the_strip_of_all_days_leads_to_the_whole_ledger_alone(client, page):
    day(tasks=[task(category=category("Testing"))])
    strip = part(html_of(client.get(page)), 'id="check"', "</details>")
    assert "Corrections of" not in text_of(strip)
    assert 'href="/corrections/"' in strip


def test_a_range_shows_nothing_of_days_that_are_not_public(client):
    publishing.withdraw(corrected_day(), reason="not ours")
    later = day(APRIL_13, [task("Hidden: task")])
    publishing.save_day(later, [], reason="typing error")
    Day.objects.filter(pk=later.pk).update(published_at=datetime(2100, 1, 1, tzinfo=UTC))
    query = "from=2026-04-01&to=2026-04-30"
    shown = page_text(client, f"/corrections/?{query}")
    assert "1 correction of records" in shown
    assert "record withdrawn" in shown
    assert [line["what"] for line in csv_rows(client, f"/corrections.csv?{query}")] == ["withdrawn"]
    assert json_body(client, f"/corrections.json?{query}")["count"] == 1


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("from=april", "“april” is not a date. Try 2026-04-12."),
        ("to=2026-02-30", "“2026-02-30” is not a date. Try 2026-04-12."),
        ("period=2026-13", "“2026-13” names no period. Try 2026, 2026-04 or 2026-W15."),
        (
            "from=2026-04-13&to=2026-04-12",
            "The range ends before it begins. Try the two the other way round.",
        ),
    ],
)
def test_a_bad_end_of_a_range_is_named_beside_its_field(client, query, says):
    corrected_day()
    name = query.split("&")[-1].split("=")[0]
    markup = html_of(client.get(f"/corrections/?{query}"))
    beside = part(markup, f'<div id="fault-{name}" data-swap>', "</fieldset>")
    assert says in text_of(beside)
    assert client.get(f"/corrections.csv?{query}").json() == {"errors": {name: [says]}}


@pytest.mark.parametrize("query", ["day=yesterday", "sort=reason", "page=0", "per_page=3"])
def test_a_bad_value_is_named_beside_its_field_and_refused_in_files(client, query):
    corrected_day()
    page = client.get(f"/corrections/?{query}")
    assert page.status_code == 200
    assert 'class="fault"' in page.content.decode()
    assert "Parser" in page.content.decode()
    answer = client.get(f"/corrections.json?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.split("=")[0]])


def test_a_correction_leads_to_its_task_while_that_is_there_and_else_to_its_record(client):
    first, second = corrected_day().tasks.order_by("position")
    link = f'href="{first.get_absolute_url()}"'
    assert link in part(html_of(client.get("/corrections/")), "<tbody>", "</tbody>")
    assert link in part(html_of(client.get(RECORD)), '<h2 id="corrections">', "</section>")
    made = Day.objects.get()
    publishing.save_day(made, [second], reason="typing error")
    ledger = part(html_of(client.get("/corrections/")), "<tbody>", "</tbody>")
    assert link not in ledger
    assert ledger.count(f'href="{RECORD}#corrections"') == 2
    assert link not in html_of(client.get(RECORD))


def test_what_went_with_a_task_is_written_as_figures_are(client):
    made = day(APRIL_12, [task(hours="99999", tokens=1_234_567)])
    publishing.save_day(made, [], reason="typing error")
    assert "human hours 99,999 · agent minutes 10" in page_text(client, "/corrections/")
    assert "tokens 1,234,567" in page_text(client, RECORD)
    assert csv_rows(client, "/corrections.csv")[0]["before"].startswith("human hours 99999 ")


def test_the_ledger_costs_no_query_a_row(client, django_assert_max_num_queries):
    made = corrected_day()
    for number in range(60):
        made.stated_tokens = number
        publishing.save_day(made, reason="measured again")
    with django_assert_max_num_queries(4):
        markup = html_of(client.get("/corrections/?from=2026-04-01&to=2026-04-30"))
    assert markup.count('<tr id="c') == 50


def test_the_feed_has_each_correction_with_absolute_addresses(client):
    corrected_day()
    answer = client.get("/feeds/corrections.xml", headers={"host": "localhost"})
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    entry = ET.fromstring(answer.content).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "April 12, 2026: Parser: human hours: 8 h → 12.5 h"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://localhost:8000/records/2026-04-12/#corrections"
    assert entry.findtext(f"{ATOM}summary") == "estimate revised."


def test_an_empty_ledger_and_its_feed_read_well(client):
    assert "Nothing was corrected so far." in page_text(client, "/corrections/")
    assert client.get("/feeds/corrections.xml").status_code == 200


def test_a_withdrawn_record_answers_gone_with_date_and_reason_and_its_other_lines_are_gone(client):
    publishing.withdraw(corrected_day(), reason="it was a client's")
    gone = client.get(RECORD)
    assert gone.status_code == 410
    assert "it was a client&#x27;s" in gone.content.decode()
    assert "April 12, 2026" in gone.content.decode()
    assert "Parser" not in page_text(client, "/corrections/")
    assert "record withdrawn" in page_text(client, "/corrections/")


def test_a_day_that_was_only_scheduled_leaves_no_line_when_it_goes_back(client):
    made = day(APRIL_12, [task()], published_at=datetime(2100, 1, 1, tzinfo=UTC))
    publishing.withdraw(made)
    assert client.get(RECORD).status_code == 404
    assert not Correction.objects.exists()


def test_a_record_that_comes_back_with_other_figures_says_which_and_why():
    made = day(APRIL_12, [task("Parser: reads")])
    publishing.withdraw(made, reason="counted wrongly")
    stored = Day.objects.get()
    row = rows_of(stored)[0]
    row.human_hours = Decimal(6)
    publishing.save_day(stored, [row])
    with pytest.raises(publishing.ReasonNeeded):
        publishing.publish(stored)
    publishing.publish(stored, reason="counted again")
    line = Correction.objects.get(what="human_hours")
    assert (line.before, line.after, line.reason) == ("8", "6", "counted again")


def test_a_record_that_comes_back_later_is_not_corrected_twice():
    made = day(APRIL_12, [task("Parser: reads")])
    publishing.withdraw(made, reason="counted wrongly")
    stored = Day.objects.get()
    stored.stated_tokens = 7
    publishing.save_day(stored)
    publishing.publish(stored, at=datetime(2100, 1, 1, tzinfo=UTC), reason="counted again")
    stored = Day.objects.get()
    stored.elapsed_minutes = Decimal(9)
    publishing.save_day(stored, reason="measured again")
    assert Correction.objects.filter(what="stated_tokens").count() == 1
    assert Correction.objects.get(what="elapsed_minutes").reason == "measured again"


def test_a_withdrawn_record_does_not_move_away_from_its_address():
    made = day(APRIL_12)
    publishing.withdraw(made, reason="not ours")
    with pytest.raises(ValidationError, match="stays where its address says so"):
        publishing.move_day(made, APRIL_13, reason="wrong date")


# The desk ---------------------------------------------------------------------------------------------------


def test_the_form_of_a_public_day_asks_why_keeps_what_was_typed_and_takes_one_key(author: Client):  # noqa: F811
    made = day(APRIL_12, [task()])
    address = reverse("admin:records_day_change", args=[made.pk])
    typed = opened(author, made) | {"tasks-0-human_hours": "4h", "lede": "New words."}
    asked = author.post(address, typed).content.decode()
    assert "Why do these figures change?" in asked
    assert [reason in asked for reason in publishing.USUAL_REASONS] == [True] * 4
    assert 'value="4h"' in asked
    assert "New words." in asked
    assert Task.objects.get().human_hours == 8
    author.post(address, typed | {"why": "typing error"})
    assert Task.objects.get().human_hours == 4
    assert Correction.objects.get().reason == "typing error"


def test_own_words_win_over_a_usual_reason(author: Client):  # noqa: F811
    made = day(APRIL_12, [task()])
    typed = opened(author, made) | {"tasks-0-human_hours": "4h", "reason": "read the log again", "why": "x"}
    author.post(reverse("admin:records_day_change", args=[made.pk]), typed)
    assert Correction.objects.get().reason == "read the log again"


def test_withdrawing_without_a_reason_says_so_beside_the_field(author: Client):  # noqa: F811
    made = day(APRIL_12)
    answer = author.post(
        reverse("admin:records_day_withdraw", args=[made.pk]), {"perform": "1", "reason": ""}
    )
    assert "Say why it changes" in answer.content.decode()
    assert 'id="id_reason_error"' in answer.content.decode()
    assert Day.objects.get().is_visible()


def test_a_quick_line_does_not_slip_into_a_public_day(author: Client):  # noqa: F811
    made = day(APRIL_12)
    answer = author.post(reverse("admin:quick_line"), {"on": "2026-04-12", "line": "Parser: reads 8h 10m"})
    assert "where you can say why" in answer.content.decode()
    assert not made.tasks.exists()


# Every way a public figure can change -----------------------------------------------------------------------


def _saved(made: Day) -> None:
    publishing.save_day(made, rows_of(made)[:1], reason="r")


def _added(made: Day) -> None:
    publishing.save_day(made, [*rows_of(made), task("Third: one")], reason="r")


def _tokens(made: Day) -> None:
    made.stated_tokens = 5
    publishing.save_day(made, reason="r")


def _moved_tasks(made: Day) -> None:
    publishing.move_tasks(rows_of(made)[:1], APRIL_13, reason="r")


def _moved_day(made: Day) -> None:
    publishing.move_day(made, APRIL_13, reason="r")


def _withdrawn(made: Day) -> None:
    publishing.withdraw(made, reason="r")


@pytest.mark.parametrize("change", [_saved, _added, _tokens, _moved_tasks, _moved_day, _withdrawn])
def test_whichever_way_a_public_figure_changes_the_ledger_has_it(change):
    made = day(APRIL_12, [task("First: one"), task("Second: two")])
    change(made)
    assert set(Correction.objects.values_list("reason", flat=True)) == {"r"}


def test_what_is_no_figure_leaves_no_line():
    made = day(APRIL_12, [task()])
    publishing.set_category(Task.objects.all(), category("Testing"))
    publishing.set_outcome(Task.objects.all(), "merged")
    made.refresh_from_db()
    made.left_out = "3 private"
    publishing.save_day(made)
    assert not Correction.objects.exists()

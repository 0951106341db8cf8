"""Paste a day: read at once, mended in place, stored as a draft or not at all."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from records import publishing
from records.models import Correction, Day, OldAddress, Revision, SiteProfile, Source, Task
from tests.desk import author, change_address, form_on, rows_of, sent_to
from tests.factories import category, day, draft, task
from tests.pages import text_of
from tests.pasting import GLUED_ROWS, PASTE, glued, read, tabbed

__all__ = ["author"]

MAY_6 = date(2026, 5, 6)


def saved(client: Client, form: dict[str, str], **more: str) -> Any:
    """What the page answers when the draft is to be saved."""
    return client.post(PASTE, {**form, "_save": "1", **more})


def shown(page: Any) -> str:
    """What a reader reads on a page."""
    return text_of(page.content.decode())


def test_a_glued_day_is_shown_with_computed_factors_and_saved_as_a_draft(author: Client):
    page = read(author, glued())
    form = form_on(page)
    assert "Read as copied text, cells glued together: 3 rows, nothing in doubt." in shown(page)
    assert (form["date"], form["tag_names"]) == ("2026-05-06", "AI, Time Record")
    assert [form[f"tasks-{n}-human_hours"] for n in range(3)] == ["40h", "8h", "16h"]
    assert "480.0×" in page.content.decode()
    assert not Day.objects.exists()
    answer = saved(author, form)
    stored = Day.objects.get()
    assert sent_to(answer) == change_address(stored)
    assert (stored.status, stored.date) == ("draft", MAY_6)
    assert stored.lede == r"A day between two releases & a \*storm\*."
    assert stored.analysis == "The map took the longest."
    assert [each.leverage_factor() for each in rows_of(stored)] == [120, 30, 120]
    assert rows_of(stored)[2].description == "Ferry parser v1.5 reads 61->69 stops"
    assert LogEntry.objects.get().object_id == str(stored.pk)


def test_a_column_may_bear_the_name_of_the_agent_of_this_site(author: Client):
    SiteProfile(agent_name="Codex").save()
    page = read(author, "Leverage Record: May 6, 2026\n\nTaskHuman Est.Codex\nHarbour map8h10m\n")
    assert (form_on(page)["tasks-0-agent_minutes"], form_on(page)["tasks-0-description"]) == (
        "10m",
        "Harbour map",
    )


def test_what_was_printed_stays_with_the_record_however_its_rows_are_mended(author: Client):
    form = form_on(read(author, glued()))
    form |= {"tasks-0-agent_minutes": "30m", "tasks-0-position": "3", "tasks-1-remove": "on"}
    saved(author, form)
    printed = Source.objects.get().printed
    assert [row["factor"] for row in printed["rows"]] == ["120.0x", "120.0x"]
    assert [row["agent_minutes"] for row in printed["rows"]] == ["8m", "20m"]
    assert ["Human equivalent", "64 hours"] in printed["aggregates"]
    assert [each.agent_minutes for each in rows_of(Day.objects.get())] == [8, 30]


def test_each_fault_stands_beside_its_row_and_is_mended_there(author: Client):
    text = tabbed("Buoys painted\t4h\t5mm\t2m\t", "\t8h\t16m\t4m\t30.0x", "Ropes spliced\t0h\t8m\t2m\t")
    page = read(author, text)
    form = form_on(page)
    assert "3 places to mend" in shown(page)
    assert "“5mm” is not a duration." in page.content.decode()
    assert 'id="id_tasks-1-description_error"' in page.content.decode()
    assert form["tasks-2-human_hours"] == "0h"
    refused = saved(author, form)
    assert "Not saved: 3 places need a look first." in shown(refused)
    assert form_on(refused) | {"csrfmiddlewaretoken": ""} == form | {"csrfmiddlewaretoken": ""}
    assert not Day.objects.exists()
    mended = {"tasks-0-agent_minutes": "5m", "tasks-1-description": "Bells cast", "tasks-2-human_hours": "2h"}
    saved(author, form | mended)
    assert [each.description for each in rows_of(Day.objects.get())] == [
        "Buoys painted",
        "Bells cast",
        "Ropes spliced",
    ]


def test_a_line_that_cannot_be_split_shows_its_readings_and_one_is_chosen(author: Client):
    rows = GLUED_ROWS.replace("30.0x", "31.0x")
    page = read(author, glued(rows=rows))
    form = form_on(page)
    assert "2Tide tables checked against 2024 notes8h16m4m31.0x120.0x" in shown(page)
    assert (form["tasks-1-description"], form["tasks-1-human_hours"]) == ("", "")
    assert "Choose how to read it" in shown(saved(author, form))
    assert not Day.objects.exists()
    chosen = author.post(PASTE, {**form, "tasks-1-choice": "1", "_check": "1"})
    filled = form_on(chosen)
    assert filled["tasks-1-description"] == "Tide tables checked against 2024 notes"
    assert [filled[f"tasks-1-{n}"] for n in ("human_hours", "agent_minutes")] == ["8h", "16m"]
    saved(author, filled | {"tasks-1-agent_minutes": "15m"})
    assert rows_of(Day.objects.get())[1].agent_minutes == 15
    assert Source.objects.get().printed["rows"][1]["factor"] == "31.0x"


def test_an_overlooked_line_is_never_dropped_or_stored_without_its_figures(author: Client):
    form = form_on(read(author, glued(rows=f"{GLUED_ROWS}\n4Nets mended, no figures")))
    assert saved(author, form).status_code == 200
    assert not Day.objects.exists()
    saved(author, form | {"tasks-3-remove": "on"})
    assert len(rows_of(Day.objects.get())) == 3


def test_a_date_that_is_missing_or_disagrees_is_asked_for(author: Client):
    page = read(author, glued(on="May 6"))
    assert "The year is missing: the title says “May 6”." in shown(page)
    form = form_on(page)
    assert form["date"] == ""
    saved(author, form | {"date": "2026-05-06"})
    assert Day.objects.get().date == MAY_6


def test_a_date_given_beside_the_text_decides(author: Client):
    assert form_on(read(author, glued(on="May 6"), on="2025-05-06"))["date"] == "2025-05-06"


def test_tags_left_out_are_asked_about(author: Client):
    page = read(author, glued(tags="AINight Owls"))
    assert "Left out of the tags" in shown(page)
    form = form_on(page)
    saved(author, form | {"parts_0": "Night, Owls"})
    assert sorted(tag.name for tag in Day.objects.get().tags.all()) == ["AI", "Night", "Owls"]


def test_a_tag_left_out_may_be_one_tag_or_stay_out(author: Client):
    form = form_on(read(author, glued(tags="AINight Owls")))
    saved(author, form | {"whole_0": "on"})
    saved(author, form | {"date": "2026-05-07"})
    names = [sorted(tag.name for tag in each.tags.all()) for each in Day.objects.order_by("date")]
    assert names == [["AI", "Night Owls"], ["AI"]]


def test_the_same_day_again_is_said_to_be_stored_already(author: Client):
    saved(author, form_on(read(author, glued())))
    stored = Day.objects.get()
    page = read(author, glued())
    assert "Stored already, exactly so" in shown(page)
    assert change_address(stored) in page.content.decode()
    assert sent_to(saved(author, form_on(page))) == change_address(stored)
    assert Revision.objects.count() == 1


def test_another_day_of_that_date_is_shown_with_its_differences_and_replaced_when_asked(author: Client):
    saved(author, form_on(read(author, glued())))
    page = read(author, glued(rows=GLUED_ROWS.replace("8h16m4m30.0x120.0x", "8h8m4m60.0x120.0x")))
    assert "2026-05-06 has a record already" in shown(page)
    assert "Row 2: agent minutes 16 → 8" in shown(page)
    form = form_on(page)
    refused = saved(author, form)
    assert "Say whether this takes its place." in shown(refused)
    assert rows_of(Day.objects.get())[1].agent_minutes == 16
    saved(author, form, replace="on", reason="the clock was wrong")
    assert rows_of(Day.objects.get())[1].agent_minutes == 8
    assert Revision.objects.filter(reason="the clock was wrong").count() == 1


def test_replacing_a_published_day_notes_what_was_corrected(author: Client):
    day(MAY_6, [task("Harbour map redrawn for 12 piers", "40", "25", "5")])
    form = form_on(read(author, tabbed("Harbour map redrawn for 12 piers\t40h\t20m\t5m\t120.0x")))
    saved(author, form, replace="on")
    assert Day.objects.get().status == "published"
    assert Correction.objects.filter(what="agent_minutes", before="25", after="20").exists()


def test_a_day_saved_by_somebody_else_in_the_meantime_is_not_replaced_unseen(author: Client):
    stored = draft(MAY_6, [task("Bells cast")])
    form = form_on(read(author, glued()))
    publishing.save_day(stored, [task("Bells cast twice")])
    page = saved(author, form, replace="on")
    assert "It is not the one you saw" in shown(page)
    assert [each.description for each in rows_of(stored)] == ["Bells cast twice"]
    assert form_on(page)["tasks-0-description"] == "Harbour map redrawn for 12 piers"
    saved(author, form_on(page), replace="on")
    assert len(rows_of(stored)) == 3


def test_what_is_typed_anew_is_declared_and_no_longer_derived(author: Client):
    head = "#\tTask\tHuman Est.\tClaude\tFactor\tSup. Factor\tWeeks"
    text = f"Leverage Record: May 6, 2026\n\n{head}\n1\tBuoys\t40h\t20m\t120.0x\t480.0x\t1.0w\n"
    text += "2\tBells\t8h\t~16m\t30.0x\t120.0x\t0.2w\n"
    form = form_on(read(author, text))
    assert (form["tasks-0-supervisory_minutes"], form["tasks-0-supervisory_minutes_source"]) == (
        "5m",
        "derived",
    )
    saved(author, form | {"tasks-0-supervisory_minutes": "6m"})
    sources = [(t.supervisory_minutes_source, t.agent_minutes_source) for t in rows_of(Day.objects.get())]
    assert sources == [("declared", "declared"), ("derived", "approximate")]


def test_a_file_is_read_and_its_name_gives_the_date(author: Client):
    name = "2026-05-06-leverage-record.txt"
    file = SimpleUploadedFile(name, glued(on="").encode("utf-16"))
    form = form_on(author.post(PASTE, {"file": file, "_read": "1"}))
    assert form["date"] == "2026-05-06"
    assert "Ferry parser v1.5" in form["text"]
    assert saved(author, form).status_code == 302
    again = form_on(read(author, glued(on="May 7, 2026"), name=form["name"], name_of=form["name_of"]))
    assert again["date"] == "2026-05-07"


def test_the_old_path_of_a_page_keeps_leading_to_the_record(author: Client):
    address = "https://example.org/posts/2026/2026-05-06-leverage-record.html"
    table = "<tr><th>Task<th>Human Est.<th>Claude</tr><tr><td>Bells<td>8h<td>16m</tr>"
    page = (
        f'<html><head><link rel="canonical" href="{address}"></head><body>'
        f"<h1>Leverage Record: May 6, 2026</h1><h2>Task Log</h2><table>{table}</table></body></html>"
    )
    saved(author, form_on(read(author, page)))
    assert OldAddress.objects.get().path == "/posts/2026/2026-05-06-leverage-record.html"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing is here yet."),
        ("Just a sentence, and no more.", "No rows were recognised."),
        ('{"schema": 1, "days": []}', "import_records"),
        ("a\x00b", "NUL byte"),
    ],
)
def test_a_text_that_holds_no_day_is_refused_in_words_and_stays(author: Client, text: str, words: str):
    page = read(author, text)
    assert words in shown(page)
    assert 'id="id_text_error"' in page.content.decode()
    assert form_on(page, "paste")["text"] == text.strip()


def test_a_file_that_is_no_text_or_too_large_is_refused_in_words(author: Client, monkeypatch):
    picture = SimpleUploadedFile("map.png", b"\x89PNG\x00\x00\xff\xfe" * 40)
    assert "map.png" in shown(author.post(PASTE, {"file": picture, "_read": "1"}))
    large = SimpleUploadedFile("large.csv", b"x" * (10 * 1024 * 1024 + 1))
    page = author.post(PASTE, {"file": large, "_read": "1"})
    assert "more than 10 MB" in shown(page)
    assert "--no-limit" in shown(page)


def test_more_rows_than_a_form_shows_are_sent_to_the_command(author: Client):
    page = read(author, tabbed(*(f"Buoy {n}\t1h\t1m\t1m\t60.0x" for n in range(401))))
    assert "It has 401 rows" in shown(page)
    assert "import_records" in shown(page)


def test_a_text_as_long_as_no_prose_is_taken_is_refused_beside_its_field(author: Client):
    form = form_on(read(author, glued()))
    page = saved(author, form | {"lede": "x" * 20_001})
    assert "This text has 20001 characters" in shown(page)
    assert not Day.objects.exists()


def test_several_days_in_one_table_are_offered_one_by_one(author: Client):
    table = "date,description,human_hours,agent_minutes\n2026-05-06,Buoys,8,16\n2026-05-07,Bells,4,8\n"
    page = read(author, table)
    assert "It holds 2 days" in shown(page)
    assert "Thu, May 7, 2026 · 1 row" in shown(page)
    form = form_on(read(author, table, chosen="2"))
    assert (form["date"], form["tasks-0-description"]) == ("2026-05-07", "Bells")
    saved(author, form)
    assert [each.description for each in Task.objects.all()] == ["Bells"]


def test_text_that_looks_like_markup_stays_text(author: Client):
    hostile = "</textarea><script>alert(1)</script>"
    text = tabbed(f"{hostile}\t8h\t16m\t4m\t30.0x", f"{hostile}\t8h\t5mm\t4m\t")
    text = text.replace("Leverage Record:", f"Leverage Record {hostile}:")
    page = read(author, text)
    assert "<script>alert" not in page.content.decode()
    answer = saved(author, form_on(page) | {"tasks-1-agent_minutes": "5m"})
    assert "<script>alert" not in author.get(sent_to(answer)).content.decode()
    assert rows_of(Day.objects.get())[0].description == hostile
    refused = read(author, glued(rows=f"1{hostile} and no figures"))
    assert "<script>alert" not in refused.content.decode()


@pytest.mark.parametrize(
    "posted",
    [
        {"_save": "1"},
        {"_check": "1", "text": "\x00"},
        {"_save": "1", "text": glued(), "chosen": "9" * 30, "tasks-0-place": "x", "tasks-0-choice": "\x00"},
        {"_check": "1", "text": glued(), "tasks-0-place": "2", "tasks-1-place": "2", "seen": "\x00"},
        {"_read": "1", "text": glued(), "form": "nonsense"},
        {"_read": "1", "text": glued(), "on": "soon"},
        {"_read": "1", "text": "\ud800".encode("utf-16", "surrogatepass").decode("latin-1")},
        {"_save": "1", "text": glued(), "tasks-0-place": "1", "tasks-0-applied": "1", "date": "2026-02-30"},
    ],
)
def test_posts_that_no_page_sends_do_no_harm(author: Client, posted: dict[str, str]):
    assert author.post(PASTE, posted).status_code == 200
    assert not Day.objects.exists()


def test_rows_are_kept_when_the_text_they_came_from_cannot_be_read_any_more(author: Client):
    form = form_on(read(author, glued())) | {"tasks-0-description": "Mended by hand"}
    page = author.post(PASTE, {**form, "text": "gone", "_save": "1"})
    assert "can no longer be read" in shown(page)
    assert form_on(page)["tasks-0-description"] == "Mended by hand"
    assert not Day.objects.exists()


def test_only_who_may_write_days_and_tasks_may_paste(client: Client, db: None, author: Client):
    assert "/admin/login/" in sent_to(client.get(PASTE))
    bob = User.objects.create_user("bob", is_staff=True)
    rights = ("view_day", "add_day", "change_day", "view_task", "add_task", "change_task")
    bob.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(bob)
    for address in (PASTE, f"{PASTE}rows/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"text": glued(), "_save": "1"}).status_code == 403
    assert "Paste a day" not in client.get("/admin/").content.decode()
    assert "Paste a day" not in client.get("/admin/records/day/").content.decode()
    for address in ("/admin/", "/admin/records/day/"):
        assert f'href="{PASTE}"' in author.get(address).content.decode()


def test_reading_takes_as_few_queries_for_many_rows_as_for_few(author: Client, django_assert_max_num_queries):
    category("Testing")
    many = tabbed(*(f"Buoy {n}\t1h\t1m\t1m\t60.0x" for n in range(30)))
    with django_assert_max_num_queries(20) as large:
        read(author, many)
    with django_assert_max_num_queries(20) as small:
        read(author, tabbed("Buoy\t1h\t1m\t1m\t60.0x"))
    assert len(large) == len(small)
    form = form_on(read(author, many))
    with django_assert_max_num_queries(45):
        assert saved(author, form).status_code == 302


def test_rows_for_the_form_of_a_day_come_as_they_would_be_typed(author: Client):
    rows = f"{GLUED_ROWS}\n4Nets, no figures"
    answer = author.post(f"{PASTE}rows/", {"text": glued(rows=rows)}).json()
    assert answer["fault"] == ""
    first, *_, last = answer["rows"]
    assert first["description"] == "Harbour map redrawn for 12 piers"
    assert (first["human_hours"], first["agent_minutes"], first["fault"]) == ("40h", "20m", "")
    assert last["description"] == "4Nets, no figures"
    assert "does not end with its figures" in last["fault"]
    assert json.dumps(answer).count("place") == 0


@pytest.mark.parametrize("text", ["", "no rows at all", '{"schema": 1}'])
def test_a_text_without_rows_is_answered_with_why(author: Client, text: str):
    answer = author.post(f"{PASTE}rows/", {"text": text}).json()
    assert answer["rows"] == []
    assert answer["fault"]
    assert author.get(f"{PASTE}rows/").json()["fault"]


def test_categories_of_the_site_are_taken_and_others_are_told(author: Client):
    testing = category("Testing")
    text = "description,category,human_hours,agent_minutes\nBuoys,testing,8,16\nBells,Baking,4,8\n"
    page = read(author, text, on="2026-05-06")
    assert form_on(page)["tasks-0-category"] == str(testing.pk)
    assert "“Baking”: There is no such category" in shown(page)
    saved(author, form_on(page))
    assert [each.category for each in rows_of(Day.objects.get())] == [testing, None]


def test_unknown_figures_stay_unknown_in_the_draft(author: Client):
    saved(author, form_on(read(author, tabbed("Buoys\t8h\t16m\t\t", "Bells\t\t16m\t0m\t"))))
    figures = [(each.human_hours, each.supervisory_minutes) for each in rows_of(Day.objects.get())]
    assert figures == [(Decimal(8), None), (None, Decimal(0))]


def test_a_printed_factor_that_disagrees_is_told_beside_its_row_until_that_is_mended(author: Client):
    page = read(author, tabbed("Buoys\t8h\t16m\t4m\t31.0x", "Bells\t4h\t8m\t2m\t30.0x"))
    text = shown(page)
    assert "1 printed figure in doubt" in text
    assert "Printed: 31.0x. Its hours and agent minutes give 30.0x." in text
    form = form_on(page)
    again = author.post(PASTE, {**form, "tasks-0-human_hours": "8.2667h", "_check": "1"})
    assert "nothing in doubt" in shown(again)
    worse = author.post(PASTE, {**form, "tasks-1-agent_minutes": "9m", "_check": "1"})
    assert "2 printed figures in doubt" in shown(worse)


def test_printed_totals_stand_beside_the_computed_ones(author: Client):
    totals = "Aggregate Statistics\nTasks completed: 3\nHuman equivalent: 70 hours\n"
    totals += "Total tokens: 5,000\nWeather: 7"
    page = shown(read(author, glued(totals=totals)))
    assert "Tasks completed 3 3 yes" in page
    assert "Human equivalent 70 hours 64 h no" in page
    assert "is not what the rows give: 64 h." in page
    assert "Total tokens 5,000 — not compared: no row has it" in page
    assert "Weather 7 — not compared: no label known here" in page
    faulty = shown(read(author, glued(rows=f"{GLUED_ROWS}\n4Nets", totals=totals)))
    assert "Human equivalent 70 hours 64 h compared once every row can be read" in faulty

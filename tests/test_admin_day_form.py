"""One screen for a day: typed, saved, put in order, with factors beside and nothing lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from records.forms.posted import MOST_ROWS
from records.models import Day, SiteProfile, Tag, Task
from tests.desk import ADD, author, change_address, form_on, new_author, opened, row, rows_of, sent_to
from tests.factories import APRIL_12, category, day, draft, task
from tests.pages import april_12

__all__ = ["author"]

NEW_DAY = {"date": "2026-04-12"}


def test_it_saves_a_new_day_as_a_draft_with_its_tasks_in_order(author: Client):
    category("Testing", slug="testing")
    key = str(category("Frontend").pk)
    answer = author.post(
        ADD,
        {
            **NEW_DAY,
            "tag_names": "AI, Time Record",
            **row(0, "Parser: reads forms", "160h", "20m", "2m", category=key),
            **row(1, "Index", "1d", "1h 30m"),
        },
    )
    saved = Day.objects.get(date=APRIL_12)
    assert sent_to(answer) == change_address(saved)
    assert saved.status == "draft"
    assert [tag.name for tag in saved.tags.all()] == ["AI", "Time Record"]
    first, second = rows_of(saved)
    assert (first.title, str(first.category), first.human_hours, first.agent_minutes) == (
        "Parser", "Frontend", Decimal(160), Decimal(20),
    )  # fmt: skip
    assert (second.human_hours, second.agent_minutes, second.supervisory_minutes) == (
        Decimal(8),
        Decimal(90),
        None,
    )


def test_it_shows_stored_durations_factors_totals_and_averages_without_script(author: Client):
    page = author.get(change_address(april_12())).content.decode()
    for shown in (
        'value="160h"',
        'value="20m"',
        "480.0×",
        "4,800.0×",
        "137.14×",
        "1,222.75",
        "119.5×",
        "524.0×",
    ):
        assert shown in page


def test_saving_what_was_opened_changes_nothing_but_the_version(author: Client):
    stored = april_12()
    before = list(Task.objects.values().order_by("id"))
    author.post(change_address(stored), opened(author, stored))
    stored.refresh_from_db()
    assert stored.version == 2
    assert list(Task.objects.values().order_by("id")) == before
    assert stored.tags.count() == 2


def test_it_uses_the_working_time_of_the_site(author: Client):
    SiteProfile(hours_per_day=Decimal(6), hours_per_week=Decimal(30)).save()
    author.post(ADD, {**NEW_DAY, **row(0, "One", "2d", "1m"), **row(1, "Two", "1w", "1m")})
    assert [each.human_hours for each in Task.objects.order_by("position")] == [Decimal(12), Decimal(30)]


def test_blank_rows_are_left_aside_and_gaps_do_no_harm(author: Client):
    author.post(
        ADD, {**NEW_DAY, **row(0, ""), **row(7, "Seventh", tokens_source="declared"), **row(3, "Third")}
    )
    assert [each.description for each in Task.objects.order_by("position")] == ["Third", "Seventh"]


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ({3: "1"}, ["d", "a", "b", "c"]),
        ({0: "3"}, ["b", "c", "a", "d"]),
        ({1: "4", 3: "2"}, ["a", "d", "c", "b"]),
        ({2: "99"}, ["a", "b", "d", "c"]),
        ({1: "first"}, ["a", "c", "d", "b"]),
    ],
)
def test_rows_move_to_the_number_that_is_typed(author: Client, typed: dict[int, str], order: list[str]):
    stored = draft(tasks=[task(text) for text in "abcd"])
    form = opened(author, stored) | {f"tasks-{place}-position": number for place, number in typed.items()}
    author.post(change_address(stored), form)
    assert [each.description for each in rows_of(stored)] == order


def test_a_row_marked_for_removal_goes_and_the_others_keep_their_ids(author: Client):
    stored = draft(tasks=[task("a"), task("b"), task("c")])
    kept = [each.pk for each in rows_of(stored) if each.description != "b"]
    author.post(change_address(stored), {**opened(author, stored), "tasks-1-remove": "on"})
    assert [each.pk for each in rows_of(stored)] == kept


def test_a_stored_row_that_was_emptied_is_asked_about_rather_than_removed(author: Client):
    stored = draft(tasks=[task("a")])
    form = {name: "" if name.startswith("tasks-0-") and name != "tasks-0-id" else value
            for name, value in opened(author, stored).items()}  # fmt: skip
    page = author.post(change_address(stored), form)
    assert "The text is missing." in page.content.decode()
    assert rows_of(stored)[0].description == "a"


def test_the_further_fields_of_a_row_are_saved(author: Client):
    further = {
        "name": "Parser",
        "evidence_url": "example.org/pull/7",
        "agent": "Claude",
        "model_version": "4.5",
        "tokens": "4,129,000",
        "agent_minutes_source": "measured",
        "tokens_source": "approximate",
        "estimate_low": "4h",
        "estimate_high": "2d",
        "estimate_basis": "like the last one",
        "estimate_by": "Ada",
        "estimate_on": "2026-04-13",
        "outcome": "merged",
    }
    author.post(ADD, {**NEW_DAY, **row(0, "It reads forms", "8h", "10m", **further)})
    stored = Task.objects.get()
    assert stored.evidence_url == "https://example.org/pull/7"
    assert (stored.tokens, stored.estimate_low, stored.estimate_high) == (4_129_000, Decimal(4), Decimal(16))
    assert (stored.estimate_on, stored.outcome, stored.agent_minutes_source) == (
        date(2026, 4, 13),
        "merged",
        "measured",
    )


def test_tokens_have_a_column_only_once_a_task_has_some(author: Client):
    without, some = draft(tasks=[task()]), draft(date(2026, 4, 13), tasks=[task(tokens=5)])
    assert "has-tokens" not in author.get(change_address(without)).content.decode()
    assert "has-tokens" in author.get(change_address(some)).content.decode()


def test_lines_pasted_into_the_box_become_rows_and_a_faulty_one_stays_there(author: Client):
    key = category("Full-stack build", slug="full-stack-build").pk
    lines = "Wiki: 64 files #full-stack 480h 90m 5m\nBroken #nowhere 8h 10m\nIndex 8h 10m"
    page = author.post(ADD, {**NEW_DAY, "lines": lines})
    form = form_on(page)
    assert form["lines"] == "Broken #nowhere 8h 10m"
    assert "“#nowhere” is no category" in page.content.decode()
    assert (form["tasks-0-description"], form["tasks-0-category"]) == ("Wiki: 64 files", str(key))
    assert form["tasks-0-human_hours"] == "480h"
    author.post(ADD, {**form, "lines": "Mended #full-stack 8h 10m"})
    assert [each.title for each in Task.objects.order_by("position")] == ["Wiki", "Index", "Mended"]


def test_without_script_more_rows_are_saved_and_added(author: Client):
    answer = author.post(ADD, {**NEW_DAY, **row(0, "One"), "_more": "1"})
    more = form_on(author.get(sent_to(answer).partition("#")[0]))
    assert "tasks-20-description" in more
    assert "tasks-21-description" not in more


def test_a_hundred_and_fifty_rows_with_every_field_filled_save_at_once(author: Client):
    stored = draft(tasks=[task(f"Task {n}", tokens=n) for n in range(150)])
    form = opened(author, stored)
    further = {
        "agent": "Claude",
        "model_version": "4.5",
        "estimate_low": "4h",
        "estimate_high": "9h",
        "estimate_basis": "like the last one",
        "estimate_by": "Ada",
        "estimate_on": "2026-04-13",
        "outcome": "merged",
    }
    for n in range(150):
        own = {"name": f"Name {n}", "evidence_url": f"https://example.org/{n}"}
        form |= row(n, f"Task {n}: again", "8h", "10m", "2m", **further, **own)
    assert len(form) > 3_000
    assert author.post(change_address(stored), form).status_code == 302
    assert rows_of(stored)[149].evidence_url == "https://example.org/149"


def test_more_rows_than_a_day_holds_are_refused_with_all_of_them_kept(author: Client):
    form = {name: value for n in range(401) for name, value in row(n, f"Task {n}").items()}
    page = author.post(ADD, {**NEW_DAY, **form})
    assert "A day holds at most 400 tasks." in page.content.decode()
    assert form_on(page)["tasks-400-description"] == "Task 400"


def test_the_most_rows_a_day_holds_fit_into_one_request(author: Client):
    stored = draft(tasks=[task(f"Task {n}") for n in range(MOST_ROWS)])
    form = opened(author, stored) | {"lede": "All of them."}
    assert len(form) > 20 * MOST_ROWS
    assert author.post(change_address(stored), form).status_code == 302
    assert Day.objects.get().lede == "All of them."


def test_the_date_is_read_only_once_the_day_has_tasks(author: Client):
    stored = draft(tasks=[task()])
    form = opened(author, stored)
    assert "date" not in form
    author.post(change_address(stored), {**form, "date": "2026-05-01"})
    assert Day.objects.get().date == APRIL_12


def test_a_public_day_says_what_a_public_task_needs_beside_the_row(author: Client):
    stored = day(tasks=[task("a"), task("b")])
    page = author.post(change_address(stored), {**opened(author, stored), "tasks-1-agent_minutes": ""})
    text = page.content.decode()
    assert "A public task needs the agent&#x27;s minutes, such as 15m." in text
    assert 'id="id_tasks-1-agent_minutes_error"' in text
    assert rows_of(stored)[1].agent_minutes == Decimal(10)


def test_a_reason_stands_beside_the_correction_of_a_public_day(author: Client):
    stored = day(tasks=[task()])
    form = opened(author, stored) | {"tasks-0-human_hours": "4h", "reason": "counted twice"}
    author.post(change_address(stored), form)
    assert stored.corrections.get().reason == "counted twice"


def test_tags_are_offered_and_new_ones_are_made_once(author: Client):
    Tag.objects.create(name="AI", slug="ai")
    assert '<option value="AI">' in author.get(ADD).content.decode()
    author.post(ADD, {**NEW_DAY, "tag_names": "ai, Night, night"})
    assert sorted(tag.name for tag in Day.objects.get().tags.all()) == ["AI", "Night"]


def test_publish_and_preview_save_first_and_lead_on(author: Client):
    assert sent_to(author.post(ADD, {**NEW_DAY, **row(0, "One"), "_publish": "1"})).endswith("/publish/")
    stored = Day.objects.get()
    answer = author.post(change_address(stored), {**opened(author, stored), "_preview": "1"})
    assert sent_to(answer) == "/records/2026-04-12/preview/"


def test_opening_a_day_of_75_tasks_takes_few_queries(author: Client, django_assert_max_num_queries):
    large = draft(tasks=[task(f"Task {n}", category=None) for n in range(75)], tags=["AI"])
    with django_assert_max_num_queries(15) as many:
        author.get(change_address(large))
    small = draft(date(2026, 4, 13), tasks=[task()])
    with django_assert_max_num_queries(15) as few:
        author.get(change_address(small))
    assert len(many) == len(few)


def test_saving_75_changed_tasks_does_not_ask_about_each(author: Client, django_assert_max_num_queries):
    stored = draft(tasks=[task(f"Task {n}") for n in range(75)])
    form = opened(author, stored)
    with django_assert_max_num_queries(60):
        author.post(change_address(stored), form)


def test_strangers_and_readers_are_kept_out(client: Client, author: Client, django_user_model):
    stored = draft(tasks=[task()])
    assert "/admin/login/" in sent_to(client.get(change_address(stored)))
    client.force_login(django_user_model.objects.create_user("bob", is_staff=True))
    assert client.get(change_address(stored)).status_code == 403
    assert client.post(ADD, NEW_DAY).status_code == 403


def test_who_may_only_look_sees_the_day_and_cannot_save_it(client: Client, db, django_user_model):
    from django.contrib.auth.models import Permission

    stored = draft(tasks=[task()])
    bob = django_user_model.objects.create_user("bob", is_staff=True)
    bob.user_permissions.add(Permission.objects.get(codename="view_day"))
    client.force_login(bob)
    page = client.get(change_address(stored)).content.decode()
    assert '<fieldset class="bare" disabled>' in page
    assert 'name="_publish"' not in page
    assert client.post(change_address(stored), {}).status_code == 403


def test_a_day_that_is_not_there_is_not_found(author: Client):
    for key in ("999", "nonsense", "9" * 30):
        assert author.get(f"/admin/records/day/{key}/change/").status_code == 404


def test_a_form_older_than_the_log_in_is_refused_in_words(db: None):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(new_author())
    page = strict.post(ADD, NEW_DAY)
    assert page.status_code == 403
    assert "keeps what you typed" in page.content.decode()


def test_figures_that_are_seldom_meant_are_told_in_their_row_and_saved(author: Client):
    stored = draft(tasks=[task(hours="8"), task(agent="0.01", hours="99999")])
    page = author.get(change_address(stored)).content.decode()
    assert page.count("Is every unit right?") == 1
    assert "99,999 h is more than half a year of work, 1,040 h." in page
    form = opened(author, stored) | {"tasks-0-agent_minutes": "0.5m"}
    author.post(change_address(stored), form | {"_save": "1"})
    assert rows_of(stored)[0].agent_minutes == Decimal("0.5")

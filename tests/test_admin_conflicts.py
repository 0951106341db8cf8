"""Two people save the same day: both texts side by side, chosen place by place, nothing lost."""

import pytest
from django.test import Client

from records import publishing
from records.admin import day_form
from records.forms.day import DayForm
from records.models import Day, Task
from tests.desk import author, change_address, form_on, new_author, opened, row, rows_of, sent_to
from tests.factories import APRIL_12, category, draft, task

__all__ = ["author"]


@pytest.fixture
def other(db: None) -> Client:
    """A second browser, of somebody else."""
    client = Client()
    client.force_login(new_author("grace"))
    return client


@pytest.fixture
def stored(db: None) -> Day:
    """A draft of three tasks."""
    return draft(tasks=[task("Alpha: one"), task("Beta: two"), task("Gamma: three")], lede="Old lede.")


def meanwhile(other: Client, day: Day, **changes: str) -> None:
    """Somebody else opens and saves the day with changes."""
    form = opened(other, day) | {name.replace("__", "-"): value for name, value in changes.items()}
    assert other.post(change_address(day), form).status_code == 302


def texts(day: Day) -> list[str]:
    return [each.description for each in rows_of(day)]


def test_the_second_to_save_sees_both_texts_side_by_side(author: Client, other: Client, stored: Day):
    mine = opened(author, stored) | {"lede": "My lede.", "tasks-0-human_hours": "5h"}
    meanwhile(other, stored, lede="Their lede.", tasks__0__human_hours="6h")
    page = author.post(change_address(stored), mine).content.decode()
    assert "grace saved this day" in page
    for shown in ("My lede.", "Their lede.", "Human hours of “Alpha”", "5h", "6h"):
        assert shown in page
    assert Day.objects.get().lede == "Their lede."


def test_mine_is_proposed_where_both_changed_a_place(author: Client, other: Client, stored: Day):
    mine = opened(author, stored) | {"lede": "My lede."}
    meanwhile(other, stored, lede="Their lede.")
    asked = form_on(author.post(change_address(stored), mine), "conflict")
    assert asked["choose-day-lede"] == "mine"
    assert sent_to(author.post(change_address(stored), asked)) == change_address(stored)
    assert Day.objects.get().lede == "My lede."


def test_each_place_can_be_chosen_by_itself(author: Client, other: Client, stored: Day):
    mine = opened(author, stored) | {
        "lede": "My lede.",
        "tasks-0-human_hours": "5h",
        "tasks-1-description": "Mine",
    }
    meanwhile(other, stored, lede="Their lede.", tasks__0__human_hours="6h", tasks__1__description="Theirs")
    asked = form_on(author.post(change_address(stored), mine), "conflict")
    key = rows_of(stored)[1].pk
    asked |= {"choose-day-lede": "theirs", f"choose-task-{key}-description": "theirs"}
    author.post(change_address(stored), asked)
    assert Day.objects.get().lede == "Their lede."
    assert texts(stored) == ["Alpha: one", "Theirs", "Gamma: three"]
    assert rows_of(stored)[0].human_hours == 5


def test_what_only_the_other_changed_is_proposed_as_theirs(author: Client, other: Client, stored: Day):
    mine = opened(author, stored) | {"tasks-0-human_hours": "5h"}
    meanwhile(other, stored, lede="Their lede.")
    asked = form_on(author.post(change_address(stored), mine), "conflict")
    assert asked["choose-day-lede"] == "theirs"
    assert not any(name.startswith("choose-task") for name in asked)
    author.post(change_address(stored), asked)
    assert Day.objects.get().lede == "Their lede."
    assert rows_of(stored)[0].human_hours == 5


def test_rows_that_the_other_added_are_kept_unless_refused(author: Client, other: Client, stored: Day):
    mine = opened(author, stored) | row(3, "My own: new", "1h", "1m")
    meanwhile(other, stored, **row(3, "Their new one", "2h", "2m"))
    page = author.post(change_address(stored), mine)
    assert "Their new one · 2h · 2m" in page.content.decode()
    author.post(change_address(stored), form_on(page, "conflict"))
    assert texts(stored) == ["Alpha: one", "Beta: two", "Gamma: three", "My own: new", "Their new one"]


def test_rows_that_the_other_added_can_be_left_out(author: Client, other: Client, stored: Day):
    mine = opened(author, stored) | {"lede": "My lede."}
    meanwhile(other, stored, tasks__3__description="Their new one")
    asked = form_on(author.post(change_address(stored), mine), "conflict")
    added = Task.objects.get(description="Their new one")
    author.post(change_address(stored), {**asked, f"choose-task-{added.pk}": "mine"})
    assert texts(stored) == ["Alpha: one", "Beta: two", "Gamma: three"]


def test_a_row_that_the_other_removed_stays_where_i_changed_it(author: Client, other: Client, stored: Day):
    mine = opened(author, stored) | {"tasks-1-description": "Beta: my words"}
    meanwhile(other, stored, tasks__1__remove="on", tasks__2__remove="on")
    page = author.post(change_address(stored), mine)
    assert "Not in theirs" in page.content.decode()
    author.post(change_address(stored), form_on(page, "conflict"))
    assert texts(stored) == ["Alpha: one", "Beta: my words"]


def test_a_row_that_i_removed_and_the_other_changed_is_asked_about(
    author: Client, other: Client, stored: Day
):
    mine = opened(author, stored) | {"tasks-1-remove": "on"}
    meanwhile(other, stored, tasks__1__description="Beta: better")
    asked = form_on(author.post(change_address(stored), mine), "conflict")
    key = Task.objects.get(description="Beta: better").pk
    author.post(change_address(stored), {**asked, f"choose-task-{key}": "theirs"})
    assert texts(stored) == ["Alpha: one", "Beta: better", "Gamma: three"]
    assert Task.objects.filter(pk=key).exists()


def test_nothing_is_asked_where_the_two_agree(author: Client, other: Client, stored: Day):
    mine = opened(author, stored) | {"lede": "The same.", "tasks-0-human_hours": "1d", "title": "Mine"}
    meanwhile(other, stored, lede="The same.")
    assert sent_to(author.post(change_address(stored), mine)) == change_address(stored)
    day = Day.objects.get()
    assert (day.lede, day.title, day.version) == ("The same.", "Mine", 3)


def test_publishing_in_between_is_no_conflict_of_texts(author: Client, stored: Day):
    mine = opened(author, stored) | {"lede": "My lede."}
    publishing.publish(stored)
    author.post(change_address(stored), mine)
    day = Day.objects.get()
    assert (day.lede, day.status) == ("My lede.", "published")


def test_a_third_save_while_choosing_asks_again_and_keeps_the_choices(
    author: Client, other: Client, stored: Day
):
    mine = opened(author, stored) | {"lede": "My lede.", "title": "My title"}
    meanwhile(other, stored, lede="Their lede.", title="Their title")
    asked = form_on(author.post(change_address(stored), mine), "conflict") | {"choose-day-lede": "theirs"}
    meanwhile(other, stored, analysis="A third thing.")
    again = form_on(author.post(change_address(stored), asked), "conflict")
    assert again["choose-day-lede"] == "theirs"
    assert again["choose-day-analysis"] == "theirs"
    author.post(change_address(stored), again)
    day = Day.objects.get()
    assert (day.lede, day.title, day.analysis) == ("Their lede.", "My title", "A third thing.")


def test_a_fault_in_the_chosen_text_is_shown_on_the_form_with_the_rest_kept(
    author: Client, other: Client, stored: Day
):
    mine = opened(author, stored) | {"tasks-0-agent_minutes": "5mm", "title": "Mine"}
    meanwhile(other, stored, lede="Their lede.")
    asked = form_on(author.post(change_address(stored), mine), "conflict")
    page = author.post(change_address(stored), asked)
    assert "“5mm” is not a duration." in page.content.decode()
    again = form_on(page)
    assert (again["lede"], again["title"], again["version"]) == ("Their lede.", "Mine", "2")
    author.post(change_address(stored), again | {"tasks-0-agent_minutes": "5m"})
    assert Day.objects.get().lede == "Their lede."


def test_a_save_that_slips_in_at_the_last_moment_is_shown_the_same_way(
    author: Client, other: Client, stored: Day, monkeypatch: pytest.MonkeyPatch
):
    mine = opened(author, stored) | {"lede": "My lede."}
    read_tasks = day_form.tasks_of

    def read_slowly(day: Day) -> list[Task]:
        tasks = read_tasks(day)
        monkeypatch.setattr(day_form, "tasks_of", read_tasks)
        meanwhile(other, stored, lede="Their lede.")
        return tasks

    monkeypatch.setattr(day_form, "tasks_of", read_slowly)
    page = author.post(change_address(stored), mine).content.decode()
    assert "Their lede." in page
    assert "My lede." in page


def test_a_day_of_that_date_made_in_between_is_a_fault_beside_the_date(
    author: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(DayForm, "clean_date", lambda form: form.cleaned_data["date"])
    draft(tasks=[task()])
    page = author.post("/admin/records/day/add/", {"date": "2026-04-12", **row(0, "Typed twice")})
    assert 'id="id_date_error"' in page.content.decode()
    assert form_on(page)["tasks-0-description"] == "Typed twice"
    assert Day.objects.get().date == APRIL_12


def test_categories_are_shown_by_name(author: Client, other: Client, stored: Day):
    first, second = category("Testing"), category("Frontend")
    mine = opened(author, stored) | {"tasks-0-category": str(first.pk)}
    meanwhile(other, stored, tasks__0__category=str(second.pk))
    page = author.post(change_address(stored), mine).content.decode()
    assert '<pre class="text">Testing</pre>' in page
    assert '<pre class="text">Frontend</pre>' in page


def test_saving_twice_in_one_go_asks_nothing_and_doubles_no_task(author: Client, stored: Day):
    mine = opened(author, stored) | row(3, "Delta: four", "8h", "10m", "2m") | {"lede": "New."}
    for _ in range(2):
        assert sent_to(author.post(change_address(stored), mine)) == change_address(stored)
    assert texts(stored) == ["Alpha: one", "Beta: two", "Gamma: three", "Delta: four"]

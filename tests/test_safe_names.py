"""Safe names at the desk and at the door: shown, replaced by one click, refused in public."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import IntegrityError, connection
from django.test import Client

from records import publishing
from records.models import Correction, Day, SafeName, Task
from tests.desk import author, change_address, opened, sent_to
from tests.factories import APRIL_12, day, draft, task

__all__ = ["author"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def acme(db: None) -> SafeName:
    return SafeName.objects.create(name="acme-prod", stand_in="a host")


def names_page(stored: Day) -> str:
    return f"/admin/records/day/{stored.pk}/names/"


def test_publishing_refuses_a_name_beside_its_task_and_says_what_to_use():
    stored = draft(APRIL_12, [task(), task("Parser: on acme-prod")])
    with pytest.raises(publishing.TasksInvalid) as fault:
        publishing.publish(stored)
    assert list(fault.value.by_row) == [1]
    assert fault.value.by_row[1].message_dict == {
        "description": ["*acme-prod*, a name, must not appear in public. Use *a host*."]
    }
    assert Day.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "On acme-prod"),
        ("lede", "Ask ada@example.com."),
        ("analysis", "In /home/ada/site."),
        ("left_out", "key ghp_abcdefghijklmnopqrstuv12"),
    ],
)
def test_publishing_refuses_what_the_day_itself_gives_away(field: str, text: str):
    with pytest.raises(ValidationError, match="must not appear in public"):
        publishing.publish(draft(APRIL_12, [task()], **{field: text}))


def test_publishing_refuses_a_tag_that_is_a_name():
    with pytest.raises(ValidationError, match="acme-prod"):
        publishing.publish(draft(APRIL_12, [task()], tags=["acme-prod"]))


def test_a_public_day_takes_no_name_in_a_later_save_and_a_draft_does():
    public = day(APRIL_12, [task()])
    public.lede = "On acme-prod."
    with pytest.raises(ValidationError, match="must not appear"):
        publishing.save_day(public)
    assert draft(APRIL_12.replace(day=13), lede="On acme-prod.").pk


def test_names_in_the_steps_of_an_estimate_are_found_and_replaced(author: Client):
    steps = [{"name": "Move acme-prod", "hours": 5}, {"name": "Tests", "hours": 3}]
    stored = draft(APRIL_12, [task(estimate_steps=steps)])
    assert "<del>acme-prod</del> <ins>a host</ins>" in author.get(names_page(stored)).content.decode()
    with pytest.raises(publishing.TasksInvalid) as refused:
        publishing.publish(stored)
    assert "must not appear" in str(refused.value.by_row[0])
    author.post(names_page(stored), {"replace": "1"})
    changed = Task.objects.get()
    assert [step.name for step in changed.steps()] == ["Move a host", "Tests"]
    publishing.publish(stored)
    assert "acme" not in author.get(changed.get_absolute_url()).content.decode()


def test_names_in_the_reason_why_a_claim_stays_are_found_and_replaced():
    said = {"sentence": "Two tasks for acme-prod.", "claim": "Two tasks", "why": "Acme-prod counts twice"}
    stored = draft(APRIL_12, [task()], lede="Two tasks for acme-prod.", kept_claims=[said])
    publishing.use_safe_names(stored)
    assert Day.objects.get().kept_claims == [
        {"sentence": "Two tasks for a host.", "claim": "Two tasks", "why": "A host counts twice"}
    ]


def test_a_task_with_a_name_does_not_move_into_a_public_day():
    draft(APRIL_12, [task("On acme-prod")])
    day(APRIL_12.replace(day=13), [task()])
    with pytest.raises(publishing.TasksInvalid):
        publishing.move_tasks(
            Task.objects.filter(day__date=APRIL_12), APRIL_12.replace(day=13), reason="late"
        )


def test_a_save_says_which_names_are_in_the_draft_and_leads_to_them(author: Client):
    stored = draft(APRIL_12, [task("Parser: on acme-prod")])
    page = author.post(change_address(stored), opened(author, stored), follow=True).content.decode()
    assert "Must not appear in public: acme-prod." in page
    assert names_page(stored) in page


def test_the_names_are_shown_as_a_difference_and_replaced_by_one_click(author: Client):
    stored = draft(APRIL_12, [task("Parser: on acme-prod"), task()], lede="Acme-prod, all day.")
    shown = author.get(names_page(stored)).content.decode()
    assert "<del>acme-prod</del> <ins>a host</ins>" in shown
    assert "<del>Acme-prod</del> <ins>A host</ins>" in shown
    assert Task.objects.filter(description__contains="acme").exists()
    assert sent_to(author.post(names_page(stored), {"replace": "1"})) == change_address(stored)
    assert list(Task.objects.order_by("position").values_list("description", flat=True)) == [
        "Parser: on a host",
        "Parser: reads every form",
    ]
    assert Day.objects.get().lede == "A host, all day."
    assert not Correction.objects.exists()


def test_a_day_without_names_says_so(author: Client):
    assert "No text of this day holds a name" in author.get(names_page(draft())).content.decode()


def test_a_stand_in_that_gives_the_name_away_is_refused(author: Client):
    answer = author.post("/admin/records/safename/add/", {"name": "Acme", "stand_in": "the Acme firm"})
    assert "This still holds the name" in answer.content.decode()


def refused(name: str, stand_in: str) -> dict[str, list[str]]:
    """What is said of a safe name, by field."""
    with pytest.raises(ValidationError) as fault:
        SafeName(name=name, stand_in=stand_in).full_clean()
    return fault.value.message_dict


def test_a_name_is_listed_once_whatever_its_case():
    assert refused("ACME-Prod", "a server") == {
        "name": ["This is listed already, as “acme-prod”. Case does not matter."]
    }
    with pytest.raises(IntegrityError):
        SafeName.objects.create(name="Acme-Prod", stand_in="a server")


def test_a_name_and_its_stand_in_can_be_changed():
    stored = SafeName.objects.get()
    stored.name, stored.stand_in = "Acme-Prod", "a server"
    stored.full_clean()


def test_a_stand_in_that_holds_another_name_is_refused():
    assert refused("Zeta", "the acme-prod client") == {
        "stand_in": ["*acme-prod*, a name, must not appear in public. Use *a host*."]
    }


def test_a_name_that_stands_in_for_another_is_refused():
    assert refused("Host", "a machine") == {
        "name": ["“a host”, written instead of “acme-prod”, holds this name. Change that first."]
    }


def test_a_stand_in_that_must_not_be_public_itself_is_refused_as_what_it_is():
    assert refused("Zeta", "x@y.example") == {
        "stand_in": ["*x@y.example*, an e-mail address, must not appear in public. Take it out."]
    }


def test_a_site_with_names_that_differ_in_case_is_told_what_to_do_before_they_are_held_to_be_one():
    migration = import_module("records.migrations.0008_safe_names_once")
    migration.refuse_twins(apps, None)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX safe_name_once")
    SafeName.objects.create(name="Acme-Prod", stand_in="a server")
    with pytest.raises(CommandError) as fault:
        migration.refuse_twins(apps, None)
    assert "“Acme-Prod”" in str(fault.value)
    assert "“acme-prod”" in str(fault.value)
    (line,) = re.findall(r"manage\.py shell -c '(.*)'", str(fault.value))
    exec(line, {"SafeName": SafeName})
    migration.refuse_twins(apps, None)


def test_before_publishing_all_findings_are_listed_what_must_be_mended_first(author: Client):
    stored = draft(APRIL_12, [task(agent=None), task("Parser: on acme-prod")])
    page = author.get(f"/admin/records/day/{stored.pk}/publish/").content.decode()
    first, *others = [part.split("</b>")[0] for part in page.split("<b>To ")[1:]]
    assert first == "mend: Task 2, description."
    assert others == ["mend: Task 1.", "look at: Lede.", "look at: Category."]
    assert f"{change_address(stored)}#task-" in page


HALF_A_YEAR = "99,999 h is more than half a year of work, 1,040 h."
FAR = "× is far above the highest factor on record, 48.0×."


@pytest.mark.parametrize(
    ("hours", "minutes", "said"),
    [
        (
            "99999",
            "0.01",
            [HALF_A_YEAR, "0.01 min is less than a minute.", "599,994,000.0× is beyond 10,000×."],
        ),
        ("80", "0.5", ["0.5 min is less than a minute.", f"9,600.0{FAR}"]),
        ("0.1", "8", ["0.75× says that the agent took longer than a human would have."]),
        ("8", "3", [f"160.0{FAR}"]),
    ],
)
def test_before_publishing_figures_that_are_seldom_meant_are_told(
    author: Client, hours: str, minutes: str, said: list[str]
):
    day(APRIL_12 - timedelta(days=1), [task()])
    stored = draft(APRIL_12, [task(hours=hours, agent=minutes), task()], lede="Long.")
    publish = f"/admin/records/day/{stored.pk}/publish/"
    page = author.get(publish).content.decode()
    assert f"<b>To look at: Task 1.</b> {' '.join([*said, 'Is every unit right?'])}" in page
    assert "look at: Task 2" not in page
    assert sent_to(author.post(publish, {"perform": "1"})) == change_address(stored)


def test_a_large_task_as_they_come_is_not_remarked_on(author: Client):
    stored = draft(APRIL_12, [task(hours="80", agent="1"), task(hours="1", agent="60")])
    assert (
        "Is every unit right?" not in author.get(f"/admin/records/day/{stored.pk}/publish/").content.decode()
    )


def test_publishing_says_what_will_happen(author: Client):
    stored = draft(APRIL_12, [task()])
    page = author.get(f"/admin/records/day/{stored.pk}/publish/").content.decode()
    assert "Publish Sunday, April 12, 2026? 1 task, 8 h, 48.0×." in page
    assert "Figures changed later appear as corrections." in page

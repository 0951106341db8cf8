"""Claims that the figures refute: shown while typing, warned of on save, asked about on publishing, kept."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from records import publishing
from records.importers.day import ImportedDay, ImportedTask, Severity
from records.importers.storing import How, store
from records.models import Correction, Day, SiteProfile
from records.summaries.claims import claims_of, refuted
from tests.desk import ADD, author, change_address, form_on, opened, row, sent_to
from tests.factories import APRIL_12, day, draft, task
from tests.pages import html_of, text_of

__all__ = ["author"]

FACTS = "/admin/records/day/facts/"
WRONG = "Three tasks took 30 hours. The factor was 48.0×."


@pytest.fixture
def stored(db: None) -> Day:
    """A draft of two tasks, 16 hours and 20 minutes, whose lede counts three and 30 hours."""
    return draft(tasks=[task("Alpha"), task("Beta")], lede=WRONG)


def publish_page(of: Day) -> str:
    return f"/admin/records/day/{of.pk}/publish/"


def keep_fields(html: str) -> list[str]:
    """The names of the fields that say why a claim stays, in order."""
    return re.findall(r'name="(keep-[0-9a-f]{16})"', html)


def panel(author: Client, of: Day, **typed: str) -> str:
    answer = author.post(f"{FACTS}?day={of.pk}", opened(author, of) | typed)
    assert "no-store" in answer["Cache-Control"]
    return str(html_of(answer))


# On save


def test_a_save_says_which_claims_are_refuted_and_is_never_refused(author: Client, stored: Day):
    page = author.post(change_address(stored), opened(author, stored), follow=True)
    html = html_of(page)
    assert "Disagrees with the figures: “Three tasks”, “30 hours”. Show the place." in text_of(html)
    link = re.search(rf'href="({change_address(stored)}\?facts=[0-9a-f]{{16}}#facts)"', html)
    assert link
    shown = html_of(author.get(link[1].removesuffix("#facts")))
    assert f'id="claim-{link[1][-22:-6]}"' in shown
    assert Day.objects.get().version == 2


def test_a_save_of_what_is_true_says_nothing(author: Client, stored: Day):
    typed = opened(author, stored) | {"lede": "{{ tasks|Words }} tasks took {{ hours }} hours and 93 tools."}
    page = author.post(change_address(stored), typed, follow=True)
    assert "Disagrees" not in text_of(html_of(page))


# In the editor


def test_the_panel_shows_refuted_claims_with_the_truth_and_counts_the_others(author: Client, stored: Day):
    text = text_of(panel(author, stored, analysis="It has 93 tools. In all Claude ran for 20 minutes."))
    assert "2 claims disagree with the figures. 2 agree. 1 figure about the work was not judged." in text
    assert "Lede: Three tasks took 30 hours. The figures say: 2 tasks." in text
    assert "The figures say: 16 h for the day." in text
    assert "93 tools" not in text
    assert Day.objects.get().version == 1


def test_the_panel_is_about_what_is_typed(author: Client, stored: Day):
    assert "Nothing disagrees" in panel(
        author, stored, **{"tasks-0-human_hours": "22h"}, lede="In all 30 human hours."
    )
    new = {"date": "2026-04-13", "lede": "Nine tasks.", **row(0, "Alpha", "8h", "5m")}
    assert "The figures say: 1 task." in text_of(html_of(author.post(FACTS, new)))


def test_only_who_may_save_the_day_has_it_checked(client: Client, stored: Day, django_user_model: Any):
    client.force_login(django_user_model.objects.create_user("bob", is_staff=True))
    assert client.post(f"{FACTS}?day={stored.pk}", {}).status_code == 403
    client.logout()
    assert "/admin/login/" in sent_to(client.post(FACTS, {}))


def test_what_is_typed_and_claimed_is_escaped(author: Client, stored: Day):
    html = panel(author, stored, lede='<b title="x">Nine tasks</b> & "<script>"')
    assert "<script>" not in html
    assert "<b title" not in html


def test_without_script_a_button_checks_and_loses_nothing(author: Client, stored: Day):
    typed = opened(author, stored) | {"title": "Not saved", "tasks-0-human_hours": "lots", "_facts": "1"}
    page = author.post(change_address(stored), typed)
    assert "The figures say: 2 tasks." in text_of(html_of(page))
    form = form_on(page)
    assert (form["title"], form["lede"]) == ("Not saved", WRONG)
    assert form["tasks-0-human_hours"] == "lots"
    assert Day.objects.get().version == 1


PLACES = [
    ("Three tasks.", "{{ tasks|Words }} tasks."),
    ("In all, **three** tasks.", "In all, **{{ tasks|words }}** tasks."),
    ("Two tasks. In all, about 40 human hours.", "Two tasks. In all, {{ hours }} human hours."),
    ("On average 52.0x.", "On average {{ factor }}."),
    ("🎉 [The 9 tasks](task:1) took all day.", "🎉 [The {{ tasks }} tasks](task:1) took all day."),
    ("{{ task.2.name }} took 9 hours.", "{{ task.2.name }} took {{ task.2.hours }} hours."),
]


@pytest.mark.parametrize(("typed", "then"), PLACES)
def test_a_live_figure_takes_the_place_of_what_it_writes(author: Client, stored: Day, typed: str, then: str):
    form = opened(author, stored) | {"lede": typed}
    html = html_of(author.post(change_address(stored), form | {"_facts": "1"}))
    key = re.search(r'name="_use" value="([0-9a-f]{16})"', html)
    assert key
    page = author.post(change_address(stored), form | {"_use": key[1]})
    assert form_on(page)["lede"] == then
    assert "disagree" not in text_of(html_of(page)).split("Facts", 1)[1].split("agree")[0]
    assert Day.objects.get().version == 1


def test_a_task_is_called_by_its_number_on_the_screen(author: Client, stored: Day):
    form = opened(author, stored) | {"tasks-0-remove": "on", "lede": "{{ task.2.name }} took 9 hours."}
    html = html_of(author.post(change_address(stored), form | {"_facts": "1"}))
    key = re.search(r'name="_use" value="([0-9a-f]{16})"', html)
    assert key
    saved = form_on(author.post(change_address(stored), form | {"_use": key[1]}))
    author.post(change_address(stored), saved)
    assert re.fullmatch(
        r"\{\{ task.id(\d+).name \}\} took \{\{ (task\.id\1\.)?hours \}\} hours\.", Day.objects.get().lede
    )


def test_where_no_live_figure_fits_it_says_so(author: Client, stored: Day):
    page = author.post(change_address(stored), opened(author, stored) | {"_use": "0" * 16})
    assert "No live figure can take that place." in text_of(html_of(page))
    assert form_on(page)["lede"] == WRONG


# Kept, with a reason


def keep_all(author: Client, of: Day, why: str = "counts the import twice") -> None:
    names = keep_fields(panel(author, of))
    author.post(change_address(of), opened(author, of) | dict.fromkeys(names, why))


def test_a_claim_is_kept_with_a_reason_and_not_asked_about_again(author: Client, stored: Day):
    keep_all(author, stored)
    assert Day.objects.get().kept_claims == [
        {"sentence": "Three tasks took 30 hours.", "claim": claim, "why": "counts the import twice"}
        for claim in ("Three tasks", "30 hours")
    ]
    page = author.post(change_address(stored), opened(author, stored), follow=True)
    assert "Disagrees" not in text_of(html_of(page))
    shown = text_of(panel(author, stored))
    assert "Nothing disagrees with the figures." in shown
    assert "Kept Lede: Three tasks took 30 hours. The figures say: 2 tasks. It stays because" in shown
    assert (
        Day.objects.get().revisions.latest("number").snapshot["kept_claims"] == Day.objects.get().kept_claims
    )


def test_a_reason_that_is_taken_away_is_asked_for_again(author: Client, stored: Day):
    keep_all(author, stored)
    first, _ = keep_fields(panel(author, stored))
    author.post(change_address(stored), opened(author, stored) | {first: " "})
    (kept,) = Day.objects.get().kept()
    assert kept.claim == "30 hours"
    assert [claim.finding.claim for claim in refuted(claims_of(Day.objects.get(), SiteProfile.load()))] == [
        "Three tasks"
    ]


def test_a_reworded_sentence_is_a_new_claim(author: Client, stored: Day):
    keep_all(author, stored)
    author.post(change_address(stored), opened(author, stored) | {"lede": "Three tasks, no less."})
    assert Day.objects.get().kept_claims == []


def test_a_reason_that_was_typed_survives_a_fault_and_the_working_copy(author: Client, stored: Day):
    name = keep_fields(panel(author, stored))[0]
    typed = opened(author, stored) | {name: "on purpose", "tasks-0-human_hours": "lots"}
    assert form_on(author.post(change_address(stored), typed))[name] == "on purpose"
    typed["lede"] = "Something else."
    assert form_on(author.post(change_address(stored), typed))[name] == "on purpose"
    author.post(f"/admin/records/day/{stored.pk}/keep/", typed)
    assert form_on(author.get(f"{change_address(stored)}?kept=1"))[name] == "on purpose"


def test_a_restored_revision_brings_its_reasons_back(author: Client, stored: Day):
    keep_all(author, stored)
    kept = Day.objects.get().kept_claims
    author.post(change_address(stored), opened(author, stored) | {"lede": "Two tasks."})
    publishing.restore_revision(stored, 2)
    assert Day.objects.get().kept_claims == kept


@pytest.mark.parametrize(
    "kept",
    [
        "all",
        [{"claim": "Three tasks", "why": "x"}],
        [{"sentence": "s", "claim": "c", "why": " "}],
        [{"sentence": "s", "claim": "c", "why": "x" * 301}],
        [{"sentence": "s", "claim": "c", "why": "\x00"}],
    ],
)
def test_no_other_way_in_stores_what_is_no_kept_claim(db: None, kept: Any):
    with pytest.raises(ValidationError, match="Kept claims are"):
        draft(kept_claims=kept)


def test_the_command_counts_what_is_kept_as_unjudged(author: Client, stored: Day, capsys: Any):
    with pytest.raises(SystemExit):
        call_command("check_prose", "2026-04-12")
    keep_all(author, stored)
    capsys.readouterr()
    call_command("check_prose", "2026-04-12", "--json")
    printed = capsys.readouterr().out
    assert '"verdict": "unjudged"' in printed
    assert '"truth": "2 tasks; kept: counts the import twice"' in printed


# On publishing


def test_refuted_claims_are_listed_before_publishing_and_lead_to_their_places(author: Client, stored: Day):
    html = html_of(author.get(publish_page(stored)))
    assert "Disagrees with the figures: Lede. “Three tasks”, but: 2 tasks." in text_of(html)
    assert re.search(rf'{change_address(stored)}\?facts=[0-9a-f]{{16}}#facts">Show the place', html)
    assert html.index("Disagrees") < html.index("To look at: Category")


def test_publishing_takes_a_second_yes_with_a_reason_which_is_recorded(author: Client, stored: Day):
    page = text_of(html_of(author.post(publish_page(stored), {"perform": "1"})))
    assert "Mend the text first, or tick this and say why the claims stay." in page
    assert "Say why they stay" in page
    half = author.post(publish_page(stored), {"perform": "1", "although": "on"})
    assert "Say why they stay" in text_of(html_of(half))
    assert Day.objects.get().status == Day.Status.DRAFT
    said = {"perform": "1", "although": "on", "keep_claims": "counts the import twice"}
    assert sent_to(author.post(publish_page(stored), said)) == change_address(stored)
    public = Day.objects.get()
    assert public.is_visible()
    noted = "Published with 2 claims that disagree with the figures (counts the import twice)"
    assert public.revisions.latest("number").reason == noted
    assert {each.why for each in public.kept()} == {"counts the import twice"}


def test_nothing_is_asked_of_prose_that_is_right_or_kept(author: Client, stored: Day):
    keep_all(author, stored)
    page = author.get(publish_page(stored))
    assert "although" not in html_of(page)
    assert "“Three tasks”, but: 2 tasks. It stays: counts the import twice" in text_of(html_of(page))
    author.post(publish_page(stored), {"perform": "1"})
    assert Day.objects.get().is_visible()


def test_a_withdrawn_day_comes_back_with_both_reasons(author: Client):
    public = day(tasks=[task("Alpha")])
    publishing.withdraw(public, reason="Wrong")
    typed = opened(author, public) | {"lede": "Nine tasks.", "tasks-0-human_hours": "9h"}
    author.post(change_address(public), typed)
    said = {"perform": "1", "although": "on", "keep_claims": "a quotation", "reason": "measured again"}
    author.post(publish_page(public), said)
    back = Day.objects.get()
    assert back.is_visible()
    latest = back.revisions.latest("number")
    assert latest.reason == (
        "Published with a claim that disagrees with the figures (a quotation): measured again"
    )
    assert set(Correction.objects.values_list("reason", flat=True)) == {"Wrong", "measured again"}


def test_the_door_itself_refuses_refuted_claims_without_a_reason(stored: Day):
    with pytest.raises(publishing.ClaimsRefuted, match="“Three tasks”, but: 2 tasks") as refused:
        publishing.publish(stored, at=None)
    assert len(refused.value.claims) == 2
    with pytest.raises(publishing.ClaimsRefuted):
        publishing.publish(stored, keep_claims="  ")
    publishing.publish(stored, keep_claims="on purpose")
    publishing.publish(stored)
    assert Day.objects.get().is_visible()


def test_what_is_public_already_is_saved_with_a_warning(author: Client):
    public = day(tasks=[task("Alpha")])
    page = author.post(change_address(public), opened(author, public) | {"lede": "Nine tasks."}, follow=True)
    assert "Disagrees with the figures: “Nine tasks”." in text_of(html_of(page))
    assert Day.objects.get().lede == "Nine tasks."


def test_claims_are_held_against_the_public_days_as_they_are_then(author: Client):
    day(APRIL_12 - timedelta(days=1), [task(f"Task {number}") for number in range(5)])
    new = draft(tasks=[task("Alpha")], lede="The highest task count so far.")
    assert "Disagrees with the figures: Lede." in text_of(html_of(author.get(publish_page(new))))


def test_an_imported_page_is_published_as_it_is_and_its_claims_are_doubts(db: None):
    tasks = (ImportedTask(1, "Alpha", human_hours=task().human_hours, agent_minutes=task().agent_minutes),)
    page = ImportedDay("html", APRIL_12, tasks, lede="Nine tasks. Quick.", path="/old/page.html")
    kept_as_draft = store(page, How())
    assert kept_as_draft.problems == ()
    Day.objects.all().delete()
    done = store(page, How(publish=True))
    (doubt,) = done.problems
    assert (doubt.severity, doubt.column, doubt.value) == (Severity.DOUBT, "lede", "Nine tasks")
    assert "The figures say otherwise: 1 task." in doubt.reason
    assert Day.objects.get().is_visible()
    assert Day.objects.get().kept_claims == []
    with pytest.raises(SystemExit):
        call_command("check_prose")


def test_a_new_day_is_checked_too(author: Client):
    typed = {"date": "2026-04-12", "lede": "Nine tasks.", "_facts": "1", **row(0, "Alpha", "8h", "5m")}
    page = author.post(ADD, typed)
    assert "The figures say: 1 task." in text_of(html_of(page))
    assert not Day.objects.exists()

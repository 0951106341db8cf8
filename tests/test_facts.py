"""The fact check: what is found in sentences about a record, and what the data say of it."""

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from records import facts, publishing
from records.facts import DayFigures, Figures, Finding, TaskFigures, Verdict
from records.leverage import Totals
from records.management.demo_data import DATA, load_demo
from records.models import Day, name_in
from tests import factories

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "fact_sentences.json").read_text(encoding="utf-8")
)
SENTENCES = [tuple(row) for row in TABLE["sentences"]]
SEED = sorted((Path(__file__).parents[2] / "shared" / "seed").glob("*.txt"))
OF_RECORD = re.compile(r"\d ?[x×]|\b(?:hours?|minutes?|tasks?|weeks|tokens)\b|%", re.IGNORECASE)


@cache
def april_12() -> tuple[TaskFigures, ...]:
    with (DATA / "2026-04-12.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_task(row) for row in csv.DictReader(file))


def _task(row: dict[str, str]) -> TaskFigures:
    return TaskFigures(
        position=int(row["position"]),
        name=name_in(row["description"]),
        description=row["description"],
        category=re.sub(r"[^a-z]+", "-", row["category"].lower()),
        category_name=row["category"],
        human_hours=Decimal(row["human_hours"]),
        agent_minutes=Decimal(row["agent_minutes"]),
        supervisory_minutes=Decimal(row["supervisory_minutes"]),
    )


def other_day(on: str, tasks: int, hours: str, minutes: str, supervision: str) -> DayFigures:
    """A day of so many tasks, all of a size."""
    human, agent, supervised = (Decimal(value) / tasks for value in (hours, minutes, supervision))
    rows = [
        TaskFigures(place, "Task", human_hours=human, agent_minutes=agent, supervisory_minutes=supervised)
        for place in range(tasks)
    ]
    return DayFigures(date.fromisoformat(on), Totals.of(rows))


@cache
def figures(series: str = "alone") -> Figures:
    others = tuple(other_day(*row) for row in TABLE["series"][series])
    return Figures(date(2026, 4, 12), april_12(), others, tokens=4_129_000)


@cache
def verdicts(text: str, series: str = "calm") -> dict[str, str]:
    return {finding.claim: finding.verdict.value for finding in facts.check(text, figures(series))}


def the_only(text: str, series: str = "calm") -> Finding:
    (finding,) = facts.check(text, figures(series))
    return finding


def sentences(*kinds: str) -> list[tuple[str, set[str]]]:
    return [(text, set(verdicts(text, series).values())) for text, kind, series in SENTENCES if kind in kinds]


# The table


def test_it_raises_no_false_alarm():
    found = sentences("true", "quiet", "work")
    assert len(found) > 300
    assert [text for text, said in found if "refuted" in said] == []


def test_it_confirms_what_is_true():
    assert [text for text, said in sentences("true") if "confirmed" not in said] == []


def test_it_finds_false_figures():
    found = sentences("false")
    missed = [text for text, said in found if "refuted" not in said]
    assert len(missed) / len(found) <= 0.05, missed


def test_it_finds_false_superlatives_and_comparisons():
    found = sentences("false rank")
    missed = [text for text, said in found if "refuted" not in said]
    assert len(missed) / len(found) <= 0.2, missed


def test_what_all_of_some_tasks_share_is_not_said_of_every_task():
    said = verdicts(
        "The three lowest factors, from 10.91× to 12.0×, all belong to jobs of two hours or less."
    )
    assert "refuted" not in said.values()


def test_figures_about_the_work_are_neither_right_nor_wrong():
    assert [text for text, said in sentences("work") if said - {"unjudged"}] == []


def _changed() -> Iterator[tuple[str, str]]:
    """Every other true sentence with one confirmed figure made a sixth larger or smaller; no thresholds."""
    threshold = re.compile(
        r"first|exceed|above|below|under|over|more|fewer|less|past|beat|broke|cleared|topped|fell", re.I
    )
    for text, kind, series in SENTENCES[::2]:
        if kind != "true" or threshold.search(text):
            continue
        for finding in facts.check(text, figures(series)):
            number = re.search(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?", finding.claim)
            if number and finding.verdict is Verdict.CONFIRMED and not re.search("April", finding.claim):
                for changed in _other(number[0]):
                    start = finding.start + number.start()
                    yield text[:start] + changed + text[start + len(number[0]) :], series


def _other(number: str) -> list[str]:
    value = Decimal(number.replace(",", ""))
    place = Decimal(1).scaleb(int(value.as_tuple().exponent))
    steps = [(value * share).quantize(place) for share in (Decimal("1.17"), Decimal("0.83"))]
    return [f"{step if step != value else value + 1:,}" for step in steps]


def test_hardly_any_figure_can_be_changed_unseen():
    changed = list(_changed())
    missed = [text for text, series in changed if "refuted" not in verdicts(text, series).values()]
    assert len(changed) > 150
    assert len(missed) / len(changed) <= 0.08, missed


# One by one


def test_it_marks_the_place_and_names_truth_and_live_figure():
    text = "A quiet start.\n\nThe weighted average was **120.5×** for the day."
    finding = the_only(text)
    assert text[finding.start : finding.end] == finding.claim == "120.5×"
    assert finding.verdict is Verdict.REFUTED
    assert finding.truth == "119.5× for the day"
    assert finding.live == "factor"
    assert finding.sentence == "The weighted average was **120.5×** for the day."


@pytest.mark.parametrize(
    ("text", "live"),
    [
        ("1,222.75 human hours in all.", "hours"),
        ("That is 30.6 working weeks.", "weeks"),
        ("Thirty-seven tasks.", "tasks"),
        ("Supervisory leverage was 524.0x.", "supervisory_factor"),
        ("The agent ran for 614 minutes in all.", "minutes"),
        ("Supervision came to 140 minutes.", "supervisory_minutes"),
        ("Some 4.13 million tokens.", "tokens"),
        ("The highest factor was 480.0x.", "top.1.factor"),
        ("The two largest tasks hold 640 hours.", "largest.1-2.hours"),
        ("The two largest tasks hold 52% of the hours.", "share.largest.1-2.hours"),
        ("The lowest factor was 10.91x.", "bottom.1.factor"),
        ("The notification service reached 137.14x.", "task.8.factor"),
        ("The testing tasks averaged 65.2x.", "category.testing.factor"),
        ("It was 98.5x the day before.", "previous.factor"),
    ],
)
def test_it_names_the_live_figure_that_states_the_truth(text: str, live: str):
    assert live in [finding.live for finding in facts.check(text, figures("calm"))]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("About 1,200 hours of human work.", "confirmed"),
        ("Twelve hundred hours of human work.", "confirmed"),
        ("About 1,300 hours of human work.", "refuted"),
        ("Roughly thirty working weeks.", "confirmed"),
        ("Roughly forty working weeks.", "refuted"),
        ("Over two hours of supervision.", "confirmed"),
        ("Over three hours of supervision.", "refuted"),
        ("Less than two and a half hours of supervision.", "confirmed"),
        ("Less than two hours of supervision.", "refuted"),
        ("Nearly 40 tasks were logged.", "confirmed"),
        ("Nearly 37 tasks were logged.", "refuted"),
    ],
)
def test_rounded_words_are_true_within_their_own_rounding(text: str, verdict: str):
    assert the_only(text).verdict.value == verdict


def test_a_record_without_other_days_judges_no_superlative():
    text = "The busiest day of the week, with the highest factor so far and twice yesterday's hours."
    assert set(verdicts(text, "alone").values()) == {"unjudged"}


def test_figures_of_a_paragraph_lean_on_those_before_them():
    text = "Nine tasks were put at two hours or less. They took 40 minutes for 9.75 hours, a factor of 14.6×."
    assert set(verdicts(text).values()) == {"confirmed"}


def test_numbers_in_a_quoted_title_are_no_claims():
    task = TaskFigures(1, "Load test with 500 users", human_hours=Decimal(8), agent_minutes=Decimal(10))
    found = facts.check("“Load test with 500 users” reached 48.0×.", Figures(date(2026, 4, 12), (task,)))
    assert [(finding.claim, finding.verdict.value) for finding in found] == [("48.0×", "confirmed")]


def test_an_agent_by_another_name_is_known():
    tasks = (TaskFigures(1, "Parser", human_hours=Decimal(8), agent_minutes=Decimal(90)),)
    there = Figures(date(2026, 4, 12), tasks, agent_name="Botilda")
    (finding,) = facts.check("Botilda ran for three hours in all.", there)
    assert (finding.verdict, finding.truth) == (Verdict.REFUTED, "90 min for the day")


def test_it_reads_the_text_of_rendered_prose():
    html = "<p>Thirty-seven <em>tasks</em>.\n<br>And</p><ul><li>640&nbsp;hours</li></ul>"
    assert facts.plain(html) == "Thirty-seven tasks. And\n\n640 hours"


def test_a_live_figure_is_right_by_itself_and_what_is_said_of_it_is_judged():
    html = '<p>The day brought <a href="#s"><data value="9">9</data></a> tasks at <data>77.7×</data>,'
    shown = facts.read(f"{html} <data>nine</data> testing tasks and over <data>9,999</data> human hours.</p>")
    assert [shown.text[start:end] for start, end in shown.live] == ["9", "77.7×", "nine", "9,999"]
    found = facts.check(shown.text, figures("calm"), shown.live)
    assert [(each.claim, each.verdict.value) for each in found] == [
        ("9 tasks", "confirmed"),
        ("77.7×", "confirmed"),
        ("nine testing tasks", "refuted"),
        ("over 9,999 human hours", "refuted"),
    ]
    assert "confirmed" not in verdicts(shown.text).values()


# Hostile texts


@given(st.text(alphabet=st.sampled_from(" .,;:-–()\"'%×x0123456789aetk\n"), max_size=300))
def test_any_text_of_figures_is_read(text: str):
    for finding in facts.check(text, figures("calm")):
        assert text[finding.start : finding.end] == finding.claim


WORDS = (
    "the task tasks hours minutes 12 1.5x highest since March yesterday more than twice of a record day no"
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=40), st.sampled_from([(), april_12()]))
def test_any_row_of_words_is_read(words: list[str], tasks: tuple[TaskFigures, ...]):
    text = " ".join(words)
    there = Figures(date(2026, 4, 12), tasks, figures("calm").others)
    for finding in facts.check(text, there):
        assert text[finding.start : finding.end] == finding.claim


@pytest.mark.parametrize(
    "unit",
    ["1.5x ", "12 tasks ", "more than yesterday ", "9", "..", "\n ", "twenty-one hundred and ", "since "],
)
def test_hostile_texts_take_time_that_grows_with_them(unit: str):
    text = (unit * 16_000)[:16_000]
    started = time.process_time()
    facts.check(text[:4_000], figures("calm"))
    short = time.process_time() - started
    facts.check(text, figures("calm"))
    assert time.process_time() - started < 7 * max(short, 0.1)


# The pages there are


def test_the_page_that_started_it_is_found_right():
    for path in SEED:
        page = path.read_text(encoding="utf-8")
        lede, rest = (
            page.split("About These Records")[0].split("let's talk.")[1],
            page.split("\nAnalysis\n")[1],
        )
        found = facts.check(f"{lede}\n\n{rest.split('Let')[0]}", figures())
        assert [finding for finding in found if finding.verdict is Verdict.REFUTED] == []
        left = [finding.claim for finding in found if finding.verdict is Verdict.UNJUDGED]
        assert [claim for claim in left if OF_RECORD.search(claim)] == []
        assert len(found) - len(left) >= 25


def check_prose(*dates: str) -> list[dict[str, str]]:
    output = io.StringIO()
    try:
        call_command("check_prose", *dates, "--json", stdout=output)
    finally:
        claims: list[dict[str, str]] = json.loads(output.getvalue() or "[]")
    return claims


@pytest.mark.django_db
def test_the_prose_of_the_demo_is_true():
    load_demo()
    claims = check_prose()
    assert len(claims) > 1000
    assert len({claim["date"] for claim in claims}) == 101
    unjudged = [claim for claim in claims if claim["verdict"] == "unjudged"]
    assert len(unjudged) < 50


def a_day(lede: str, **values: Any) -> Day:
    tasks = [
        factories.task("Parser: reads every form", "8", "10", "2"),
        factories.task("Writer", "4", "20", "2"),
    ]
    return factories.day(tasks=tasks, lede=lede, **values)


@pytest.mark.django_db
def test_the_command_reports_claims_as_json_and_exits_with_1_on_a_refuted_one():
    a_day("Three tasks. The weighted average was 24.0×.", analysis="The parser reads 93 forms.")
    output = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_prose", "--json", stdout=output)
    assert stopped.value.code == 1
    first, second, third = json.loads(output.getvalue())
    assert first == {
        "date": "2026-04-12",
        "field": "lede",
        "sentence": "Three tasks.",
        "claim": "Three tasks",
        "verdict": "refuted",
        "truth": "2 tasks",
    }
    assert (second["verdict"], third["field"], third["verdict"]) == ("confirmed", "analysis", "unjudged")


@pytest.mark.django_db
def test_the_command_reads_what_readers_read():
    a_day("{{ tasks|Words }} tasks averaged {{ factor }}. {{ task.2.name }} reached 12.0×.")
    assert [(claim["sentence"], claim["claim"], claim["verdict"]) for claim in check_prose()] == [
        ("Two tasks averaged 24.0×.", "Two tasks", "confirmed"),
        ("Two tasks averaged 24.0×.", "24.0×", "confirmed"),
        ("Writer reached 12.0×.", "12.0×", "confirmed"),
    ]


@pytest.mark.django_db
def test_the_command_tells_people_what_is_wrong_where():
    a_day("Three tasks.")
    output = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("check_prose", stdout=output, no_color=True)
    assert "2026-04-12, lede" in output.getvalue()
    assert "“Three tasks” but: 2 tasks" in output.getvalue()
    assert "1 day checked: 1 refuted, 0 unjudged, 0 confirmed." in output.getvalue()


@pytest.mark.django_db
def test_the_command_checks_drafts_when_they_are_named():
    a_day("Two tasks.", status=Day.Status.DRAFT, published_at=None)
    assert check_prose() == []
    assert [claim["verdict"] for claim in check_prose("2026-04-12")] == ["confirmed"]


@pytest.mark.django_db
def test_a_day_is_compared_with_published_days_alone():
    a_day("More tasks than the day before.")
    factories.draft(date(2026, 4, 11), [factories.task()])
    assert [claim["verdict"] for claim in check_prose()] == ["unjudged"]
    factories.day(date(2026, 4, 10), [factories.task()])
    publishing.publish(Day.objects.get(date=date(2026, 4, 11)))
    assert [claim["verdict"] for claim in check_prose()] == ["confirmed"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("April 12", "is not a date. Try 2026-04-12."),
        ("20260412", "is not a date. Try 2026-04-12."),
        ("2026-04-12", "no day"),
    ],
)
def test_the_command_refuses_what_is_no_day(typed: str, message: str):
    with pytest.raises(CommandError, match=message) as refused:
        call_command("check_prose", typed)
    assert refused.value.returncode == 2

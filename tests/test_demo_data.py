"""The demo: what it loads, and that its prose says nothing its figures do not."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from records import formats, leverage
from records.leverage import Totals
from records.management.demo_data import APRIL_12, DRAFT, SCHEDULED, load_demo
from records.models import Category, Day, SiteProfile, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def april_12() -> Day:
    load_demo()
    return Day.objects.get(date=APRIL_12)


def _tasks(chosen: Callable[[Task], object] = lambda task: True) -> list[Task]:
    return [
        task for task in Task.objects.filter(day__date=APRIL_12).select_related("category") if chosen(task)
    ]


def _in_category(name: str) -> list[Task]:
    return _tasks(lambda task: task.category and task.category.name == name)


def _factor(tasks: Iterable[Task]) -> str:
    return f"{formats.average_factor(Totals.of(tasks).leverage.value)}×"


def _whole(value: Decimal | None) -> str:
    return formats.quantity(value)


def _words(text: str) -> str:
    return " ".join(text.split())


def test_april_12_has_the_figures_it_is_known_for(april_12: Day):
    totals = april_12.totals()
    assert (totals.tasks, totals.human_hours) == (37, Decimal("1222.75"))
    assert (totals.agent_minutes, totals.supervisory_minutes) == (Decimal(614), Decimal(140))
    assert formats.average_factor(totals.leverage.value) == "119.5"
    assert formats.average_factor(totals.supervision.value) == "524.0"
    assert april_12.tokens() == 4_129_000
    assert [tag.name for tag in april_12.tags.all()] == ["AI", "Time Record"]
    assert not april_12.sample


def test_april_12_lists_its_factors_highest_first(april_12: Day):
    factors = [formats.task_factor(t.leverage_factor()) for t in april_12.tasks.by_factor()]
    assert factors[:4] == ["480.0", "320.0", "192.0", "160.0"]
    assert factors[7] == "137.14"
    assert factors[-1] == "10.91"


def test_april_12_is_the_latest_record_a_visitor_sees(april_12: Day):
    visible = Day.objects.visible().newest_first()
    assert visible[0] == april_12
    assert visible.count() == 101
    assert not visible.exclude(date=APRIL_12).exclude(sample=True).exists()


def test_one_day_is_scheduled_and_one_a_draft_with_figures_missing():
    load_demo()
    scheduled, draft = Day.objects.get(date=SCHEDULED), Day.objects.get(date=DRAFT)
    assert scheduled.is_scheduled()
    assert scheduled.sample
    assert draft.status == Day.Status.DRAFT
    assert Task.objects.filter(day=draft, human_hours=None).count() == 1


def test_the_profile_is_filled_and_marked_as_the_demos():
    load_demo()
    profile = SiteProfile.load()
    assert profile.author_name == "Ada Example"
    assert profile.filled_by_demo
    assert all([profile.author_box, profile.about_records, profile.call_to_action, profile.licence_url])
    assert profile.objections.count("### ") >= 5


def test_the_categories_are_described_and_in_order():
    load_demo()
    categories = list(Category.objects.in_order())
    assert [categories[0].name, categories[-1].name] == ["Full-stack build", "Tooling & MCP"]
    assert len(categories) == 9
    assert all(category.description for category in categories)


def test_it_is_loaded_once():
    load_demo()
    with pytest.raises(ValidationError, match="There is a day already"):
        load_demo()
    assert Day.objects.count() == 103


def test_every_figure_of_the_lede_follows_from_the_rows(april_12: Day):
    totals = april_12.totals()
    rows = _tasks()
    two = leverage.largest(rows, 2)
    rest = [row for row in rows if row not in two]
    _check_prose(
        april_12.lede,
        [
            f"They hold {_whole(Totals.of(two).human_hours)} of the day's {_whole(totals.human_hours)} human",
            f"the weighted factor of {_factor(rows)} leans on two estimates.",
            f"Without them it is {_factor(rest)}.",
            f"The other {len(rest)} tasks",
            {9: "nine"}[len(_in_category("Websites & content"))] + " jobs on websites",
            f"The agent ran for {_whole(totals.agent_minutes)} minutes in all.",
            f"reviewing it took {_whole(totals.supervisory_minutes)}.",
        ],
    )


def test_every_figure_of_the_analysis_follows_from_the_rows(april_12: Day):
    _check_prose(
        april_12.analysis,
        [*_on_the_wiki(), *_on_the_average(), *_on_security(), *_on_small_jobs(), *_on_attention()],
    )


def _on_the_wiki() -> list[str]:
    wiki = _tasks(lambda task: "team wiki" in task.description.lower())
    build = max(wiki, key=lambda task: task.human_hours or 0)
    plans = Totals.of(task for task in wiki if task != build)
    return [
        {3: "Three of its four tasks", 2: ""}[plans.tasks],
        "a build plan in 10 phases" if "10 phases" in wiki[-1].description else "no such plan",
        f"They came to {_whole(plans.human_hours)} human hours, {_whole(plans.agent_minutes)} agent minutes "
        f"and {_whole(plans.supervisory_minutes)} minutes of supervision.",
        f"at {_whole(build.human_hours)} hours, then needed {_whole(build.agent_minutes)} minutes and "
        f"{_whole(build.supervisory_minutes)}. I do not read its {_factor([build])}",
        f"Taken together the four stand at {_factor(wiki)},",
    ]


def _on_the_average() -> list[str]:
    rows = _tasks()
    large = _tasks(lambda task: task.human_hours >= 40)
    small = [row for row in rows if row not in large]
    share = leverage.quotient(Totals.of(large).human_hours, Totals.of(rows).human_hours)
    doubted = Totals.of(leverage.largest(rows, 2)).human_hours or Decimal(0)
    halved = (Totals.of(rows).human_hours or Decimal(0)) - doubted / 2
    cut = formats.average_factor(leverage.factor(halved, Totals.of(rows).agent_minutes))
    middle = formats.average_factor(leverage.median(row.leverage_factor() for row in rows))
    return [
        f"The median task is at {middle}×",
        f"far below the weighted {_factor(rows)}",
        {10: "because the ten tasks of 40 hours and more carry"}[len(large)]
        + f" {formats.percent(share)} of",
        f"Those ten reach {_factor(large)}; the other {len(small)} reach {_factor(small)}.",
        f"cut both in half and still gets {cut}× for the day",
    ]


def _on_security() -> list[str]:
    audits = _in_category("Security & audit")
    quick, long = sorted(
        (task for task in audits if "57 repositories" in task.description),
        key=lambda task: task.agent_minutes or 0,
    )
    assert "27 checks" in quick.description
    assert "inventory" in long.description
    assert "8 defects repaired, among them 1 critical (a live API key in a bundle)" in long.description
    return [
        {4: "The four security tasks"}[len(audits)] + f" come to {_factor(audits)}",
        f"the backend work reached ({_factor(_in_category('Backend & services'))})",
        "all 57 repositories",
        f"once in {_whole(quick.agent_minutes)} minutes with 27 checks and once in "
        f"{_whole(long.agent_minutes)} minutes with an inventory",
        "repaired 8 defects, the critical one among them a live API key in a bundle",
        f"Its factor of {formats.task_factor(long.leverage_factor())}× is unremarkable",
    ]


def _on_small_jobs() -> list[str]:
    small = _tasks(lambda task: task.human_hours <= 2)
    even = [task for task in small if task.agent_minutes == task.supervisory_minutes]
    assert {task.human_hours for task in even} == {Decimal("0.5")}
    totals = Totals.of(small)
    return [
        {9: "Nine tasks"}[len(small)] + " were estimated at two hours or less.",
        f"They took {_whole(totals.agent_minutes)} agent minutes and {_whole(totals.supervisory_minutes)} "
        f"minutes of supervision for {_whole(totals.human_hours)} hours, a factor of {_factor(small)}.",
        {3: "Three of them"}[len(even)] + ", at half an hour each, took as long to direct as to run: "
        f"{_whole(even[0].agent_minutes)} minutes and {_whole(even[0].supervisory_minutes)}.",
    ]


def _on_attention() -> list[str]:
    totals = Totals.of(_tasks())
    (base,) = _tasks(lambda task: task.supervisory_minutes > task.agent_minutes)
    build = next(task for task in _tasks() if task.description.startswith("Student simulator, end to end"))
    running = formats.one_decimal(leverage.quotient(totals.agent_minutes, totals.supervisory_minutes))
    return [
        f"one minute of direction stood against {running} minutes of running. One task turns that around",
        f"took {_whole(base.supervisory_minutes)} minutes of supervision for {_whole(base.agent_minutes)} of",
        f"its supervisory factor ({formats.task_factor(base.supervisory_leverage_factor())}×) is lower than "
        f"its leverage factor ({formats.task_factor(base.leverage_factor())}×)",
        f"then needed {_whole(build.supervisory_minutes)} minutes",
    ]


def _check_prose(prose: str, said: list[str]) -> None:
    """Every sentence is there, and no numeral stands outside of those sentences."""
    rest = _words(prose)
    for sentence in said:
        assert sentence in rest, sentence
        rest = rest.replace(sentence, "", 1)
    assert re.findall(r"[0-9][0-9.,]*", rest) == []

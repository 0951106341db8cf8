"""The demo: what it loads, and that its prose says nothing its figures do not."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from records import formats, leverage, prose
from records.leverage import Totals
from records.management.demo_data import APRIL_12, DRAFT, SCHEDULED, load_demo
from records.models import Category, Day, SiteProfile, Task
from records.summaries.audit import findings
from records.summaries.day_prose import day_prose, missing_figures, unknown_names
from records.summaries.live_figures import DayFigures
from records.summaries.record import RecordSummary
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(kept_for_the_module: None) -> None:
    load_demo()


@pytest.fixture
def april_12(demo: None) -> Day:
    return Day.objects.get(date=APRIL_12)


def test_the_sums_kept_of_its_days_are_those_of_its_tasks(april_12: Day):
    assert list(findings()) == []


def _tasks(chosen: Callable[[Task], object] = lambda task: True) -> list[Task]:
    return [
        task for task in Task.objects.filter(day__date=APRIL_12).select_related("category") if chosen(task)
    ]


def _in_category(name: str) -> list[Task]:
    return _tasks(lambda task: task.category and task.category.name == name)


def _factor(tasks: Iterable[Task]) -> str:
    return f"{formats.average_factor(Totals.of(tasks).leverage.value)}×"


def _known(value: Decimal | None) -> Decimal:
    assert value is not None
    return value


def _whole(value: Decimal | None) -> str:
    return formats.quantity(value)


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


def test_one_day_is_scheduled_and_one_a_draft_with_figures_missing(demo: None):
    scheduled, draft = Day.objects.get(date=SCHEDULED), Day.objects.get(date=DRAFT)
    assert scheduled.is_scheduled()
    assert scheduled.sample
    assert draft.status == Day.Status.DRAFT
    assert Task.objects.filter(day=draft, human_hours=None).count() == 1


def test_the_profile_is_filled_and_marked_as_the_demos(demo: None):
    profile = SiteProfile.load()
    assert profile.author_name == "Ada Example"
    assert profile.filled_by_demo
    assert all([profile.author_box, profile.about_records, profile.call_to_action, profile.licence_url])
    assert profile.objections.count("### ") >= 5


def test_the_categories_are_described_and_in_order(demo: None):
    categories = list(Category.objects.in_order())
    assert [categories[0].name, categories[-1].name] == ["Full-stack build", "Tooling & MCP"]
    assert len(categories) == 9
    assert all(category.description for category in categories)


def test_it_is_loaded_once(demo: None):
    with pytest.raises(ValidationError, match="There is a day already"):
        load_demo()
    assert Day.objects.count() == 103


def _shown(day: Day, part: str) -> str:
    """The lede or the analysis as a reader reads it."""
    summary = RecordSummary.of(day, _tasks(), SiteProfile.load())
    return text_of(getattr(day_prose(DayFigures(summary)), part))


@pytest.mark.parametrize(("part", "about_the_work"), [("lede", []), ("analysis", ["10", "57", "27", "8"])])
def test_no_figure_of_the_record_is_typed_by_hand(april_12: Day, part: str, about_the_work: list[str]):
    typed = re.sub(r"\{\{[^}]*\}\}|\(task:[^)]*\)", "", getattr(april_12, part))
    assert re.findall(r"[0-9][0-9.,]*", typed) == about_the_work


def test_its_prose_asks_for_no_figure_that_does_not_exist(april_12: Day):
    figures = DayFigures(RecordSummary.of(april_12, _tasks(), SiteProfile.load()))
    for text in (april_12.lede, april_12.analysis):
        assert len(prose.marks_in(text)) > 5
        assert list(missing_figures(text, figures)) == []
        assert list(unknown_names(text, figures, dict(Category.objects.values_list("slug", "name")))) == []


def test_every_figure_of_the_lede_follows_from_the_rows(april_12: Day):
    totals = april_12.totals()
    rows = _tasks()
    two = leverage.largest(rows, 2)
    rest = [row for row in rows if row not in two]
    _check_prose(
        _shown(april_12, "lede"),
        [
            f"They hold {_whole(Totals.of(two).human_hours)} of the day’s {_whole(totals.human_hours)} human",
            f"the weighted factor of {_factor(rows)} leans on two estimates.",
            f"Without them it is {_factor(rest)}.",
            f"The other {len(rest)} tasks",
            f"{formats.in_words(len(_in_category('Websites & content')))} jobs on websites",
            f"The agent ran for {_whole(totals.agent_minutes)} minutes in all.",
            f"reviewing it took {_whole(totals.supervisory_minutes)}.",
        ],
    )


def test_every_figure_of_the_analysis_follows_from_the_rows(april_12: Day):
    _check_prose(
        _shown(april_12, "analysis"),
        [*_on_the_wiki(), *_on_the_average(), *_on_security(), *_on_small_jobs(), *_on_attention()],
    )


def _on_the_wiki() -> list[str]:
    wiki = _tasks(lambda task: "team wiki" in task.description.lower())
    build = max(wiki, key=lambda task: task.human_hours or 0)
    design, kick_off, plan = (task for task in wiki if task != build)
    hours = [_whole(task.human_hours) for task in (kick_off, design, plan)]
    minutes = [_whole(task.agent_minutes) for task in (kick_off, design, plan)]
    return [
        "a build plan in 10 phases" if "10 phases" in plan.description else "no such plan",
        f"They were estimated at {hours[0]}, {hours[1]} and {hours[2]} human hours and took {minutes[0]}, "
        f"{minutes[1]} and {minutes[2]} agent minutes.",
        f"at {_whole(build.human_hours)} hours, then needed {_whole(build.agent_minutes)} minutes and "
        f"{_whole(build.supervisory_minutes)} of supervision. I do not read its {_factor([build])}",
        f"as a whole stand at {_factor(_in_category('Planning & docs'))},",
    ]


def _on_the_average() -> list[str]:
    rows = _tasks()
    large = sorted(rows, key=lambda task: -task.human_hours)[:10]
    small = [row for row in rows if row not in large]
    share = leverage.quotient(Totals.of(large).human_hours, Totals.of(rows).human_hours)
    rest = [row for row in rows if row not in large[:2]]
    middle = formats.average_factor(leverage.median(row.leverage_factor() for row in rows))
    assert large[-1].human_hours > small[0].human_hours  # so that "the ten largest" are clear
    return [
        f"The median task is at {middle}×",
        f"far below the weighted {_factor(rows)}",
        f"the ten largest tasks carry {formats.percent(share)} of",
        f"Those ten reach {_factor(large)}; the other {len(small)} reach {_factor(small)}.",
        f"{_whole(large[0].human_hours)} and {_whole(large[1].human_hours)} hours, can leave both out",
        f"still gets {_factor(rest)} for the rest of the day",
    ]


def _on_security() -> list[str]:
    audits = _in_category("Security & audit")
    backend = _in_category("Backend & services")
    quick, long = sorted(
        (task for task in audits if "57 repositories" in task.description),
        key=lambda task: task.agent_minutes or 0,
    )
    assert "27 checks" in quick.description
    assert "inventory" in long.description
    assert "8 defects repaired, among them 1 critical (a live API key in a bundle)" in long.description
    assert 2 * _known(Totals.of(audits).leverage.value) < _known(Totals.of(backend).leverage.value)
    return [
        f"The {formats.in_words(len(audits))} security tasks come to {_factor(audits)}",
        f"the backend work reached ({_factor(backend)})",
        "all 57 repositories",
        f"once in {_whole(quick.agent_minutes)} minutes with 27 checks and once in "
        f"{_whole(long.agent_minutes)} minutes with an inventory",
        "repaired 8 defects, the critical one among them a live API key in a bundle",
        f"Its factor of {formats.task_factor(long.leverage_factor())}× is unremarkable",
    ]


def _on_small_jobs() -> list[str]:
    lowest = sorted(_tasks(), key=lambda task: _known(task.leverage_factor()))[:4]
    small, totals = lowest[:3], Totals.of(lowest[:3])
    assert all(task.human_hours <= 2 for task in small)
    assert _known(small[-1].leverage_factor()) < _known(lowest[3].leverage_factor())
    first, last = (formats.task_factor(task.leverage_factor()) for task in (small[0], small[-1]))
    even = next(task for task in _tasks() if task.agent_minutes == task.supervisory_minutes)
    return [
        f"The three lowest factors of the day, from {first}× to {last}×, all belong to jobs",
        f"they took {_whole(totals.agent_minutes)} agent minutes and {_whole(totals.supervisory_minutes)} "
        f"minutes of supervision for {_whole(totals.human_hours)} hours, a factor of {_factor(small)}.",
        "took as long to direct as to run: "
        f"{_whole(even.supervisory_minutes)} minutes and {_whole(even.agent_minutes)}.",
    ]


def _on_attention() -> list[str]:
    totals = Totals.of(_tasks())
    (base,) = _tasks(lambda task: task.supervisory_minutes > task.agent_minutes)
    build = next(task for task in _tasks() if task.description.startswith("Student simulator, end to end"))
    return [
        f"Over the day {_whole(totals.supervisory_minutes)} minutes of direction stood against "
        f"{_whole(totals.agent_minutes)} minutes of running. One task turns that around",
        f"took {_whole(base.supervisory_minutes)} minutes of supervision for {_whole(base.agent_minutes)} of",
        f"its supervisory factor ({formats.task_factor(base.supervisory_leverage_factor())}×) is lower than "
        f"its leverage factor ({formats.task_factor(base.leverage_factor())}×)",
        f"then needed {_whole(build.supervisory_minutes)} minutes",
    ]


def _check_prose(shown: str, said: list[str]) -> None:
    """Every sentence is there, and no numeral stands outside of those sentences."""
    rest = shown
    for sentence in said:
        assert sentence in rest, sentence
        rest = rest.replace(sentence, "", 1)
    assert re.findall(r"[0-9][0-9.,]*", rest) == []

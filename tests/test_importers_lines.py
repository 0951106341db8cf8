"""Quick lines come in many at once, with an optional title or date in the first line."""

from datetime import date

import pytest

from records.importers.formats import CannotRead
from records.importers.known import Known
from records.importers.reading import form_of
from tests.incoming import faults, figures, one, texts

LINES = "Team wiki full build: 64 files #full-stack 480h 90m 5m\n- Boats renamed 8h 8m\n"
KNOWN = Known(categories={"full-stack": "Full-stack build"})


@pytest.mark.parametrize(
    ("title", "name"),
    [
        *((title, "") for title in ("Leverage Record: April 12, 2026", "2026-04-12")),
        *(("# Leverage Record: April 12, 2026", ""), ("", "2026-04-12.txt"), ("", "2026-04-12.md")),
    ],
)
def test_the_first_line_or_the_file_name_may_say_the_date(title, name):
    day = one(f"{title}\n\n{LINES}", KNOWN, name=name)
    assert (day.form, day.date) == ("lines", date(2026, 4, 12))
    assert texts(day) == ["Team wiki full build: 64 files", "Boats renamed"]
    assert figures(day) == [(480, 90, 5), (8, 8, None)]
    assert [task.category for task in day.tasks] == ["full-stack", None]
    assert not day.problems


def test_a_title_of_ones_own_stays():
    assert one(f"Choir day: April 12, 2026\n{LINES}", KNOWN).title == "Choir day: April 12, 2026"


def test_a_task_with_a_date_in_its_text_is_no_title():
    assert len(one(f"Plan of April 12, 2026 8h 5m\n{LINES}", KNOWN, day=date(2026, 4, 12)).tasks) == 3


def test_faults_stand_beside_their_row():
    day = one(f"{LINES}Survey #gardening 3h 5m\nOther 4h 0m\n", KNOWN, day=date(2026, 4, 12))
    assert [(problem.row, problem.line) for problem in day.problems] == [(3, 3), (4, 4)]
    assert "“#gardening” is no category" in faults(day)[0]
    assert day.tasks[2].raw == "Survey #gardening 3h 5m"
    assert day.refused


@pytest.mark.parametrize(
    "prose",
    [
        "We spent 16h 8m 5m on it.\nThen came lunch.\nNobody counted.",
        "The wiki took 20 minutes; 480.0x, 5 people, 64 files.",
        "On April 12, 2026 we shipped v1.5 in 3d.",
        "",
        "  \n \n",
    ],
)
def test_prose_full_of_numbers_and_units_is_not_mistaken_for_rows(prose):
    with pytest.raises(CannotRead):
        form_of(prose)

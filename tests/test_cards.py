"""Social cards: what they say, that they can be drawn whatever the day, that they are kept by content."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from PIL import Image

from records import publishing
from records.cards import Card, card_of, drawing, png_of
from records.models import SiteProfile, Task
from tests.factories import APRIL_12, category, day, draft, task
from tests.pages import RECORD, april_12, html_of

pytestmark = pytest.mark.django_db

CARD = f"{RECORD}card.png"
PAPER = (251, 250, 246)


@pytest.fixture(autouse=True)
def _nothing_kept():
    caches["cards"].clear()


def picture(client, address: str) -> Image.Image:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png"), address
    image = Image.open(BytesIO(answer.content))
    image.load()
    return image


def said(client, address: str) -> str:
    """The words that the picture carries."""
    return str(picture(client, address).info["Description"])


def assert_whole(png: bytes) -> None:
    """A picture of the right size with something on it and nothing in its margins."""
    image = Image.open(BytesIO(png)).convert("RGB")
    assert image.size == (1200, 630)
    assert len(image.getcolors(100_000) or []) > 20
    for box in ((0, 0, 1200, 40), (0, 0, 64, 630), (1140, 0, 1200, 630), (0, 612, 1200, 630)):
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), PAPER)], box


def test_the_card_of_a_record_says_what_its_page_says(client):
    april_12()
    words = said(client, CARD)
    assert words == (
        "Leverage Record: April 12, 2026: 119.5× leverage factor, 524.0× supervisory leverage, "
        "1,222.75 h human-equivalent, 37 tasks"
    )
    assert f'<meta property="og:image:alt" content="{words}">' in html_of(client.get(RECORD))
    assert_whole(client.get(CARD).content)


def test_the_cards_of_a_category_and_of_the_site_sum_their_tasks(client):
    testing = category("Testing")
    day(tasks=[task(category=testing), task("Other: one", "1", "60", None)])
    day(APRIL_12 - timedelta(days=1), [task("Third: one", "16", "10", "2", category=testing)])
    assert said(client, "/categories/testing/card.png").startswith("Testing: 72.0× leverage factor, 360.0×")
    assert "18.8× leverage factor, 360.0× supervisory leverage over 2 of 3 tasks" in said(client, "/card.png")


@pytest.mark.parametrize("key", ["2026", "2026-04", "2026-W15"])
def test_the_card_of_a_period_sums_its_tasks_and_says_what_its_page_says(client, key):
    day(tasks=[task(), task("Other: one", "1", "60", None)])
    day(APRIL_12 - timedelta(days=1), [task("Third: one", "16", "10", "2")])
    day(date(2025, 4, 1), [task("Long ago", "5000", "1")])
    words = said(client, f"/records/{key}/card.png")
    name = {"2026": "2026", "2026-04": "April 2026", "2026-W15": "Week 15 of 2026"}[key]
    assert words == (
        f"{name}: 18.8× leverage factor, 360.0× supervisory leverage over 2 of 3 tasks, "
        "25 h human-equivalent, 3 tasks"
    )
    page = html_of(client.get(f"/records/{key}/"))
    assert f'<meta property="og:image:alt" content="{words}">' in page
    assert f'<meta property="og:image" content="http://localhost:8000/records/{key}/card.png">' in page
    assert_whole(client.get(f"/records/{key}/card.png").content)


def test_the_dashboard_tells_the_card_of_all_records(client):
    april_12()
    assert f'<meta property="og:image:alt" content="{said(client, "/card.png")}">' in html_of(
        client.get("/dashboard/")
    )


def test_made_up_and_approximate_figures_are_marked(client):
    day(tasks=[task(agent_minutes_source="approximate")], sample=True, title="A day")
    card = card_of("A day", "Sunday", Task.objects.visible(), SiteProfile.load())
    assert card.kicker == "Sunday · sample data"
    assert card.figures[0].value == "~48.0×"
    assert "~48.0× leverage factor, 240.0× supervisory" in said(client, CARD)
    assert 'content="A day: ~48.0× leverage factor' in html_of(client.get(RECORD))


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("", []),
        ("W" * 120, [("99999.9999", "0.01", None)]),
        ("日本語 😀", [("0.0001", "9999999.99", "0")]),
        ("A title of many words that goes on and on " * 2, [("99999.9999", "0.01", "0.01")] * 3),
        ("Alike", [("8", "10", "2")] * 120),
        ("Apart", [(str(1 + number), str(1 + number % 7), None) for number in range(120)]),
    ],
)
def test_any_day_can_be_drawn(client, title, rows):
    day(tasks=[task(f"Task {number}", *row) for number, row in enumerate(rows)], title=title)
    assert_whole(client.get(CARD).content)


def test_what_stands_below_the_ends_of_the_axis_keeps_within_the_margins(client):
    day(tasks=[task("First: one", "10", "60"), task("Second: two", "20", "2.5")])
    assert_whole(client.get(CARD).content)


def test_a_card_of_many_tasks_shows_the_largest_and_says_so():
    tasks = [task(f"Task {number}", str(1 + number), "10") for number in range(100)]
    day(tasks=tasks)
    card = card_of("Many", "", Task.objects.visible(), SiteProfile.load())
    assert sorted(int(point.human_hours) for point in card.points) == list(range(21, 101))
    assert "each of the 80 largest tasks" in card.caption


def test_what_the_public_may_not_see_has_no_card(client):
    draft(tasks=[task(category=category("Secret"))])
    gone = day(APRIL_12 + timedelta(days=1), [task()])
    publishing.withdraw(gone, reason="not ours to show")
    day(date(2026, 5, 2), [task()], published_at=datetime(2100, 1, 1, tzinfo=UTC))
    statuses = {
        CARD: 404,
        "/records/2026-05-02/card.png": 404,
        "/records/2026-04-13/card.png": 410,
        "/categories/secret/card.png": 404,
        "/records/2026-04/card.png": 404,
        "/records/2026-05/card.png": 404,
        "/records/2026-W99/card.png": 404,
    }
    assert {address: client.get(address).status_code for address in statuses} == statuses


def test_the_card_of_a_moved_day_moves_along(client):
    publishing.move_day(day(tasks=[task()]), APRIL_12 + timedelta(days=8), reason="worked past midnight")
    answer = client.get(CARD)
    assert (answer.status_code, answer["Location"]) == (301, "/records/2026-04-20/card.png")


# Kept -------------------------------------------------------------------------------------------------------


@pytest.fixture
def pen(monkeypatch) -> SimpleNamespace:
    """Counts how often a card is drawn."""
    counted = SimpleNamespace(drawn=0)

    def draw(card: Card) -> bytes:
        counted.drawn += 1
        return card.key.encode()

    monkeypatch.setattr(drawing, "drawn", draw)
    return counted


def test_a_card_is_drawn_once_and_again_when_a_figure_changed(client, pen):
    made = day(tasks=[task()])
    assert client.get(CARD).content == client.get(CARD).content
    assert pen.drawn == 1
    tasks = list(made.tasks.all())
    tasks[0].human_hours = 12
    publishing.save_day(made, tasks, reason="estimate revised")
    client.get(CARD)
    assert pen.drawn == 2


def a_card(number: int) -> Card:
    return Card("Site", "", f"Card {number}", (), (), "", "")


def test_few_are_kept_as_files(settings, tmp_path, pen):
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    options = {"TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 6}}
    settings.CACHES = {**settings.CACHES, "cards": {"BACKEND": backend, "LOCATION": tmp_path, **options}}
    for number in range(20):
        assert png_of(a_card(number)) == png_of(a_card(number))
    assert pen.drawn == 20
    assert len(list(tmp_path.iterdir())) <= 6


def test_where_nothing_can_be_kept_cards_are_drawn_all_the_same(settings, tmp_path, pen):
    (tmp_path / "file").touch()
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    nowhere = {"BACKEND": backend, "LOCATION": tmp_path / "file" / "below"}
    settings.CACHES = {**settings.CACHES, "cards": nowhere}
    assert png_of(a_card(1)) == png_of(a_card(1))
    assert pen.drawn == 2


def test_a_program_that_asks_again_is_told_that_nothing_changed(client, pen):
    day(tasks=[task()])
    first = client.get(CARD)
    assert client.get(CARD, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_the_font_comes_with_its_licence():
    licence = (drawing.FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    fonts = list(drawing.FONTS.glob("*.ttf"))
    assert sum(font.stat().st_size for font in fonts) < 400_000

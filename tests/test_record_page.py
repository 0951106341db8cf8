"""The page of one day: its figures, its parts in order, and who may see it."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest
import time_machine

from records import publishing
from records.models import Day, SiteProfile
from tests.factories import APRIL_12, category, day, draft, task
from tests.pages import (
    APRIL_12_FACTORS,
    RECORD,
    april_12,
    band,
    html_of,
    log,
    page_text,
    part,
    statistics,
    text_of,
)

pytestmark = pytest.mark.django_db


# April 12, 2026 ------------------------------------------------------------------------------------------


def test_the_band_gives_the_figures_of_april_12(client):
    april_12()
    assert band(html_of(client.get(RECORD))) == [
        "Leverage factor 119.5× median task 45.0×",
        "Supervisory leverage 524.0× median task 120.0×",
        "Human-equivalent 1,222.75 h 30.6 working weeks estimated",
        "Claude 614 min 10.2 hours",
        "Supervision 140 min 2.3 hours",
        "Tasks 37 4.13 M tokens",
    ]


def test_the_statistics_give_the_seven_totals_and_then_what_they_hide(client):
    april_12()
    assert list(statistics(html_of(client.get(RECORD))).items()) == [
        ("Total tasks", "37"),
        ("Total human-equivalent hours", "1,222.75"),
        ("Total Claude minutes", "614"),
        ("Total supervisory minutes", "140"),
        ("Total tokens", "4,129,000"),
        ("Weighted average leverage factor", "119.5×"),
        ("Weighted average supervisory leverage factor", "524.0×"),
        ("Hours a task", "33.05"),
        ("Share of the two largest tasks", "52 % (640 h)"),
        ("Leverage factor without them", "69.4×"),
        ("Supervisory leverage factor without them", "262.9×"),
    ]


def test_the_log_shows_every_task_highest_factor_first(client):
    april_12()
    rows = log(html_of(client.get(RECORD)))
    assert [row[5] for row in rows] == APRIL_12_FACTORS
    assert rows[0][2:] == ["160", "20", "2", "480.0", "4,800.0"]
    assert rows[7][2:] == ["80", "35", "5", "137.14", "960.0"]


def test_its_parts_come_in_the_order_of_reading(client):
    april_12()
    SiteProfile(author_name="Ada", author_box="Ada builds.", call_to_action="Write to me.").save()
    day(APRIL_12 - timedelta(days=1), [task()])
    markup = html_of(client.get(RECORD))
    parts = [
        *("<h1>", "By <a", '<dl class="figures">', 'class="jump"', "Thirty-seven tasks.", "<figure"),
        *("Two were large.", 'id="log"', 'id="statistics"', 'id="check"', 'id="about"', "Ada builds."),
        *("Write to me.", 'class="pager"'),
    ]
    places = [markup.index(each) for each in parts]
    assert places == sorted(places)


def test_the_jump_line_leads_to_parts_that_are_there(client):
    april_12()
    markup = html_of(client.get(RECORD))
    targets = re.findall(r'href="#([^"]+)"', part(markup, 'class="jump"', "</nav>"))
    assert targets == ["by-category", "analysis", "log", "statistics", "check", "about"]
    assert all(f'id="{target}"' in markup for target in targets)


def test_each_dot_of_the_chart_leads_to_its_row(client):
    april_12()
    markup = html_of(client.get(RECORD))
    leads = set(re.findall(r'data-href="([^"]+)"', part(markup, '<figure id="by-category">', "</figure>")))
    assert leads == {f"#t{position}" for position in range(1, 38)}
    narrowed = html_of(client.get(f"{RECORD}?category=testing&hours=0.5"))
    assert f'data-href="{RECORD}?hours=0.5#t1"' in narrowed


def test_what_is_not_known_of_the_others_is_said_in_one_sentence(client):
    made = day(tasks=[task(), task(supervision=None), task(supervision=None, tokens=7)])
    text = page_text(client, RECORD)
    assert "Supervision over 1 of 3 tasks; of the others it is not known." in text
    assert "Tokens over 1 of 3 tasks; of the others they are not known." in text
    publishing.save_day(made, [task(), task(supervision=None)], reason="measured again")
    assert "Supervision over 1 of 2 tasks; of the other it is not known." in page_text(client, RECORD)


@pytest.mark.parametrize("address", ["/", RECORD])
def test_an_estimate_is_called_one_and_leads_to_what_that_means(client, address):
    april_12()
    markup = html_of(client.get(address))
    assert re.search(r'<a [^>]*href="/method/#human-hours">estimated</a>', markup)
    assert "1,222.75 h 30.6 working weeks estimated" in band(markup)[2]


def test_a_count_of_more_than_a_thousand_has_its_comma_everywhere(client):
    kinds = [category(name) for name in ("Kind", "Other")]
    many = [task(tokens=5, supervision="1" if n else None, category=kinds[0]) for n in range(1001)]
    day(tasks=[*many, task(category=kinds[1])], lede="Many.")
    for address in ("/", RECORD, "/data/", "/tasks/?q=nowhere&category=kind"):
        markup = html_of(client.get(address))
        # Numbers of rows are names, and what programs read has no commas.
        text = text_of(re.sub(r'<td class="n">.*?</td>|<script.*?</script>', "", markup, flags=re.DOTALL))
        assert re.search(r"1,00[12]\b", text), address
        assert not re.search(r"(?<![\d,])100[12]\b", text), address


def test_each_label_of_the_band_leads_to_its_place_on_the_method_page(client):
    april_12()
    labels = part(html_of(client.get(RECORD)), '<dl class="figures">', "</dl>")
    places = re.findall(r'href="/method/#([^"]+)"', labels)
    method = html_of(client.get("/method/"))
    assert len(places) == 6
    assert all(f'id="{place}"' in method for place in places)


def test_it_tells_apart_the_day_worked_published_and_last_changed(client):
    SiteProfile(time_zone="Europe/Berlin").save()
    with time_machine.travel(datetime(2027, 1, 2, 23, 30, tzinfo=UTC), tick=False):
        april_12(published_at=datetime(2026, 4, 13, 6, 10, tzinfo=UTC))
    markup = html_of(client.get(RECORD))
    assert '<time datetime="2026-04-12">Sunday, April 12, 2026</time>' in markup
    assert '<time datetime="2026-04-13T08:10+02:00">April 13, 08:10</time>' in markup
    assert '<time datetime="2027-01-03T00:30+01:00">January 3, 2027, 00:30</time>' in markup


# Other days ------------------------------------------------------------------------------------------------


def test_a_day_without_tasks_is_a_note(client):
    day(title="Travel", lede="On the train.")
    text = page_text(client, RECORD)
    assert "On the train." in text
    assert "Task log" not in text
    assert "Leverage factor" not in text


def test_two_tasks_are_not_set_against_the_rest(client):
    day(tasks=[task(), task()])
    assert "Share of the two largest tasks" not in statistics(html_of(client.get(RECORD)))


def test_a_sum_of_tokens_that_lacks_some_says_so_and_leads_to_the_tasks_without(client):
    made = day(tasks=[task(tokens=812), task(), task()])
    markup = html_of(client.get(RECORD))
    assert "Tasks 3 812 tokens over 1 of them" in band(markup)
    note = part(markup, '<p class="note">Tokens ', "</p>")
    assert "over 1 of 3 tasks" in note
    found = client.get(unescape(part(note, 'href="', '"')))
    assert html_of(found).count('id="task-') == 2
    made.stated_tokens = 999
    publishing.save_day(made, reason="measured again")
    assert "over 1 of" not in page_text(client, RECORD)


def test_tokens_of_the_tasks_win_once_every_task_has_some(client):
    made = day(tasks=[task(tokens=10), task(tokens=20)], stated_tokens=99)
    assert statistics(html_of(client.get(RECORD)))["Total tokens"] == "30"
    publishing.save_day(made, [task(tokens=10), task()], reason="measured again")
    assert statistics(html_of(client.get(RECORD)))["Total tokens"] == "99"


def test_sample_data_is_announced_on_the_page_of_its_day(client):
    made = day(tasks=[task()], sample=True)
    markup = html_of(client.get(RECORD))
    assert "Sample data. This day is made up," in text_of(markup)
    described = re.findall(r'<meta (?:name|property)="(?:og:)?description" content="([^"]*)"', markup)
    assert len(described) == 2
    assert all(words.endswith("Sample data: these figures are made up.") for words in described)
    assert "This task is made up," in page_text(client, made.tasks.get().get_absolute_url())


@pytest.mark.parametrize("address", ["/tasks/", "/categories/kind/", "/records/2026-04/", "/records/2026/"])
def test_a_made_up_task_is_marked_in_every_list(client, address):
    kind = category("Kind")
    day(APRIL_12 - timedelta(days=1), [task("Real", category=kind)])
    day(tasks=[task("Made up", category=kind)], sample=True)
    rows = re.findall(r'<tr id="task-.*?</tr>', html_of(client.get(address)), re.DOTALL)
    chips = {text_of(part(row, 'class="name"', "</a>")): 'class="chip">sample<' in row for row in rows}
    assert [is_marked for name, is_marked in chips.items() if "Made up" in name] == [True]
    assert [is_marked for name, is_marked in chips.items() if "Real" in name] == [False]


HIDDEN = [
    {"status": Day.Status.DRAFT},
    {"status": Day.Status.PUBLISHED, "published_at": datetime(2126, 1, 1, tzinfo=UTC)},
    {"status": Day.Status.WITHDRAWN, "published_at": datetime(2026, 4, 13, tzinfo=UTC)},
    {"status": "unheard", "published_at": datetime(2026, 4, 13, tzinfo=UTC)},
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_before_and_after_come_the_nearest_public_days(client, hidden):
    april_12()
    for distance in (-3, -2, 2, 3):
        day(APRIL_12 + timedelta(days=distance), [task()])
    for distance in (-1, 1):
        made = draft(APRIL_12 + timedelta(days=distance), [task()])
        Day.objects.filter(pk=made.pk).update(**hidden)
    pager = part(html_of(client.get(RECORD)), '<nav class="pager"', "</nav>")
    assert re.findall(r'href="([^"]+)"', pager) == ["/records/2026-04-10/", "/records/2026-04-14/"]
    assert "48.0×" in text_of(pager)


def test_another_agent_week_and_author_are_named_as_the_profile_says(client):
    SiteProfile(agent_name="Robot", author_name="Grace", hours_per_week=Decimal(20), licence="CC0").save()
    april_12()
    text = page_text(client, RECORD)
    assert "Total Robot minutes" in text
    assert "61.1 working weeks" in text
    assert "By Grace" in text
    assert "Claude" not in text


# Who may see it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Day.Status.DRAFT, Day.Status.WITHDRAWN])
def test_it_hides_what_is_not_published(client, status):
    day(tasks=[task()], status=status)
    assert client.get(RECORD).status_code == 404


def test_a_scheduled_day_appears_at_its_moment(client):
    moment = datetime(2030, 1, 1, 8, 10, tzinfo=UTC)
    day(tasks=[task()], published_at=moment)
    with time_machine.travel(moment - timedelta(seconds=1), tick=False):
        assert client.get(RECORD).status_code == 404
    with time_machine.travel(moment, tick=False):
        assert client.get(RECORD).status_code == 200


def test_a_preview_has_no_link_to_what_is_not_public_yet(admin_client):
    draft(tasks=[task(), task(supervision=None)], sample=True)
    markup = html_of(admin_client.get(f"{RECORD}preview/"))
    assert "over 1 of 2 tasks" in text_of(markup)
    assert "Sample data." in text_of(markup)
    addresses = re.findall(r'href="([^"#]+)', part(markup, "<article>", "</article>"))
    assert {address for address in addresses if address.startswith("/")} == {"/method/", "/corrections/"}
    publishing.publish(Day.objects.get())
    published = html_of(admin_client.get(f"{RECORD}preview/"))
    assert f'href="{RECORD.rstrip("/")}.csv"' in published


def test_a_preview_of_a_task_without_figures_shows_dashes_alone(admin_client):
    draft(tasks=[task(hours=None, agent=None, supervision=None)])
    markup = html_of(admin_client.get(f"{RECORD}preview/"))
    assert band(markup)[:2] == [
        "Leverage factor — over 0 of 1 tasks",
        "Supervisory leverage — over 0 of 1 tasks",
    ]
    assert "—×" not in text_of(markup)


@pytest.mark.parametrize(
    "text", ["2026-13-45", "2026-02-30", "0000-00-00", "2026-4-12", "today", "２０２６-04-12"]
)
def test_what_is_no_date_is_no_address(client, text):
    assert client.get(f"/records/{text}/").status_code == 404


# What it costs ---------------------------------------------------------------------------------------------


def test_75_tasks_take_as_many_queries_as_five(client, django_assert_num_queries):
    kinds = [category(f"Kind {number}") for number in range(8)]
    for on, tasks in ((APRIL_12, 75), (date(2026, 4, 20), 5)):
        day(on, [task(category=kinds[number % 8]) for number in range(tasks)], tags=["AI"])
    client.get("/method/")  # the profile is asked for after a change alone
    for address in (RECORD, "/records/2026-04-20/"):
        with django_assert_num_queries(3):
            client.get(address)


def test_it_carries_no_inline_style_and_no_inline_script(client):
    april_12(lede="| a |\n|--:|\n| 1 |")
    markup = html_of(client.get(RECORD))
    data = '<script type="application/ld+json">'  # which no browser runs
    assert markup.count(data) == 1
    markup = markup.replace(data, "")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", markup)


@pytest.mark.parametrize(
    "address",
    ["/", "/records/", RECORD, "/tasks/", "/categories/testing/", "/tags/ai/", "/corrections/", "/data/"],
)
def test_every_date_and_time_that_is_read_is_a_time_for_programs_too(client, address):
    made = april_12(lede="", analysis="", title="A day")
    day(APRIL_12 - timedelta(days=1), [task()])
    tasks = list(made.tasks.order_by("position"))
    tasks[0].human_hours = 12
    publishing.save_day(made, tasks, tags=["AI"], reason="estimate revised")
    main = part(html_of(client.get(address)), "<main", "</main>")
    told = re.sub(r"<time[^>]*>.*?</time>|<option.*?</option>|<[^>]*>", " ", main, flags=re.DOTALL)
    months = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}\b"
    assert re.findall(months, told) == []
    assert re.search(months, main) or address in ("/data/", "/categories/")

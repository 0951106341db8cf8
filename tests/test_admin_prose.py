"""Figures in the prose of a day form: typed by position, refused with neighbours, warned of, looked at."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from records.models import Day, Task
from tests.desk import ADD, author, change_address, form_on, opened, row, rows_of, sent_to
from tests.factories import category, draft, task
from tests.pages import april_12, html_of, text_of

__all__ = ["author"]

NEW_DAY = {"date": "2026-04-12"}
FIGURES, RENDERED = "/admin/records/day/figures/", "/admin/records/day/rendered/"


@pytest.fixture
def stored(db: None) -> Day:
    """A draft of three tasks whose lede names the second."""
    return draft(tasks=[task("Alpha"), task("Beta", hours="16"), task("Gamma")], lede="{{ task.2.name }}")


def said(answer: Any) -> list[str]:
    """The messages an answer leaves."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def kept(name: str) -> str:
    """What prose calls a stored task."""
    return f"task.id{Task.objects.get(description=name).pk}"


def test_a_task_is_typed_by_its_position_and_kept_by_its_id(author: Client, stored: Day):
    form = opened(author, stored)
    assert form["lede"] == "{{ task.2.name }}"
    assert f"{{{{ {kept('Beta')}.name }}}}" == stored.lede
    assert "task.2 Beta" in text_of(html_of(author.get(change_address(stored))))


def test_rows_that_a_reference_is_about_may_be_new(author: Client):
    lede = "{{ task.2.name }} [first](task:1)"
    author.post(ADD, {**NEW_DAY, "lede": lede, **row(0, "Alpha", "8h", "5m"), **row(1, "Beta", "8h", "5m")})
    saved = Day.objects.get()
    alpha, beta = rows_of(saved)
    assert saved.lede == f"{{{{ task.id{beta.pk}.name }}}} [first](task:id{alpha.pk})"


def test_rows_that_move_without_script_keep_the_numbers_they_were_shown_with(author: Client, stored: Day):
    form = opened(author, stored) | {"tasks-2-position": "1", "lede": "{{ task.3.name }} {{ task.1.name }}"}
    author.post(change_address(stored), form)
    assert [each.description for each in rows_of(stored)] == ["Gamma", "Alpha", "Beta"]
    assert Day.objects.get().lede == f"{{{{ {kept('Gamma')}.name }}}} {{{{ {kept('Alpha')}.name }}}}"
    assert opened(author, stored)["lede"] == "{{ task.1.name }} {{ task.2.name }}"


def test_a_script_says_that_numbers_are_those_on_the_screen(author: Client, stored: Day):
    moved = {"tasks-2-position": "1", "tasks-0-position": "2", "tasks-1-position": "3", "numbering": "shown"}
    author.post(change_address(stored), opened(author, stored) | moved | {"lede": "{{ task.1.name }}"})
    assert Day.objects.get().lede == f"{{{{ {kept('Gamma')}.name }}}}"


def test_an_unknown_name_is_refused_beside_the_field_with_its_neighbours(author: Client, stored: Day):
    lede = "{{ hourz }} and {{ larges.2.hours }}, {{ task.9.hours }}, {{ category.tests.hours }} [x](task:7)"
    category("Testing")
    page = author.post(change_address(stored), opened(author, stored) | {"lede": lede})
    text = text_of(html_of(page))
    for fault in (
        "“hourz” is no figure. Did you mean {{ hours }}?",
        "“larges.2.hours” is no figure. Did you mean {{ largest.2.hours }}",
        "“task.9.hours” is no figure: this day has 3 tasks, such as task.3.",
        "“tests” is no category. Did you mean {{ category.testing.hours }}",
        "“task:7” leads nowhere: this day has 3 tasks, such as task.3.",
    ):
        assert fault in text
    assert form_on(page)["lede"] == lede
    assert "{{ task.id" in Day.objects.get().lede


def test_what_cannot_be_in_words_and_a_strange_way_are_refused(author: Client, stored: Day):
    lede = "{{ hours|words }} {{ tasks|upper }} `{{ nonsense }}`"
    text = text_of(html_of(author.post(change_address(stored), opened(author, stored) | {"lede": lede})))
    assert "Only counts are written in words, such as {{ tasks|words }}; “hours” is none." in text
    assert "“|upper” is no way to write a figure. Try {{ tasks|words }}." in text
    assert "“nonsense”" not in text


def test_a_text_full_of_unknown_names_names_the_first_few_without_delay(author: Client, stored: Day):
    lede = " ".join(f"{{{{ nonsense{n} }}}}" for n in range(2_500))
    text = text_of(html_of(author.post(change_address(stored), opened(author, stored) | {"lede": lede})))
    assert text.count("is no figure") == 5


def test_a_figure_that_does_not_exist_is_saved_and_warned_of(author: Client, stored: Day):
    form = opened(author, stored) | {"lede": "{{ task.1.tokens }} {{ previous.factor }}"}
    answer = author.post(change_address(stored), form)
    assert said(answer)[1:] == [
        "Lede: A dash stands for {{ task.1.tokens }}. Tokens are not known: task 1, Alpha.",
        "Lede: A dash stands for {{ previous.factor }}. No public day with tasks comes before this one.",
    ]


def test_a_removed_target_is_warned_of_and_stays_a_name(author: Client, stored: Day):
    gone = kept("Beta")
    form = opened(author, stored) | {"tasks-1-remove": "on", "analysis": "[it](task:2)"}
    answer = author.post(change_address(stored), form)
    assert Day.objects.get().lede == f"{{{{ {gone}.name }}}}"
    lede, analysis = said(answer)[1:]
    assert lede == f"Lede: A dash stands for {{{{ {gone}.name }}}}. That task is not on this day any more."
    assert analysis.endswith("is plain text now. That task is not on this day any more.")
    assert opened(author, stored)["lede"] == f"{{{{ {gone}.name }}}}"


def test_a_fault_elsewhere_leaves_the_references_as_typed(author: Client, stored: Day):
    form = opened(author, stored) | {"tasks-0-human_hours": "lots", "tasks-2-position": "1"}
    page = author.post(change_address(stored), form)
    # The rows are shown in their new order, and the numbers in the text follow.
    assert form_on(page)["lede"] == "{{ task.3.name }}"
    mended = form_on(page) | {"tasks-1-human_hours": "8h"}
    author.post(change_address(stored), mended)
    assert Day.objects.get().lede == f"{{{{ {kept('Beta')}.name }}}}"


def test_two_texts_are_compared_by_id_and_settled_without_loss(author: Client, stored: Day):
    mine = opened(author, stored) | {"lede": "Mine: {{ task.2.name }}"} | row(3, "Delta", "8h", "5m")
    mine["analysis"] = "{{ task.4.name }}"
    theirs = opened(author, stored) | {"tasks-2-position": "1", "lede": "Theirs: {{ task.2.name }}"}
    author.post(change_address(stored), theirs)
    page = author.post(change_address(stored), mine)
    assert "Mine: {{ task.2.name }}" in page.content.decode()
    author.post(change_address(stored), form_on(page, "conflict"))
    saved = Day.objects.get()
    assert saved.lede == f"Mine: {{{{ {kept('Beta')}.name }}}}"
    assert saved.analysis == f"{{{{ {kept('Delta')}.name }}}}"


def test_a_revision_shows_positions(author: Client, stored: Day):
    page = author.get(f"/admin/records/day/{stored.pk}/history/1/")
    assert "{{ task.2.name }}" in page.content.decode()


def test_figures_on_offer_are_those_of_what_is_typed(author: Client):
    stored = april_12()
    form = opened(author, stored) | {"tasks-0-human_hours": "170h", "tasks-3-human_hours": "lots"}
    answer = author.post(f"{FIGURES}?day={stored.pk}", form)
    offered = {each["name"]: each["text"] for each in answer.json()["figures"]}
    assert (offered["largest.1-2.hours"], offered["task.1.hours"]) == ("650", "170")
    assert "task.4.hours" not in offered
    assert Task.objects.get(position=1).human_hours == 160


def test_prose_is_shown_as_on_the_page_and_nothing_is_saved(author: Client):
    typed = {
        "lede": "{{ hours }} <b>x</b> {{ hourz }}",
        "analysis": "# Why\n\n[it](task:1) {{ task.2.name }}",
    }
    form = {**NEW_DAY, **typed, **row(0, "Alpha", "8h", "10m"), **row(1, "Beta", "4h", "10m")}
    shown = author.post(RENDERED, form).json()
    assert text_of(shown["html"]["lede"]) == "12 <b>x</b> —"
    assert "<b>" not in shown["html"]["lede"]
    assert "<h3>Why</h3>" in shown["html"]["analysis"]
    assert shown["findings"] == {
        "lede": ["“hourz” is no figure. Did you mean {{ hours }}?"],
        "analysis": [],
    }
    assert shown["tasks"] == {"1": "Alpha", "2": "Beta"}
    assert not Day.objects.exists()


@pytest.mark.parametrize("address", [FIGURES, RENDERED])
def test_what_is_typed_is_looked_at_for_those_who_may_save_it(
    client: Client, stored: Day, django_user_model, address
):
    client.force_login(django_user_model.objects.create_user("bob", is_staff=True))
    assert client.post(f"{address}?day={stored.pk}", {}).status_code == 403
    client.logout()
    assert "/admin/login/" in sent_to(client.post(address, {}))


def test_the_form_documents_the_vocabulary(author: Client):
    text = text_of(html_of(author.get(ADD)))
    for word in ("largest.A-B", "category.SLUG", "supervisory_minutes", "{{ tasks|words }}"):
        assert word in text

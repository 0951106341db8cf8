"""The author's desk as a browser without script sees it: forms are read from the page and posted back."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from records.models import Day, Task

PASSWORD = "typed in one test alone"
ADD = "/admin/records/day/add/"


def new_author(name: str = "ada") -> User:
    """A user who may do everything."""
    return User.objects.create_superuser(name, password=PASSWORD)


@pytest.fixture
def author(db: None) -> Client:
    """A browser in which the author is logged in."""
    client = Client()
    client.force_login(new_author())
    return client


def change_address(day: Day) -> str:
    """Where a day's form is."""
    return reverse("admin:records_day_change", args=[day.pk])


class FormReader(HTMLParser):
    """What the form with an id would post as it stands, its buttons aside."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.in_template = 0
        self.fields: dict[str, str] = {}
        self.open: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.inside = given.get("id") == self.form_id or given.get("class") == self.form_id
        if not self.inside or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.fields[name] = given.get("value", "on" if given.get("type") == "checkbox" else "")
        elif tag in ("textarea", "select"):
            self.open = (tag, name)
            self.fields[name] = ""
        elif tag == "option" and self.open and "selected" in given:
            self.fields[self.open[1]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.inside and self.open and self.open[0] == "textarea":
            self.fields[self.open[1]] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif self.open and tag == self.open[0]:
            # The first line break in a text area belongs to the markup.
            self.fields[self.open[1]] = self.fields[self.open[1]].removeprefix("\n")
            self.open = None


def form_on(page: Any, form_id: str = "day") -> dict[str, str]:
    """The fields of a form on a page, as they would be posted."""
    reader = FormReader(form_id)
    reader.feed(page.content.decode())
    return reader.fields


def opened(client: Client, day: Day) -> dict[str, str]:
    """The form of a stored day, as it would be posted."""
    return form_on(client.get(change_address(day)))


def row(number: int, text: str, *figures: str, **values: Any) -> dict[str, str]:
    """What a row posts: its text, then human hours, agent minutes and supervision as typed."""
    names = ("human_hours", "agent_minutes", "supervisory_minutes")
    typed = {"description": text, **dict(zip(names, figures, strict=False)), **values}
    return {f"tasks-{number}-{name}": str(value) for name, value in typed.items()}


def rows_of(day: Day) -> list[Task]:
    """The stored tasks of a day, as logged."""
    return list(Task.objects.filter(day__date=day.date).order_by("position"))


def sent_to(answer: Any) -> str:
    """Where an answer sends the browser."""
    assert answer.status_code == 302, answer.content.decode()[:2_000]
    return str(answer.headers["Location"])

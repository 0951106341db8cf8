"""Pages of one question: a few words, a small form, one button; what goes wrong is said beside it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from records.admin.bases import AnyAdmin
from records.periods import iso_date
from records.publishing import Conflict
from records.summaries.differences import Differences
from records.summaries.readiness import Finding


@dataclass
class Act:
    """A question with one button: its words, its form, and what pressing the button does.

    ``perform`` gives the message to show afterwards, and raises ``ValidationError`` when it cannot be done.
    """

    title: str
    words: Sequence[str]
    button: str
    form: forms.Form
    perform: Callable[[], str]
    back: str
    forward: str = ""
    items: Sequence[Any] = ()
    more_items: int = 0
    hidden: Iterable[tuple[str, str]] = field(default_factory=list)
    findings: Sequence[Finding] = ()
    differences: Differences | None = None
    is_grave: bool = False


def act_page(
    model_admin: AnyAdmin, request: HttpRequest, act: Act, *, posted: bool | None = None
) -> HttpResponse:
    """Ask, or do it and go on; a fault comes back beside the form with nothing lost."""
    if (request.method == "POST" if posted is None else posted) and act.form.is_valid():
        try:
            messages.success(request, act.perform())
            return HttpResponseRedirect(act.forward or act.back)
        except ValidationError as fault:
            say_beside(act.form, fault)
        except Conflict as fault:
            act.form.add_error(None, f"{fault} Look at it again, then repeat.")
    context = {**model_admin.admin_site.each_context(request), "title": act.title, "act": act}
    context |= {"opts": model_admin.opts, "media": model_admin.media + act.form.media}
    return TemplateResponse(request, "admin/desk/act.html", context)


def say_beside(form: forms.Form, fault: ValidationError) -> None:
    """Show a fault beside the field it names, else above the form."""
    if hasattr(fault, "error_dict") and fault.error_dict.keys() <= form.fields.keys():
        form.add_error(None, fault)
    else:
        form.add_error(None, in_words(fault))


def in_words(fault: ValidationError) -> list[str]:
    """All that a fault says, with the day and the row where it is about rows."""
    by_row: dict[int, ValidationError] | None = getattr(fault, "by_row", None)
    if by_row is None:
        return fault.messages
    on: date | None = getattr(fault, "on", None)
    task = f"{on}, task" if on else "Task"
    return [f"{task} {index + 1}: {text}" for index, each in by_row.items() for text in each.messages]


def author(request: HttpRequest) -> User | None:
    """Who is at the desk."""
    return request.user if isinstance(request.user, User) else None


def read_date(text: str) -> date | None:
    """A date as an address carries it, ``None`` for anything else."""
    try:
        return iso_date(text)
    except ValueError:
        return None

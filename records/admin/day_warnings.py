"""What the author has to know of a day that has just been saved: it is saved all the same."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from records import prose
from records.models import Day, SiteProfile, Task
from records.summaries.claims import claims_of, refuted
from records.summaries.day_prose import missing_figures
from records.summaries.live_figures import DayFigures
from records.summaries.readiness import places_of_names
from records.summaries.record import RecordSummary

_MOST_NAMED = 3


def warn(request: HttpRequest, day: Day, tasks: list[Task], *, of_claims: bool = True) -> None:
    """Say which figures of the prose do not exist, which names must not be public, what the data refute."""
    for warning in _missing(day, tasks):
        messages.warning(request, warning)
    if of_claims:
        _warn_of_claims(request, day)
    _warn_of_names(request, day, tasks)


def _missing(day: Day, tasks: list[Task]) -> Iterator[str]:
    figures = DayFigures(RecordSummary.of(day, tasks, SiteProfile.load()), base=None)
    numbers = {f"id{task.pk}": str(number) for number, task in enumerate(tasks, start=1)}
    for label, text in (("Lede", day.lede), ("Analysis", day.analysis)):
        for warning in missing_figures(prose.renamed(text, numbers), figures):
            yield f"{label}: {warning}"


def _warn_of_claims(request: HttpRequest, day: Day) -> None:
    claims = refuted(claims_of(day, SiteProfile.load()))
    if not claims:
        return
    which = ", ".join(f"“{claim.finding.claim}”" for claim in claims[:_MOST_NAMED])
    more = f" and {len(claims) - _MOST_NAMED} more" if len(claims) > _MOST_NAMED else ""
    form = reverse("admin:records_day_change", args=[day.pk])
    messages.warning(
        request,
        format_html(
            'Disagrees with the figures: {}{}. <a href="{}?facts={}#facts">Show the place</a>.',
            *(which, more, form, claims[0].key),
        ),
    )


def _warn_of_names(request: HttpRequest, day: Day, tasks: list[Task]) -> None:
    found = places_of_names(day, tasks)
    if not found:
        return
    which = ", ".join(dict.fromkeys(place.text for place in found))
    words = 'Must not appear in public: {}. <a href="{}">See where, and replace it</a>.'
    messages.warning(request, format_html(words, which, reverse("admin:records_day_names", args=[day.pk])))

"""What a feed lists: records with all they say, and single corrections."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from records import prose
from records.models import Correction, Day, SiteProfile, Task
from records.models.day import DayQuerySet
from records.summaries.day_prose import day_prose
from records.summaries.live_figures import DayFigures
from records.summaries.record import RecordSummary

MOST = 20
OUR_IDS = UUID("c1a7c8c5-6f0b-4f0e-9d3e-6d0a3f6b8a52")


@dataclass(frozen=True)
class Entry:
    """One thing to read: ``content`` is HTML in which every address is absolute, ``summary`` plain text."""

    id: str
    url: str
    title: str
    summary: str
    content: SafeString
    published: datetime
    updated: datetime
    categories: tuple[str, ...] = ()
    image: str = ""


def entries_of_days(days: DayQuerySet, site: SiteProfile, site_url: str) -> list[Entry]:
    """The latest of these days as entries, newest first; four queries however many tasks they have."""
    latest = days.newest_first().prefetch_related(
        "tags",
        Prefetch("tasks", Task.objects.select_related("category").by_factor()),
        Prefetch(
            "corrections",
            Correction.objects.exclude(what=Correction.What.WITHDRAWN).ranked("at", descending=True),
        ),
    )
    return [_of_day(day, site, site_url) for day in latest[:MOST]]


def entries_of_corrections(
    corrections: Iterable[Correction], site: SiteProfile, site_url: str
) -> list[Entry]:
    """Each correction as an entry: what it was, what it became and why."""
    return [_of_correction(correction, site, site_url) for correction in corrections]


def permanent_id(kind: str, key: int, since: datetime) -> str:
    """An id that stays when the site's address changes, when a day moves, and through export and import.

    Made of what no act ever changes: the number of the row and the moment it was first stored.
    """
    return f"urn:uuid:{uuid5(OUR_IDS, f'{kind} {key} {since.astimezone(UTC).isoformat()}')}"


def title_of(correction: Correction) -> str:
    """What was corrected, in one line: "April 12, 2026: Parser: human hours: 8 h → 12 h".

    By its date and not by its title, which a withdrawn record does not show.
    """
    named = f"{correction.task_name}: " if correction.task_name else ""
    return f"{date_format(correction.day.date, 'F j, Y')}: {named}{correction}"


def _of_day(day: Day, site: SiteProfile, site_url: str) -> Entry:
    url = f"{site_url}{day.get_absolute_url()}"
    tasks = list(day.tasks.all())
    summary = RecordSummary.of(day, tasks, site)
    shown = day_prose(DayFigures(summary, day.get_absolute_url()))
    published = day.published_at or day.created_at
    context = {
        "day": day,
        "tasks": tasks,
        "summary": summary,
        "url": url,
        "lede": prose.absolute(shown.lede, url),
        "analysis": prose.absolute(shown.analysis, url),
        "corrections": list(day.corrections.all()),
    }
    return Entry(
        id=permanent_id("day", day.pk, day.created_at),
        url=url,
        title=day.full_title,
        summary=summary.sentence(site.agent_name),
        content=_content("feeds/record.html", context, site, site_url),
        published=published,
        updated=day.changed_at or published,
        categories=_filed_under(day, tasks),
        image=f"{site_url}{reverse('records:record_card', args=[day.date])}",
    )


def _of_correction(correction: Correction, site: SiteProfile, site_url: str) -> Entry:
    url = f"{site_url}{correction.day.get_absolute_url()}#corrections"
    context = {"correction": correction, "url": url}
    return Entry(
        id=permanent_id("correction", correction.pk, correction.at),
        url=url,
        title=title_of(correction),
        summary=f"{correction.reason or 'No reason was given'}.",
        content=_content("feeds/correction.html", context, site, site_url),
        published=correction.at,
        updated=correction.at,
        categories=(correction.get_what_display(),),
    )


def _content(template: str, context: dict[str, Any], site: SiteProfile, site_url: str) -> SafeString:
    return render_to_string(template, {**context, "site": site, "site_url": site_url})


def _filed_under(day: Day, tasks: Iterable[Task]) -> tuple[str, ...]:
    """The names of the day's tags and of its tasks' categories, each once."""
    names = [tag.name for tag in day.tags.all()]
    names += sorted({task.category.name for task in tasks if task.category})
    return tuple({name.casefold(): name for name in reversed(names)}.values())[::-1]

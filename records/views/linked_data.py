"""What a page says of itself to programs, in the words of schema.org, as JSON-LD.

Held to the properties that search engines document for BlogPosting, Dataset and BreadcrumbList.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from records.formats import json_number
from records.leverage import Totals
from records.models import Day, SiteProfile, Task
from records.models.paths import path_of
from records.summaries.any_series import AnySeries
from records.summaries.period import PeriodSummary
from records.summaries.record import RecordSummary
from records.summaries.span import Span

Node = dict[str, Any]
Step = tuple[str, str]

FILES = {"csv": "text/csv", "json": "application/json"}
FIGURES = {
    "Human hours": "h",
    "Agent minutes": "min",
    "Supervisory minutes": "min",
    "Leverage factor": "human hours × 60 / agent minutes",
    "Supervisory leverage factor": "human hours × 60 / supervisory minutes",
}


def graph(*nodes: Node) -> Node:
    """What stands in a page's data block."""
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def breadcrumbs(*steps: Step) -> Node:
    """The way from the first page down to this one, each step with its name and its path."""
    trail = [("Home", path_of("home")), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
            for number, (name, path) in enumerate(trail, start=1)
        ],
    }


def step(name: str, route: str, *args: Any) -> Step:
    """A step to a page by its route."""
    return name, path_of(route, *args)


def website(site: SiteProfile) -> Node:
    """The site as a whole."""
    return {"@type": "WebSite", "name": site.site_name, "url": absolute(path_of("home"))}


def of_record(day: Day, summary: RecordSummary, site: SiteProfile) -> Node:
    """A day as an article, as data where it has tasks, and in its place."""
    data = [_data_of_day(day, summary, site)] if summary.tasks else []
    here = (day.full_title, day.get_absolute_url())
    return graph(_posting(day, summary, site), *data, breadcrumbs(step("Records", "record_list"), here))


def of_task(task: Task) -> Node:
    """A task in its place."""
    day = (task.day.full_title, task.day.get_absolute_url())
    return graph(breadcrumbs(step("Records", "record_list"), day, (task.title, task.get_absolute_url())))


def of_dashboard(series: AnySeries, site: SiteProfile) -> Node:
    """All records as data, a row a day, and in their place; with no day on record in their place alone."""
    trail = breadcrumbs(step("Dashboard", "dashboard"))
    if not series.days_on_record:
        return graph(trail)
    told = "Every day on record: its tasks, human hours, agent and supervisory minutes, and both factors."
    files = _files_of("dashboard_file")
    data = data_set("all days", told, "dashboard", files, span=_span_of(series), site=site)
    return graph(data, trail)


def of_period(summary: PeriodSummary, sentences: str, site: SiteProfile) -> Node:
    """The tasks of a period as data, where it has some, and in its place: a month in its year."""
    period, series = summary.period, summary.series
    path = path_of("period_detail", period)
    longer = list(summary.around)[-1:]  # of a week that reaches into two years, the later
    above = [step(each.name, "period_detail", each) for each in longer]
    trail = breadcrumbs(step("Records", "record_list"), *above, (period.name, path))
    if not series.totals.tasks:
        return graph(trail)
    told = f"The tasks of {period.within_a_sentence} with their hours, minutes and factors. {sentences}"
    node = _data_set(f"{site.site_name}: {period.name}", told, path, _files_of("period_file", period), site)
    node["temporalCoverage"] = f"{series.first.isoformat()}/{series.last.isoformat()}"
    if changed := _span_of(series).changed:
        node["dateModified"] = moment(changed)
    node["variableMeasured"] = _measured(series.totals)
    return graph(node, trail)


def data_set(
    name: str, description: str, route: str, files: dict[str, str], *, span: Span, site: SiteProfile
) -> Node:
    """A set of data over some days: the route of its page, and its files, the path of each by its type."""
    node = _data_set(f"{site.site_name}: {name}", description, path_of(route), files, site)
    if span.first and span.last:
        node["temporalCoverage"] = f"{span.first.isoformat()}/{span.last.isoformat()}"
    if span.changed:
        node["dateModified"] = moment(span.changed)
    node["variableMeasured"] = [
        {"@type": "PropertyValue", "name": name, "unitText": unit} for name, unit in FIGURES.items()
    ]
    return node


def absolute(path: str) -> str:
    """An address in full, by SITE_URL."""
    return f"{settings.SITE_URL}{path}"


def moment(at: datetime) -> str:
    """A moment with its zone, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def author_of(site: SiteProfile) -> Node:
    """Who answers for the figures: the author or, where none is named, the site."""
    kind = "Person" if site.author_name else "Organization"
    return {
        "@type": kind,
        "name": site.author_name or site.site_name,
        "url": absolute(path_of("home")),
    }


def _posting(day: Day, summary: RecordSummary, site: SiteProfile) -> Node:
    address = absolute(day.get_absolute_url())
    published = day.published_at or day.created_at
    return {
        "@type": "BlogPosting",
        "headline": day.full_title,
        "description": summary.sentence(site.agent_name),
        "url": address,
        "mainEntityOfPage": address,
        "image": [absolute(path_of("record_card", day.date))],
        "datePublished": moment(published),
        "dateModified": moment(day.changed_at or published),
        "inLanguage": "en",
        "author": [author_of(site)],
        "publisher": {
            "@type": "Organization",
            "name": site.site_name,
            "url": absolute(path_of("home")),
        },
    }


def _data_of_day(day: Day, summary: RecordSummary, site: SiteProfile) -> Node:
    files = _files_of("record_file", day.date)
    told = f"The tasks of one day with their hours, minutes and factors. {summary.sentence(site.agent_name)}"
    node = _data_set(f"{day.full_title}: the tasks", told, day.get_absolute_url(), files, site)
    node["temporalCoverage"] = day.date.isoformat()
    node["dateModified"] = moment(day.changed_at or day.created_at)
    node["variableMeasured"] = _measured(summary.totals)
    return node


def _files_of(route: str, *args: Any) -> dict[str, str]:
    """The files of a page by their types."""
    return {kind: path_of(route, *args, ending) for ending, kind in FILES.items()}


def _span_of(series: AnySeries) -> Span:
    """From when to when days at hand go, and when readers last got something new of one."""
    return Span(series.first, series.last, series.changed)


def _data_set(name: str, description: str, path: str, files: dict[str, str], site: SiteProfile) -> Node:
    node = {
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": absolute(path),
        "creator": author_of(site),
        "isAccessibleForFree": True,
        "keywords": ["leverage factor", "human-equivalent hours", "coding agents", site.agent_name],
        "measurementTechnique": absolute(path_of("method")),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": site.site_name,
            "url": absolute(path_of("data")),
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": content_type.partition(";")[0],
                "contentUrl": absolute(file),
            }
            for content_type, file in files.items()
        ],
    }
    return {**node, "license": site.licence_url} if site.licence_url else node


def _measured(totals: Totals) -> list[Node]:
    values = (
        totals.human_hours,
        totals.agent_minutes,
        totals.supervisory_minutes,
        totals.leverage.value,
        totals.supervision.value,
    )
    return [
        {"@type": "PropertyValue", "name": name, "unitText": unit, "value": json_number(value)}
        for (name, unit), value in zip(FIGURES.items(), values, strict=True)
        if value is not None
    ]

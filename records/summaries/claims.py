"""What the prose of a day claims, as readers read it, beside what its figures say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from records import facts, prose
from records.facts import Finding, Verdict
from records.models import Day, SiteProfile
from records.summaries.facts_of import facts_with, published_days
from records.summaries.live_figures import DayFigures
from records.summaries.record import RecordSummary

FIELDS = ("lede", "analysis")


@dataclass(frozen=True)
class Claim:
    """One claim of the lede or the analysis, and what the data say of it."""

    field: str
    finding: Finding

    @property
    def is_refuted(self) -> bool:
        """Whether the data say otherwise."""
        return self.finding.verdict is Verdict.REFUTED


def claims_of(
    day: Day, site: SiteProfile, others: Mapping[date, facts.DayFigures] | None = None
) -> list[Claim]:
    """Every claim of a stored day's prose; ``others`` are the public days, read here where not at hand."""
    tasks = list(day.tasks.select_related("category").order_by("position", "id"))
    figures = DayFigures(RecordSummary.of(day, tasks, site), base=None)
    return list(claims_in(figures, site, published_days() if others is None else others))


def claims_in(
    figures: DayFigures, site: SiteProfile, others: Mapping[date, facts.DayFigures]
) -> Iterator[Claim]:
    """Every claim of the prose of the day of some figures, which need not be stored; lede first."""
    day = figures.summary.day
    known = facts_with(day, list(figures.summary.tasks), site, others)
    for name in FIELDS:
        if text := getattr(day, name):
            shown = facts.read(prose.render(text, figures, part=name))
            for finding in facts.check(shown.text, known, shown.live):
                yield Claim(name, finding)

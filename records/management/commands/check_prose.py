"""`manage.py check_prose`: what the prose of published days claims, beside what their figures say."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from records.facts import Verdict
from records.formats import counted
from records.management.arguments import typed_date, wrong_use
from records.models import Day, SiteProfile
from records.models.day import DayQuerySet
from records.summaries.claims import Claim, claims_of
from records.summaries.facts_of import published_days


@dataclass(frozen=True)
class Checked:
    """One claim of a day's prose."""

    date: str
    field: str
    sentence: str
    claim: str
    verdict: str
    truth: str


class Command(BaseCommand):
    """Checks every published day, or the days named, drafts too.

    Exits with 1 if a claim is refuted, with 2 on wrong use. One that its author keeps, having said why, is no
    longer refuted: it counts as unjudged, with the reason beside the truth. With --json, standard output is
    the list of all claims and nothing else.
    """

    help = "Check what the prose of records claims against their figures."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which days, and for whom."""
        parser.add_argument(
            "dates", nargs="*", metavar="DATE", help="a day such as 2026-04-12; all published ones"
        )
        parser.add_argument("--json", action="store_true", help="print every claim as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the days, oldest first, and report."""
        days = _days(options["dates"])
        checked = list(_checked(days))
        if options["json"]:
            self.stdout.write(json.dumps([asdict(claim) for claim in checked], ensure_ascii=False, indent=1))
        else:
            self.report(checked, len(days))
        if any(claim.verdict == Verdict.REFUTED for claim in checked):
            raise SystemExit(1)

    def report(self, checked: list[Checked], days: int) -> None:
        """The refuted claims by day, then how many of each kind there are."""
        refuted = [claim for claim in checked if claim.verdict == Verdict.REFUTED]
        heading = ""
        for claim in refuted:
            if heading != (heading := f"{claim.date}, {claim.field}"):
                self.stdout.write(self.style.MIGRATE_HEADING(heading))
            self.stdout.write(f"  {claim.sentence}")
            self.stdout.write(self.style.ERROR(f"    “{claim.claim}”") + f" but: {claim.truth}")
        counts = {verdict: sum(claim.verdict == verdict for claim in checked) for verdict in Verdict}
        told = ", ".join(f"{number:,} {verdict}" for verdict, number in counts.items())
        self.stdout.write(f"{counted(days, 'day')} checked: {told}.")


def _days(typed: list[str]) -> list[Day]:
    """The days to check. Raises CommandError with exit code 2 for what is no date or no day."""
    days: DayQuerySet = Day.objects.all()
    if not typed:
        return list(days.visible().order_by("date"))
    wanted = [typed_date(text) for text in typed]
    found = {day.date: day for day in days.filter(date__in=wanted)}
    if missing := [on for on in wanted if on not in found]:
        raise wrong_use(f"There is no day of {missing[0]}.")
    return [found[on] for on in sorted(set(wanted))]


def _checked(days: list[Day]) -> Iterator[Checked]:
    site, others = SiteProfile.load(), published_days()
    for day in days:
        for claim in claims_of(day, site, others):
            yield _said(day, claim)


def _said(day: Day, claim: Claim) -> Checked:
    return Checked(
        date=day.date.isoformat(),
        field=claim.field,
        sentence=claim.finding.sentence,
        claim=claim.finding.claim,
        verdict=claim.verdict.value,
        truth=f"{claim.finding.truth}; kept: {claim.why}" if claim.is_kept else claim.finding.truth,
    )

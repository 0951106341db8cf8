"""`manage.py check_summaries`: what is kept of each day's sums, beside what its tasks add up to."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from records import publishing
from records.formats import counted
from records.models import Day
from records.summaries.audit import Finding, days_of, findings


class Command(BaseCommand):
    """Computes the summaries of every day anew, drafts too, and compares.

    Exits with 1 if one differs, which names the day and the column; --mend writes those days' summaries anew,
    and exits with 0 if all is well then. With --json, standard output is the list of findings and nothing
    else.
    """

    help = "Check the sums kept of each day and category against the tasks."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to mend, and for whom to print."""
        parser.add_argument("--mend", action="store_true", help="write anew what is not as it should be")
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, perhaps mend, and report."""
        found = list(findings())
        if options["mend"] and found:
            self.mend(found)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1))
        else:
            self.report(found, mended=options["mend"])
        if found and (not options["mend"] or any(findings())):
            raise SystemExit(1)

    @transaction.atomic
    def mend(self, found: list[Finding]) -> None:
        """Write the summaries of the days in question anew, none of them changing meanwhile."""
        dates = days_of(found)
        list(Day.objects.select_for_update().filter(date__in=dates).order_by("date").values_list("pk"))
        publishing.summarise(dates)

    def report(self, found: list[Finding], *, mended: bool) -> None:
        """Each finding in a line, then how many days were looked at."""
        for each in found:
            self.stdout.write(self.style.ERROR(each.words))
        number, wrong = Day.objects.count(), len(days_of(found))
        told = f"{counted(number, 'day')} checked: "
        if not found:
            self.stdout.write(f"{told}all sums are those of the tasks.")
        else:
            end = ", written anew." if mended else ". Run it with --mend to write them anew."
            self.stdout.write(f"{told}the sums of {wrong:,} are not those of the tasks{end}")

"""`manage.py make_sample`: fill the site with made-up days, a hundred or ten thousand."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from records import publishing
from records.management.arguments import typed_date, wrong_use
from records.management.progress import Counting
from records.management.sample import make_days, plan
from records.management.sample.categories import stored_categories
from records.models import Day, SiteProfile
from records.publishing import NewDay

TASKS_A_WRITE = 5_000


class Command(BaseCommand):
    """Adds made-up days, marked as sample data, before or between the days there are.

    Standard output carries the result, progress goes to standard error. Exits with 2 on numbers that cannot
    be; a day that exists is never touched.
    """

    help = "Add made-up days, marked as sample data: to look at, and for measuring."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much, from which seed, up to which date."""
        parser.add_argument("--days", type=int, default=100, help="how many days (100)")
        parser.add_argument("--tasks", type=int, help="how many tasks in all (14 a day)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same days (1)")
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="the last date to fill (yesterday)")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan the days, then store them in batches: all of them or none."""
        days = options["days"]
        tasks = days * 14 if options["tasks"] is None else options["tasks"]
        profile = SiteProfile.load()
        taken = frozenset(Day.objects.values_list("date", flat=True))
        last = typed_date(options["until"]) if options["until"] else profile.today() - timedelta(days=1)
        try:
            plans = plan(days, tasks, options["seed"], last=last, taken=taken)
        except ValueError as error:
            raise wrong_use(str(error)) from error
        with transaction.atomic(), Counting("Sample tasks", lambda: tasks) as made_so_far:
            made = make_days(plans, options["seed"], stored_categories(), profile.zone)
            for batch in _batches(made):
                publishing.add_days(batch, reason="Sample data")
                made_so_far.advance(sum(len(new.tasks) for new in batch))
        self.report({"days": len(plans), "tasks": tasks}, as_json=options["json"])

    def report(self, made: dict[str, int], *, as_json: bool) -> None:
        """The result on standard output."""
        words = f"Made {made['days']:,} sample days with {made['tasks']:,} tasks."
        self.stdout.write(json.dumps(made) if as_json else words)


def _batches(made: Iterator[NewDay]) -> Iterator[list[NewDay]]:
    batch: list[NewDay] = []
    tasks = 0
    for new in made:
        batch.append(new)
        tasks += len(new.tasks)
        if tasks >= TASKS_A_WRITE:
            yield batch
            batch, tasks = [], 0
    if batch:
        yield batch

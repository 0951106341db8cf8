"""Holds the plans of the task list against what would sort or scan, on a database of any size.

    DATABASE_URL=sqlite:////tmp/million.sqlite3 python3 manage.py migrate
    DATABASE_URL=sqlite:////tmp/million.sqlite3 python3 manage.py make_sample --days 10000 --tasks 1000000
    DATABASE_URL=sqlite:////tmp/million.sqlite3 python3 hardening/plans.py

Every offered order, of all tasks and within a category, and every filter in the order of the list: the plan
shows no temporary B-tree, no sort and no scan without an index. Prints what the rows of each take; exits
with 1 when a plan sorts or scans.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ("factor", "supervisory_factor", "human_hours", "agent_minutes", "supervisory_minutes", "tokens")
ORDERS = [f"sort={sign}{by}" for by in ("date", "category", *FIGURES) for sign in ("", "-")]
FILTERS = [
    *("factor_min=100", "factor_max=20", "supervisory_factor_min=100", "hours_min=8", "hours_max=2"),
    *("minutes_min=10", "minutes_max=5", "from=2024-01-01", "to=2025-12-31", "missing=supervision"),
    *("missing=tokens", "missing=category", "outcome=merged", "outcome=none", "category=none"),
]
SORTS_OR_SCANS = ("TEMP B-TREE", "Sort", "Seq Scan on records_task")
TIMES = 5


def main() -> int:
    """Look at all of them; 1 when one sorts or scans."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leverage_site.settings")
    import django

    django.setup()
    failed = 0
    for query in queries():
        faults, milliseconds = look_at(query)
        print(f"{milliseconds:8.1f} ms  {query}", *faults, sep="\n             ")
        failed += bool(faults)
    print(f"{failed} of {len(list(queries()))} plans sort or scan.")
    return 1 if failed else 0


def queries() -> Iterator[str]:
    """The addresses, each category order with the category of most tasks."""
    from django.db.models import Count

    from records.models import Category

    largest = (
        Category.objects.annotate(count=Count("tasks")).order_by("-count").values_list("slug", flat=True)
    )
    yield from ORDERS
    yield from (f"{order}&category={slug}" for slug in largest[:1] for order in ORDERS)
    yield from FILTERS


def look_at(query: str) -> tuple[list[str], float]:
    """The steps of the plans of a page's rows that sort or scan, and how long the rows take, as a median."""
    from django.http import QueryDict

    from records.models.walks import rows
    from records.summaries.tasks import listed
    from records.tables import FilteredTasks

    listing = FilteredTasks(QueryDict(query))
    tasks = listed(listing.tasks)
    plans = [part[:51].explain() for part in listing.order.parts(tasks)]
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        rows(listing.order.parts(tasks), 51)
        took.append(time.perf_counter() - begun)
    return [line for plan in plans for line in faults_in(plan)], statistics.median(took) * 1000


def faults_in(plan: str) -> list[str]:
    """The steps of a plan that sort, or read all tasks without an index."""
    return [
        line.strip()
        for line in plan.splitlines()
        if any(word in line for word in SORTS_OR_SCANS)
        or ("SCAN records_task" in line and "INDEX" not in line)
    ]


if __name__ == "__main__":
    sys.exit(main())

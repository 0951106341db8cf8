"""Make the page `/record/` of a day that our site gave as JSON: `python -m wagtail_site.fill FILE`."""

import json
import sys
from datetime import date
from pathlib import Path

FIGURES = ("human_hours", "agent_minutes", "supervisory_minutes", "factor", "supervisory_factor")


def fill(day: dict[str, list[dict[str, str]]]) -> None:
    """The site, its root and the page with its rows, published."""
    from wagtail.models import Page, Site  # type: ignore[import-not-found] # of the anchors' environment alone
    from wagtail_site.models import RecordPage, Row  # type: ignore[import-not-found] # on its own path

    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    Site.objects.create(hostname="127.0.0.1", root_page=Page.objects.get(slug="home"), is_default_site=True)
    first = day["results"][0]
    page = RecordPage(
        title=f"Record of {first['date']}", slug="record", date=date.fromisoformat(first["date"])
    )
    (root.get_children().first() or root).add_child(instance=page)
    for order, row in enumerate(day["results"]):
        figures = {name: row[name] for name in FIGURES}
        texts = {name: row[name] or "" for name in ("name", "description", "category")}
        Row.objects.create(page=page, sort_order=order, **texts, **figures)
    page.save_revision().publish()


if __name__ == "__main__":
    import django

    django.setup()
    fill(json.loads(Path(sys.argv[1]).read_text()))

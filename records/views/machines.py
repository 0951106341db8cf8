"""Pages for programs: health, robots.txt, sitemap.xml."""

from collections.abc import Iterable
from itertools import chain

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache

from records import sitemaps

LAST_FILE = 10**12  # beyond it lies no number that a database can hold


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the signature of a view
    """``{"status": "ok"}`` when the database answers, else 503 and ``{"status": "no database"}``."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})


def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """What robots may read: all but the admin."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Sitemap: {settings.SITE_URL}{reverse('records:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of all public pages or, where they are many, of the files that have them."""
    if sitemaps.fits_one_file():
        return _map(request, "sitemap.xml", chain(sitemaps.pages(), sitemaps.tasks()))
    return _map(request, "sitemap_index.xml", sitemaps.files())


def sitemap_of_pages(request: HttpRequest) -> HttpResponse:
    """The addresses of all public pages but those of single tasks."""
    return _map(request, "sitemap.xml", sitemaps.pages())


def sitemap_of_tasks(request: HttpRequest, number: int) -> HttpResponse:
    """The addresses of the tasks of one file."""
    found = list(sitemaps.tasks(number)) if number <= LAST_FILE else []
    if not found:
        raise Http404
    return _map(request, "sitemap.xml", found)


def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """Where the icon lies that browsers ask for by themselves."""
    return redirect(static("favicon.ico"))


def _map(request: HttpRequest, template: str, entries: Iterable[sitemaps.Entry]) -> HttpResponse:
    return render(request, template, {"entries": entries}, content_type="application/xml; charset=utf-8")

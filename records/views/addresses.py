"""Addresses that were once given out and lead elsewhere today."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect

from records.feeds import FORMS
from records.models import Category, Day, OldAddress, Tag, Task
from records.summaries.corrections import withdrawal_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]
EXTENSIONS = (".csv", ".json")
BELOW = (*FORMS, "card.png")  # what lies below the address of a day, a category or a tag
FOUND_BY = ("GET", "HEAD")


def old_addresses(get_response: GetResponse) -> GetResponse:
    """Middleware that answers what would be a 404 with a permanent redirect where the place moved."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != 404 or request.method not in FOUND_BY:
            return response
        target = where_it_moved(request.path)
        if target is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)

    return respond


def where_it_moved(path: str) -> str | None:
    """The address of what an old path led to, file for file; ``None`` unless the public may see it."""
    if "\0" in path:  # PostgreSQL has no text with it, and refuses to look for one
        return None
    stem, extension = split(path)
    old = OldAddress.objects.select_related(*OldAddress.PLACES).filter(path=stem).first()
    place = (old.day or old.category or old.tag) if old else None
    if place is None or not is_public(place):
        return None
    address = place.get_absolute_url()
    if extension in EXTENSIONS:
        return f"{address.rstrip('/')}{extension}"
    return f"{address}{extension}"


def split(path: str) -> tuple[str, str]:
    """The page a path belongs to, and the ending that asks for its rows, its feed or its card, if any."""
    for extension in EXTENSIONS:
        if path.endswith(extension):
            return f"{path.removesuffix(extension)}/", extension
    for name in BELOW:
        if path.endswith(f"/{name}"):
            return path.removesuffix(name), name
    return path, ""


def is_public(place: Day | Category | Tag) -> bool:
    """Whether a place can be seen; drafts are not betrayed by their former address."""
    if isinstance(place, Day):
        return place.is_visible() or withdrawal_of(place.date) is not None
    if isinstance(place, Tag):
        return Day.objects.visible().filter(tags=place).exists()
    return Task.objects.visible().filter(category=place).exists()

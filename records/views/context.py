"""What every page knows: the site profile and where the site stands on the web."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from records.feeds import FORMS
from records.models import SiteProfile


def site(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - the signature of a context processor
    """``site``, read in one query when first used, and ``site_url``, the only root of absolute links.

    ``feed_forms`` are the forms in which the feed of all records can be had.

    A view that has loaded the profile itself passes it as ``site`` and saves the query.
    """
    return {
        "site": SimpleLazyObject(SiteProfile.load),
        "site_url": settings.SITE_URL,
        "feed_forms": FORMS.values(),
    }

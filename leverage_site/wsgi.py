"""Entry point for WSGI servers, gunicorn above all: `gunicorn leverage_site.wsgi`."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leverage_site.settings")


def site() -> Any:
    """Django, with what is known of its answers before it."""
    django = get_wsgi_application()
    reverse("records:home")  # reads all addresses, and with them the views, once for all processes
    from records.revision.front import in_front_of  # only now can models be read

    return in_front_of(django)


application = site()

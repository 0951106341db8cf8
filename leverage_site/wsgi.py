"""Entry point for WSGI servers, gunicorn above all: `gunicorn leverage_site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leverage_site.settings")

application = get_wsgi_application()

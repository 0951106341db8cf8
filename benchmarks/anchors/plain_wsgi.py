"""The site's own handler and nothing before it: every page is made anew."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leverage_site.settings")

application = get_wsgi_application()

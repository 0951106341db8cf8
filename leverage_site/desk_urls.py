"""Addresses of the author's desk. Read when the first of them is asked for, and by ``check``.

Importing this finds and imports every application's admin, with all that writing needs: forms, importers,
the fact check. A process that has only shown pages has no use for any of it.
"""

from django.contrib import admin

admin.autodiscover()

urlpatterns = admin.site.get_urls()

"""Which admin site Django's admin is."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin as the author's desk."""

    default_site = "records.admin.site.DeskSite"

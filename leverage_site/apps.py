"""Which admin site Django's admin is."""

from typing import TYPE_CHECKING

from django.contrib.admin.apps import AdminConfig

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite


class DeskConfig(AdminConfig):
    """Django's admin as the author's desk."""

    default_site = "leverage_site.apps.desk"


def desk() -> "AdminSite":
    """The one desk. Importing it registers models, which asks for it again: both must get the same."""
    from records.admin.site import desk as the_desk

    return the_desk

"""Which admin site Django's admin is, and when it is read."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite


class DeskConfig(SimpleAdminConfig):
    """Django's admin as the author's desk, read when ``desk_urls`` first are."""

    default_site = "leverage_site.apps.desk"

    def ready(self) -> None:
        """Have ``check`` read the desk before it looks at what is registered there."""
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(_check_desk, checks.Tags.admin)


def _check_desk(**options: Any) -> list[checks.CheckMessage]:
    import leverage_site.desk_urls  # noqa: F401 - for what it registers

    return check_admin_app(**options)


def desk() -> "AdminSite":
    """The one desk. Importing it registers models, which asks for it again: both must get the same."""
    from records.admin.site import desk as the_desk

    return the_desk

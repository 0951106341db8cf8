"""The day an address of the desk is about."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from records.admin.bases import DayBase
from records.models import Day


class StoredDay(DayBase):
    """Finds the day of a key for who may change it."""

    def stored(self, request: HttpRequest, pk: int | str) -> Day:
        """The day of a key, for someone who may change it; raises 404 and 403."""
        day = self.get_object(request, str(pk))
        if day is None:
            raise Http404("There is no such day.")
        if not self.has_change_permission(request, day):
            raise PermissionDenied
        return day

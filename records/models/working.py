"""What an author has typed and not saved yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from records.models.day import Day


class WorkingCopy(models.Model):
    """The form of a day as one author left it: everything typed, nothing read yet.

    ``day`` is the stored day, or none for one that is still new and known by its date. ``version`` is the one
    the author began from.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.ForeignKey(Day, null=True, on_delete=models.CASCADE, related_name="+")
    date = models.DateField()
    version = models.PositiveIntegerField()
    typed = models.JSONField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "working copies"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day"], condition=Q(day__isnull=False), name="working_copy_of_a_day"
            ),
            models.UniqueConstraint(
                fields=["user", "date"], condition=Q(day__isnull=True), name="working_copy_of_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} as typed by {self.user}"

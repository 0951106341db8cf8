"""What says that something public may have changed."""

from django.db import models

# The numbers, as whoever asks sees them: one column and no values, so that it can go with other messages.
MARKS = "SELECT mark FROM records_siterevision ORDER BY mark"


class SiteRevision(models.Model):
    """A number that the database draws anew in every transaction that writes a row which the public may see.

    Triggers write it, whoever writes the rows (``records.revision``). It is drawn and not counted, so that no
    state ever has the number of another: also not after a transaction was taken back or a backup restored.
    There is one row; on PostgreSQL as many as there were writers at once, until the next one has written,
    since nobody shall wait for a row that all of them share.
    """

    mark = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.mark)

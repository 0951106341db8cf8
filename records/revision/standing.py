"""How the site stands: which rows, at what time, made by which code; one token for all of it."""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from hashlib import blake2b
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Subquery
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from records.models import Day, SiteProfile, SiteRevision
from records.models.moment import Answer
from records.revision.build import build_digest
from records.revision.watched import backend

FIRST_ZONE = SiteProfile._meta.get_field("time_zone").default


@dataclass(frozen=True)
class Standing:
    """The numbers of the revision, and the stretch of time in which nothing public changes by the clock.

    Two things do: a day appears at the moment it was published for, and pages say what day it is where the
    author lives. ``since`` is the last such moment, ``until`` the next.
    """

    marks: tuple[int, ...]
    since: datetime
    until: datetime

    @cached_property
    def token(self) -> str:
        """The same for the same public content, in every process; never the same for another."""
        parts = (*map(str, self.marks), self.since.isoformat())
        return blake2b(" ".join(parts).encode(), key=build_digest(), digest_size=12).hexdigest()

    def holds(self, marks: tuple[int, ...], now: datetime) -> bool:
        """Whether it is still so."""
        return self.marks == marks and self.since <= now < self.until


class Standings:
    """The latest standing, looked up anew only when a number or the time has changed."""

    def __init__(self) -> None:
        self._latest: Standing | None = None

    def known(self, marks: tuple[int, ...]) -> Standing | None:
        """The standing of these numbers at this moment, if it has been looked up."""
        latest = self._latest
        return latest if latest and latest.holds(marks, datetime.now(UTC)) else None

    def seen_by(self, connection: BaseDatabaseWrapper, answer: Answer | None = None) -> Standing | None:
        """How the site stands for a connection; ``None`` where none can tell. Raises ``DatabaseError``.

        ``answer`` are the rows of ``MARKS``, where the connection was asked for them already.
        """
        if settings.DEBUG:  # code and templates change while this process runs
            return None
        marks = backend(connection).marks(connection) if answer is None else _marks_in(answer)
        if not marks:
            return None
        found = self.known(marks)
        if found is None:
            found = self._latest = looked_up(connection, timezone.now())
        return found


def _marks_in(answer: Answer) -> tuple[int, ...]:
    return tuple(int(mark) for (mark,) in answer if mark is not None)


def looked_up(connection: BaseDatabaseWrapper, now: datetime) -> Standing:
    """The standing at a moment: one query, asked past the count of those that a page asks for itself."""
    coming = Day.objects.filter(status=Day.Status.PUBLISHED, published_at__gt=now)
    question = SiteRevision.objects.order_by("mark").values_list(
        "mark",
        Subquery(SiteProfile.objects.filter(pk=1).values("time_zone")[:1]),
        Subquery(Day.objects.visible(now).order_by("-published_at").values("published_at")[:1]),
        Subquery(coming.order_by("published_at").values("published_at")[:1]),
    )
    with connection.wrap_database_errors, closing(connection.create_cursor()) as cursor:
        cursor.execute(*question.query.sql_with_params())
        rows = cursor.fetchall()
    _, zone, last, following = rows[0]
    midnight, next_midnight = day_around(now, ZoneInfo(zone or FIRST_ZONE))
    return Standing(
        tuple(row[0] for row in rows),
        max(filter(None, (midnight, _moment(last)))),
        min(filter(None, (next_midnight, _moment(following)))),
    )


def day_around(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the present day began in a time zone, and when it ends, in UTC."""
    today = now.astimezone(zone).date()
    first, last = (datetime.combine(day, time.min, zone) for day in (today, today + timedelta(days=1)))
    return first.astimezone(timezone.get_default_timezone()), last.astimezone(timezone.get_default_timezone())


def _moment(stored: datetime | str | None) -> datetime | None:
    """A moment as the database's own cursor has it: SQLite keeps text in UTC."""
    moment = parse_datetime(stored) if isinstance(stored, str) else stored
    return moment.replace(tzinfo=timezone.get_default_timezone()) if moment and not moment.tzinfo else moment


standings = Standings()

"""How parts of addresses are read."""

from datetime import date

from records.feeds.forms import FORMS, Form
from records.periods import Period, parse


class WorkDate:
    """A work date as in ``/records/2026-04-12/``; a day that no calendar has is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The date; ``ValueError``, which the resolver takes for "no such address", when there is none."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """The date as it stands in the address."""
        return value.isoformat()


class PeriodKey:
    """A year, a month or a week as in ``/records/2026/``, ``/records/2026-04/``, ``/records/2026-W15/``."""

    regex = r"[0-9]{4}(?:-W?[0-9]{2})?"

    def to_python(self, value: str) -> Period:
        """The period; ``ValueError``, which the resolver takes for "no such address", when there is none."""
        return parse(value)

    def to_url(self, value: Period | str) -> str:
        """The period, or its name in addresses, as it stands there."""
        return value if isinstance(value, str) else value.key


class TaskNumber:
    """The number of a task, written in one way alone, so that its page has one address."""

    regex = r"[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The number as it stands in the address."""
        return str(value)


class Extension:
    """The ending of an address that gives a table as a file."""

    regex = "csv|json"

    def to_python(self, value: str) -> str:
        """The ending."""
        return value

    def to_url(self, value: str) -> str:
        """The ending as it stands in the address."""
        return value


class ArchiveEnding(Extension):
    """The ending of an address that gives the whole archive."""

    regex = "jsonl|json|zip"


class FeedForm:
    """The last part of an address that gives a feed."""

    regex = "|".join(ending.replace(".", r"\.") for ending in FORMS)

    def to_python(self, value: str) -> Form:
        """The form of the feed."""
        return FORMS[value]

    def to_url(self, value: Form) -> str:
        """The form as it stands in the address."""
        return value.ending

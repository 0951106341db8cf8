"""How parts of addresses are read."""

from datetime import date

from records.feeds.forms import FORMS, Form


class WorkDate:
    """A work date as in ``/records/2026-04-12/``; a day that no calendar has is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The date; ``ValueError``, which the resolver takes for "no such address", when there is none."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """The date as it stands in the address."""
        return value.isoformat()


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

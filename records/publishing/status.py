"""What becomes of a day that comes in, from a page or from an archive."""

from enum import StrEnum


class Status(StrEnum):
    """What became of it; whatever is refused is not stored at all."""

    CREATED = "created"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    REFUSED = "refused"

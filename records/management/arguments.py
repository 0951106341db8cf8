"""What commands are told in words: read in one way, refused in one way."""

from datetime import date

from django.core.management.base import CommandError

from records.periods import iso_date

WRONG_USE = 2  # the exit code


def wrong_use(words: str) -> CommandError:
    """What to raise where a command is told what cannot be; it exits with 2."""
    return CommandError(words, returncode=WRONG_USE)


def typed_date(text: str) -> date:
    """The date typed, such as 2026-04-12. Raises ``CommandError`` for anything else."""
    try:
        return iso_date(text)
    except ValueError:
        raise wrong_use(f"“{text}” is not a date. Try 2026-04-12.") from None

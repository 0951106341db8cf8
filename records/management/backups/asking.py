"""A question before something is overwritten."""

import sys

from django.core.management.base import OutputWrapper

from records.management.backups.faults import NotPossible


def agreed(question: str, out: OutputWrapper) -> bool:
    """Whether the person at the terminal says yes. Raises NotPossible where nobody can be asked."""
    if not sys.stdin.isatty():
        raise NotPossible(f"{question} Nobody is there to answer; --yes says so beforehand.")
    out.write(f"{question} [y/N] ", ending="")
    out.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")

"""The secret key of a site that was given none: made once, kept in a file that only its owner may read."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def kept_secret_key(path: Path) -> str:
    """The key in `path`, made there first if need be; of two processes that start at once, both get the same.

    Raises ImproperlyConfigured where the file can be neither read nor made.
    """
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"No SECRET_KEY in the environment, and {path} cannot be kept: {error.strerror}. "
            "Set SECRET_KEY, or let this user write there."
        ) from error


def _make(path: Path) -> None:
    """Write a new key beside `path` and link it there, whole or not at all; the first of two writers wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key(), encoding="ascii")
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)

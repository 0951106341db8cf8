"""Tasks that prose refers to: typed by position (``task.8``, ``task:8``), kept by id (``task.id812``).

Moving rows therefore changes no meaning. A form also names rows that are not stored yet, ``task.row3``.
"""

import re
from collections.abc import Iterator, Mapping

_REFERENCE = re.compile(
    r"(\{\{[ \t]{0,9}(?:(?:share|without)\.)?task\.|\][(:][ \t]{0,9}<?task:)"
    r"((?:id|row)?[0-9]{1,19})(?![0-9a-z-])"
)


def renamed(text: str, keys: Mapping[str, str]) -> str:
    """The text with its references to tasks named anew; one that is not among the keys stays as it is.

    Keys are ``8`` for a position, ``id812`` for a stored task, ``row3`` for a row of a form.
    """
    return _REFERENCE.sub(lambda found: found[1] + keys.get(found[2], found[2]), text)


def task_keys(*texts: str) -> Iterator[str]:
    """The tasks that texts refer to, each once, in the order of the text: ``8``, ``id812``."""
    yield from dict.fromkeys(found[2] for text in texts for found in _REFERENCE.finditer(text))


def mentions_tasks(*texts: str) -> bool:
    """Whether a text refers to a task by its position, so that its id is to be kept in its place."""
    return any(key.isdigit() for key in task_keys(*texts))

"""Answers that were made, kept under their names, within a bound."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.core.cache import BaseCache, caches

A_DAY = 24 * 60 * 60  # seconds; what a shared cache holds longer than that, nobody has asked for
PAUSE = 5  # seconds without asking a shared cache that failed
OF_ONE_PROCESS = ("LocMemCache", "DummyCache")

logger = logging.getLogger(__name__)


class Answer(NamedTuple):
    """An answer as it goes out: all its headers, and its body, compressed as they say."""

    headers: Sequence[tuple[str, str]]
    body: bytes

    @property
    def size(self) -> int:
        """About how much memory it takes, in bytes."""
        return len(self.body) + sum(len(name) + len(value) + 200 for name, value in self.headers)


class Store(Protocol):
    """Where answers are kept."""

    def get(self, name: str) -> Answer | None:
        """The answer of a name, if it is kept."""

    def put(self, name: str, answer: Answer) -> None:
        """Keep an answer, perhaps."""


class Memory:
    """Memory of this process, up to a number of bytes; what was not asked for the longest goes first.

    Answers of an earlier revision go the same way: nobody knows their names any more.
    """

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str) -> Answer | None:
        """The answer of a name, if it is kept."""
        with self._lock:
            answer = self._answers.get(name)
            if answer is not None:
                self._answers.move_to_end(name)
            return answer

    def put(self, name: str, answer: Answer) -> None:
        """Keep an answer, unless it alone would take an eighth of the room."""
        if answer.size > self._most // 8:
            return
        with self._lock:
            former = self._answers.pop(name, None)
            self._answers[name] = answer
            self._held += answer.size - (former.size if former else 0)
            while self._held > self._most:
                _, dropped = self._answers.popitem(last=False)
                self._held -= dropped.size


class Shared:
    """Memory, and behind it a cache that several machines share; its own bound is the cache's affair.

    While that cache is away, every page is made as if it held nothing.
    """

    def __init__(self, memory: Memory, cache: BaseCache) -> None:
        self._memory, self._cache = memory, cache
        self._not_before = 0.0

    def get(self, name: str) -> Answer | None:
        """The answer of a name, if it is kept here or there."""
        answer = self._memory.get(name)
        if answer is None and (found := self._asked(self._cache.get, _key(name))):
            answer = Answer(*found)
            self._memory.put(name, answer)
        return answer

    def put(self, name: str, answer: Answer) -> None:
        """Keep an answer here and there."""
        self._memory.put(name, answer)
        self._asked(self._cache.set, _key(name), (list(answer.headers), answer.body), A_DAY)

    def _asked(self, question: Callable[..., Any], *what: Any) -> Any:
        """What the cache answers; nothing where it fails, and then for a while without asking it."""
        if monotonic() < self._not_before:
            return None
        try:
            return question(*what)
        except Exception:  # each kind of cache has errors of its own, and no page depends on any
            logger.warning("The shared cache does not answer", exc_info=True)
            self._not_before = monotonic() + PAUSE
            return None


def store_of(most: int) -> Store:
    """A store of a number of bytes; what machines can share stands behind it, where CACHE_URL names such.

    With no bytes at all nothing is kept.
    """
    own = most == 0 or settings.CACHES["default"]["BACKEND"].rpartition(".")[2] in OF_ONE_PROCESS
    return Memory(most) if own else Shared(Memory(most), caches["default"])


class Rooms:
    """Two stores: addresses with a query have one of their own.

    There is no end of those; whoever asks for thousands displaces nothing but others of their kind.
    """

    def __init__(self, plain: Store, asked: Store) -> None:
        self._plain, self._asked = plain, asked

    def room_of(self, environ: Mapping[str, Any]) -> Store:
        """Where the answer to a request is kept."""
        return self._asked if environ.get("QUERY_STRING") else self._plain


def _key(name: str) -> str:
    return f"answer-{name}"

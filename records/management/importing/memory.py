"""Memory while much is imported: rows come and go by the thousand, none of them in circles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = 100_000  # objects between two searches for circles; Python's own 700 cost a fifth of an import


@contextmanager
def seldom_searched() -> Iterator[None]:
    """Let Python search for circles of objects less often, and not among what was there before."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(RARELY, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()

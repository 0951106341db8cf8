"""Cards already drawn, kept by content: a file each, few enough, shared by all processes of this machine."""

import contextlib

from django.core.cache import caches

from records.cards.card import Card


def png_of(card: Card) -> bytes:
    """The picture of a card; drawn when first asked for, also where nothing can be kept."""
    png: bytes | None = None
    with contextlib.suppress(OSError):
        png = caches["cards"].get(card.key)
    if png is None:
        from records.cards.drawing import drawn  # Pillow is large, and most processes draw nothing

        png = drawn(card)
        with contextlib.suppress(OSError):
            caches["cards"].set(card.key, png)
    return png

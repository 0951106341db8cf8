"""Social cards: what a link to a record, a category or a period shows where it is passed on.

``card_of`` gives what a card says of any tasks, ``png_of`` the picture, drawn once and kept by its content.
"""

from records.cards.card import Card, Figure, Tone, card_of, told
from records.cards.store import png_of

__all__ = ["Card", "Figure", "Tone", "card_of", "png_of", "told"]

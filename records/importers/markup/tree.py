"""The tree of a page: parsed within bounds, and walked.

The parser's time grows with the square of the depth, so tags left open are counted before it begins.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from records.importers.formats import CannotRead
from records.importers.markup.elements import CLOSED_BY_THEMSELVES, REPEATED

MOST_LEVELS = 100  # of elements within each other; pages of the wild have up to forty
_MOST_OPEN = 2_000
_MOST_TAGS = 1_000_000
_MOST_REPEATED = 5_000_000  # an emphasis left open is repeated in every paragraph after it
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")


def parsed(text: str) -> LexborNode:
    """The root of a page. Raises ``CannotRead`` for one nested too deeply or with too many tags."""
    _check_tags(text)
    if "<tr" in text and "<table" not in text.lower():
        text = f"<table>{text}</table>"  # rows copied without their table, which the parser would drop
    root = LexborHTMLParser(text).root
    if root is None:
        raise CannotRead("There is nothing in this page.")
    for _, level in walked(root):
        if level > MOST_LEVELS:
            raise _too_deep()
    return root


def children(node: LexborNode) -> Iterator[LexborNode]:
    """The nodes right below a node, texts among them."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def walked(root: LexborNode) -> Iterator[tuple[LexborNode, int]]:
    """Every node below, each with its level, in the order of the page; without recursion."""
    waiting = [(root, 0)]
    while waiting:
        node, level = waiting.pop()
        yield node, level
        waiting += [(child, level + 1) for child in reversed(list(children(node)))]


def classes(node: LexborNode) -> list[str]:
    """The classes of an element and its id, in lower case."""
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's value without surrounding blanks; blank for none."""
    return (node.attributes.get(name) or "").strip()


def _check_tags(text: str) -> None:
    tags = depth = repeated = most_repeated = 0
    for tag in _TAG.finditer(text):
        tags += 1
        name, step = tag[2].lower(), -1 if tag[1] else 1
        if name not in CLOSED_BY_THEMSELVES:
            depth = max(depth + step, 0)
        if name in REPEATED:
            repeated = max(repeated + step, 0)
            most_repeated = max(most_repeated, repeated)
        if depth > _MOST_OPEN:
            raise _too_deep()
    if tags > _MOST_TAGS or tags * most_repeated > _MOST_REPEATED:
        raise CannotRead(
            f"The page has {tags:,} tags, up to {most_repeated:,} of them left open; so many are not read. "
            "Save the article alone, without the page around it."
        )


def _too_deep() -> CannotRead:
    return CannotRead(
        f"The elements of this page are nested more than {MOST_LEVELS} levels deep. "
        "Save the article alone, without the page around it."
    )

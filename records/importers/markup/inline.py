"""What stands inside a line: texts, links, emphasis, code, as Markdown and as plain text.

Line breaks are ``BREAK`` until a paragraph is made of them.
"""

import re
from collections.abc import Callable, Iterable

from selectolax.lexbor import LexborNode

from records.importers.escaping import escaped_within
from records.importers.markup.elements import BLOCKS, DROPPED, UNSEEN
from records.importers.markup.tree import attribute, children, classes

BREAK = "\0"
_ALONE = frozenset({"br", "img"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_SPACES = re.compile(r"[ \t\n\r\f\xa0]+")
_SAFE_LINK = re.compile(r"(?:https?:|mailto:|[/#?.])|[^:]+$", re.IGNORECASE)
_IN_ADDRESS = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\n": "", "\t": "", "\\": "%5C"}


def markdown_of(nodes: Iterable[LexborNode]) -> str:
    """Inline nodes as Markdown, their line breaks as ``BREAK``."""
    return "".join(map(_markdown, nodes))


def plain_of(nodes: Iterable[LexborNode], *, ticks: bool = False) -> str:
    """Inline nodes as plain text, with backticks around code if asked for."""
    return "".join(map(_plain if ticks else _shown, nodes))


def one_line(text: str) -> str:
    """A text without breaks and without more than one blank together."""
    return " ".join(text.replace(BREAK, " ").split())


def is_dropped(node: LexborNode) -> bool:
    """Whether an element is nothing a reader sees, or no part of what is said."""
    if not node.is_element_node:
        return not node.is_text_node
    if node.tag in DROPPED or "hidden" in node.attributes or node.attributes.get("aria-hidden") == "true":
        return True
    return not UNSEEN.isdisjoint(classes(node))


def _markdown(node: LexborNode) -> str:
    if node.is_text_node:
        return escaped_within(_SPACES.sub(" ", node.text_content or ""))
    tag = "" if is_dropped(node) else node.tag or ""
    if not tag or tag in _ALONE:
        return escaped_within(_alone(node, tag))
    if tag in _CODE:
        return _ticked(one_line(_inside(node, _shown)))
    inside = _inside(node, _markdown)
    if tag == "a":
        return _link(attribute(node, "href"), inside)
    return _around(tag, _wrapped(inside, _EMPHASIS[tag]) if tag in _EMPHASIS else inside)


def _plain(node: LexborNode) -> str:
    """What an element shows, with backticks around code."""
    if node.is_element_node and node.tag in _CODE and not is_dropped(node):
        return _ticked(one_line(_inside(node, _shown)))
    return _shown(node, _plain)


def _shown(node: LexborNode, below: Callable[[LexborNode], str] | None = None) -> str:
    if node.is_text_node:
        return _SPACES.sub(" ", node.text_content or "")
    tag = "" if is_dropped(node) else node.tag or ""
    if not tag or tag in _ALONE:
        return _alone(node, tag)
    return _around(tag, _inside(node, below or _shown))


def _alone(node: LexborNode, tag: str) -> str:
    return {"br": BREAK, "img": attribute(node, "alt")}.get(tag, "")


def _around(tag: str, inside: str) -> str:
    return f"{BREAK}{inside}{BREAK}" if tag in BLOCKS else inside


def _inside(node: LexborNode, written: Callable[[LexborNode], str]) -> str:
    return "".join(map(written, children(node)))


def _ticked(code: str) -> str:
    if not code:
        return ""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if longest and (code[0] == "`" or code[-1] == "`") else ""
    return f"{fence}{blank}{code}{blank}{fence}"


def _wrapped(inside: str, mark: str) -> str:
    """Emphasis around each line, its marks right at the text, as Markdown needs them."""
    lines = []
    for line in inside.split(BREAK):
        text = line.strip(" ")
        before, after = line[: len(line) - len(line.lstrip(" "))], line[len(line.rstrip(" ")) :]
        lines.append(f"{before}{mark}{text}{mark}{after}" if text else line)
    return BREAK.join(lines)


def _link(address: str, inside: str) -> str:
    text = inside.strip(" " + BREAK)
    if not text or not address or not _SAFE_LINK.match(address):
        return inside
    target = "".join(_IN_ADDRESS.get(character, character) for character in address)
    return inside.replace(text, f"[{text}]({target})", 1)

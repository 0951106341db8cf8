"""Plain text as Markdown that reads the same, with as few backslashes as that takes.

Pure. ``v1.5 (27 files)``, ``snake_case`` and ``61->69`` stay as they are; ``1. at the start`` would become
a list.
"""

import re

_INLINE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # a backslash that would escape
    r"|\*(?=\S)|(?<=\S)\*"  # emphasis
    r"|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)"
    r"|`"
    r"|\](?=\()|\[(?=\^)|(?<=\^)\["  # links, footnotes
    r"|<(?=[A-Za-z][A-Za-z0-9+.-]*:|[^\s<>]+@)"  # addresses in angle brackets
    r"|&(?=#?\w+;)"
)
_AT_THE_START = re.compile(r"#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|[-=~]{3,}|={1,}\s*$|\[(?=[^\]]+\]:)|\|")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def escaped(line: str) -> str:
    """One line of plain text as Markdown."""
    return begun(escaped_within(line.strip()))


def escaped_within(text: str) -> str:
    """Plain text as Markdown where it stands inside a line."""
    return _INLINE.sub(lambda match: "\\" + match[0], text)


def begun(text: str) -> str:
    """A line of Markdown as the first of a paragraph: no list, heading or quotation where it begins."""
    if numbered := _NUMBERED.match(text):
        return f"{numbered[1]}\\{text[numbered.end(1) :]}"
    return "\\" + text if _AT_THE_START.match(text) else text

"""Front matter: the few lines before a page in Markdown that say its title, date, tags and address.

Pure. YAML between ``---`` or TOML between ``+++``, of which only plain values and lists are read.
"""

import re
from collections.abc import Mapping, Sequence

_FENCE = re.compile(r"(---|\+\+\+)[ \t]*")
_PAIR = re.compile(r"([A-Za-z][\w-]*)[ \t]*[:=](?:[ \t]+|$|(?=[\"'\[]))(.*)")
_ITEM = re.compile(r"\s*-[ \t]+(.+)|\s+([\"'][^\"']+[\"']),?|\s+(\w[^:=]*),?$")
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'")
_LISTED = re.compile(rf"(?:{_QUOTED.pattern})|[^,]+")
_COMMENT = re.compile(r"\s+#.*$")
_ESCAPED = re.compile(r"\\(.)")
_LONGEST = 200  # lines


def split_front_matter(lines: Sequence[str]) -> tuple[dict[str, list[str]], int]:
    """The values of the front matter by name in lower case, and the line after it; none and 0 without one."""
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    fence = _FENCE.fullmatch(lines[start]) if lines else None
    if fence is None:
        return {}, 0
    for end in range(start + 1, min(len(lines), start + _LONGEST)):
        if lines[end].rstrip() == fence[1] or (fence[1] == "---" and lines[end].rstrip() == "..."):
            values = _values(lines[start + 1 : end])
            return (values, end + 1) if values else ({}, 0)
    return {}, 0


def first_of(values: Mapping[str, Sequence[str]], *names: str) -> str:
    """The first value of the first of these names that has one; blank for none."""
    return next((values[name][0] for name in names if values.get(name)), "")


def _values(lines: Sequence[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    current = ""
    for line in lines:
        if pair := _PAIR.match(line):
            current = pair[1].lower()
            values[current] = _listed(pair[2].strip())
        elif current and (item := _ITEM.match(line)):
            values[current] += _listed(next(filter(None, item.groups())).strip())
    return values


def _listed(written: str) -> list[str]:
    """The items of a value: one, or those between square brackets, without their quotes."""
    if written.startswith("["):
        inside = written[1:].rpartition("]")[0] or written[1:]
        return [text for item in _LISTED.finditer(inside) if (text := _unquoted(item[0].strip()))]
    if quoted := _QUOTED.match(written):
        return [_unquoted(quoted[0])]
    plain = _COMMENT.sub("", written).strip()
    return [plain] if plain and plain not in (">", "|", ">-", "|-") else []


def _unquoted(written: str) -> str:
    match = _QUOTED.fullmatch(written)
    if match is None:
        return written
    if match[1] is not None:
        return _ESCAPED.sub(r"\1", match[1])
    return match[2].replace("''", "'")

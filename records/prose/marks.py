"""Figures in Markdown: what ``{{ tasks|words }}`` is, and which of them a text has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from records.prose.vocabulary import NotAName, parse

LONGEST = 50_000  # characters; a form refuses more, so that nothing is cut unseen
KIND = "figure"  # of token
TASK = "task"  # the scheme of links to tasks
WAYS = ("words", "Words")
# In a cell of a table the bar has a backslash before it, as any bar there.
_MARK = re.compile(r"\{\{([^{}\n]{1,200})\}\}")


@dataclass(frozen=True)
class Mark:
    """A name between double braces, and how it is to be written: ``tasks``, ``words``."""

    name: str
    how: str = ""

    @classmethod
    def of(cls, typed: str) -> "Mark":
        """What stands between the braces, taken apart."""
        name, _, how = typed.partition("|")
        return cls(name.rstrip("\\ \t").strip(), how.strip())

    def __str__(self) -> str:
        return f"{{{{ {self.name}{'|' if self.how else ''}{self.how} }}}}"

    def check(self) -> None:
        """Raise ``NotAName`` for a name that is not in the vocabulary, or a way of writing it cannot have."""
        name = parse(self.name)
        if self.how and self.how not in WAYS:
            raise NotAName(f"“|{self.how}” is no way to write a figure. Try {{{{ tasks|words }}}}.")
        if self.how and not name.counts:
            raise NotAName(
                f"Only counts are written in words, such as {{{{ tasks|words }}}}; “{self.name}” is none."
            )


def marks_in(text: str) -> list[Mark]:
    """The figures a text shows, each once, in the order of the text; what stands in code is none."""
    if "{{" not in text:
        return []
    return list(dict.fromkeys(Mark.of(token.content) for token in _tokens(text) if token.type == KIND))


def task_links_in(text: str) -> list[str]:
    """The tasks that links of a text lead to, each once, by their keys: ``8``, ``id812``."""
    if f"{TASK}:" not in text:
        return []
    opened = (token for token in _tokens(text) if token.type == "link_open")
    addresses = (str(token.attrs.get("href", "")).partition(":") for token in opened)
    return list(dict.fromkeys(key for scheme, _, key in addresses if scheme == TASK))


def words_in(*texts: str) -> int:
    """How many words the texts have, counted between white space; a figure is one word."""
    return sum(len(_MARK.sub("1", text).split()) for text in texts)


def parser() -> MarkdownIt:
    """A new parser: CommonMark with tables, footnotes and figures; pictures stay links, and HTML is text."""
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False})
    markdown.enable("table").disable("image").use(footnote_plugin)
    markdown.inline.ruler.before("escape", KIND, _figure)
    return markdown


def _tokens(text: str) -> Iterator[Token]:
    for block in _reader().parse(text[:LONGEST], {"docId": "", "marks": True}):
        yield from block.children or ()


@cache
def _reader() -> MarkdownIt:
    return parser()


def _figure(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    """Take ``{{ name }}`` as one token, where the text may have figures at all."""
    found = _MARK.match(state.src, state.pos) if state.env.get("marks") else None
    if found is None:
        return False
    if not silent:
        state.push(KIND, "", 0).content = found[1]
    state.pos = found.end()
    return True

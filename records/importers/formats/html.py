"""Whole pages of any blog in HTML, and tables copied as HTML.

Pure. Elements tell the article, its title, tags and address; ``layout`` tells the log from the prose.
"""

import re
from collections.abc import Iterator

from records.importers.formats import CannotRead, Format
from records.importers.found import FoundDay
from records.importers.known import Known
from records.importers.layout import day_on
from records.importers.markup.blocks import blocks_in
from records.importers.markup.parts import addresses_of, article_of, drop_furniture, take_tags, titles_of
from records.importers.markup.tree import parsed
from records.importers.page import Block, Dated, Heading, Page, Table

_BEGINS = re.compile(r"\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)
_TABLE = re.compile(r"<(?:table|tr)[\s>]", re.IGNORECASE)
_NAME = re.compile(r"\.x?html?$", re.IGNORECASE)


def _recognises(text: str, name: str, _known: Known) -> bool:
    begins = bool(_BEGINS.match(text))
    return begins and bool(_TABLE.search(text) or _NAME.search(name) or "<html" in text[:2000].lower())


def _read(text: str, known: Known) -> Iterator[FoundDay]:
    page = page_of(text, known)
    if not any(isinstance(block, Table) for block in page.blocks):
        raise CannotRead(
            "There is no table in this page. A log has columns such as “Task”, “Human Est.” and “Sup.”"
        )
    yield day_on(page, known)


def page_of(text: str, known: Known) -> Page:
    """The page in a text of HTML. Raises ``CannotRead`` for one nested too deeply."""
    root = parsed(text)
    article = article_of(root)
    titles, addresses = titles_of(root, article), addresses_of(root)
    tags, glued = take_tags(root, article)
    drop_furniture(article)
    title = titles[0].text if titles else ""
    return Page(
        _from_title(list(blocks_in(article, known.agent_name)), title),
        title=title,
        dates=titles[1:] + [Dated("canonical address", address) for address in addresses],
        tags=tags,
        glued_tags=glued,
        address=addresses[0] if addresses else "",
    )


def _from_title(blocks: list[Block], title: str) -> list[Block]:
    """The blocks without the site's navigation, which stands before the title, as no log does."""
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            break
        if isinstance(block, Heading) and block.text == title:
            return blocks[place:]
    return blocks


FORMATS = (Format("html", 10, _recognises, _read),)

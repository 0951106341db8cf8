"""The parts of a page that are not its text: where the article is, its title, its tags, its address.

Everything here is told by elements, their roles and their classes; what only words tell is for ``layout``.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from records.importers.dating import has_date
from records.importers.markup.inline import one_line, plain_of
from records.importers.markup.tree import attribute, children, classes
from records.importers.page import Dated

_FURNITURE_ROLES = "[role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search]"
_FURNITURE_CLASS = re.compile(
    r"(?:^|[-_])(?:nav|navbar|navigation|menu|masthead|author|byline|bio|cta|call-to-action|share|sharing|social|related|comments?|newsletter|subscribe|"
    r"signup|sidebar|breadcrumbs?|toc|table-of-contents|pagination|pager|post-nav|cookies?|skip-link|reading-time)"
    r"(?:$|[-_])"
)
_TAG_CLASS = re.compile(
    r"^(?:[a-z]+[-_]+)?(?:tags?|tag-?list|taglist|topics?)(?:[-_](?:list|links|item|name))?$"
)
_LONGEST_BOX = 1_500  # characters of an author box or a call to action; what is longer is an article
_LONGEST_TAGS = 200
_MOST_TAGS = 50
_SENTENCE = 60  # characters from which a paragraph in an article's header is no byline
_BETWEEN_TAGS = re.compile(r"\s*[,·|;•]\s*")
_BEFORE_TAGS = re.compile(r"^(?:tags?|tagged(?: with| in)?|topics?|filed under)\s*:?\s*", re.IGNORECASE)
_SITE_NAME = re.compile(r"\s+[|·»]\s+.*$")


def article_of(root: LexborNode) -> LexborNode:
    """The element that holds the record: the article with a table, else main, else the whole body."""
    main = next((node for node in root.css("main, [role=main]") if node.css_first("table")), None)
    place = main or root.css_first("body") or root
    return next((node for node in place.css("article") if node.css_first("table")), place)


def titles_of(root: LexborNode, article: LexborNode) -> list[Dated]:
    """The titles the page has, the surest first: one with a date, its heading, what it tells other sites."""
    found = [Dated("heading", _text(node)) for node in article.css("h1")]
    found += [Dated("og:title", text) for text in _meta(root, "og:title")]
    found += [Dated("page title", _text(node)) for node in root.css("title")[:1]]
    found += [Dated("heading", _text(node)) for node in root.css("h1")]
    titles = [Dated(title.where, _SITE_NAME.sub("", title.text)) for title in found if title.text]
    return sorted(titles, key=lambda title: not has_date(title.text))


def addresses_of(root: LexborNode) -> list[str]:
    """The addresses the page says it has, the canonical one first."""
    links = [attribute(node, "href") for node in root.css("link[rel~=canonical]")]
    return [address for address in (*links, *_meta(root, "og:url")) if address]


def take_tags(root: LexborNode, article: LexborNode) -> tuple[list[str], list[str]]:
    """The page's tags, those apart from each other and those run together; their elements leave the page."""
    tags, glued = list(_meta(root, "article:tag")), []
    links = [node for node in article.css("a[rel~=tag]") if not _within_furniture(node)][:_MOST_TAGS]
    tags += [_text(node).lstrip("#") for node in links]
    boxes = [node for node in article.css("[class]") if _is_tag_box(node)][:_MOST_TAGS]
    for box in boxes:
        apart, run = _tags_in(box)
        tags += apart
        glued += run
    for node in [*(link.parent for link in links), *boxes]:
        if node is not None and _says_only(node, tags + glued):
            node.decompose()
    return tags, glued


def drop_furniture(article: LexborNode) -> None:
    """Takes navigation, boxes, footers and other articles out, unless a table of the record is in them."""
    for node in article.css(f"nav, aside, footer, form, {_FURNITURE_ROLES}"):
        _drop(node)
    for node in article.css("article"):
        if node.mem_id != article.mem_id:
            _drop(node)
    for header in article.css("header"):
        _drop_but_its_sentences(header)
    for node in article.css("[class], [id]"):
        short = len(node.text() or "") < _LONGEST_BOX
        if node.mem_id != article.mem_id and short and any(map(_FURNITURE_CLASS.search, classes(node))):
            _drop(node)


def _drop(node: LexborNode) -> None:
    if node.css_first("table") is None:
        node.decompose()


def _drop_but_its_sentences(header: LexborNode) -> None:
    for child in list(children(header)):
        if child.is_element_node and child.tag != "h1" and len(_text(child)) < _SENTENCE:
            _drop(child)


def _within_furniture(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("nav", "aside"):
            return True
        parent = parent.parent
    return False


def _is_tag_box(node: LexborNode) -> bool:
    if not any(map(_TAG_CLASS.match, classes(node))) or _within_furniture(node):
        return False
    return 0 < len(_text(node)) <= _LONGEST_TAGS and node.css_first("table, p + p, h1, h2") is None


def _tags_in(box: LexborNode) -> tuple[list[str], list[str]]:
    """The tags of a box: each in an element of its own, or between marks, else run together."""
    leaves = [leaf for leaf in box.css("a, span, li, div, p") if leaf.mem_id != box.mem_id and _is_leaf(leaf)]
    texts = [_BEFORE_TAGS.sub("", _text(leaf)).strip(" #,") for leaf in leaves]
    if any(texts):
        return [text for text in texts if text], []
    text = _BEFORE_TAGS.sub("", _text(box))
    apart = [tag.strip(" #") for tag in _BETWEEN_TAGS.split(text)]
    return (apart, []) if len(apart) > 1 else ([], [text] if text else [])


def _is_leaf(node: LexborNode) -> bool:
    return not any(child.is_element_node for child in children(node))


def _says_only(node: LexborNode, tags: list[str]) -> bool:
    """Whether an element holds tags and nothing else, so that no paragraph is made of it."""
    text = _BEFORE_TAGS.sub("", _text(node))
    for tag in sorted(tags, key=len, reverse=True):
        text = text.replace(tag, "")
    return not re.search(r"\w", text)


def _meta(root: LexborNode, name: str) -> Iterator[str]:
    for node in root.css("meta"):
        if name in (attribute(node, "property"), attribute(node, "name")) and attribute(node, "content"):
            yield attribute(node, "content")


def _text(node: LexborNode) -> str:
    return one_line(plain_of([node]) if node.tag != "title" else node.text() or "")

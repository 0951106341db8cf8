"""What the parts of a record page are called, and what belongs to the site around it.

Pure. A page of the past has a log, its totals and an analysis; navigation, author box, about box, repeated
excerpts, call to action and footer are furniture, known by their words where no markup tells.
"""

import re
from enum import Enum, auto


class Section(Enum):
    """A part of a record page."""

    LOG = auto()
    AGGREGATES = auto()
    ANALYSIS = auto()
    ABOUT = auto()
    FURNITURE = auto()


_LOG = {
    *(
        "the numbers",
        "numbers",
        "task log",
        "the task log",
        "tasks",
        "the tasks",
        "log",
        "the log",
        "task list",
    ),
    *("time log", "time record", "time records"),
}
_AGGREGATES = re.compile(
    r"aggregates?( stat(istic)?s| totals| numbers| metrics)?|(daily )?totals|summary statistics"
)
_ANALYSIS = {"analysis", "the analysis"}
_ABOUT = re.compile(
    r"about (these|the|this) (leverage |time )?(records?|numbers|data|log)|about time records"
)


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# How headings of the site around a record begin.
_FURNITURE = _any_of(
    r"let.?s (build|create|make) (something|it|this|together)\b",
    r"let.?s (talk|chat|connect|build|(work|build) together)( about your\b.*)?$",
    r"(work|talk) (with|to) (me|us)\b|work together\b|ready to (build|ship|start|get started|work|talk)\b",
    r"need (help|a hand)\b|interested in working\b|want to (work|talk|hire)\b|hire (me|us)\b",
    r"get in touch\b|contact( me| us| form)?$|follow (me|us)\b|support (me|us|this (site|blog|work))\b",
    r"subscribe( to\b.*| for\b.*| now)?$|(the |my |our )?newsletter( sign.?up)?$|stay (in touch|updated)\b",
    r"join the (newsletter|(mailing )?list|discussion|conversation|community)\b|share( (this|on)\b.*)?$",
    r"about (the author|me|us)\b",
    r"related( (posts?|records?|articles?|reading|entries))?$|more (posts|records|articles)$",
    r"more from (the |this )?(blog|archive|author|site)\b|read (next|more)$",
    r"recent (posts|records|articles)$|you (might|may) also\b",
    r"(leave a )?comments?$|(previous|next|older|newer)( (post|record|article)s?|$)",
    r"(table of )?contents$|(site )?navigation$|(menu|search|tags|categories|archives?|elsewhere|site map)$",
)
# How lines between title and lede read.
_BYLINE = _any_of(
    r"(written |posted )?by [^.]{1,60}$",
    r"(last )?(published|posted|updated)( on)?:? [^.]{0,40}\d[^.]{0,20}$",
    r"\d+[ -]min(ute)?s?( of)? read(ing)?\b[^.]*$|reading time\b[^.]{0,30}$",
)
_NAVIGATION = _any_of(
    r"(home|menu|search|rss|blog|posts|tags|categories|contact|archives?|elsewhere|site map|navigation)$"
)
# How paragraphs and lines of the site around a record read.
_FURNITURE_LINE = _any_of(
    r"skip to (main )?(content|navigation)|about the author\b",
    r"©|\(c\) ?(19|20)\d\d|copyright\b|all rights reserved|powered by\b|built with [^.]{1,40}\.?$",
    r"(back|return) to (top|home|all|the (top|index|archive))|share (this|on)\b|subscribe\b",
    r"(previous|next|older|newer)( post| record| article)?\s*[:→←»«]|[←→«»]",
    r"tagged( with| in)?:|filed under",
    r"(home|menu|search|rss|privacy( policy)?|terms|contact|archives?|leave a comment|print this)$",
    r"(read|continue) (more|reading)\b.{0,3}$",
)
_ENDS_THE_PAGE = _any_of(r"©|\(c\) ?(19|20)\d\d|copyright\b|all rights reserved|powered by\b|privacy policy")
TOTAL_ROW = frozenset({"total", "totals", "sum", "overall"})  # how a row of totals begins
_SENTENCE_END = re.compile(r"[.:;,…?!]['\"”’)]*$")
_PART_OF_A_TEXT = re.compile(r"[.:;,…]['\"”’)]*$")
_LONGEST_HEADING = 80
_KEYS = (
    (
        "supervisory_factor",
        re.compile(r"(?=.*(superv|sup\.|supv|\bsup\b))(?=.*(factor|leverage|\blf\b))|\bslf\b"),
    ),
    ("supervisory_minutes", re.compile(r"superv|\bsup\b|\bsupv\b")),
    ("factor", re.compile(r"leverage|factor|\blf\b")),
    ("human_weeks", re.compile(r"\bweeks\b")),
    ("tokens", re.compile(r"\btokens?\b")),
)
_NOT_A_SUM = re.compile(
    r"\b(median|highest|lowest|largest|smallest|maximum|max|minimum|peak|best|worst|top|unweighted|simple|mean"
    r"|arithmetic|per task|per day|range|longest|shortest)\b"
)


def section_of(heading: str) -> Section | None:
    """The part of the page that a heading opens; ``None`` for one of the author's own."""
    words = _plain(heading)
    if words in _LOG:
        return Section.LOG
    if _AGGREGATES.fullmatch(words):
        return Section.AGGREGATES
    if words in _ANALYSIS:
        return Section.ANALYSIS
    if _ABOUT.fullmatch(words):
        return Section.ABOUT
    is_furniture_head = len(words) <= _LONGEST_HEADING and not _PART_OF_A_TEXT.search(heading.strip())
    return Section.FURNITURE if is_furniture_head and _FURNITURE.match(words) else None


def is_furniture(text: str) -> bool:
    """Whether a paragraph belongs to the site: an author box, a way to other pages, a footer."""
    return bool(_FURNITURE_LINE.match(text.strip()))


def is_byline(text: str) -> bool:
    """Whether a line above the lede says who wrote when, or how long it takes to read."""
    return bool(_BYLINE.match(text.strip()))


def is_navigation(text: str) -> bool:
    """Whether a line is a word of the site's navigation."""
    return bool(_NAVIGATION.match(text.strip()))


def ends_the_page(text: str) -> bool:
    """Whether a paragraph is the foot of the page, after which nothing of the record comes."""
    return bool(_ENDS_THE_PAGE.match(text.strip())) and len(text) < 300


def looks_like_heading(line: str) -> bool:
    """Whether a line of a copied text, alone between blank lines, is a heading and no sentence."""
    text = line.strip()
    return (
        0 < len(text) <= _LONGEST_HEADING and not _SENTENCE_END.search(text) and any(map(str.isalpha, text))
    )


def total_named(label: str, agent_name: str) -> str:
    """What a printed total is of, by the name of our own files; blank for a label nobody has met."""
    words = _plain(label).replace("-", " ")
    if len(words) > 70 or _NOT_A_SUM.search(words):
        return ""
    for key, pattern in _KEYS:
        if pattern.search(words):
            return key
    agents = "|".join(re.escape(name) for name in {agent_name.casefold(), "claude", "agent", "ai"} if name)
    if re.search(rf"\b({agents})\b|wall clock", words):
        return "agent_minutes"
    if "human" in words:
        return "human_hours"
    return "tasks" if re.search(r"\btasks?\b", words) else ""


def _plain(heading: str) -> str:
    words = " ".join(heading.replace("’", "'").split()).casefold()
    return re.sub(r"^[^\w(©]+|[^\w.)!]+$", "", words).rstrip("!:")

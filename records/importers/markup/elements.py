"""Which elements of HTML do what."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What no reader sees, or what is no part of what a page says.
DROPPED = _words(
    "script style noscript template nav aside form button input select textarea iframe svg math "
    "canvas audio video object embed dialog head title meta link"
)
# What stands on lines of its own.
BLOCKS = _words(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre search section summary "
    "table tbody td tfoot th thead tr ul caption"
)
# What is there for other eyes: labels for screen readers, links of headings to themselves. These are classes.
UNSEEN = _words("sr-only visually-hidden screen-reader-text headerlink anchor permalink heading-anchor")
# Whose end may be left out, so that many of them open are no nesting.
CLOSED_BY_THEMSELVES = _words(
    "area base br col embed hr img input link meta source track wbr p li dt dd td th tr tbody thead "
    "tfoot option optgroup colgroup caption rp rt html head body"
)
# Which, left open, go on in every paragraph after.
REPEATED = _words("a b big code em font i nobr s small strike strong tt u")

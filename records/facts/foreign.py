"""Whether words speak of something that the record does not measure: "page views", "the worst bug"."""

import re

from records.facts.patterns import pattern
from records.facts.series import DAY_NOUN, measure_words

_NEUTRAL_WORDS = """
a an the this that these those it its our my we i and or but so yet both one all any each every no not
only is was were are be been being has had have did does do made makes make making came comes come went
goes go at in on of by to for from with within as than over under above below about near nearly almost
roughly some well far very much many even still also again just quite clearly easily comfortably slightly
sharply a bit little lot way more less most least top single individual total overall human equivalent
agent claude claude's day's daily weekly monthly calendar raw net gross whole entire full own april march
february january sunday saturday monday tuesday wednesday thursday friday today today's yesterday week
weeks month year record records recorded logged published series far up down higher lower better worse
stronger weaker busier quieter longer shorter larger smaller bigger greater heavier lighter marks mark
marked brought brings produced produces saw sees stands stood sits sat landed lands finished finishes
ended ends closed closes ranks ranked reached reaches ran runs put puts beat beats result results return
returns figure figures number numbers value values score scores count counts show showing performance
ratio ratios multiplier average averages weighted mean median volume level levels pace total totals sum
sums terms term measure measures high low peak best performing thirty thirty-seven hundred thousand x
relative compared set sets now then there here out second third fourth stayed stays delivered delivers
gave got took takes kept keeps remained remains held holds posted earned yielded fifth first last
previous earlier straight row reading readings haul tally day days date run runs stretch weekend
point points mark spot reading
"""
_NEUTRAL = frozenset(_NEUTRAL_WORDS.split())


_WORD = re.compile(r"[a-z][a-z'-]*", re.IGNORECASE)


_UP_TO = pattern(
    r"[.,;:()—]| -- |\b(?:of|in|on|since|so far|yet|ever|for|to date|i|we|by|with|at|from|that|than|and"
    r"|but|was|is"
    r"|were|are|came|which|who|where|when|to|after|before|until|among|across|as|not)\b"
)


def is_foreign(words: str) -> bool:
    """Whether some word among these belongs neither to the record's measures nor to talk of days."""
    rest = measure_words(DAY_NOUN.sub(" ", words))
    return any(word.lower() not in _NEUTRAL for word in _WORD.findall(rest))


def noun_phrase(after: str) -> str:
    """The words right after a superlative, up to where they end: "bug" of "worst bug of the year"."""
    end = _UP_TO.search(after)
    return after[: end.start()] if end else after

"""Which category a task without one might have, told by the words it shares with tasks that have theirs.

Pure statistics of words, no models. The weight of a word for a category says how far the word raises the odds
of that category, and less where few tasks speak for it. A proposal is the category with the greatest sum of
weights, if it has a clear lead; it always comes with the words it rests on.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TypeAlias

DOUBT = 2  # a word seen this often in a category counts half of what it seems to say
TELLING = 0.5  # a word that weighs less is said of every category
LEAST = 1.0  # what the words of a proposal weigh together at least
LEAD = 1.5  # how many times the weight of the next best category
SHOWN = 4  # words
MOST_TASKS = 30  # of one group: what one look takes in

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûü]")
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about after again all also an and any are as at back be been before being between both but by
        can could did do does done down each every few for from full get had has have her here his how
        i if in into is it its just made make many may more most much my new no nor not now of off old
        on once one only onto or other our out over own per same she so some such than that the their
        them then there these they this those through to too two under until up upon us use used using
        very via was we were what when where which while who whole why will with within without would
        yet you your
        """,
    )
)


Words: TypeAlias = Mapping[str, str]  # as written, by stem
Weights: TypeAlias = Mapping[str, float]  # by stem


@dataclass(frozen=True)
class Group:
    """Tasks that share words, and the category those words speak for; ``None`` where nothing clear does."""

    category: int | None
    words: tuple[str, ...]
    tasks: tuple[int, ...]


class Lexicon:
    """What each word says of each category, learnt from texts that have theirs."""

    def __init__(self, filed: Iterable[tuple[int, str]]) -> None:
        self.tasks: Counter[int] = Counter()
        self.uses: dict[str, Counter[int]] = defaultdict(Counter)
        for category, text in filed:
            self.tasks[category] += 1
            for stem in stems(text):
                self.uses[stem][category] += 1
        self.weights = {stem: dict(self._weights(uses)) for stem, uses in self.uses.items()}

    def _weights(self, uses: Counter[int]) -> Iterator[tuple[int, float]]:
        for category, used in uses.items():
            share = self.tasks[category] / (self.tasks.total() + 1)
            # One use of the average kind is added: what was seen once or twice proves little.
            with_word = (used + share) / (uses.total() + 1)
            weight = (_log_odds(with_word) - _log_odds(share)) * used / (used + DOUBT)
            if weight > TELLING:
                yield category, weight

    def proposal(self, words: Words) -> tuple[int, Weights] | None:
        """The category that some words speak for, and what each says; ``None`` without a clear lead."""
        said: dict[int, dict[str, float]] = defaultdict(dict)
        for stem in words:
            for category, weight in self.weights.get(stem, {}).items():
                said[category][stem] = weight
        sums = sorted(
            ((sum(weights.values()), -category) for category, weights in said.items()), reverse=True
        )
        if not sums or sums[0][0] < LEAST or (len(sums) > 1 and sums[0][0] < LEAD * sums[1][0]):
            return None
        return -sums[0][1], said[-sums[0][1]]


def _log_odds(share: float) -> float:
    return log(share / (1 - share))


def grouped(filed: Iterable[tuple[int, str]], tasks: Iterable[tuple[int, str]]) -> list[Group]:
    """Tasks, each a key and a text, in groups: the largest first, those without a proposal last.

    ``filed`` are categories and the texts that have them. The same words always give the same groups.
    """
    lexicon = Lexicon(filed)
    words = {key: stems(text) for key, text in tasks}
    proposed: dict[int, dict[int, Weights]] = defaultdict(dict)
    for key, own in words.items():
        if found := lexicon.proposal(own):
            proposed[found[0]][key] = found[1]
    groups = [
        Group(category, _shown(shared, keys, words), part)
        for category, said in sorted(proposed.items())
        for shared, keys in _by_shared_word(said)
        for part in _parts(keys)
    ]
    groups.sort(key=lambda group: -len(group.tasks))
    placed = {key for group in groups for key in group.tasks}
    return groups + [Group(None, (), part) for part in _parts([key for key in words if key not in placed])]


def _by_shared_word(said: Mapping[int, Weights]) -> Iterator[tuple[list[str], list[int]]]:
    """Tasks of one category by the word that most of them share, then the next; single ones together."""
    left = dict(said)
    while left:
        count, sums = Counter[str](), defaultdict[str, float](float)
        for weights in left.values():
            for stem, weight in weights.items():
                count[stem] += 1
                sums[stem] += weight
        order = sorted(count, key=lambda stem: (-count[stem], -sums[stem], stem))
        best = order[0]
        keys = [key for key, weights in left.items() if count[best] == 1 or best in weights]
        weighty = sorted({stem for key in keys for stem in left[key]} - {best}, key=lambda s: (-sums[s], s))
        yield [best, *weighty], keys
        left = {key: weights for key, weights in left.items() if key not in keys}


def _shown(shared: Sequence[str], keys: Sequence[int], words: Mapping[int, Words]) -> tuple[str, ...]:
    """The first few shared words, each in the form these tasks write most often."""
    forms = (
        (stem, Counter(words[key][stem] for key in keys if stem in words[key])) for stem in shared[:SHOWN]
    )
    return tuple(min(form, key=lambda word: (-form[word], word)) for _, form in forms)


def _parts(keys: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The keys in parts of about the same size, none larger than one look takes in."""
    parts = -(-len(keys) // MOST_TASKS)
    for part in range(parts):
        yield tuple(keys[part * len(keys) // parts : (part + 1) * len(keys) // parts])


def stems(text: str) -> dict[str, str]:
    """The telling words of a text by their stems: ``{"test": "tests"}``; stop words are left out."""
    words = (match[0] for match in _WORD.finditer(unicodedata.normalize("NFC", text).lower()))
    return {_stem(word): word for word in words if len(word) > 1 and word not in _STOP_WORDS}


def _stem(word: str) -> str:
    """The word without its most common English endings: tests, testing and tested are one."""
    stem = re.sub(r"['’].*$", "", word)
    stem = re.sub(r"ies$", "y", stem) if len(stem) > 4 else stem
    stem = re.sub(r"(?<=[^su])s$", "", stem) if len(stem) > 3 else stem
    for ending in ("ing", "ed", "er"):
        rest = stem.removesuffix(ending)
        if rest != stem and len(rest) > 2 and _VOWEL.search(rest):
            stem = rest
            break
    stem = stem.removesuffix("e") if len(stem) > 3 else stem
    return stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem

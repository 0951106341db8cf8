"""One sentence with all that was found in it, and what the sentences before it were about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from records.facts.book import Book
from records.facts.categories import categories_in, mentioned_in
from records.facts.dates import masks
from records.facts.figures import Figures
from records.facts.findings import Finding, Verdict
from records.facts.moments import Moment, moments_in
from records.facts.patterns import pattern
from records.facts.quantities import quantities_in, with_units_before
from records.facts.selectors import rests, selectors_in
from records.facts.sentences import Sentence
from records.facts.subjects import Option, Subject, replaced_at, wholes_in
from records.facts.units import Quantity, Unit

_BREAK = pattern(
    r"[;:—()]| -- | – |, (?:while|but|whereas|though|although|yet|so|because|since|and|against"
    r"|with|far|well|which|where|compared)\b"
    r"| (?:while|but|whereas|although|because|versus|vs\.?|compared (?:with|to)|against)\b"
)


_FROM_BEFORE = pattern(
    r"^\W*(?:and |but |so )?(?:they|these|those|it(?! took (?:the agent|claude|me|an?|about|roughly|only"
    r"|just|\d))|both|each(?! (?:minute|hour|task|of|one|single))|together|its|their|taken together"
    r"|combined|all (?:of them|three|four|five|six|seven|eight|nine|ten))\b"
)


_DAY_ITSELF = pattern(
    r"\b(?:the (?:whole |entire |full )?day(?!'s)|a day|in all|in total|all told|today|the record"
    r"|overall)\b"
)


_LESS = pattern(
    r"\b(?:without|excluding|except(?:ing)?(?: for)?|apart from|aside from|other than"
    r"|outside(?: of)?|beyond|minus|strip(?:ping)?(?: out)?|tak(?:e|ing|en) (?:away|out|off)"
    r"|cut(?:ting)? out|leav(?:e"
    r"|ing) out|leaving aside|drop(?:ping)?|remov(?:e|ing)|set(?:ting)? aside|not counting"
    r"|discounting) (?:the |those |these )?$"
)


_ANAPHORA = pattern(
    r"\b(?:the other(?= (?:\d|two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen|twenty"
    r"|thirty|forty|tasks))|the others|the rest(?=,| (?:of|reach|came|averag|stood|took|hold"
    r"|were|was|make|made|sit|is|are|combined))|remaining|without (?:them|it|those|these)"
    r"|of (?:them|these)|those (?:\w+ )?(?:two|three|four|five|six|seven|eight|nine|ten|tasks)"
    r"|these (?:two|three|four|five|six|seven|eight|nine|ten)|between them|same|latter|former"
    r"|(?:factor|average|leverage|work|hours|tasks) there"
    r"|the (?:two|three|four|five|six|seven|eight|nine|ten)(?= (?:stand|stood|are|were|came"
    r"|come|reach|reached|took|had|have|hold|held|make|made|together|of|combined|sit|sat"
    r"|average|averaged)\b|[,.;)]))"
)


_SUPPOSED = pattern(
    r"\b(?:if|target|goal|aim(?:ed|ing)?|could|might|should|tomorrow|next (?:week|month|day"
    r"|time)|hop(?:e|ed|ing)|aspir\w+|halv(?:e|ed|ing)"
    r"|(?:cut|cutting) (?:[\w-]+ ){1,4}?in half|doubl(?:e|ing) (?:both|them|it|the)|budget(?:ed)?"
    r"|imagine|suppose|say|hypothetical|instead of"
    r"|rather than|expect(?:ed|ing)?|plann?(?:ed|ing)? for|threshold|will|doubts?|used to"
    r"|would (?:take|need|cost|want|be|spend)|quota|without\b.*\bwould|had\b.*\bwould have"
    r"|limit(?:ed)? (?:of|to)|capped?|promised?"
    r"|rule of thumb)\b"
)


_NOT = pattern(
    r"\b(?:not|never|none|isn't|wasn't|weren't|didn't|doesn't|nor|hardly|cannot|can't|neither|nobody|no one"
    r"|few)\b"
)


_IT_COST = pattern(
    r"^\W*it (?:all )?(?:took|cost|needed|came to|adds up to) [^.;:]{0,40}?\b(?:of (?:supervision"
    r"|direction|my time|agent"
    r"|human)|agent|supervisory|human)\b"
)


NAMED = ("task", "category", "selector", "rest")


@dataclass
class Memory:
    """What earlier sentences of the paragraph spoke of, and the counts that were right so far."""

    paragraph: int = -1
    options: list[Option] = field(default_factory=list)
    groups: list[Option] = field(default_factory=list)
    counts: set[Decimal] = field(default_factory=set)
    named: bool = False
    begun: bool = False

    def turn_to(self, paragraph: int) -> None:
        """Forget whom a paragraph was about as soon as the next begins."""
        if paragraph != self.paragraph:
            self.paragraph, self.options, self.groups = paragraph, [], []
            self.named = self.begun = False


@dataclass
class Scene:
    """A sentence to be judged; ``used`` are the quantities that some claim has taken for itself."""

    sentence: Sentence
    book: Book
    memory: Memory
    used: set[Quantity] = field(default_factory=set)
    claimed: list[tuple[int, int]] = field(default_factory=list)
    of_days: list[tuple[int, int]] = field(default_factory=list)

    @property
    def figures(self) -> Figures:
        """The record's figures."""
        return self.book.figures

    @cached_property
    def text(self) -> str:
        """The plain sentence."""
        return self.sentence.text

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Its numbers with their units; those in dates and in quoted titles left out."""
        found = quantities_in(self.text, [*masks(self.text), *self.book.names.titles_in(self.text)])
        named = [subject.end for subject in self.book.names.found_in(self.text)]
        named += [subject.end for subject in categories_in(self.text, self.figures)]
        return list(with_units_before(self.text, found, named))

    @cached_property
    def subjects(self) -> list[Subject]:
        """Whom it speaks of, from left to right."""
        found = [
            *selectors_in(self.text, self.figures),
            *categories_in(self.text, self.figures),
            *wholes_in(self.text, self.figures),
            *self._counted(),
        ]
        taken = [(s.start, s.end) for s in found if s.kind in ("selector", "category")]
        for named in self.book.names.found_in(self.text):
            if not any(start <= named.start and named.end <= end for start, end in taken):
                found = [
                    s for s in found if s.kind != "category" or s.end <= named.start or s.start >= named.end
                ]
                found.append(named)
        found = [self._without(subject) for subject in found]
        return sorted((s for s in found if s.options), key=lambda s: (s.start, -s.end))

    def _counted(self) -> Iterator[Subject]:
        """The whole day where its tasks are counted: what follows is said of all of them."""
        least = len(self.figures.tasks) * 2 / 3
        for quantity in self.quantities:
            rest = re.search(r"\b(?:other|remaining) $", self.text[: quantity.start], re.IGNORECASE)
            if rest and quantity.unit is Unit.TASKS and not self.memory.begun and quantity.value >= least:
                options = rests(self.figures, int(quantity.value))
                yield Subject(quantity.start, quantity.end, options, "rest")
            if (
                quantity.unit is Unit.TASKS
                and not quantity.qualifier
                and not rest
                and quantity.value >= least
            ):
                yield from replaced_at(quantity.start, quantity.end, self.figures, "counted")

    def _without(self, subject: Subject) -> Subject:
        """The subject, or all the others where the words before it leave it out."""
        if subject.kind not in ("selector", "category", "task") or not _LESS.search(
            self.text[: subject.start]
        ):
            return subject
        options = [
            Option(
                tuple(t for t in self.figures.tasks if t not in o.tasks),
                f"without {o.label.removeprefix('for ').removeprefix('in ')}",
            )
            for o in subject.options
        ]
        return replace(subject, options=tuple(o for o in options if o.tasks), kind="rest")

    @cached_property
    def in_categories(self) -> int:
        """How many tasks the categories have that it mentions."""
        return mentioned_in(self.text, self.figures)

    @cached_property
    def moments(self) -> list[Moment]:
        """Other days and stretches it names."""
        return moments_in(self.text, self.figures)

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in _BREAK.finditer(self.text)]

    def name(self, subject: Subject) -> None:
        """Have the rest of the sentence speak of a group that was counted in it."""
        self.subjects.append(subject)
        self.subjects.sort(key=lambda s: (s.start, -s.end))

    def clause(self, at: int) -> tuple[int, int]:
        """Where the clause around a place begins and ends."""
        start = max((place for place in self._breaks if place < at), default=0)
        end = min((place for place in self._breaks if place >= at), default=len(self.text))
        return start, end

    def take(self, quantities: Iterable[Quantity]) -> None:
        """Leave these numbers to the claim that has taken them."""
        self.used |= set(quantities)

    def free(self) -> Iterator[Quantity]:
        """The quantities nobody has judged yet."""
        yield from (quantity for quantity in self.quantities if quantity not in self.used)

    def before(self, quantity: Quantity) -> str:
        """The text before a quantity, back to the one before it."""
        ends = [other.end for other in self.quantities if other.end <= quantity.start]
        return self.text[max(ends, default=0) : quantity.start]

    def after(self, quantity: Quantity) -> str:
        """The text after a quantity, up to the next."""
        starts = [other.start for other in self.quantities if other.start >= quantity.end]
        return self.text[quantity.end : min(starts, default=len(self.text))]

    @cached_property
    def is_anaphoric(self) -> bool:
        """Whether it speaks of something said before: "they", "those ten", "the rest"."""
        return bool(self._anaphora)

    @cached_property
    def _anaphora(self) -> list[int]:
        from_before = [0] if _FROM_BEFORE.search(self.text) and not _DAY_ITSELF.search(self.text) else []
        return from_before + [match.start() for match in _ANAPHORA.finditer(self.text)]

    def leans_back(self, quantity: Quantity) -> bool:
        """Whether a quantity is said of something spoken of before, nobody being named in its own clause."""
        if quantity.unit in (Unit.WEEKS, Unit.DAYS) and not self.memory.named:
            return False
        if not self.memory.begun and _IT_COST.match(self.text):
            return False
        kinds = (*NAMED, "counted")
        named = any(
            s.kind == "rest" or (s.kind in kinds and s.end <= quantity.start + 1) for s in self.subjects
        )
        return not named and any(place <= quantity.start for place in self._anaphora)

    def is_supposed(self, start: int, end: int) -> bool:
        """Whether what stands there is wished, feared or denied rather than stated."""
        lower, upper = self.clause(start)
        words = self.text[lower:start]
        return bool(_SUPPOSED.search(words) or _NOT.search(words[-40:])) and upper >= end - 1

    def says(self, words: re.Pattern[str]) -> bool:
        """Whether a pattern stands anywhere in it."""
        return bool(words.search(self.text))

    def finding(self, start: int, end: int, verdict: Verdict, truth: str = "", live: str = "") -> Finding:
        """A finding on the words from ``start`` to ``end`` of this sentence."""
        written = self.sentence.written
        end = start + len(written[start:end].rstrip())
        self.claimed.append((start, end))
        at = self.sentence.start
        return Finding(written, written[start:end], at + start, at + end, verdict, truth, live)

    def overlaps_days(self, start: int, end: int) -> bool:
        """Whether a claim about other days was found there."""
        return any(start < other_end and other_start < end for other_start, other_end in self.of_days)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether some claim was already found there."""
        return any(start < other_end and other_start < end for other_start, other_end in self.claimed)

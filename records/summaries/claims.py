"""What the prose of a day claims, as readers read it, beside what its figures say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from records import facts, prose
from records.facts import Finding, Verdict
from records.models import Day, KeptClaim, SiteProfile
from records.summaries.facts_of import facts_with, published_days
from records.summaries.live_figures import DayFigures
from records.summaries.record import RecordSummary

FIELDS = ("lede", "analysis")


@dataclass(frozen=True)
class Claim:
    """One claim of the lede or the analysis, what the data say of it, and why it stays all the same.

    ``shown`` is the field as readers read it: the finding tells places in it.
    """

    field: str
    finding: Finding
    shown: facts.Plain
    why: str = ""

    @property
    def verdict(self) -> Verdict:
        """What the data say; of a claim that is kept, nothing more."""
        return Verdict.UNJUDGED if self.is_kept else self.finding.verdict

    @property
    def disagrees(self) -> bool:
        """Whether the data say otherwise."""
        return self.finding.verdict is Verdict.REFUTED

    @property
    def is_refuted(self) -> bool:
        """Whether the data say otherwise and nobody said why it stays."""
        return self.disagrees and not self.why

    @property
    def is_kept(self) -> bool:
        """Whether the data say otherwise and its author said why it stays."""
        return self.disagrees and bool(self.why)

    @property
    def key(self) -> str:
        """What a form calls it: the same for the same claim in the same sentence."""
        return key_of(self.finding.sentence, self.finding.claim)

    @property
    def words(self) -> str:
        """The claim beside what the data say."""
        return f"“{self.finding.claim}”, but: {self.finding.truth or 'the figures say otherwise'}."


def key_of(sentence: str, claim: str) -> str:
    """What a form calls a claim of a sentence."""
    return sha256(f"{sentence}\n{claim}".encode()).hexdigest()[:16]


def refuted(claims: Sequence[Claim]) -> list[Claim]:
    """Those that the data refute and nobody keeps, each once however often its sentence makes it."""
    return list({claim.key: claim for claim in reversed(claims) if claim.is_refuted}.values())[::-1]


def claims_of(
    day: Day, site: SiteProfile, others: Mapping[date, facts.DayFigures] | None = None
) -> list[Claim]:
    """Every claim of a stored day's prose; ``others`` are the public days, read here where not at hand."""
    tasks = list(day.tasks.select_related("category").order_by("position", "id"))
    figures = DayFigures(RecordSummary.of(day, tasks, site), base=None)
    return list(claims_in(figures, site, published_days() if others is None else others))


def claims_in(
    figures: DayFigures,
    site: SiteProfile,
    others: Mapping[date, facts.DayFigures],
    kept: Mapping[str, str] | None = None,
) -> Iterator[Claim]:
    """Every claim of the prose of the day of some figures, which need not be stored; lede first.

    ``kept`` says why claims stay, by their keys, where that is not what the day has.
    """
    day = figures.summary.day
    kept = whys(day.kept()) if kept is None else kept
    known = facts_with(day, list(figures.summary.tasks), site, others)
    for name in FIELDS:
        if text := getattr(day, name):
            shown = facts.read(prose.render(text, figures, part=name))
            for finding in facts.check(shown.text, known, shown.live):
                why = kept.get(key_of(finding.sentence, finding.claim), "")
                yield Claim(name, finding, shown, why)


def whys(kept: Sequence[KeptClaim]) -> dict[str, str]:
    """Why claims stay, by their keys."""
    return {key_of(each.sentence, each.claim): each.why for each in kept}

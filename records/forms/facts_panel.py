"""What the fact check says of the prose as typed: each refuted claim with its place and what can be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from records import prose
from records.facts import Verdict
from records.forms.day import DaySheet
from records.forms.posted import KEEP, Raw
from records.summaries.claim_places import Instead, Span, live_instead, place_of
from records.summaries.claims import Claim

MOST_SHOWN = 40


@dataclass(frozen=True)
class ShownClaim:
    """A refuted claim: where in the field it stands, if that can be told, and what could be typed instead."""

    claim: Claim
    place: Span | None
    instead: Instead | None

    @property
    def keep_name(self) -> str:
        """The name of the field that says why it stays."""
        return KEEP + self.claim.key

    @cached_property
    def around(self) -> tuple[str, str]:
        """Its sentence before and after the claim."""
        finding = self.claim.finding
        latest = finding.start + len(finding.sentence)
        at = finding.start - self.claim.shown.text.rfind(finding.sentence, 0, latest)
        return finding.sentence[:at], finding.sentence[at + len(finding.claim) :]


@dataclass(frozen=True)
class FactsPanel:
    """All that there is to say of the prose of a sheet."""

    sheet: DaySheet

    @cached_property
    def disagreeing(self) -> list[ShownClaim]:
        """The refuted claims that nobody keeps, the first few, each once a sentence."""
        return list(self._shown(kept=False))

    @cached_property
    def kept(self) -> list[ShownClaim]:
        """Those that stay for a reason."""
        return list(self._shown(kept=True))

    @property
    def disagreeing_in_all(self) -> int:
        """How many refuted claims there are, also those that are not shown."""
        return len({claim.key for claim in self.sheet.claims if claim.is_refuted})

    @property
    def unjudged(self) -> int:
        """How many figures are about something of which the record knows nothing."""
        return self._count(Verdict.UNJUDGED)

    @property
    def confirmed(self) -> int:
        """How many claims the data bear out."""
        return self._count(Verdict.CONFIRMED)

    @property
    def elsewhere(self) -> Iterator[tuple[str, str]]:
        """Reasons that were typed for claims that the text does not make just now."""
        shown = {each.claim.key for each in self.kept}
        for key, why in self.sheet.typed_whys.items():
            if why and key not in shown:
                yield f"{KEEP}{key}", why

    def used(self, key: str) -> Raw:
        """The field where a live figure takes the place of a claim, as typed then; none where it cannot."""
        for each in self.disagreeing:
            if each.claim.key == key and each.instead:
                field, span = each.claim.field, each.instead.span
                source = self.sheet.typed_prose(field)
                typed = source[: span.start] + each.instead.words + source[span.end :]
                return {field: prose.renamed(typed, self.sheet.rows.names())}
        return {}

    def _count(self, verdict: Verdict) -> int:
        return sum(claim.finding.verdict is verdict for claim in self.sheet.claims)

    def _shown(self, *, kept: bool) -> Iterator[ShownClaim]:
        wanted = {c.key: c for c in reversed(self.sheet.claims) if (c.is_kept if kept else c.is_refuted)}
        for claim in list(wanted.values())[::-1][:MOST_SHOWN]:
            source = self.sheet.typed_prose(claim.field)
            instead = self._numbered(live_instead(claim, source, self.sheet.figures))
            yield ShownClaim(claim, place_of(claim, source), instead)

    def _numbered(self, instead: Instead | None) -> Instead | None:
        """With tasks called by their numbers on the screen, where these are not their positions yet."""
        if instead is None:
            return None
        numbers = {position: number for number, position in self.sheet.rows.positions().items()}
        return Instead(instead.span, prose.renamed(instead.words, numbers))

"""Claims of a day's prose that its figures refute: asked about before it is published, kept with a reason."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from records.models import WHY_LENGTH, Day, KeptClaim, SiteProfile
from records.models.kept import as_stored
from records.summaries.claims import Claim, claims_of, refuted


class ClaimsRefuted(ValidationError):
    """The prose of a day makes claims that its figures refute, and nobody said why they stay."""

    def __init__(self, claims: list[Claim]) -> None:
        said = " ".join(f"{claim.field.capitalize()}: {claim.words}" for claim in claims)
        super().__init__(
            {"keep_claims": f"{said} Mend the text, or say why it stays, such as: counts the import twice."}
        )
        self.claims = claims


def keep_refuted(day: Day, why: str) -> str:
    """Keep what the figures of a stored day refute in its prose, for a reason; gives what to note of it.

    The day is changed but not stored. Raises ``ClaimsRefuted`` where there is such a claim and no reason.
    """
    claims = refuted(claims_of(day, SiteProfile.load()))
    if not claims:
        return ""
    if not why.strip():
        raise ClaimsRefuted(claims)
    why = why.strip()[:WHY_LENGTH]
    new = [KeptClaim(claim.finding.sentence, claim.finding.claim, why) for claim in claims]
    day.kept_claims = as_stored([*day.kept(), *new])
    many = "a claim that disagrees" if len(claims) == 1 else f"{len(claims)} claims that disagree"
    return f"Published with {many} with the figures ({why})"


def forget_unmade(day: Day) -> None:
    """Drop the kept claims that the prose of a stored day makes no more; a reworded sentence is a new one."""
    if day.kept_claims:
        made = {(each.finding.sentence, each.finding.claim) for each in claims_of(day, SiteProfile.load())}
        day.kept_claims = as_stored(_made(day.kept(), made))
        Day.objects.filter(pk=day.pk).update(kept_claims=day.kept_claims)


def _made(kept: Iterable[KeptClaim], made: set[tuple[str, str]]) -> Iterable[KeptClaim]:
    return [each for each in kept if (each.sentence, each.claim) in made]

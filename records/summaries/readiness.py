"""What stands between a draft and the public: what has to be mended first, and what deserves a look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from records.models import PUBLIC_NEEDS, Day, SafeName, Task
from records.summaries.claims import Claim, refuted
from records.summaries.unusual import Usual

_AROUND = 40
_NAMES = {
    "left_out": "Left out",
    "human_hours": "human hours",
    "agent_minutes": "agent minutes",
    "evidence_url": "evidence",
    "estimate_basis": "basis of the estimate",
    "estimate_steps": "steps of the estimate",
    "kept_claims": "kept claims",
}


class Weight(StrEnum):
    """What a finding means for publishing: to mend first, to mend or to stand by, to look at."""

    MUST = "must"
    CLAIM = "claim"
    LOOK = "look"


@dataclass(frozen=True)
class Finding:
    """One thing found: where, the task or the claim it is about if it is one, and what is the matter."""

    weight: Weight
    where: str
    words: str
    task: Task | None = None
    claim: Claim | None = None

    @property
    def place(self) -> str:
        """Where the day's form shows it, to be put behind its address."""
        if self.claim:
            return f"?facts={self.claim.key}#facts"
        return f"#task-{self.task.pk}" if self.task else ""


@dataclass(frozen=True)
class Place:
    """A name that must not be public, between the words around it, and what stands in for it."""

    where: str
    before: str
    text: str
    instead: str
    after: str


def findings(day: Day, tasks: Sequence[Task], usual: Usual, claims: Sequence[Claim] = ()) -> list[Finding]:
    """Everything to tell before the day is published, what must be mended first; one query.

    ``usual`` is what its figures are held against. ``claims`` are those of its prose: the refuted ones come
    next, those that are kept at the end.
    """
    found = [
        *_raw_names(day, tasks, SafeName.known()),
        *_lacking(tasks),
        *_refuted(claims),
        *_unusual(tasks, usual),
        *_worth_a_look(day, tasks),
        *_kept(claims),
    ]
    return sorted(found, key=lambda finding: list(Weight).index(finding.weight))


def _refuted(claims: Sequence[Claim]) -> Iterator[Finding]:
    for claim in refuted(claims):
        yield Finding(Weight.CLAIM, claim.field.capitalize(), claim.words, claim=claim)


def _kept(claims: Sequence[Claim]) -> Iterator[Finding]:
    for claim in claims:
        if claim.is_kept:
            words = f"{claim.words} It stays: {claim.why}"
            yield Finding(Weight.LOOK, claim.field.capitalize(), words, claim=claim)


def places_of_names(day: Day, tasks: Sequence[Task]) -> list[Place]:
    """Each name in the texts of a day that has something to stand in for it, with the words around."""
    names = SafeName.known()
    found = []
    for where, row in [("", day), *((f"Task {task.position}", task) for task in tasks)]:
        for name, places in row.disclosed(names).items():
            text = row.public_text(name)
            found += [
                Place(
                    f"{where} {named(name)}".strip().capitalize(),
                    text[max(0, place.start - _AROUND) : place.start],
                    place.text,
                    place.instead,
                    text[place.end : place.end + _AROUND],
                )
                for place in places
                if place.instead
            ]
    return found


def named(field: str) -> str:
    """A field as a person calls it."""
    return _NAMES.get(field, field.replace("_", " "))


def _raw_names(day: Day, tasks: Sequence[Task], names: Mapping[str, str]) -> Iterator[Finding]:
    for field, places in day.disclosed(names).items():
        for place in places:
            yield Finding(Weight.MUST, named(field).capitalize(), place.words)
    for task in tasks:
        for field, places in task.disclosed(names).items():
            for place in places:
                yield Finding(Weight.MUST, f"Task {task.position}, {named(field)}", place.words, task)


def _lacking(tasks: Sequence[Task]) -> Iterator[Finding]:
    for task in tasks:
        for field in task.missing_for_public():
            yield Finding(Weight.MUST, f"Task {task.position}", PUBLIC_NEEDS[field], task)


def _unusual(tasks: Sequence[Task], usual: Usual) -> Iterator[Finding]:
    for task in tasks:
        remarks = usual.remarks(task.human_hours, task.agent_minutes)
        if remarks:
            yield Finding(Weight.LOOK, f"Task {task.position}", remarks, task)


def _worth_a_look(day: Day, tasks: Sequence[Task]) -> Iterator[Finding]:
    if not day.lede.strip():
        yield Finding(Weight.LOOK, "Lede", "There is none: readers meet the figures without a word.")
    without = [task for task in tasks if task.category_id is None]
    if without:
        which = ", ".join(str(task.position) for task in without[:12])
        more = f" and {len(without) - 12} more" if len(without) > 12 else ""
        yield Finding(Weight.LOOK, "Category", f"None yet for task {which}{more}.", without[0])
    if not tasks:
        yield Finding(Weight.LOOK, "Tasks", "There are none: the record will be a note.")

"""Export schema 1: every field of the archive with its type, unit and meaning.

This one table writes the archive, reads it back, and is its data dictionary on ``/data/`` and in the files.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

SCHEMA = 1


class Kind(StrEnum):
    """What a value of a field looks like."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "true or false"
    DATE = "date"
    MOMENT = "date and time"
    LIST = "list"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the archive; ``column`` is where the models keep it, where that has another name."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    nullable: bool = False
    column: str = ""

    @property
    def source(self) -> str:
        """The path of the column in a query."""
        return self.column or self.name

    @property
    def form(self) -> str:
        """Type, unit and whether it may be unknown, in words: ``number, hours, or null``."""
        return ", ".join(part for part in (self.kind.value, self.unit, "or null" * self.nullable) if part)


def _text(name: str, meaning: str) -> Field:
    return Field(name, Kind.TEXT, meaning)


def _whole(name: str, meaning: str, unit: str = "", *, nullable: bool = False, column: str = "") -> Field:
    return Field(name, Kind.WHOLE, meaning, unit, nullable, column)


def _number(name: str, meaning: str, unit: str, *, nullable: bool = True) -> Field:
    return Field(name, Kind.NUMBER, meaning, unit, nullable)


def _moment(name: str, meaning: str, *, nullable: bool = False) -> Field:
    return Field(name, Kind.MOMENT, meaning, nullable=nullable)


def _date(name: str, meaning: str, *, nullable: bool = False, column: str = "") -> Field:
    return Field(name, Kind.DATE, meaning, nullable=nullable, column=column)


def _list(name: str, meaning: str) -> Field:
    return Field(name, Kind.LIST, meaning)


_ID = "Number of the {}; kept by an import where it is free."
_SOURCE = "How the {} came to be known: declared, measured, derived (from a printed factor) or approximate."

ARCHIVE = (
    _whole("schema", "Version of this form: 1."),
    _moment("generated_at", "When the archive was made."),
    Field("fields", Kind.OBJECT, "This dictionary: each field of each part, its type, unit and meaning."),
    Field("site", Kind.OBJECT, "The site profile."),
    _list("categories", "The categories."),
    _list("tags", "The tags."),
    _list("old_addresses", "Addresses once given out that lead on."),
    _list("days", "The days, oldest first."),
    _list("removed", "Revisions of drafts that were removed since; only with drafts included."),
)
SITE = (
    _text("site_name", "Name of the site."),
    _text("author_name", "Name of the author."),
    _text("author_box", "Box at the foot of every record, in Markdown."),
    _text("about_records", "What these records are and leave out, in Markdown."),
    _text("call_to_action", "What closes every record, in Markdown."),
    _text("objections", "The part “Objections” of the method page, in Markdown."),
    _text("agent_name", "Name of the agent, as the pages call it."),
    _text("time_zone", "The author’s time zone, such as Europe/Berlin."),
    _number("hours_per_day", "What a working day is counted as.", "hours", nullable=False),
    _number("hours_per_week", "What a working week is counted as.", "hours", nullable=False),
    _text("licence", "Licence of the figures."),
    _text("licence_url", "Address of the licence."),
    Field("filled_by_demo", Kind.FLAG, "Whether the demo filled this site."),
)
CATEGORIES = (
    _whole("id", _ID.format("category")),
    _text("slug", "Address name (slug) of the category."),
    _text("name", "Name of the category."),
    _text("description", "What belongs there."),
    _whole("order", "Its place among the categories."),
)
TAGS = (
    _whole("id", _ID.format("tag")),
    _text("slug", "Address name (slug) of the tag."),
    _text("name", "Name of the tag."),
)
OLD_ADDRESSES = (
    _text("path", "The path that was given out."),
    _date("date", "The day it leads to, where it leads to one.", nullable=True, column="day__date"),
    Field(
        "category", Kind.TEXT, "The category it leads to, by slug.", nullable=True, column="category__slug"
    ),
    Field("tag", Kind.TEXT, "The tag it leads to, by slug.", nullable=True, column="tag__slug"),
)
DAYS = (
    _whole("id", _ID.format("day")),
    _date("date", "Day worked, as 2026-04-12, in the author’s time zone."),
    _text("title", "Title of the record; empty means the usual one with the date."),
    _text("status", "draft, published or withdrawn."),
    _moment("published_at", "When it became public, or will.", nullable=True),
    _text("lede", "What stands above the figures, in Markdown."),
    _text("analysis", "What stands below the figures, in Markdown."),
    _text("left_out", "What the record leaves out."),
    _number("elapsed_minutes", "Minutes from first to last, where agents overlapped.", "minutes"),
    Field("evidence_private", Kind.FLAG, "Whether the evidence of its tasks is private."),
    Field("sample", Kind.FLAG, "Whether the figures are made up."),
    _moment("figures_changed_at", "When a figure last changed: “as of”.", nullable=True),
    _moment("prose_changed_at", "When prose that readers had seen last changed.", nullable=True),
    _list("kept_claims", "Claims of its prose that stay although its figures say otherwise, each with why."),
    _whole(
        "tokens", "Total that the day states for itself.", "tokens", nullable=True, column="stated_tokens"
    ),
    _whole("version", "How often the day was saved."),
    _moment("created_at", "When the day was first stored."),
    _moment("updated_at", "When the day was last stored."),
    _list("tags", "The names of its tags."),
    Field("source", Kind.OBJECT, "Where an imported day came from.", nullable=True),
    _list("tasks", "The tasks in the order of the log."),
    _list("revisions", "How the day stood after each save."),
    _list("corrections", "The figures that changed when they were public."),
)
TASKS = (
    _whole("id", "Number of the task, for good; its page is /tasks/id/. Kept by an import where it is free."),
    _whole("position", "Place of the task in the log of its day, from 1."),
    _text("name", "Name of the task; empty means the start of its text."),
    _text("description", "The text as logged; only backticks mean something in it."),
    Field(
        "category", Kind.TEXT, "The category, by slug; null where there is none yet.",
        nullable=True, column="category__slug",
    ),
    _number("human_hours", "What a skilled human would have needed.", "hours"),
    _number("agent_minutes", "What the agent took.", "minutes"),
    _number("supervisory_minutes", "What directing and reviewing took; null where unknown.", "minutes"),
    _whole("tokens", "What the agent read and wrote.", "tokens", nullable=True),
    _text("agent_minutes_source", _SOURCE.format("agent minutes")),
    _text("supervisory_minutes_source", _SOURCE.format("supervisory minutes")),
    _text("tokens_source", _SOURCE.format("tokens")),
    _text("agent", "The agent that did it, where it is not the usual one."),
    _text("model_version", "The version of its model."),
    _number("estimate_low", "Low end of the estimate of human hours.", "hours"),
    _number("estimate_high", "High end of the estimate of human hours.", "hours"),
    _list("estimate_steps", "Steps of the estimate, each with its name and its hours."),
    _text("estimate_basis_kind", "What the estimate rests on: comparable, experience, proposal, or empty."),
    _text("estimate_basis", "What the estimate rests on, in words."),
    _text("estimate_by", "Who estimated."),
    _date("estimate_on", "When it was estimated.", nullable=True),
    _text("estimate_timing", "Whether before or after the work: before, after, or empty."),
    _text("evidence_url", "Address of what shows the work."),
    _text("outcome", "What became of it: in-use, merged, reworked, reverted, abandoned, or empty."),
    _date("outcome_on", "When that was known.", nullable=True),
)  # fmt: skip
SOURCE = (
    _text("path", "The path or name of what was imported."),
    Field("printed", Kind.OBJECT, "The labels and figures printed there."),
)
REVISIONS = (
    _whole("id", _ID.format("revision")),
    _whole("number", "Counts the saves of the day, from 1."),
    _date("date", "The date of the day at that time."),
    _moment("at", "When it was saved."),
    _text("by_name", "By whom, as a name."),
    _text("reason", "Why."),
    Field("snapshot", Kind.OBJECT, "The day as it then stood, exactly as it was kept."),
)
CORRECTIONS = (
    _whole("id", _ID.format("correction")),
    _whole("revision", "Number of the revision it came with.", nullable=True, column="revision__number"),
    _whole("task_id", "The task concerned, if it is one.", nullable=True),
    _text("task_name", "Name of that task at the time."),
    _text("what", "The figure that changed, or what became of the task or the day."),
    _text("before", "What it was."),
    _text("after", "What it became."),
    _text("reason", "Why."),
    _moment("at", "When."),
)

Part = tuple[Field, ...]
PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "archive": ARCHIVE,
        "site": SITE,
        "categories": CATEGORIES,
        "tags": TAGS,
        "old_addresses": OLD_ADDRESSES,
        "days": DAYS,
        "tasks": TASKS,
        "source": SOURCE,
        "revisions": REVISIONS,
        "corrections": CORRECTIONS,
        "removed": REVISIONS,
    }
)


def dictionary() -> dict[str, dict[str, str]]:
    """The data dictionary as data: for each part and field, its form and its meaning in one line."""
    return {
        part: {field.name: f"{field.form}: {field.meaning}" for field in fields}
        for part, fields in PARTS.items()
    }


@dataclass(frozen=True)
class Archive:
    """An archive that was read: values by field, checked for type; a field that is absent is not there.

    ``days`` may be read from a stream as they are asked for; ``removed`` is complete once they are.
    """

    site: Mapping[str, Any] | None
    categories: Sequence[Mapping[str, Any]]
    tags: Sequence[Mapping[str, Any]]
    old_addresses: Sequence[Mapping[str, Any]]
    days: Iterable[Mapping[str, Any]]
    removed: Sequence[Mapping[str, Any]]

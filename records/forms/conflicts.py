"""Two people saved the same day: both texts place by place, and the sheet that the choices make.

Three versions are known: *mine*, as just typed; *theirs*, as stored now; and the one both started from, kept
as a revision. A place is shown where theirs changed and mine says otherwise. One that only the other author
changed is proposed as theirs, one that both changed as mine; what only I changed needs no choice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from records import prose
from records.exporters.snapshot import day_columns, task_columns
from records.forms.day import DAY_FIELDS, DayForm
from records.forms.posted import PROSE, PostedDay, Raw, is_removed, name_of, task_id
from records.forms.rows import ROW_FIELDS, Offer, TaskRow
from records.models import Day, Revision, Task, name_in

MINE, THEIRS = "mine", "theirs"
CHOICE = "choose-"
# The version both started from, the version that was shown, and what a form brings for its own sake.
_SETTLING = {"start", "seen", "csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Place:
    """One place where two texts differ, each as it would be typed, and which one is proposed."""

    key: str
    label: str
    mine: str
    theirs: str
    chosen: str
    is_task: bool = False

    @property
    def name(self) -> str:
        """The name of its choice in the form."""
        return CHOICE + self.key


class Standing:
    """A stored day as it would be typed."""

    def __init__(self, offer: Offer, day: Day, tags: Sequence[str], tasks: Sequence[Task]) -> None:
        self.form = DayForm(offer, None, day=Day(date=day.date), has_tasks=False)
        shown = DayForm(offer, None, day=day, has_tasks=False)
        shown.initial["tag_names"] = ", ".join(tags)
        self.fields = {name: _typed(shown[name]) for name in (*DAY_FIELDS, "tag_names") if name != "date"}
        self.row_form = TaskRow(offer, None, instance=Task(), prefix="row")
        self.rows = {task.pk: self._row(offer, task) for task in tasks}
        self.texts = {category.pk: category.name for category in offer.categories}

    def _row(self, offer: Offer, task: Task) -> Raw:
        row = TaskRow(offer, None, instance=task, prefix="row")
        return {"id": str(task.pk), **{name: _typed(row[name]) for name in ROW_FIELDS}}


def stored_standing(offer: Offer, day: Day, tasks: Sequence[Task]) -> Standing:
    """The day as it is stored now."""
    return Standing(offer, day, list(day.tags.values_list("name", flat=True)), tasks)


def standing_at(offer: Offer, day: Day, version: int) -> Standing | None:
    """The day as it stood at a version; ``None`` when that revision is not kept."""
    revision = Revision.objects.filter(day=day, number=version).first()
    if revision is None:
        return None
    snapshot = revision.snapshot
    then = Day(date=day.date, **day_columns(snapshot))
    by_slug = {category.slug: category for category in offer.categories}
    return Standing(offer, then, snapshot["tags"], [_task(values, by_slug) for values in snapshot["tasks"]])


def _task(values: Mapping[str, Any], by_slug: Mapping[str, Any]) -> Task:
    return Task(category=by_slug.get(values["category"]), **task_columns(values))


def _typed(bound: forms.BoundField) -> str:
    value = bound.value()
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    return value.isoformat() if isinstance(value, date) else str(value).replace("\r\n", "\n")


class Merge:
    """Mine and theirs, compared; ``start`` is the version both come from, where it is known."""

    def __init__(self, mine: PostedDay, theirs: Standing, start: Standing | None) -> None:
        self.mine, self.theirs, self.start = mine, theirs, start
        self._adopt()
        kept = [row for row in mine.rows if not is_removed(row)]
        # Prose is compared by the ids of its tasks and shown with the numbers of my rows.
        self.numbers = {name_of(row): str(number) for number, row in enumerate(kept, start=1)}
        found = [*self._day_places(), *self._row_places(), *self._added()]
        self.places = [
            replace(place, chosen=mine.fields[place.name]) if place.name in mine.fields else place
            for place in found
        ]

    def result(self) -> PostedDay:
        """The sheet that the choices typed with mine make; where none was made, what is proposed."""
        taken = {place.key for place in self.places if place.chosen == THEIRS}
        theirs = {name: value for name, value in self.theirs.fields.items() if f"day-{name}" in taken}
        fields = {**self.own_fields(), **theirs}
        rows = [row for mine in self.mine.rows for row in self._merged(mine, taken)]
        kept = {task_id(row) for row in rows}
        for pk, row in self.theirs.rows.items():
            if pk not in kept and f"task-{pk}" in taken:
                rows.append(row)
        return PostedDay(fields, rows)

    def own_fields(self) -> Raw:
        """The fields of my day, without what belongs to the settling."""
        return {
            name: value
            for name, value in self.mine.fields.items()
            if name not in _SETTLING and not name.startswith(CHOICE)
        }

    def _merged(self, mine: Raw, taken: set[str]) -> Iterator[Raw]:
        pk = task_id(mine)
        theirs = self.theirs.rows.get(pk) if pk is not None else None
        if pk is None:
            yield mine
        elif theirs is None:
            if f"task-{pk}" not in taken:
                yield {**mine, "id": ""}
        elif f"task-{pk}" in taken:
            yield theirs
        else:
            yield {**mine, **{name: theirs[name] for name in ROW_FIELDS if f"task-{pk}-{name}" in taken}}

    def _adopt(self) -> None:
        """Take a new row of mine that is stored word for word, as after saving twice, for that one."""
        held = {task_id(row) for row in self.mine.rows} | set(self.start.rows if self.start else ())
        added = {pk: row for pk, row in self.theirs.rows.items() if pk not in held}
        for row in self.mine.rows:
            if task_id(row) is None and not is_removed(row):
                pk = next((pk for pk, theirs in added.items() if self._same_row(row, theirs)), None)
                if pk is not None:
                    row["id"] = str(pk)
                    del added[pk]

    def _day_places(self) -> Iterator[Place]:
        start = self.start.fields if self.start else None
        for name, theirs in self.theirs.fields.items():
            mine = self.mine.fields.get(name, "")
            yield from self._place(self.theirs.form, name, mine, theirs, start, f"day-{name}", "")

    def _row_places(self) -> Iterator[Place]:
        for mine in self.mine.rows:
            pk = task_id(mine)
            if pk is None:
                continue
            start = self.start.rows.get(pk) if self.start else None
            theirs = self.theirs.rows.get(pk)
            if theirs is None or is_removed(mine):
                yield from self._removal(pk, mine, theirs, start)
                continue
            of = f" of “{_name(mine)}”"
            for name in ROW_FIELDS:
                key = f"task-{pk}-{name}"
                yield from self._place(
                    self.theirs.row_form, name, mine.get(name, ""), theirs[name], start, key, of
                )

    def _removal(self, pk: int, mine: Raw, theirs: Raw | None, start: Raw | None) -> Iterator[Place]:
        label = f"Task “{_name(mine)}”"
        if theirs is None and not is_removed(mine):
            untouched = start is not None and self._same_row(mine, start)
            yield Place(
                f"task-{pk}", label, self._text(mine), "", THEIRS if untouched else MINE, is_task=True
            )
        elif theirs is not None and not (start and self._same_row(theirs, start)):
            yield Place(f"task-{pk}", label, "", self._text(theirs), MINE, is_task=True)

    def _added(self) -> Iterator[Place]:
        known = {task_id(row) for row in self.mine.rows} | set(self.start.rows if self.start else ())
        for pk, theirs in self.theirs.rows.items():
            if pk not in known:
                text = self._text(theirs)
                yield Place(f"task-{pk}", f"Task “{_name(theirs)}”", "", text, THEIRS, is_task=True)

    def _place(
        self, form: Any, name: str, mine: str, theirs: str, start: Raw | None, key: str, of: str
    ) -> Iterator[Place]:
        if _same(form, name, mine, theirs) or (start and _same(form, name, theirs, start[name])):
            return
        untouched = start is not None and _same(form, name, mine, start[name])
        label = f"{form.fields[name].label or form[name].label}{of}"
        yield Place(
            key,
            label,
            self._shown(name, mine),
            self._shown(name, theirs),
            THEIRS if untouched else MINE,
        )

    def _same_row(self, one: Raw, other: Raw) -> bool:
        form = self.theirs.row_form
        return all(_same(form, name, one.get(name, ""), other[name]) for name in ROW_FIELDS)

    def _shown(self, name: str, value: str) -> str:
        if name in PROSE:
            return prose.renamed(value, self.numbers)
        if name == "category" and value.isdigit():
            return self.theirs.texts.get(int(value), value)
        return {"on": "yes", "": "no"}.get(value, value) if name == "sample" else value

    def _text(self, row: Raw) -> str:
        figures = [row.get(name, "") for name in ("human_hours", "agent_minutes", "supervisory_minutes")]
        category = self._shown("category", row.get("category", ""))
        return " · ".join(part for part in (row.get("description", ""), category, *figures) if part)


def _same(form: forms.BaseForm, name: str, one: str, other: str) -> bool:
    if one.strip() == other.strip():
        return True
    field = form.fields[name]
    try:
        return bool(field.clean(one) == field.clean(other))
    except ValidationError:
        return False


def _name(row: Raw) -> str:
    return row.get("name") or name_in(row.get("description", "")) or "without a text"

"""What changed between two snapshots of a public day, figure by figure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from records.models import NAME_LENGTH, Correction, name_in
from records.summaries.differences import FIGURES, changed, tasks_between

What = Correction.What

# What mostly is the matter, offered where the author has to say why.
USUAL_REASONS = ("typing error", "measured again", "estimate revised", "task missed")

TASK_FIGURES = {name: What(name) for name in FIGURES}
DAY_FIGURES = {"tokens": What.STATED_TOKENS, "elapsed_minutes": What.ELAPSED_MINUTES}


def figures_of(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a snapshot, without its words: what "as of" dates."""
    return {
        "day": {name: snapshot[name] for name in DAY_FIGURES},
        "tasks": {task["id"]: [task[name] for name in TASK_FIGURES] for task in snapshot["tasks"]},
    }


def prose_of(snapshot: Mapping[str, Any]) -> tuple[str, ...]:
    """The words of a snapshot that readers read as the author's."""
    return tuple(snapshot[name] for name in ("title", "lede", "analysis", "left_out"))


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any], moved: Mapping[int, date]
) -> Iterator[dict[str, Any]]:
    """Each change of a figure, as the values of a ``Correction``.

    ``moved`` names, by task id, the day a task left for or came from.
    """
    if before["date"] != after["date"]:
        yield {"what": What.DAY_MOVED, "before": before["date"], "after": after["date"]}
    if before["status"] == "published" and after["status"] == "withdrawn":
        yield {"what": What.WITHDRAWN, "before": "published", "after": "withdrawn"}
    for change in changed(before, after, DAY_FIGURES):
        yield {
            "what": DAY_FIGURES[change.name],
            "before": _text(change.before),
            "after": _text(change.after),
        }
    yield from _task_changes(before, after, moved)


def _task_changes(
    before: Mapping[str, Any], after: Mapping[str, Any], moved: Mapping[int, date]
) -> Iterator[dict[str, Any]]:
    between = tasks_between(before["tasks"], after["tasks"])
    for task in between.removed:
        yield _came_or_went(task, What.TASK_REMOVED, before["date"], moved.get(task["id"]), leaving=True)
    for task in between.added:
        yield _came_or_went(task, What.TASK_ADDED, after["date"], moved.get(task["id"]), leaving=False)
    for old, new in between.kept:
        for change in changed(old, new, TASK_FIGURES):
            values = {"before": _text(change.before), "after": _text(change.after)}
            yield {"what": TASK_FIGURES[change.name], **_task(new), **values}


def _came_or_went(
    task: Mapping[str, Any], what: str, here: str, other: date | None, *, leaving: bool
) -> dict[str, Any]:
    if other is None:
        figures = " · ".join(
            f"{figure.label} {_text(task[name])}"
            for name, figure in TASK_FIGURES.items()
            if task[name] is not None
        )
        return {"what": what, **_task(task), "before" if leaving else "after": figures}
    places = (here, other.isoformat())
    before, after = places if leaving else places[::-1]
    return {"what": What.TASK_MOVED, **_task(task), "before": before, "after": after}


def _task(task: Mapping[str, Any]) -> dict[str, Any]:
    name = task["name"] or name_in(task["description"])
    return {"task_id": task["id"], "task_name": name[:NAME_LENGTH]}


def _text(value: Any) -> str:
    return "" if value is None else str(value)

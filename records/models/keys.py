"""Ids that rows bring with them: kept where they are free."""

from collections.abc import Sequence
from itertools import count

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

from records.models.batches import batched

AT_ONCE = 10_000  # a statement holds some thirty thousand parameters


def free_ids(model: type[models.Model], wanted: Sequence[int | None]) -> list[int]:
    """An id for each row: the wanted one where no row has it yet, else one beyond all there are."""
    used = taken(model, [pk for pk in wanted if pk is not None])
    highest = model._default_manager.aggregate(highest=Max("pk"))["highest"] or 0
    beyond = count(max([highest, *(pk for pk in wanted if pk is not None)]) + 1)
    given = []
    for pk in wanted:
        chosen = next(beyond) if pk is None or pk in used else pk
        used.add(chosen)
        given.append(chosen)
    return given


def step_past(written: Sequence[type[models.Model]]) -> None:
    """Let the next id a database gives lie beyond those that rows brought; SQLite sees to it by itself."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(written))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def taken(model: type[models.Model], ids: Sequence[int]) -> set[int]:
    """Those of some ids that a row has."""
    rows = model._default_manager.order_by()
    return {
        pk for part in batched(ids, AT_ONCE) for pk in rows.filter(pk__in=part).values_list("pk", flat=True)
    }

"""The summaries of days, written anew from their tasks in the transaction that changes these."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from django.db import connection, transaction
from django.db.models import DateField, Model, QuerySet

from records.models import Day, DayCategorySummary, DaySummary, Task
from records.models.batches import batched
from records.models.day import DayQuerySet
from records.models.prepared import Parameter, filled
from records.models.summary import (
    CATEGORY_COLUMNS,
    DAY_COLUMNS,
    HIGHEST_FIRST,
    LOWEST_FIRST,
    computed_by_category,
    computed_by_day,
    first_of_day,
)

AT_ONCE = 1_000  # days whose dates one statement names
Statement: TypeAlias = tuple[str, tuple[Any, ...]]


def summarise(dates: Iterable[date]) -> None:
    """Write the summaries of these dates anew, a few statements for a thousand of them.

    A date that has no day any more loses its summary. Must run in the transaction that changed the days.
    """
    for some in batched(sorted(set(dates)), AT_ONCE):
        DaySummary.objects.filter(day__date__in=some).delete()
        DayCategorySummary.objects.filter(day__date__in=some).delete()
        _insert(some)


def summarise_new(dates: Iterable[date]) -> None:
    """Write the summaries of days that have none yet, three statements for a thousand of them."""
    for some in batched(sorted(set(dates)), AT_ONCE):
        _insert(some)


@transaction.atomic
def summarise_missing() -> int:
    """Write the summaries of days that have none, as after a migrate that made or emptied them; how many."""
    dates = list(Day.objects.filter(summary__isnull=True).values_list("date", flat=True))
    summarise(dates)
    return len(dates)


def _insert(dates: Sequence[date]) -> None:
    with connection.cursor() as cursor:
        for sql, parameters in _inserts(dates):
            cursor.execute(sql, parameters)
    DaySummary.objects.filter(day__in=Day.objects.filter(date__in=dates).values("date")).update(
        lowest_task_id=first_of_day(*LOWEST_FIRST), highest_task_id=first_of_day(*HIGHEST_FIRST)
    )


def _inserts(dates: Sequence[date]) -> Iterable[Statement]:
    """The statements that write the summaries of these dates, given that there are none."""
    if len(dates) > 1:
        return _made_for(Day.objects.filter(date__in=dates))
    return (
        (sql, filled(parameters, {"date": dates[0]}, connection))
        for sql, parameters in _for_one_day(connection.vendor)
    )


@cache
def _for_one_day(_vendor: str) -> Sequence[Statement]:
    """Those of a single day, as every save needs them: to spell them takes longer than to run them."""
    return _made_for(Day.objects.filter(date=Parameter("date", DateField())))


def _made_for(days: DayQuerySet) -> Sequence[Statement]:
    of_tasks = computed_by_category(Task.objects.filter(day__in=days.values("date")))
    return (
        _insert_from(DaySummary, DAY_COLUMNS, computed_by_day(days)),
        _insert_from(DayCategorySummary, CATEGORY_COLUMNS, of_tasks),
    )


def _insert_from(
    model: type[Model], columns: Sequence[str], rows: "QuerySet[Any, tuple[Any, ...]]"
) -> Statement:
    """INSERT … SELECT, which the ORM does not spell: the rows never leave the database."""
    quote = connection.ops.quote_name
    fields = {field.attname: quote(str(field.column)) for field in model._meta.concrete_fields}
    names = ", ".join(fields[name] for name in columns)
    select, parameters = rows.query.sql_with_params()
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) {select}", parameters

"""Rows become objects in a way of our own: as Django would make them."""

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_init, pre_init

from records.models import Category, Day, DaySummary, Tag, Task
from records.models.reading import ReadAsStored
from tests.factories import category, day, task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def something_stored() -> None:
    day(tasks=[task("Write", category=category("Writing"), tokens=5)], tags=["AI"])


@pytest.mark.parametrize("model", [Category, Day, DaySummary, Tag, Task])
def test_a_row_becomes_what_django_would_make_of_it(model: type[Model]):
    (row,) = model._base_manager.values_list(*(field.attname for field in model._meta.concrete_fields))
    expected, found = model(*row), model._base_manager.get()
    assert {**vars(found), "_state": None} == {**vars(expected), "_state": None}
    assert (found._state.db, found._state.adding) == ("default", False)


def test_nobody_listens_to_what_such_rows_do_not_send():
    told = [model for model in apps.get_models() if issubclass(model, ReadAsStored)]
    assert Task in told
    assert not [model for model in told for sent in (pre_init, post_init) if sent.has_listeners(model)]


def test_what_was_not_read_is_read_when_it_is_asked_for(django_assert_num_queries):
    made = Task.objects.only("position").get()
    assert made.get_deferred_fields() >= {"description", "tokens"}
    with django_assert_num_queries(1):
        assert made.tokens == 5


def test_what_was_read_can_be_changed_and_stored(django_assert_num_queries):
    made = Task.objects.select_related("category").get()
    with django_assert_num_queries(0):
        assert made.category
    other = category("Reading")
    made.category = other
    made.tokens = 7
    made.save()
    stored = Task.objects.get()
    assert (stored.category, stored.tokens) == (other, 7)
    stored.refresh_from_db()
    assert stored.tokens == 7

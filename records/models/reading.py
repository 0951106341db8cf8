"""Rows of the database becoming objects, of which a page needs a hundred and more.

Django makes an object of a row as if somebody had called its class: it sends two signals, sets each attribute
by itself and asks every field for a default. That takes longer than to read the row.
"""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState


class ReadAsStored(models.Model):
    """A model whose rows are taken as they are stored; what was not read is read when it is asked for.

    Nothing may listen to its ``pre_init`` and ``post_init``: rows that are read do not send them.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_: Any) -> Self:
        """The object of a row; as Django's own."""
        new = cls.__new__(cls)
        state = ModelState()
        state.db, state.adding = db, False
        new.__dict__ = {**dict(zip(field_names, values, strict=True)), "_state": state}
        return new

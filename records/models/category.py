"""Categories of tasks and tags of days."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from records.models.paths import path_of
from records.models.reading import ReadAsStored

NO_CATEGORY = "none"


def free_slug(model: type[models.Model], name: str, keep: int | None = None) -> str:
    """A slug made of ``name`` that no other row of ``model`` has; ``keep`` is the row that may have it."""
    stem = slugify(name)[:40] or model._meta.model_name or "item"
    taken = set(
        model._default_manager.filter(slug__startswith=stem).exclude(pk=keep).values_list("slug", flat=True)
    ) | {NO_CATEGORY}
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


def address_of_tag(slug: str) -> str:
    """The page of the days with a tag."""
    return path_of("tag_detail", slug)


def address_of_category(slug: str) -> str:
    """The page of a category, which every row of a table leads to."""
    return path_of("category_detail", slug)


class CategoryQuerySet(models.QuerySet["Category"]):
    """Questions about categories."""

    def in_order(self) -> Self:
        """As the author arranged them."""
        return self.order_by("order", "name", "id")


class Category(ReadAsStored):
    """A kind of work; a task has one or none."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(
        max_length=50, unique=True, blank=True, help_text="Its address. Left blank, made from the name."
    )
    description = models.TextField(max_length=500, blank=True)
    order = models.PositiveIntegerField(default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["order", "name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug__in=["", NO_CATEGORY]), name="category_slug_is_usable")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The category's page."""
        return address_of_category(self.slug)

    def clean(self) -> None:
        """Fill a blank slug; raise ``ValidationError`` for the one word that means "no category"."""
        if self.slug == NO_CATEGORY:
            raise ValidationError({"slug": "“none” stands for tasks without a category. Try another slug."})
        if not self.slug:
            self.slug = free_slug(Category, self.name, keep=self.pk)
        if self.name.strip().casefold() == NO_CATEGORY:
            words = f"“{self.name}” stands for tasks without a category. Try another name, such as Other."
            raise ValidationError({"name": words})


class Tag(ReadAsStored):
    """A word a day is filed under."""

    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=50, unique=True, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the days with this tag."""
        return address_of_tag(self.slug)

    def clean(self) -> None:
        """Fill a blank slug; raise ``ValidationError`` for a name that differs from another in case alone."""
        twin = Tag.objects.filter(name__iexact=self.name).exclude(pk=self.pk).first()
        if twin:
            raise ValidationError({"name": f"There is the tag {twin.name} already. Try another name."})
        if not self.slug:
            self.slug = free_slug(Tag, self.name, keep=self.pk)

"""What stands around the days of an archive: the site profile, categories, tags, old addresses."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from records.exporters.schema import SITE
from records.models import Category, Day, OldAddress, Revision, SiteProfile, Tag
from records.models.keys import free_ids
from records.publishing.archived import ArchiveInvalid, checked, read_revision
from records.publishing.door import tags_named
from records.publishing.leading_on import take_over

Values = Mapping[str, Any]


def restore_profile(values: Values | None) -> bool | None:
    """Take the profile over into a site without one and without days; gives whether, ``None`` without any."""
    if values is None:
        return None
    if SiteProfile.objects.exists() or Day.objects.exists():
        return False
    profile = SiteProfile(pk=1, **{field.name: values[field.name] for field in SITE if field.name in values})
    checked(profile, "site")
    profile.save()
    return True


def stored_categories(listed: Iterable[Values]) -> dict[str, int]:
    """The ids of all categories by slug, those of the archive that were missing among them now."""
    ids = dict(Category.objects.values_list("slug", "id"))
    for values in listed:
        if values.get("slug") not in ids:
            category = Category(**values)
            _store(category, f"Category {category.slug or category.name}")
            take_over(category)
            ids[category.slug] = category.pk
    return ids


def add_missing_categories(days: Iterable[Values], ids: MutableMapping[str, int]) -> None:
    """Store a category for each slug that a task names and nobody else does; its name is made of the slug."""
    for task in (task for day in days for task in day.get("tasks", ())):
        slug = task.get("category")
        if slug and slug not in ids:
            ids.update(stored_categories([{"slug": slug, "name": slug.replace("-", " ").capitalize()}]))


def stored_tags(listed: Iterable[Values]) -> dict[str, Tag]:
    """The tags of the archive by its names for them; found by slug, stored where they were missing."""
    by_slug = {tag.slug: tag for tag in Tag.objects.all()}
    found = {}
    for values in listed:
        tag = by_slug.get(values.get("slug", ""))
        if tag is None:
            tag = Tag.objects.filter(name__iexact=values.get("name", "")).first() or Tag(**values)
            if tag._state.adding:
                _store(tag, f"Tag {tag.name}")
                take_over(tag)
            by_slug[tag.slug] = tag
        found[values.get("name", "")] = tag
    return found


def add_missing_tags(days: Iterable[Values], tags: MutableMapping[str, Tag]) -> None:
    """Find or store the tags that days name and the archive does not list."""
    for day in days:
        for name in day.get("tags", ()):
            if name not in tags:
                tags[name] = _tag_named(name, f"{day['date']}, tags")


def restore_addresses(
    listed: Iterable[Values], categories: Mapping[str, int], tags: Mapping[str, Tag]
) -> None:
    """Let the old addresses of the archive lead on; one that leads on here already stays as it is.

    ``categories`` and ``tags`` are those of the archive, by its slugs for them.
    """
    taken = set(OldAddress.objects.values_list("path", flat=True))
    for values in listed:
        path = values.get("path", "")
        if path in taken:
            continue
        where = f"Old address {path}"
        address = OldAddress(path=path, **_target(values, categories, tags, where))
        checked(address, where, exclude={*OldAddress.PLACES})
        address.save(force_insert=True)
        taken.add(path)


def restore_removed(listed: Sequence[Values]) -> None:
    """Store the revisions of drafts that are gone; one that is here already is not stored again."""
    known = set(Revision.objects.filter(day=None).values_list("date", "number", "at"))
    new = []
    for at, values in enumerate(listed, start=1):
        revision = read_revision(None, values, f"Removed {at}")
        if (revision.date, revision.number, revision.at) not in known:
            new.append(revision)
    for revision, pk in zip(new, free_ids(Revision, [revision.pk for revision in new]), strict=True):
        revision.pk = pk
    Revision.objects.bulk_create(new)


def _target(
    values: Values, categories: Mapping[str, int], tags: Mapping[str, Tag], where: str
) -> dict[str, Any]:
    on, category, tag = values.get("date"), values.get("category"), values.get("tag")
    if [bool(on), bool(category), bool(tag)].count(True) != 1:
        raise ArchiveInvalid(where, "it leads to a day, a category or a tag, to one of them.")
    if on:
        return {"day": _there(Day.objects.filter(date=on).first(), f"day {on}", where)}
    if category:
        return {"category_id": _there(categories.get(category), f"category {category}", where)}
    return {"tag": _there(tags.get(tag or ""), f"tag {tag}", where)}


def _there(place: Any, called: str, where: str) -> Any:
    if place is None:
        raise ArchiveInvalid(where, f"there is no {called}.")
    return place


def _tag_named(name: str, where: str) -> Tag:
    try:
        found = tags_named([name])
    except ValidationError as fault:
        raise ArchiveInvalid(where, fault) from None
    if not found:
        raise ArchiveInvalid(where, "one of them is blank. A tag is a word such as AI.")
    return found[0]


def _store(row: Model, where: str) -> None:
    checked(row, where)
    try:
        row.validate_unique(exclude={"id"})
    except ValidationError as fault:
        raise ArchiveInvalid(where, fault) from None
    (row.pk,) = free_ids(type(row), [row.pk])
    row.save(force_insert=True)

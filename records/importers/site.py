"""What the site tells an import: its tags, its categories, its agent and its hours."""

from records.importers.known import TAGS_FROM_THE_START, Known
from records.importers.tags import distinct
from records.models import Category, SiteProfile, Tag


def known_to_site() -> Known:
    """The tags, categories and conventions stored now; readers are handed them and ask no database."""
    profile = SiteProfile.load()
    return Known(
        tags=distinct([*TAGS_FROM_THE_START, *Tag.objects.values_list("name", flat=True)]),
        categories=dict(Category.objects.in_order().values_list("slug", "name")),
        agent_name=profile.agent_name,
        hours_per_day=profile.hours_per_day,
        hours_per_week=profile.hours_per_week,
    )

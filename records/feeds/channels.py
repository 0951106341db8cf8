"""What a feed is about: its title, the page it follows, and the addresses of its three forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from records.feeds.forms import FORMS, Form
from records.models import Category, SiteProfile, Tag


@dataclass(frozen=True)
class Channel:
    """One feed, whatever its form; ``page`` is the path of the page it follows, ``name`` its own route."""

    title: str
    description: str
    page: str
    name: str
    kwargs: Mapping[str, str] = field(default_factory=dict)

    def path(self, form: Form) -> str:
        """The address of the feed in a form, without the site."""
        return reverse(f"records:{self.name}", kwargs={**self.kwargs, "form": form})

    def links(self) -> Iterator[tuple[Form, str]]:
        """Each form with its address, for the head and the foot of the page it follows."""
        return ((form, self.path(form)) for form in FORMS.values())


def of_series(site: SiteProfile) -> Channel:
    """All records."""
    description = "What a coding agent did, day by day, and what it would have cost a human."
    return Channel(site.site_name, description, reverse("records:home"), "series_feed")


def of_tag(tag: Tag, site: SiteProfile) -> Channel:
    """The records with a tag."""
    return Channel(
        f"{site.site_name}: {tag.name}",
        f"The records filed under {tag.name}.",
        tag.get_absolute_url(),
        "tag_feed",
        {"slug": tag.slug},
    )


def of_category(category: Category, site: SiteProfile) -> Channel:
    """The records of the days on which a category was worked at."""
    return Channel(
        f"{site.site_name}: {category.name}",
        f"The records of the days with tasks in the category {category.name}.",
        category.get_absolute_url(),
        "category_feed",
        {"slug": category.slug},
    )


def of_corrections(site: SiteProfile) -> Channel:
    """What was corrected."""
    return Channel(
        f"{site.site_name}: corrections",
        "Figures that changed after readers had seen them.",
        reverse("records:correction_list"),
        "corrections_feed",
    )

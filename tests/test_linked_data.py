"""What pages say of themselves to programs: addresses, cards, and data by the rules of search engines."""

import json
import re
from collections import Counter
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from records import publishing
from records.models import SiteProfile, Task
from tests.factories import APRIL_12, day, draft, task
from tests.pages import RECORD, april_12, html_of

pytestmark = pytest.mark.django_db

SITE = "https://records.example.org"
HOSTILE = 'A "quoted" </script><b>&amp; title'
PERIODS = ("/records/2026/", "/records/2026-04/", "/records/2026-W15/")
ONCE = (
    *("og:type", "og:site_name", "og:url", "og:title", "og:description", "og:locale", "og:image"),
    *("og:image:type", "og:image:width", "og:image:height", "og:image:alt"),
    *("twitter:card", "twitter:title", "twitter:description", "twitter:image", "twitter:image:alt"),
)
VALUE = re.compile(r'<meta (?:property|name)="((?:og|twitter|article):[^"]+)" content="([^"]*)">')


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE
    settings.ALLOWED_HOSTS = ["*"]


def pages() -> list[str]:
    """A page of each kind."""
    task_page = Task.objects.order_by("pk").values_list("pk", flat=True)[0]
    return [
        *("/", "/records/", RECORD, "/tasks/", "/tasks/?sort=factor", f"/tasks/{task_page}/", "/categories/"),
        *("/categories/testing/", "/tags/ai/", "/corrections/", "/method/", "/data/", "/search/?q=tests"),
        *("/dashboard/", *PERIODS),
    ]


def nodes(markup: str) -> dict[str, dict[str, Any]]:
    """The data of a page by its type, each type once."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', markup, re.DOTALL)
    assert len(blocks) <= 1
    if not blocks:
        return {}
    whole = json.loads(blocks[0])
    assert whole["@context"] == "https://schema.org"
    return {node["@type"]: node for node in whole["@graph"]}


def nodes_of(client, address: str) -> dict[str, dict[str, Any]]:
    return nodes(html_of(client.get(address, headers={"host": "evil.example.com"})))


# The rules, by hand -----------------------------------------------------------------------------------------


def assert_address(value: str) -> None:
    assert urlsplit(value).scheme == "https", value
    assert "evil" not in value


def assert_moment(value: str) -> None:
    assert datetime.fromisoformat(value).tzinfo is not None, value


def assert_breadcrumbs(node: dict[str, Any]) -> None:
    """At least two steps, numbered from 1, each with a name and an address."""
    steps = node["itemListElement"]
    assert len(steps) >= 2
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    for step in steps:
        assert step["@type"] == "ListItem"
        assert step["name"]
        assert_address(step["item"])


def assert_posting(node: dict[str, Any]) -> None:
    """Nothing is required; recommended are author with name and url, headline, image and both dates."""
    assert node["headline"]
    for author in node["author"]:
        assert author["@type"] in ("Person", "Organization")
        assert author["name"]
        assert_address(author["url"])
    for image in node["image"]:
        assert_address(image)
    assert_moment(node["datePublished"])
    assert_moment(node["dateModified"])
    assert node["datePublished"] <= node["dateModified"]


def assert_data_set(node: dict[str, Any]) -> None:
    """A name and a description of 50 to 5,000 characters; of what is recommended, all that we have."""
    assert node["name"]
    assert 50 <= len(node["description"]) <= 5_000
    assert_address(node["url"])
    assert node["creator"]["@type"] in ("Person", "Organization")
    assert node["creator"]["name"]
    assert node["isAccessibleForFree"] is True
    assert node["includedInDataCatalog"]["@type"] == "DataCatalog"
    assert node["distribution"]
    for file in node["distribution"]:
        assert file["@type"] == "DataDownload"
        assert re.fullmatch(r"[\w.+-]+/[\w.+-]+", file["encodingFormat"])
        assert_address(file["contentUrl"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?", node["temporalCoverage"])
    assert all(measured["@type"] == "PropertyValue" for measured in node["variableMeasured"])


def assert_site(node: dict[str, Any]) -> None:
    assert node["name"]
    assert_address(node["url"])


RULES = {
    "WebSite": assert_site,
    "BreadcrumbList": assert_breadcrumbs,
    "BlogPosting": assert_posting,
    "Dataset": assert_data_set,
}


# Data blocks ------------------------------------------------------------------------------------------------


def test_the_data_of_every_page_keeps_the_rules(client):
    april_12(title=HOSTILE)
    SiteProfile(
        author_name="Ada </script> & Co", licence="CC BY 4.0", licence_url="https://example.com/by"
    ).save()
    expected = {
        "/": {"WebSite"},
        RECORD: {"BlogPosting", "Dataset", "BreadcrumbList"},
        "/tasks/": {"Dataset", "BreadcrumbList"},
        **{path: {"Dataset", "BreadcrumbList"} for path in ("/data/", "/dashboard/", *PERIODS)},
    }
    for address in pages():
        found = nodes_of(client, address)
        assert found.keys() == expected.get(address.split("?")[0], {"BreadcrumbList"}), address
        for kind, node in found.items():
            RULES[kind](node)
            if kind == "Dataset":
                assert node["license"] == "https://example.com/by"


def test_no_text_ends_the_block_it_stands_in(client):
    april_12(title=HOSTILE)
    markup = html_of(client.get(RECORD))
    assert nodes(markup)["BlogPosting"]["headline"] == HOSTILE
    assert markup.count("</script>") == markup.count("<script")


def test_the_files_of_a_set_of_data_are_there(client):
    april_12()
    for address in (RECORD, "/tasks/", "/data/", "/dashboard/", *PERIODS):
        for file in nodes_of(client, address)["Dataset"]["distribution"]:
            answer = client.get(file["contentUrl"].removeprefix(SITE))
            assert answer.status_code == 200
            assert answer["Content-Type"].split(";")[0] == file["encodingFormat"].split(";")[0]


def test_the_way_to_a_task_goes_by_its_record(client):
    made = april_12()
    first = made.tasks.order_by("position")[0]
    steps = nodes_of(client, f"/tasks/{first.pk}/")["BreadcrumbList"]["itemListElement"]
    assert [step["item"].removeprefix(SITE) for step in steps] == [
        *("/", "/records/", RECORD, f"/tasks/{first.pk}/"),
    ]
    assert [step["name"] for step in steps[:3]] == ["Home", "Records", "Leverage Record: April 12, 2026"]


def test_the_way_to_a_month_goes_by_its_year(client):
    april_12()
    for address, names in {
        "/records/2026/": ["Home", "Records", "2026"],
        "/records/2026-04/": ["Home", "Records", "2026", "April 2026"],
        "/records/2026-W15/": ["Home", "Records", "2026", "Week 15 of 2026"],
        "/dashboard/": ["Home", "Dashboard"],
        "/search/": ["Home", "Search"],
    }.items():
        steps = nodes_of(client, address)["BreadcrumbList"]["itemListElement"]
        assert [step["name"] for step in steps] == names
        assert steps[-1]["item"] == f"{SITE}{address}"


@pytest.mark.parametrize("address", [RECORD, *PERIODS])
def test_the_figures_of_a_record_and_of_its_periods_stand_in_their_data(client, address):
    april_12()
    found = nodes_of(client, address)["Dataset"]
    values = {each["name"]: each["value"] for each in found["variableMeasured"]}
    assert values == {
        "Human hours": 1222.75,
        "Agent minutes": 614,
        "Supervisory minutes": 140,
        "Leverage factor": 119.486971,
        "Supervisory leverage factor": 524.035714,
    }
    assert found["temporalCoverage"].startswith("2026-04-12")


def test_a_scenario_says_nothing_of_itself_to_programs(client):
    april_12()
    for address in ("/dashboard/", *PERIODS):
        markup = html_of(client.get(f"{address}?hours=0.5"))
        assert "ld+json" not in markup
        assert "59.7× leverage factor" not in markup


def test_the_data_of_the_dashboard_are_of_all_records_whatever_it_shows(client):
    april_12()
    whole = nodes_of(client, "/dashboard/")["Dataset"]
    assert nodes_of(client, "/dashboard/?from=2026-04-13")["Dataset"] == whole


def test_a_month_of_notes_has_a_place_and_no_data(client):
    day(tasks=[], lede="On the road.")
    assert nodes_of(client, "/records/2026-04/").keys() == {"BreadcrumbList"}


def test_a_note_is_an_article_and_no_data(client):
    day(tasks=[], lede="On the road.")
    assert nodes_of(client, RECORD).keys() == {"BlogPosting", "BreadcrumbList"}


def test_an_empty_site_makes_no_false_claims(client):
    for address in ("/", "/records/", "/tasks/", "/data/", "/dashboard/"):
        found = nodes_of(client, address)
        assert "temporalCoverage" not in found.get("Dataset", {})
        assert "dateModified" not in found.get("Dataset", {})


# What is shown where a link is passed on --------------------------------------------------------------------


def test_every_page_has_one_canonical_address_and_a_card_that_is_there(client):
    april_12(title=HOSTILE)
    for address in pages():
        markup = html_of(client.get(address, headers={"host": "evil.example.com"}))
        own = f"{SITE}{address.split('?')[0]}"
        assert re.findall(r'<link rel="canonical" href="([^"]*)">', markup) == [own]
        found = VALUE.findall(markup)
        counts = Counter(name for name, _ in found)
        assert all(counts[name] == 1 for name in ONCE), (address, counts)
        values = dict(found)
        assert all(values[name] for name in ONCE)
        assert values["og:url"] == own
        title = re.findall(r"<title>(.*?)</title>", markup)[0]
        (description,) = re.findall(r'<meta name="description" content="([^"]*)">', markup)
        assert values["og:title"] == values["twitter:title"] == title
        assert values["og:description"] == values["twitter:description"] == description
        assert values["og:image"] == values["twitter:image"]
        picture = client.get(values["og:image"].removeprefix(SITE))
        assert picture["Content-Type"] == "image/png"


def test_a_record_is_an_article_with_its_dates_and_tags(client):
    april_12()
    found = VALUE.findall(html_of(client.get(RECORD)))
    assert ("og:type", "article") in found
    assert ("article:published_time", "2026-04-13T08:10:00Z") in found
    assert [value for name, value in found if name == "article:tag"] == ["AI", "Time Record"]
    assert ("og:type", "website") in VALUE.findall(html_of(client.get("/")))


def test_pages_that_are_not_to_be_found_say_nothing_of_themselves(client, admin_client):
    draft(tasks=[task()])
    gone = day(APRIL_12.replace(day=13), [task()])
    publishing.withdraw(gone, reason="not ours to show")
    for answer in (
        admin_client.get(f"{RECORD}preview/"),
        client.get("/records/2026-04-13/"),
        client.get("/nope/"),
    ):
        markup = answer.content.decode()
        assert "og:" not in markup
        assert "ld+json" not in markup
        assert "canonical" not in markup

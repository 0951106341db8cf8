"""Whatever stands in a text field is shown as text: nothing runs, nothing is loaded, nothing breaks out."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Dialog

from records import publishing
from records.models import SiteProfile
from tests.e2e.conftest import PHONE
from tests.factories import APRIL_12, category, day, task

MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
MARKDOWN = f"""# <script>alert(3)</script>

[one](javascript:alert(4)) [two](data:text/html,x) ![three](x" onerror=alert(5)) <javascript:alert(6)> [four]

| <b onclick=alert(7)>a</b> | `<script>` |
|:--|--:|
| {MARKUP} | said[^1] |

</textarea></style></title><style>body{{display:none}}</style><!--

[^1]: <iframe src=javascript:alert(8)>

[four]: javascript:alert(9) "onmouseover=alert(10)"
"""
# What no page of ours has: elements and attributes that only an escape from a text could have made.
FOREIGN = """[...document.querySelectorAll("*")].filter((element) =>
  element.matches("iframe, object, embed, img, style, base, form[action^='javascript']")
  || (element.matches("script") && !element.src.endsWith("/site.js"))
  || [...element.attributes].some(({ name, value }) =>
    name.startsWith("on") || name === "style" || /^\\s*(javascript|data|vbscript):/i.test(value))
).map((element) => element.outerHTML.slice(0, 200))"""


@pytest.fixture
def addresses(live_server) -> list[str]:
    """The public pages of a site of which every text field holds markup."""
    site = SiteProfile.load()
    site.site_name = site.author_name = site.licence = MARKUP
    site.agent_name = MARKUP[:40]
    site.author_box = site.about_records = site.call_to_action = site.objections = MARKDOWN
    site.save()
    hostile = task(
        MARKUP + " `<script>alert(11)</script>`",
        name=MARKUP,
        category=category(MARKUP, description=MARKUP, slug="hostile"),
        model_version=MARKUP,
        estimate_basis=MARKUP,
        estimate_by=MARKUP,
        estimate_on=date(2026, 4, 1),
        estimate_low=Decimal(1),
        evidence_url='https://example.org/?"><script>alert(12)</script>',
    )
    hostile.agent = MARKUP
    made = day(
        tasks=[hostile, task("Second: calm"), task("Third: calm", category=hostile.category)],
        tags=[MARKUP[:40]],
        title=MARKUP,
        lede=MARKDOWN,
        analysis=MARKDOWN,
        left_out=MARKUP,
    )
    day(APRIL_12.replace(day=11), [task()], title=MARKUP)
    publishing.publish(made)
    record, listed = made.get_absolute_url(), f"/tasks/?q={MARKUP[:20]}&factor_min={MARKUP[:20]}"
    pages = ["/", "/records/", record, "/tasks/", listed, "/categories/", "/categories/hostile/", "/method/"]
    return [*pages, "/data/", hostile.get_absolute_url(), made.tags.get().get_absolute_url()]


def test_markup_in_any_text_field_stays_text_on_every_page(addresses, open_page):
    page = open_page("/", size=PHONE)
    dialogs: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", on_dialog)
    for address in addresses:
        page.goto(address)
        assert page.evaluate(FOREIGN) == [], address
        assert page.locator("h1").is_visible(), address
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], address
    assert dialogs == []

"""Accessibility by axe: all of its rules once, those of colours in the light and in the dark."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# What a theme makes a difference to; all other rules would look at the same page twice.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
ALL_OTHERS = {name: {"enabled": False} for name in OF_COLOURS}
# One line for each element at fault: the rule, what it wants, where. Nothing is preloaded: axe would copy
# style sheets into the page, where what they import is looked for in the wrong place.
RUN_AXE = """async ({ options, context }) => {
  const always = { resultTypes: ["violations"], preload: false };
  const { violations } = await axe.run(context ?? document, { ...options, ...always });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\\n    ${node.target.join(" ")}\\n    ${node.html}`));
}"""
# Of elements that look alike, with the same colours and sizes on the same grounds, the one that says most:
# axe does not judge a single letter. A colour that still turns into that of the other theme is waited for.
LOOKS = """async () => {
  await Promise.all(document.getAnimations().map((each) => each.finished));
  const looks = new Map();
  const names = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight",
    "textDecorationLine"];
  const own = (style) => names.map((name) => style[name]).join();
  const look = (each) => {
    if (!each) return "";
    if (!looks.has(each)) looks.set(each, `${look(each.parentElement)} ${own(getComputedStyle(each))}`);
    return looks.get(each);
  };
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  const says = (each) => each.matches("input, select, textarea") || [...each.childNodes].some(isText);
  const shown = [...document.body.querySelectorAll("*")].filter((each) => each.checkVisibility());
  const byLength = shown.filter(says).sort((one, other) => one.textContent.length - other.textContent.length);
  return [...new Map(byLength.map((each) => [look(each), each])).values()];
}"""


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """A function that fails with every place where axe finds fault with a page, in the light or in the dark.

    Needs script in that page, and leaves it in the light.
    """

    def check(page: Page) -> None:
        # Scripts handed over this way come from outside the page, so its policy stays as strict as it is.
        page.evaluate(AXE_SCRIPT)
        found = [f"In the dark, {each}" for each in _faults_of_colours(page, "dark")]
        found += _faults_of_colours(page, "light")
        found += page.evaluate(RUN_AXE, {"options": {"rules": ALL_OTHERS}})
        assert not found, f"{page.url}\n" + "\n".join(found)

    return check


def _faults_of_colours(page: Page, theme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=theme)
    looks = page.evaluate_handle(LOOKS)
    return list(page.evaluate(RUN_AXE, {"options": {"runOnly": OF_COLOURS}, "context": looks}))

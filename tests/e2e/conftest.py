"""A real browser for tests: Debian's Chromium, in any theme and size, with and without script.

A page that logs an error, breaks the content security policy or asks for anything beyond the site under test
fails its test.

Browser, scripts and server each take their own time, so no test reads what it has not waited for: `expect`,
`page.wait_for_function` and `page.expect_navigation` wait. What does not, `pytest tests/e2e --slow-browser 6`
shows: by a browser six times slower, each request of which takes 150 ms longer.
"""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from records.management.suite.browser import ARGUMENTS, find_chromium
from tests.e2e.axe import assert_accessible

__all__ = ["assert_accessible"]

Size = tuple[int, int]
OpenPage = Callable[..., Page]

DESKTOP = (1280, 900)
PHONE = (375, 740)
# A machine that runs several tests at once may take its time; one that answers costs nothing by it.
expect.set_options(timeout=15_000)  # milliseconds
LATENCY = 25  # milliseconds more for each time that a browser is slower


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much slower than it is the browser shall be; what passes by luck alone does not pass then."""
    parser.addoption("--slow-browser", type=int, default=1, metavar="TIMES", help="slow the browser down")


def resize(page: Page, width: int, height: int = 900) -> None:
    """Give a window another size, and wait until its page has it."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("(width) => innerWidth === width", arg=width)


def ending(text: str) -> re.Pattern[str]:
    """What an address matches that ends in a text; for `to_have_url`, which waits for it."""
    return re.compile(re.escape(text) + "$")


def containing(text: str) -> re.Pattern[str]:
    """What an address matches that has a text in it; for `to_have_url`, which waits for it."""
    return re.compile(re.escape(text))


@pytest.fixture(scope="session", autouse=True)
def _unsafe_async_allowed() -> None:
    """Playwright's synchronous interface runs an event loop in this thread, async code for Django."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A database file instead of memory: threads of a server do not take turns on a connection in memory."""
    database = connections.settings["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "e2e.sqlite3")


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """The server, started once the database is known, or its threads might share one connection."""
    return live_server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    executable = find_chromium()
    if executable is None:
        pytest.skip("no Chromium; install it, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=[*ARGUMENTS])
        yield chromium
        chromium.close()


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What pages complained of during a test; an empty list at its end, or the test fails.

    A test that provokes a complaint on purpose checks it and clears the list.
    """
    complaints: list[str] = []
    yield complaints
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def slowness(request: pytest.FixtureRequest) -> int:
    """How many times slower than it is the browser shall be."""
    return int(request.config.getoption("--slow-browser"))


@pytest.fixture
def page(browser: Browser, faults: list[str], slowness: int) -> Iterator[Page]:
    """A blank page, for what needs a browser but not the site."""
    context = browser.new_context()
    page = context.new_page()
    _slow_down(page, slowness)
    _watch(page, faults)
    yield page
    context.close()


@pytest.fixture
def open_page(
    browser: Browser, faults: list[str], live_server: LiveServer, settings: Any, slowness: int
) -> Iterator[OpenPage]:
    """A function that opens an address of the site in a window of its own.

    `open_page("/tasks/", theme="dark", size=PHONE, script=False, user=author)`; the address is enough. With
    `clock=True` the test may put the clock of the window forward: `page.clock.fast_forward(4000)`.
    """
    settings.SITE_URL = live_server.url
    contexts: list[BrowserContext] = []

    def opened(
        path: str,
        *,
        theme: Literal["light", "dark"] = "light",
        size: Size = DESKTOP,
        script: bool = True,
        user: User | None = None,
        site: LiveServer = live_server,
        clock: bool = False,
    ) -> Page:
        contexts.append(
            browser.new_context(
                base_url=site.url,
                color_scheme=theme,
                viewport={"width": size[0], "height": size[1]},
                java_script_enabled=script,
            )
        )
        if user:
            _log_in(contexts[-1], user, site.url)
        if clock:
            contexts[-1].clock.install()
        page = contexts[-1].new_page()
        _slow_down(page, slowness)
        _watch(page, faults, only_from=site.url)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def _log_in(context: BrowserContext, user: User, url: str) -> None:
    """Give the window a session of the user, without going through the form."""
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def _slow_down(page: Page, times: int) -> None:
    """Take from a page most of the processor, and let its requests wait; times 1 leaves it as it is."""
    if times == 1:
        return
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
    session.send("Network.enable")
    late = {"offline": False, "latency": times * LATENCY, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", late)


def _watch(page: Page, faults: list[str], only_from: str = "") -> None:
    """Collect errors of scripts and policies, and requests to anywhere else."""
    # The status of a page itself is for the test to judge; the icon a browser asks for by itself.
    expected = {f"{only_from}/favicon.ico"}

    def on_console(message: ConsoleMessage) -> None:
        not_loaded = message.text.startswith("Failed to load") and message.location["url"]
        if message.type in ("error", "warning") and not_loaded not in expected:
            faults.append(f"{page.url}: {message.text}")

    def on_request(request: Request) -> None:
        if request.is_navigation_request():
            expected.add(request.url)
        if not request.url.startswith((only_from, "data:", "blob:")):
            faults.append(f"{page.url} asked for {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("request", on_request)

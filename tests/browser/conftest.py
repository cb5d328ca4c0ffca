"""A real Chromium on a real server. `CHROMIUM` names the program; `tests/run` sets it."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# What is expected comes, or it never does: a slow machine may take its time.
expect.set_options(timeout=20_000)
PATIENCE = 30_000  # milliseconds until a page or a place on it is there


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # A browser on a laden machine now and then misses a moment: what fails twice has a fault.
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=1))


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.fail("No Chromium: name one in CHROMIUM.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this thread, and Django would take every query for one inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        flags = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")
        running = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield running
        running.close()


class Windows:
    """Windows that tests leave behind, to be used again by those that want the same options.

    What a person has in them is wiped out: pages, cookies, storage. What stays is the cache, so
    that scripts and fonts are fetched once and not for each test; no page is shown from it unasked.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[str, list[BrowserContext]] = {}
        self.wishes: dict[BrowserContext, str] = {}

    def take(self, **options: object) -> BrowserContext:
        wishes = repr(sorted(options.items()))
        free = self.free.setdefault(wishes, [])
        context = free.pop() if free else self.browser.new_context(**options)
        self.wishes[context] = wishes
        return context

    def give_back(self, context: BrowserContext, address: str) -> None:
        wipe = {"origin": address, "storageTypes": KEPT_FOR_A_SITE}
        for page in context.pages:
            context.new_cdp_session(page).send("Storage.clearDataForOrigin", wipe)
            page.close()
        context.clear_cookies()
        context.clear_permissions()
        self.free[self.wishes[context]].append(context)


KEPT_FOR_A_SITE = "local_storage,indexeddb,cache_storage,service_workers"


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


Visitor = Callable[..., Page]


@pytest.fixture
def visit(windows: Windows, live_server) -> Iterator[Visitor]:
    """`visit(person, "/path/", **context)` opens a page as that person in a window of their own.

    A script that fails, or that the page's policy refuses, fails the test.
    """
    contexts, faults = [], []

    def opened(person, path: str = "/", **options) -> Page:
        context = windows.take(
            **{"viewport": DESKTOP, "base_url": live_server.url, "locale": "en-GB", **options}
        )
        contexts.append(context)
        if person is not None:
            context.add_cookies([_session(person, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: _note(said, faults))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        windows.give_back(context, live_server.url)
    assert faults == []


def _session(person, address: str) -> dict[str, str]:
    # Models may be imported only once Django is set up, which is after conftests are read.
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}


def _note(said, faults: list[str]) -> None:
    if "Content Security Policy" in said.text or "Uncaught" in said.text:
        faults.append(said.text)


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong with a page by WCAG 2.2 AA and its best practices."""
    axe = Axe()

    def found(page: Page) -> list[str]:
        page.evaluate(axe.axe_script)
        # Only the faults are fetched: what passed takes longer to hand over than to find.
        faults = page.evaluate('axe.run({resultTypes: ["violations"]}).then(all => all.violations)')
        return [
            f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
            for one in faults
            for node in one["nodes"]
        ]

    return found

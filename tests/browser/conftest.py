"""A real Chromium on a real server. `CHROMIUM` names the program; `tests/run` sets it."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker("browser")


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


Visitor = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[Visitor]:
    """`visit(person, "/path/", **context)` opens a page as that person in a window of their own.

    A script that fails, or that the page's policy refuses, fails the test.
    """
    contexts, faults = [], []

    def opened(person, path: str = "/", **options) -> Page:
        context = browser.new_context(
            **{"viewport": DESKTOP, "base_url": live_server.url, "locale": "en-GB", **options}
        )
        contexts.append(context)
        if person is not None:
            context.add_cookies([_session(person, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: _note(said, faults))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
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
        answer = axe.run(page)
        return [
            f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
            for one in answer.response["violations"]
            for node in one["nodes"]
        ]

    return found

"""The interface in Russian, and what a reader with a Russian keyboard meets."""

import re

import pytest
from playwright.sync_api import Page, expect

from charter.models import Wording
from tests.builders import Scene, scene

TEXT = "/charters/eurasia/"
SECTIONS = (
    *("", "threads/", "history/", "compare/", "editions/", "principles/", "parties/", "members/"),
    *("settings/", "import/", "export/", "struck/", "search/", "blame/", "rolling/", "coverage/"),
    *("amendments/", "amendments/new/", "convergence/", "statistics/", "webhooks/"),
    *("history/play/", "history/feeds/", "parties/import/"),
)
PAGES = [
    "/",
    "/charters/new/",
    "/account/",
    "/account/tokens/",
    "/search/",
    *(TEXT + section for section in SECTIONS),
]


@pytest.fixture
def laid(transactional_db) -> Scene:
    return scene()


def russian(person):
    person.language = "ru"
    person.save()
    return person


def type_on_russian_keyboard(page: Page, letter: str, code: str) -> None:
    page.evaluate(
        "([key, code]) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))",
        [letter, code],
    )


def test_every_page_fits_a_telephone_in_russian(laid, visit):
    page = visit(russian(laid.cast.chair), "/")
    page.set_viewport_size({"width": 360, "height": 780})
    for path in PAGES:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "ru")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_a_shortcut_is_a_key_and_not_a_letter(laid, visit):
    page = visit(russian(laid.cast.drafter), f"{TEXT}?language=en")
    page.locator(f"#clause-{laid.second} .body").click()
    type_on_russian_keyboard(page, "у", "KeyE")
    expect(page.get_by_label("Формулировка").first).to_be_focused()


def test_a_form_on_a_page_of_its_own_leads_to_the_text(laid, visit):
    page = visit(russian(laid.cast.drafter), f"{TEXT}clauses/{laid.second}/?language=en")
    page.get_by_role("link", name="Править", exact=True).click()
    page.get_by_label("Формулировка").first.fill("No Party may.")
    page.get_by_role("button", name="Внести").click()
    page.wait_for_url(re.compile(rf"{TEXT}\?language=en"))
    expect(page.locator("#messages")).to_contain_text("Внесено как версия")
    assert Wording.objects.get(clause=laid.second, language="en").text == "No Party may."

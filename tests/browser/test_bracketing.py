"""Square brackets in the browser: put around selected words and lifted, by pointer and by key."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_commenting import select
from tests.builders import FIRST, Scene, reword, scene

TEXT = "/charters/eurasia/"


@pytest.fixture
def laid(transactional_db) -> Scene:
    return scene()


def test_words_are_bracketed_and_the_brackets_lifted_at_one_press_each(laid, visit, violations):
    page = visit(laid.cast.drafter, TEXT, viewport=PHONE)
    words = page.locator(f"#clause-{laid.first} .body")
    select(page, laid.first, "respect", "sovereignty")
    expect(page.get_by_role("button", name="Lift the brackets")).to_be_hidden()
    assert violations(page) == []
    page.get_by_role("button", name="Place in brackets").click()
    expect(words).to_contain_text("shall [respect the sovereignty] of")
    select(page, laid.first, "the sov", "sov")
    page.get_by_role("button", name="Lift the brackets").click()
    expect(words).to_contain_text(FIRST)
    select(page, laid.first, "of each", "Party")
    page.get_by_role("button", name="Place in brackets").click()
    expect(words).to_contain_text("[of each Party]")
    select(page, laid.first, "each", "each")
    page.get_by_role("button", name="Remove with the words").click()
    expect(words).to_contain_text("shall respect the sovereignty.")
    laid.charter.refresh_from_db()
    assert laid.charter.head == 9


def test_a_press_that_cannot_be_done_opens_the_form_with_the_reason(laid, visit, violations):
    reword(laid.charter, laid.cast.chair, laid.first, "Parties [may] agree.")
    page = visit(laid.cast.drafter, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    select(page, laid.first, "may", "agree")
    page.get_by_role("button", name="Place in brackets").click()
    form = page.locator("form.editing")
    expect(form).to_contain_text("would cut through")
    expect(form.get_by_label("Words to put in brackets")).to_have_value("may] agree")
    assert violations(page) == []


def test_by_keys_the_form_opens_in_the_text_and_lifts_a_bracket(laid, visit, violations):
    reword(laid.charter, laid.cast.chair, laid.first, "Parties [may] [shall [soon]] agree.")
    page = visit(laid.cast.drafter, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    page.locator(f"#clause-{laid.first}").focus()
    page.keyboard.press("b")
    form = page.locator("form.editing")
    expect(form.get_by_role("listitem")).to_have_count(3)
    assert violations(page) == []
    form.get_by_role("button", name="Lift the brackets").nth(1).press("Enter")
    expect(page.locator(f"#clause-{laid.first} .body")).to_contain_text(
        "Parties [may] shall [soon] agree."
    )


def test_without_scripts_the_page_of_the_clause_leads_to_the_same_form(laid, visit, violations):
    page = visit(
        laid.cast.chair, f"{TEXT}clauses/{laid.first}/", java_script_enabled=False, viewport=PHONE
    )
    page.get_by_role("link", name="Brackets").click()
    page.get_by_label("Words to put in brackets").fill("respect")
    page.get_by_role("button", name="Place in brackets").click()
    expect(page.locator(f"#clause-{laid.first} .body")).to_contain_text("shall [respect] the")

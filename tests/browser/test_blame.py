"""Who wrote what in a real browser: signs, cards, one author picked out, without scripts too."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.builders import FIRST, OTHER, SECOND, Scene, reword, scene

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/charters/eurasia/blame/",
    "/charters/eurasia/blame/?by=revision",
    "/charters/eurasia/blame/?at=6",
    "/charters/eurasia/clauses/{first}/blame/",
    "/charters/eurasia/clauses/{first}/history/",
]


@pytest.fixture
def table(transactional_db) -> Scene:
    """The usual scene, reworded by three hands, with words that came back and words that went."""
    laid = scene()
    charter, drafter, reviewer = laid.charter, laid.cast.drafter, laid.cast.chair
    reword(charter, drafter, laid.first, FIRST.replace("respect", "fully *respect*"))
    reword(charter, reviewer, laid.first, FIRST.replace("respect", "fully *uphold*"))
    reword(charter, drafter, laid.second, SECOND.replace("own ", ""))
    reword(charter, drafter, laid.other, "Nothing.")
    reword(charter, drafter, laid.other, OTHER)
    return laid


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_violation_and_fits_a_phone(table, visit, violations, path):
    page = visit(table.cast.observer, path.format(first=table.first))
    for details in page.locator("details.who").all():
        details.evaluate("details => { details.open = true }")
    assert violations(page) == []
    small = visit(
        table.cast.observer, path.format(first=table.first), viewport=PHONE, color_scheme="dark"
    )
    assert violations(small) == []
    assert small.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_run_under_the_pointer_tells_of_itself(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/blame/")
    run = page.locator(f"#clause-{table.first} .run", has_text="uphold")
    run.locator("em").hover()
    card = page.locator(".run-card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Chair")
    expect(card).to_contain_text("respect")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_so_does_one_in_focus_whose_sign_leads_to_its_revision(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/blame/")
    sign = page.locator(f"#clause-{table.first} a.sign").first
    sign.focus()
    expect(page.locator(".run-card")).to_contain_text("Drafter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/revisions/6/?language=en")


def test_a_run_that_is_tapped_keeps_its_card_until_another_tap(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/blame/", viewport=PHONE, has_touch=True)
    page.locator(f"#clause-{table.other} .run").last.tap()
    card = page.locator(".run-card")
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    page.locator(".facts").tap()
    expect(card).to_be_hidden()


def test_one_author_is_picked_out_and_all_are_alike_again(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/blame/")
    page.locator(".signs a", has_text="Drafter").click()
    expect(page.locator(".run.picked")).not_to_have_count(0)
    expect(page.locator(".signs [aria-current]")).to_have_text(re.compile("Drafter"))
    page.get_by_role("link", name="Show everybody alike").click()
    expect(page.locator(".run.picked")).to_have_count(0)


def test_without_scripts_everything_is_told_beside_the_clause(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/blame/", java_script_enabled=False)
    beside = page.locator(f"#clause-{table.first} .who")
    beside.locator("summary").click()
    expect(beside.locator("li").nth(1)).to_contain_text("Drafter")
    expect(beside.get_by_role("link", name="revision 6").first).to_be_visible()


def test_the_past_of_a_clause_shows_who_wrote_it(table, visit):
    page = visit(table.cast.observer, f"/charters/eurasia/clauses/{table.first}/history/")
    expect(page.locator("#blame .run.look-1").first).to_be_visible()
    page.locator("#blame .signs a", has_text="Drafter").click()
    page.wait_for_url(f"**/clauses/{table.first}/blame/?*who=*")


def test_without_scripts_it_leads_there(table, visit):
    page = visit(
        table.cast.observer,
        f"/charters/eurasia/clauses/{table.first}/history/",
        java_script_enabled=False,
    )
    page.get_by_role("link", name="Who wrote what").click()
    expect(page.locator("#blame .run").first).to_be_visible()


def test_the_text_leads_there_and_back(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/?at=6")
    page.get_by_role("link", name="Who wrote what").click()
    page.wait_for_url("**/blame/?language=en&at=6")
    page.get_by_role("link", name="The text alone").click()
    page.wait_for_url("**/charters/eurasia/?language=en&at=6")

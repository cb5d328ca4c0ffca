"""An adopted text in a real browser: corrected in place; and a statement made on a phone."""

import pytest
from playwright.sync_api import expect

from charter.actions.statements import make_statement
from charter.models import Cause, Revision
from tests.browser.conftest import PHONE
from tests.builders import FIRST, Scene, scene, seated, stand_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def adopted(transactional_db) -> Scene:
    """The scene with a delegation and a statement of it, its text adopted."""
    laid = scene()
    seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "IND")
    act = {"actor": laid.cast.reviewer, "charter": laid.charter}
    make_statement(**act, kind="declaration", text="We declare.", clause=laid.other)
    stand_at(laid.charter, laid.cast.chair, "adopted", note="By acclamation")
    return laid


def test_the_chair_corrects_a_clause_where_it_stands(adopted, visit, violations):
    page = visit(adopted.cast.chair, "/charters/eurasia/")
    expect(page.get_by_text("The text is adopted: it is frozen")).to_be_visible()
    page.locator(f"#clause-{adopted.first} .body").click()
    page.keyboard.press("e")
    words = page.locator("form.editing").get_by_label("Words", exact=True).first
    expect(words).to_have_value(FIRST)
    assert violations(page) == []
    words.fill(FIRST.replace("respect", "fully respect"))
    page.get_by_label("Reason for the correction").fill("A word was left out")
    page.get_by_role("button", name="Enter the correction").click()
    expect(page.locator(f"#clause-{adopted.first}")).to_contain_text("fully respect")
    assert Revision.objects.latest("pk").cause == Cause.CORRECTION
    page.goto(page.url.partition("/charters/")[0] + "/charters/eurasia/history/")
    expect(page.locator(".badge", has_text="Correction")).to_be_visible()
    expect(page.get_by_text("By acclamation")).to_be_visible()
    assert violations(page) == []


def test_a_delegation_makes_a_statement_on_a_phone_and_withdraws_one(adopted, visit, violations):
    page = visit(adopted.cast.reviewer, f"/charters/eurasia/clauses/{adopted.first}/")
    page.set_viewport_size(PHONE)
    page.get_by_text("Make a statement").click()
    page.get_by_label("Statement", exact=True).fill("We reserve our position.")
    assert violations(page) == []
    page.get_by_role("button", name="Make the statement").click()
    expect(page.get_by_role("heading", name="2. IND: Reservation")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    own = page.locator("#statement-1")
    own.get_by_text("Withdraw").first.click()
    own.get_by_label("Note for the log").fill("Settled")
    own.get_by_role("button", name="Withdraw the statement").press("Enter")
    expect(page.get_by_text("1 withdrawn statement")).to_be_visible()
    expect(page.get_by_text("Settled")).to_be_visible()
    assert violations(page) == []

"""The register, a delegation and the import in a real browser: by keyboard, on a phone, in the
dark."""

import re

import pytest
from playwright.sync_api import expect

from charter.actions.parties import add_party
from charter.actions.party_members import set_party_members
from tests.browser.conftest import PHONE
from tests.builders import Scene, reword, scene, seated, tabled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def table(transactional_db) -> Scene:
    """The drafter sits for a state, which belongs to many organisations and has done something."""
    laid = scene()
    at = {"actor": laid.cast.chair, "charter": laid.charter}
    team = seated(laid.charter, laid.cast.chair, laid.cast.drafter, "BLR")
    for number in range(9):
        body = add_party(
            **at, kind="organisation", code=f"BODY{number}", names={"en": f"Body {number}"}
        )
        set_party_members(**at, organisation=body.pk, members=[team.party_id])
    reword(laid.charter, laid.cast.drafter, laid.first, "The Parties respect one another.")
    tabled(laid.charter, laid.cast.drafter, laid.second, "Something else.")
    return laid


def fine(page, violations) -> None:
    """No violation in light and dark, and nothing wider than a phone."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    size = page.viewport_size
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []
    page.set_viewport_size(size)


def test_the_way_from_the_register_to_a_delegation_and_its_history(table, visit, violations):
    page = visit(table.cast.observer, "/charters/eurasia/parties/")
    fine(page, violations)
    page.get_by_role("link", name=re.compile(r"Participant\s*: BLR")).click()
    expect(page.get_by_role("heading", name="BLR", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="proposed")).to_be_visible()
    fine(page, violations)
    page.get_by_role("link", name="Its history").click()
    expect(page.get_by_label("Delegation")).to_contain_text("BLR")


def test_a_table_is_looked_at_and_taken_in(table, visit, violations):
    page = visit(table.cast.chair, "/charters/eurasia/parties/")
    page.get_by_role("link", name="Import", exact=True).click()
    fine(page, violations)
    show = page.get_by_role("button", name="Show what changes")
    field = page.get_by_label("Or paste the table")
    field.fill("code,kind,name_en\nKAZ,planet,Kazakhstan\n")
    show.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This is none of")
    fine(page, violations)
    field.fill("code,kind,name_en,member_of,since\nKAZ,state,Kazakhstan,BODY0,1994-04-20\n")
    show.press("Enter")
    expect(page.get_by_role("heading", name="Comes in 1")).to_be_visible()
    fine(page, violations)
    page.get_by_role("button", name="Take it in").press("Enter")
    expect(page.get_by_role("rowheader", name="Kazakhstan").first).to_be_visible()
    page.get_by_label("As of").fill("1994-04-19")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.get_by_text("Memberships as of 19 April 1994")).to_be_visible()


def test_who_is_here_stands_on_the_page_of_members(table, visit, violations):
    visit(table.cast.drafter, "/charters/eurasia/")
    page = visit(table.cast.observer, "/charters/eurasia/members/")
    drafter = page.get_by_role("row").filter(has_text="Drafter").first
    expect(drafter).to_contain_text("in the room now")
    fine(page, violations)

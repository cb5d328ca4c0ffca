"""History, comparison and the registers in a real browser: keyboard, phone, contrast, zones."""

import re

import pytest
from playwright.sync_api import expect

from charter.actions.clauses import change_clause, move_clause, strike_clause
from charter.actions.editions import name_edition
from charter.actions.parties import add_delegation, add_party
from charter.actions.party_members import set_party_members
from tests.browser.conftest import PHONE
from tests.builders import Scene, insert, principle, reword, scene

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/",
    "/charters/new/",
    "/charters/eurasia/history/",
    "/charters/eurasia/history/?words=nothing",
    "/charters/eurasia/history/play/",
    "/charters/eurasia/history/play/?clause={first}",
    "/charters/eurasia/history/feeds/",
    "/charters/eurasia/revisions/7/undo/",
    "/charters/eurasia/clauses/{first}/return/?at=5",
    "/charters/eurasia/revisions/7/",
    "/charters/eurasia/clauses/{first}/history/",
    "/charters/eurasia/compare/?since=5",
    "/charters/eurasia/compare/?since=5&view=side&all=1",
    "/charters/eurasia/editions/",
    "/charters/eurasia/principles/",
    "/charters/eurasia/principles/openness/",
    "/charters/eurasia/members/",
    "/charters/eurasia/parties/",
    "/charters/eurasia/settings/",
    "/charters/eurasia/export/",
    "/charters/eurasia/import/",
]


@pytest.fixture
def table(transactional_db) -> Scene:
    """The usual scene, with something on every page."""
    laid = scene()
    charter, chair, drafter = laid.charter, laid.cast.chair, laid.cast.drafter
    slug = principle(charter, chair, "openness")
    reword(charter, drafter, laid.first, "The Parties shall fully respect sovereignty.")
    points = [insert(charter, drafter, "point", f"Point {n};", parent=laid.second) for n in "abc"]
    charter.refresh_from_db()
    change_clause(
        actor=drafter, charter=charter, clause=laid.other, base=charter.head, principles=[slug]
    )
    move_clause(actor=drafter, charter=charter, clause=laid.first, parent=laid.other)
    strike_clause(actor=drafter, charter=charter, clause=points[1])
    name_edition(actor=chair, charter=charter, number=5, name="Zero draft", symbol="EC/1")
    at = {"actor": chair, "charter": charter}
    state = add_party(**at, kind="state", code="BLR", names={"en": "Belarus"})
    body = add_party(**at, kind="organisation", code="CSTO", names={"en": "The Treaty"})
    set_party_members(**at, organisation=body.pk, members=[state.pk])
    add_delegation(**at, party=state.pk, standing="initiator")
    return laid


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_violation_and_fits_a_phone(table, visit, violations, path):
    page = visit(table.cast.chair, path.format(first=table.first))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []


def test_changes_are_walked_by_keyboard(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/compare/?since=5")
    changes = page.locator("[data-change]")
    count = changes.count()
    assert count > 3
    page.keyboard.press("n")
    expect(changes.nth(0)).to_be_focused()
    page.keyboard.press("n")
    expect(changes.nth(1)).to_be_focused()
    expect(page.locator("[data-walk] output")).to_have_text(f"2 / {count}")
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(changes.nth(count - 1)).to_be_focused()


def test_keys_typed_into_a_field_are_left_alone(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/compare/?since=5")
    page.get_by_label("From").focus()
    page.keyboard.press("n")
    expect(page.get_by_label("From")).to_be_focused()


def test_two_texts_are_chosen_and_set_side_by_side(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/compare/")
    page.get_by_label("From").select_option(label="Zero draft · EC/1 (5)")
    page.get_by_label("Layout").select_option(label="Side by side")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("What changed from Zero draft (revision 5)")).to_be_visible()
    was, now = page.locator(".clause.moved.reworded .sides > div").all()
    assert was.bounding_box()["x"] + was.bounding_box()["width"] <= now.bounding_box()["x"]
    page.set_viewport_size(PHONE)
    assert now.bounding_box()["y"] >= was.bounding_box()["y"] + was.bounding_box()["height"]


def test_a_time_is_told_in_the_readers_own_zone_too(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/history/", timezone_id="Asia/Almaty")
    moment = page.locator("time.moment").nth(1)
    expect(moment).to_contain_text("UTC")
    expect(moment).to_have_attribute("title", re.compile(r"GMT\+5|UTC\+5|East Kaz"))


def test_a_clause_leads_to_its_history_and_back_to_the_text(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/history/")
    page.get_by_role("link", name="Article 1(1)").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Article 2")
    expect(page.get_by_text("From Article 1(1) to Article 2")).to_be_visible()
    page.get_by_role("link", name="In the text").click()
    expect(page.locator(f"#clause-{table.first}")).to_be_in_viewport()


def test_without_scripts_every_page_says_the_same(table, visit):
    page = visit(table.cast.chair, java_script_enabled=False)
    for path in PAGES:
        page.goto(path.format(first=table.first))
        expect(page.get_by_role("heading", level=1)).to_be_visible()

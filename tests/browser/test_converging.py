"""Positions, the ladder and convergence in a real browser: by keyboard, on a phone, in the dark."""

import pytest
from playwright.sync_api import expect

from charter.actions.ladder import set_rung
from charter.actions.positions import take_position
from charter.models import Visibility
from tests.browser.conftest import PHONE
from tests.builders import Scene, delegation, reword, scene, seated, tabled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def table(transactional_db) -> Scene:
    """The scene with ten delegations; two of them speak, one on words that changed since."""
    laid = scene()
    chair = laid.cast.chair
    seated(laid.charter, chair, laid.cast.drafter, "BLR")
    seated(laid.charter, chair, laid.cast.reviewer, "IND")
    for code in ("ARM", "CHN", "IRN", "KAZ", "KGZ", "PAK", "RUS", "TJK"):
        delegation(laid.charter, chair, code)
    laid.charter.refresh_from_db()
    hold = {"charter": laid.charter, "clause": laid.first}
    take_position(actor=laid.cast.drafter, stance="agrees", **hold)
    reword(laid.charter, chair, laid.first, "The Parties [shall] [should] act.")
    take_position(
        actor=laid.cast.reviewer, stance="objects", note="Not while it is bracketed.", **hold
    )
    take_position(
        actor=laid.cast.drafter, stance="reserves", visibility=Visibility.DELEGATION, **hold
    )
    set_rung(actor=chair, charter=laid.charter, clause=laid.other, rung="agreed")
    set_rung(actor=chair, charter=laid.charter, clause=laid.first, rung="drafting_group")
    return laid


def paths(laid: Scene) -> list[str]:
    amendment = tabled(laid.charter, laid.cast.reviewer, laid.second, "Another proposal.")
    return [
        f"/charters/eurasia/clauses/{laid.first}/",
        f"/charters/eurasia/amendments/{amendment.uuid}/",
        "/charters/eurasia/convergence/",
        "/charters/eurasia/convergence/?since=2",
        "/charters/eurasia/",
    ]


@pytest.mark.parametrize("name", ["drafter", "chair"])
def test_no_page_has_a_violation_and_each_fits_a_phone(table, visit, violations, name):
    for path in paths(table):
        page = visit(getattr(table.cast, name), path)
        page.locator("main details.more").evaluate_all("all => all.forEach(one => one.open = true)")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], (path, scheme)
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert violations(page) == [], path


def test_a_delegation_takes_a_position_by_keyboard_and_sees_it_in_the_matrix(table, visit):
    page = visit(table.cast.drafter, f"/charters/eurasia/clauses/{table.first}/")
    expect(page.get_by_text("stale: the words have changed since").first).to_be_visible()
    page.get_by_text("Change our position").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Your delegation").select_option("ad_referendum")
    page.get_by_role("button", name="Take this position").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The position of your delegation is kept.")).to_be_visible()
    page.goto("/charters/eurasia/convergence/")
    cell = page.get_by_role("row", name="Article 1").get_by_text("agrees ad referendum")
    expect(cell).to_be_visible()


def test_the_chair_moves_a_clause_up_and_the_outline_says_so(table, visit):
    page = visit(table.cast.chair, f"/charters/eurasia/clauses/{table.article}/")
    page.get_by_text("Move it on the ladder").click()
    page.get_by_label("This clause is").select_option("agreed")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Noted on the ladder of agreement.")).to_be_visible()
    page.goto("/charters/eurasia/")
    expect(page.locator(f'#outline [data-clause="{table.article}"] .rung-agreed')).to_be_visible()


def test_the_matrix_moves_within_its_own_frame_by_keyboard(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/convergence/", viewport=PHONE)
    frame = page.get_by_role("group", name="Articles and delegations")
    frame.focus()
    page.keyboard.press("ArrowRight")
    while not frame.evaluate("frame => frame.scrollLeft > 0"):  # it glides
        page.wait_for_timeout(20)

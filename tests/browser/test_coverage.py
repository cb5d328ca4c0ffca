"""Coverage and statistics in a real browser: by keyboard, on a phone, in the dark."""

import re

import pytest
from playwright.sync_api import expect

from charter.actions.clauses import change_clause
from charter.actions.editions import name_edition
from tests.browser.conftest import PHONE
from tests.builders import Scene, insert, principle, scene

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "coverage/",
    "coverage/?at=3",
    "statistics/",
    "principles/peace/clauses/",
    "principles/peace/merge/",
    "principles/peace/split/",
]


@pytest.fixture
def table(transactional_db) -> Scene:
    """The usual scene with ten principles, of which two are served."""
    laid = scene()
    chair = laid.cast.chair
    for slug in ("peace", "security", *(f"further-principle-{at}" for at in range(8))):
        principle(laid.charter, chair, slug)
    for at in range(20):
        insert(laid.charter, chair, "article", f"Words of article {at}.", heading=f"Heading {at}")
    for clause, slugs in ((laid.first, ["peace"]), (laid.second, ["peace", "security"])):
        laid.charter.refresh_from_db()
        change_clause(
            actor=chair,
            charter=laid.charter,
            clause=clause,
            base=laid.charter.head,
            principles=slugs,
        )
    name_edition(actor=chair, charter=laid.charter, number=5, name="Zero draft")
    return laid


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_violation_and_fits_a_phone(table, visit, violations, path):
    page = visit(table.cast.chair, f"/charters/eurasia/{path}")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []


def test_the_matrix_moves_within_its_own_frame_by_keyboard(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/coverage/", viewport=PHONE)
    frame = page.get_by_role("group", name="Articles and principles")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(frame).not_to_have_js_property("scrollLeft", 0)
    expect(page.get_by_role("columnheader", name="Peace")).to_have_count(1)


def test_a_principle_is_split_by_the_chair_and_history_says_so(table, visit):
    page = visit(table.cast.chair, "/charters/eurasia/principles/peace/clauses/")
    page.get_by_role("link", name="Split").click()
    page.get_by_label("Name in English").fill("Calm")
    page.get_by_label("Article 1(1)").check()
    page.get_by_role("button", name="Split").click()
    expect(page.get_by_text("The principle is split. It can be undone.")).to_be_visible()
    page.goto("/charters/eurasia/history/")
    expect(page.get_by_text("taken out of “Peace”").first).to_be_visible()


def test_an_edition_is_chosen_and_a_chart_taken_away_without_scripts(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/statistics/", java_script_enabled=False)
    page.get_by_label("As of").select_option("5")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("definition").first).to_have_text("33")
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("PNG.*Growth of the text")).click()
    assert taken.value.suggested_filename == "eurasia-statistics-r5-growth.png"

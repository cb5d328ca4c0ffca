"""Finding words in a real browser: by a key, without scripts, on a phone, in the dark."""

import pytest
from playwright.sync_api import expect

from charter.actions.threads import open_thread
from tests.browser.conftest import PHONE
from tests.builders import Scene, reword, scene

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/search/",
    "/search/?q=party",
    "/charters/eurasia/search/",
    "/charters/eurasia/search/?q=party",
    "/charters/eurasia/search/?q=party&at=4",
    "/charters/eurasia/search/?q=hegemony&in=history",
    "/charters/eurasia/search/?q=parties&in=discussion",
    "/charters/eurasia/search/?q=soverignty",
]


@pytest.fixture
def table(transactional_db) -> Scene:
    """The usual scene, in which hegemony came and went, and was spoken of."""
    laid = scene()
    charter, drafter = laid.charter, laid.cast.drafter
    reword(charter, drafter, laid.other, "No Party shall seek hegemony.")
    reword(charter, drafter, laid.other, "No Party shall dominate others.", message="Say it simply")
    charter.refresh_from_db()
    open_thread(
        actor=laid.cast.reviewer,
        charter=charter,
        clause=laid.first,
        language="en",
        base=charter.head,
        start=4,
        end=11,
        text="Which Parties are these?",
    )
    return laid


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_results_has_no_violation_and_fits_a_phone(table, visit, violations, path):
    page = visit(table.cast.observer, path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []


def test_a_slash_goes_to_the_search_and_a_hit_leads_to_its_place(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/")
    page.keyboard.press("/")
    field = page.get_by_role("search").get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("strengthening")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text(["strengthen"])
    page.get_by_role("link", name="Article 1(2)").click()
    expect(page.locator(f"#clause-{table.second}")).to_be_in_viewport()


def test_a_slash_that_is_typed_is_a_slash(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/search/")
    page.keyboard.press("/")
    words = page.get_by_label("Search for", exact=True).last
    expect(words).to_be_focused()
    page.keyboard.type("and/or")
    expect(words).to_have_value("and/or")


def test_when_did_a_word_leave_the_text(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/search/?q=hegemony")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()
    page.get_by_role("navigation", name="Where to search").get_by_role(
        "link", name="History"
    ).click()
    left = page.locator(".life dd").last
    expect(left).to_contain_text("Article 2")
    expect(left).to_contain_text("Say it simply")
    left.get_by_role("link").click()
    expect(page.locator("del", has_text="hegemony")).to_be_visible()


def test_a_comment_that_was_found_is_read_beside_its_words(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/search/?q=parties&in=discussion")
    page.get_by_role("link", name="In the text").click()
    expect(page.get_by_text("Which Parties are these?").first).to_be_visible()


def test_searching_works_without_scripts_and_on_a_phone(table, visit):
    page = visit(
        table.cast.observer,
        "/charters/eurasia/history/",
        java_script_enabled=False,
        viewport=PHONE,
    )
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_label("Search for", exact=True).last.fill("soverignty")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="sovereignty").click()
    expect(page.locator("mark")).to_have_text(["sovereignty"])


def test_results_are_narrowed_and_widened_again(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/search/?q=party")
    assert page.locator(".found").count() == 3
    facets = page.get_by_role("complementary", name="Narrow down")
    facets.get_by_role("link", name="Drafter").click()
    expect(page.locator(".found")).to_have_count(1)
    facets.get_by_role("link", name="Drafter").click()
    expect(page.locator(".found")).to_have_count(3)

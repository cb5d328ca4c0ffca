"""Going through history and back in it, in a real browser: filter, slide, undo, take back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from charter.models import Cause, Revision
from charter.queries.texts import text_at
from tests.browser.conftest import PHONE, Visitor
from tests.builders import FIRST, OTHER, Scene, insert, reword, scene

pytestmark = pytest.mark.django_db(transaction=True)

PLAY = "/charters/eurasia/history/play/"


@pytest.fixture
def table(transactional_db) -> Scene:
    """The usual scene with a dozen revisions more, two of which changed the same words."""
    laid = scene()
    charter, drafter = laid.charter, laid.cast.drafter
    for at in range(8):
        insert(charter, drafter, "article", f"Article text {at}. " * 12, message=f"Insert {at}")
    reword(charter, drafter, laid.first, "They may respect it.", message="Soften")
    reword(charter, drafter, laid.first, "They must respect it.", message="Harden")
    reword(charter, laid.cast.chair, laid.other, f"{OTHER} All of them.", message="All")
    return laid


@pytest.fixture
def visit(visit) -> Iterator[Visitor]:
    """The same, and in the end what a page fetches ahead is waited for: the tables are emptied."""
    pages: list[Page] = []
    under_way: set[Request] = set()

    def opened(*args, **options) -> Page:
        page = visit(*args, **options)
        page.on("request", lambda request: under_way.add(request))
        page.on("requestfinished", lambda request: under_way.discard(request))
        page.on("requestfailed", lambda request: under_way.discard(request))
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.wait_for_timeout(250)
        while under_way:
            page.wait_for_timeout(50)


def test_the_list_is_filtered_and_the_address_keeps_it(table, visit, violations):
    page = visit(table.cast.observer, "/charters/eurasia/history/", timezone_id="Asia/Almaty")
    page.get_by_text("Search and filter").click()
    expect(page.get_by_text("time zone Asia/Almaty")).to_be_visible()
    page.get_by_label("Author").select_option(label="Chair")
    page.get_by_label("In the message").fill("all")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".entry")).to_have_count(1)
    expect(page.locator(".entry")).to_contain_text("All")
    assert "zone=Asia%2FAlmaty" in page.url
    assert violations(page) == []
    page.reload()
    expect(page.locator(".entry")).to_have_count(1)
    page.get_by_label("In the message").fill("nowhere")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No revision is like that.")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Show all revisions").first.click()
    expect(page.locator(".entry")).to_have_count(16)


def test_a_sitting_folds_by_keyboard(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/history/")
    expect(page.locator(".entry").first).to_be_visible()
    page.locator(".sitting summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".entry").first).to_be_hidden()
    expect(page.locator(".sitting summary")).to_contain_text(
        re.compile(r"16 revisions\s+12 clauses\s+\d+ words in")
    )


def test_arrow_keys_the_slider_and_the_links_move_through_the_revisions(table, visit, violations):
    page = visit(table.cast.observer, PLAY)
    stage = page.locator("#stage")
    expect(page.locator("#player output")).to_have_text("Revision 16 of 16")
    expect(stage.locator("ins")).to_contain_text("All of them")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#player output")).to_have_text("Revision 15 of 16")
    expect(stage.locator("ins").first).to_have_text("must")
    expect(page.locator("[data-head]")).to_contain_text("Harden")
    expect(page).to_have_url(re.compile("at=15"))
    page.get_by_role("link", name="Before").click()
    expect(stage.locator("ins").first).to_contain_text("may")
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    expect(page.locator("#player output")).to_have_text("Revision 1 of 16")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".added")).to_contain_text(FIRST)
    assert violations(page) == []
    page.reload()
    expect(page.locator("#player output")).to_have_text("Revision 3 of 16")


def test_the_change_is_brought_into_sight(table, visit):
    page = visit(table.cast.observer, f"{PLAY}?at=4", viewport=PHONE)
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(page.locator("[data-head]")).to_contain_text("All")
    expect(page.locator("#stage ins")).to_be_in_viewport()
    bar = page.locator("#player").bounding_box()
    change = page.locator("#stage [data-change]").bounding_box()
    assert change["y"] >= bar["y"] + bar["height"]
    page.get_by_role("link", name="Before").click()
    expect(page.locator("#stage [data-change] ins").first).to_be_in_viewport()


def test_each_revision_is_fetched_once_and_its_neighbours_ahead(table, visit):
    page = visit(table.cast.observer, f"{PLAY}?at=8")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(300)
    for _step in range(3):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(150)
    for _step in range(3):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(150)
    expect(page.locator("#player output")).to_have_text("Revision 8 of 16")
    fetched = [url for url in asked if "/history/play/" in url]
    assert len(fetched) == len(set(fetched))
    assert all(re.search(r"[?&]v=[0-9a-f]{16}", url) for url in fetched)


def test_it_plays_by_itself_unless_motion_is_unwelcome(table, visit):
    page = visit(table.cast.observer, f"{PLAY}?at=14")
    play = page.get_by_role("button", name="Play")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#player output")).to_have_text("Revision 16 of 16")
    expect(play).to_have_attribute("aria-pressed", "false")
    page.emulate_media(reduced_motion="reduce")
    expect(play).to_be_hidden()


def test_one_clause_is_watched_alone(table, visit):
    page = visit(table.cast.observer, PLAY)
    page.get_by_label("Clause").select_option(label="Article 2 Openness")
    page.get_by_role("button", name="Show").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Article 2 Openness")
    expect(page.locator("#stage .clause")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#player output")).to_have_text("Revision 5 of 16")
    expect(page.locator("#stage")).to_contain_text(OTHER)
    expect(page.locator("#stage")).not_to_contain_text("All of them")
    expect(page.locator("[data-step='-1']")).to_have_attribute("aria-disabled", "true")


def test_from_right_to_left_the_left_arrow_goes_on(table, visit):
    page = visit(table.cast.observer, f"{PLAY}?at=8")
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#player output")).to_have_text("Revision 9 of 16")


def test_without_scripts_links_and_a_number_do_the_same(table, visit):
    page = visit(table.cast.observer, PLAY, java_script_enabled=False)
    page.get_by_role("link", name="Before").click()
    expect(page.locator("#stage ins").first).to_have_text("must")
    page.get_by_label("Revision", exact=True).fill("3")
    page.locator(".play-at button").click()
    expect(page.locator("#stage .added")).to_contain_text(FIRST)


def test_a_revision_is_undone_after_a_look(table, visit, violations):
    page = visit(table.cast.drafter, "/charters/eurasia/revisions/16/")
    page.get_by_role("link", name="Undo", exact=True).click()
    expect(page.locator(".redline del")).to_contain_text("All of them")
    assert violations(page) == []
    page.get_by_label("Message for the history").fill("Not agreed")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("Revision 16 is undone by revision 17.")
    page.get_by_role("link", name="revision 16", exact=True).click()
    expect(page.get_by_role("link", name="revision 17", exact=True)).to_be_visible()
    assert text_at(table.charter).find(str(table.other)).text == OTHER


def test_what_meets_is_settled_by_a_person(table, visit, violations):
    page = visit(table.cast.drafter, "/charters/eurasia/revisions/14/undo/")
    expect(page.get_by_role("heading", name="Article 1(1)")).to_be_visible()
    expect(page.get_by_role("heading", name="Before revision 14")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("radio", name=re.compile("As it is now")).first.check()
    expect(page.get_by_label("The result, which you can still edit")).to_have_value(
        re.compile("They must respect it")
    )
    page.get_by_label("The result, which you can still edit").fill("They shall respect it.")
    page.get_by_role("button", name="Commit the result").click()
    expect(page.locator("#messages")).to_contain_text("Revision 14 is undone")
    assert text_at(table.charter).find(str(table.first)).text == "They shall respect it."
    assert Revision.objects.get(charter=table.charter, number=17).cause == Cause.UNDO


def test_a_clause_is_taken_back_from_its_history(table, visit, violations):
    page = visit(table.cast.drafter, f"/charters/eurasia/clauses/{table.first}/history/")
    page.get_by_role("link", name=re.compile("Take back.*as of revision 3")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Article 1(1) as of revision 3")
    expect(page.locator(".redline ins").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(f"#clause-{table.first}")).to_contain_text(FIRST)
    assert text_at(table.charter).find(str(table.first)).text == FIRST


def test_an_address_for_programs_is_made_and_renewed(table, visit):
    page = visit(table.cast.reviewer, "/charters/eurasia/history/")
    page.get_by_role("link", name="Follow by feed").click()
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("Your address for this charter").input_value()
    program = visit(None, "/sign-in/")
    assert program.request.get(address).ok
    page.get_by_role("button", name="Make a new address").click()
    expect(page.get_by_label("Your address for this charter")).not_to_have_value(address)
    assert program.request.get(address).status == 404

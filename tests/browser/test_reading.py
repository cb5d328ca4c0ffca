"""Reading a text in the browser: by keyboard, on a phone, in the dark, without scripts."""

import pytest
from playwright.sync_api import expect

from charter.actions.charters import create_charter
from charter.actions.threads import open_thread
from charter.models import Charter, Clause
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from charter.text.outline import Outline
from tests.browser.conftest import PHONE as SCREEN
from tests.builders import FIRST, SECOND, Scene, principle, scene

TEXT = "/charters/eurasia/"
PHONE = {"viewport": SCREEN, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


@pytest.fixture
def laid(transactional_db) -> Scene:
    return scene()


@pytest.fixture
def discussed(laid):
    """The scene with a thread on words of each paragraph and a principle on one."""
    principle(laid.charter, laid.cast.chair, "openness")
    for clause, source, quote in (
        (laid.first, FIRST, "sovereignty"),
        (laid.second, SECOND, "expense"),
    ):
        open_thread(
            actor=laid.cast.chair,
            charter=laid.charter,
            clause=clause,
            language="en",
            base=Charter.objects.get(pk=laid.charter.pk).head,
            start=source.index(quote),
            end=source.index(quote) + len(quote),
            text=f"What is meant by {quote}? " * 12,
        )
    return laid


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, PHONE, {**PHONE, "color_scheme": "dark"}, {"locale": "ru"}],
    ids=["desktop", "dark", "phone", "phone in the dark", "russian interface"],
)
def test_the_text_breaks_no_rule_of_accessibility(discussed, visit, violations, options):
    page = visit(discussed.cast.chair, TEXT, **options)
    expect(page.locator(".thread").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize(
    "path",
    [
        "?at=1",
        "?principle=openness",
        "?language=ru",
        "threads/",
        "threads/?show=resolved",
        "struck/",
    ],
)
def test_its_other_pages_break_none_either(discussed, visit, violations, path):
    assert violations(visit(discussed.cast.drafter, TEXT + path)) == []


def test_forms_on_pages_of_their_own_break_none_either(discussed, visit, violations):
    from charter.models import Thread

    page = visit(discussed.cast.drafter, TEXT)
    clause = f"clauses/{discussed.first}/"
    thread = f"threads/{Thread.objects.first().pk}/"
    for path in (
        clause,
        clause + "edit/",
        clause + "move/",
        clause + "strike/",
        clause + "threads/",
        f"clauses/insert/?place=after:{discussed.first}",
        thread + "reply/",
        thread + "reanchor/",
    ):
        page.goto(TEXT + path)
        assert violations(page) == [], path


def test_cards_stand_level_with_their_words_and_never_over_one_another(discussed, visit):
    page = visit(discussed.cast.observer, TEXT)
    expect(page.locator(".margin.aligned").first).to_be_visible()
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(200)
    marks = [mark.bounding_box() for mark in page.locator(".anchor").all()]
    cards = [card.bounding_box() for card in page.locator("#text .thread").all()]
    assert abs(cards[0]["y"] - marks[0]["y"]) < 12
    assert cards[1]["y"] >= cards[0]["y"] + cards[0]["height"]
    assert all(card["x"] > marks[0]["x"] + marks[0]["width"] for card in cards)


def test_on_a_phone_the_discussion_stands_below_and_nothing_is_wider_than_the_screen(
    discussed, visit
):
    page = visit(discussed.cast.reviewer, TEXT, **PHONE)
    card = page.locator("#text .thread").first.bounding_box()
    words = page.locator(f"#clause-{discussed.second}").bounding_box()
    assert card["y"] >= words["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_a_phone_the_outline_is_a_sheet_that_a_button_opens(laid, visit, violations):
    page = visit(laid.cast.observer, TEXT, **PHONE)
    outline = page.locator("#outline")
    expect(outline).to_be_hidden()
    page.get_by_role("button", name="Contents").click()
    expect(outline).to_be_visible()
    assert violations(page) == []
    outline.get_by_role("link", name="Article 2").click()
    expect(outline).to_be_hidden()
    expect(page.locator(f"#clause-{laid.other}")).to_be_in_viewport()


def test_the_outline_leads_to_an_article(laid, visit):
    page = visit(laid.cast.observer, TEXT)
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="Openness").click()
    assert page.url.endswith(f"#clause-{laid.other}")


def test_the_first_tab_offers_to_skip_to_the_content(laid, visit):
    page = visit(laid.cast.observer, TEXT)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_j_and_k_go_from_clause_to_clause(laid, visit):
    page = visit(laid.cast.observer, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    for clause in (laid.article, laid.first, laid.second, laid.other):
        page.keyboard.press("j")
        expect(page.locator(f"#clause-{clause}")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(f"#clause-{laid.second}")).to_be_focused()


def test_the_keys_are_shown_and_do_nothing_while_somebody_types(laid, visit, violations):
    page = visit(laid.cast.drafter, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_text("As of", exact=True).click()
    page.get_by_label("Revision").press("e")
    page.keyboard.press("j")
    expect(page.locator("form.editing")).to_have_count(0)
    expect(page.locator(".clause.here")).to_have_count(0)


def test_without_scripts_text_discussion_and_addresses_are_all_there(discussed, visit):
    page = visit(discussed.cast.drafter, TEXT, java_script_enabled=False)
    expect(page.get_by_text("No Party shall strengthen its own security")).to_be_visible()
    expect(page.locator("#text .thread")).to_have_count(2)
    page.locator(f"#clause-{discussed.first} .clause-link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Article 1(1)")


def test_a_long_text_can_be_read_to_its_last_article(laid, visit):
    units = tuple(
        Unit(kind=Kind.ARTICLE, heading=f"Matter {n}", text="The Parties shall do so. " * 20)
        for n in range(1, 301)
    )
    outline = Outline(title="Long", clauses=units)
    create_charter(actor=laid.cast.chair, title="Long", slug="long", outline=outline)
    page = visit(laid.cast.chair, "/charters/long/")
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="Matter 300").click()
    expect(page.get_by_role("heading", name="Article 300")).to_be_in_viewport()
    expect(page.locator(".outline .at")).to_contain_text("Article")


@pytest.fixture
def lengthy(laid):
    """A charter of two hundred articles of several lines; the id of the last but fifty."""
    units = tuple(
        Unit(kind=Kind.ARTICLE, heading=f"Matter {n}", text="The Parties shall do so. " * (n % 30))
        for n in range(1, 201)
    )
    outline = Outline(title="Lengthy", clauses=units)
    charter = create_charter(
        actor=laid.cast.chair, title="Lengthy", slug="lengthy", outline=outline
    )
    return Clause.objects.get(charter=charter, wordings__heading="Matter 150").pk


@pytest.mark.parametrize("long", [1, 1000], ids=["laid out as it comes near", "laid out whole"])
def test_a_link_to_a_clause_far_down_lands_on_it(laid, lengthy, visit, monkeypatch, long):
    monkeypatch.setattr("charter.web.reading.LONG", long)
    page = visit(laid.cast.chair, f"/charters/lengthy/#clause-{lengthy}")
    page.wait_for_function(
        """id => {
            const { top } = document.getElementById(id).getBoundingClientRect();
            return top >= 0 && top < 120;
        }""",
        arg=f"clause-{lengthy}",
    )


def test_after_a_commit_the_clause_is_where_the_eye_left_it(laid, lengthy, visit):
    page = visit(laid.cast.chair, f"/charters/lengthy/#clause-{lengthy}")
    page.locator(f"#clause-{lengthy} .heading").click()
    page.keyboard.press("e")
    page.get_by_label("Words", exact=True).first.fill("The Parties may.")
    page.get_by_role("button", name="Commit").click()
    expect(page.get_by_role("status")).to_contain_text("Committed")
    expect(page.locator(f"#clause-{lengthy}")).to_be_focused()
    page.wait_for_timeout(400)
    expect(page.locator(f"#clause-{lengthy} .heading")).to_be_in_viewport()


def test_a_card_that_reaches_past_its_block_can_be_pressed(discussed, visit):
    page = visit(discussed.cast.reviewer, TEXT)
    expect(page.locator(".margin.aligned").first).to_be_visible()
    page.locator("#text .thread").last.get_by_role("link", name="Reply").click()
    expect(page.locator("#text .thread form textarea")).to_be_focused()
    page.locator(f"#clause-{discussed.other} .heading").click()
    expect(page.locator(f"#clause-{discussed.other} > .tools")).to_be_visible()

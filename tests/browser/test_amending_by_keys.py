"""An amendment's way without a mouse: suggested, tabled, read in brackets, adopted."""

import re

import pytest
from playwright.sync_api import Page, expect

from charter.models import Wording
from tests.builders import FIRST, SECOND, Scene, reword, scene, seated, tabled

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "/charters/eurasia/"
UPHOLD = FIRST.replace("respect", "uphold")
MOST = 80  # times Tab is pressed before a thing counts as out of reach


@pytest.fixture
def laid(transactional_db) -> Scene:
    made = scene()
    seated(made.charter, made.cast.chair, made.cast.drafter, "BLR")
    seated(made.charter, made.cast.chair, made.cast.reviewer, "IND")
    return made


def tab_to(page: Page, role: str, name: str) -> None:
    """Press Tab until this is in focus."""
    wanted = page.get_by_role(role, name=name).first
    expect(wanted).to_be_visible()
    for _time in range(MOST):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"{role} “{name}” is out of reach of the keyboard")


def press(page: Page, name: str) -> None:
    tab_to(page, "button", name)
    page.keyboard.press("Enter")


def ready(page: Page) -> None:
    """The keys do something."""
    expect(page.locator(".keys-button")).to_be_visible()


def to_first(page: Page, laid: Scene) -> None:
    """From the top of the text to the first paragraph of Article 1."""
    ready(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(f"#clause-{laid.first}")).to_be_focused()


def test_an_amendment_is_suggested_tabled_and_adopted_by_keys_alone(laid, visit):
    page = visit(laid.cast.reviewer, TEXT)
    to_first(page, laid)
    page.keyboard.press("s")
    expect(page.get_by_label("Words", exact=True)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(UPHOLD)
    expect(page.locator(".live-redline ins")).to_have_text("uphold")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".proposals .draft")).to_have_count(1)
    expect(page.locator(f"#clause-{laid.first}")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("link", name="Draft")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "textbox", "Title")
    page.keyboard.type("To uphold")
    press(page, "Table the amendment")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A-1")

    chair = visit(laid.cast.chair, TEXT)
    to_first(chair, laid)
    chair.keyboard.press("a")
    expect(chair.get_by_role("link", name="A-1")).to_be_focused()
    chair.keyboard.press("Enter")
    tab_to(chair, "link", "Adopt…")
    chair.keyboard.press("Enter")
    press(chair, "See the outcome")
    press(chair, "Adopt in one revision")
    expect(chair.get_by_role("heading", level=1)).to_contain_text("Revision")
    assert Wording.objects.get(clause=laid.first, language="en").text == UPHOLD


def test_a_conflict_is_reworked_by_keys_alone(laid, visit):
    made = tabled(laid.charter, laid.cast.reviewer, laid.first, UPHOLD)
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "protect"))
    page = visit(laid.cast.reviewer, f"{TEXT}amendments/{made.uuid}/")
    tab_to(page, "link", "Rework")
    page.keyboard.press("Enter")
    tab_to(page, "radio", "As proposed")
    for _time in range(2):  # past "As it is now"
        page.keyboard.press("ArrowDown")
        page.wait_for_load_state()
    result = page.get_by_label("The result, which you can still edit")
    expect(result).to_have_value(FIRST.replace("respect", "uphold protect"))
    press(page, "Propose the result")
    expect(page.locator(".change .standing")).to_have_text("applies cleanly")


def test_cards_beside_a_clause_are_gone_through_and_left_again(laid, visit):
    for word in ("uphold", "protect"):
        tabled(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", word))
    page = visit(laid.cast.observer, TEXT)
    to_first(page, laid)
    for symbol in ("A-1", "A-2", "A-1"):
        page.keyboard.press("a")
        expect(page.get_by_role("link", name=symbol)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"#clause-{laid.first}")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(f"#clause-{laid.second}")).to_be_focused()


def test_the_rolling_text_is_gone_through_by_keys(laid, visit, violations):
    for person, word in ((laid.cast.drafter, "uphold"), (laid.cast.reviewer, "protect")):
        tabled(laid.charter, person, laid.first, FIRST.replace("respect", word))
    both = SECOND.replace("shall", "may").replace("another", "any other")
    tabled(laid.charter, laid.cast.reviewer, laid.second, both)
    page = visit(laid.cast.observer, f"{TEXT}rolling/")
    ready(page)
    here = page.locator(".place:focus")
    page.keyboard.press("n")
    expect(here).to_contain_text("uphold: A-1 BLR")
    assert violations(page) == []
    page.keyboard.press("n")
    expect(here).to_have_text(re.compile(r"\[shall\] \[may: A-3 IND\]"))
    page.keyboard.press("n")
    expect(here).to_contain_text("any other")
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(here).to_contain_text("protect: A-2 IND")
    page.keyboard.press("j")
    expect(page.locator(f"#clause-{laid.second}")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(f"#clause-{laid.first}")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(".behind a:focus")).to_have_text(re.compile("A-[12]"))
    page.keyboard.press("Escape")
    expect(page.locator(f"#clause-{laid.first}")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("next open place")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A-")

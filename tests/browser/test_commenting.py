"""Discussion in the browser: select words, write beside them, answer, settle."""

import pytest
from playwright.sync_api import Page, expect

from charter.actions import threads
from charter.models import Thread
from tests.builders import FIRST, Scene, reword, scene

TEXT = "/charters/eurasia/"


@pytest.fixture
def laid(transactional_db) -> Scene:
    return scene()


# Select the words between two pieces of shown text in a clause, as a pointer would.
SELECT = """([clause, from, to]) => {
  const root = document.getElementById(`clause-${clause}`) ?? document.querySelector(clause);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(), open = false; node; node = walker.nextNode()) {
    const start = node.data.indexOf(from);
    if (!open && start >= 0) { range.setStart(node, start); open = true; }
    const end = node.data.indexOf(to);
    if (open && end >= 0) { range.setEnd(node, end + to.length); break; }
  }
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
}"""


def select(page: Page, clause, first: str, last: str) -> None:
    page.evaluate(SELECT, [str(clause), first, last])


def test_selected_words_are_commented_on_beside_them(laid, visit, violations):
    page = visit(laid.cast.reviewer, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    select(page, laid.first, "respect", "sovereignty")
    button = page.locator(".selection-buttons [data-act=comment]")
    expect(button).to_be_visible()
    button.click()
    comment = page.locator("form.new-thread textarea")
    expect(comment).to_be_focused()
    expect(page.locator("form.new-thread .quote")).to_have_text("respect the sovereignty")
    assert violations(page) == []
    comment.fill("Territorial integrity too?")
    page.locator("form.new-thread").get_by_role("button", name="Comment").click()
    thread = page.locator("#text .thread")
    expect(thread).to_contain_text("Territorial integrity too?")
    expect(page.locator(".anchor")).to_have_text("respect the sovereignty")
    assert Thread.objects.get().original_quote == "respect the sovereignty"


def test_the_focus_stays_at_what_was_discussed(laid, visit):
    act = {"actor": laid.cast.chair, "charter": laid.charter, "language": "en"}
    laid.charter.refresh_from_db()
    one, other = (
        threads.open_thread(**act, clause=clause, base=laid.charter.head, text="Who?").pk
        for clause in (laid.first, laid.second)
    )
    page = visit(laid.cast.reviewer, TEXT)
    card = page.locator(f"#thread-{other}")
    card.get_by_role("link", name="Reply").press("Enter")
    reply = card.get_by_label("Reply", exact=True)
    expect(reply).to_be_focused()
    page.keyboard.press("Escape")
    expect(reply).to_have_count(0)
    expect(card).to_be_focused()
    card.get_by_role("link", name="Reply").press("Enter")
    reply.fill("All of them.")
    page.keyboard.press("Control+Enter")
    expect(card).to_contain_text("All of them.")
    expect(card).to_be_focused()
    # A card that leaves the page leaves the reader in the text, not at the head of the page.
    page.locator(f"#thread-{one}").get_by_role("button", name="Resolve").press("Enter")
    expect(page.locator(f"#thread-{one}")).to_have_count(0)
    expect(page.locator("#reading")).to_be_focused()


def test_who_drops_a_comment_is_at_the_clause_again(laid, visit):
    page = visit(laid.cast.reviewer, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    for key in "jjc":
        page.keyboard.press(key)
    expect(page.locator("form.new-thread textarea")).to_be_focused()
    page.locator("form.new-thread .cancel").press("Enter")
    expect(page.locator("form.new-thread")).to_have_count(0)
    expect(page.locator(f"#clause-{laid.first}")).to_be_focused()


@pytest.mark.parametrize(
    ("source", "first", "last", "quote"),
    [
        ("The 𝔓arties 🕊 shall *duly* agree.", "shall", "agree", "shall *duly* agree"),
        ("Words ^[a note of 𝟙] after the note.", "after", "note.", "after the note."),
        (r"Five \* six and **seven** eight.", "* six", "seven", r"* six and **seven"),
        ("Мир и é безопасность 和平 для всех.", "безопасность", "和平", "безопасность 和平"),
    ],
)
def test_the_words_stored_are_those_selected_whatever_marks_and_scripts_stand_around(
    laid, visit, source, first, last, quote
):
    reword(laid.charter, laid.cast.chair, laid.first, source)
    page = visit(laid.cast.reviewer, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    select(page, laid.first, first, last)
    page.keyboard.press("c")
    page.locator("form.new-thread textarea").fill("Here.")
    page.locator("form.new-thread").get_by_role("button", name="Comment").click()
    expect(page.locator("#text .thread")).to_be_visible()
    assert Thread.objects.get().original_quote == quote


def test_a_clause_in_hand_is_commented_on_as_a_whole_by_keyboard(laid, visit):
    page = visit(laid.cast.reviewer, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.type("All of it.")
    page.locator("form.new-thread").get_by_role("button", name="Comment").press("Enter")
    expect(page.locator("#text .thread")).to_contain_text("All of it.")
    thread = Thread.objects.get()
    assert (thread.clause_id, thread.original_quote) == (laid.first, "")


def open_thread(laid, quote: str = "sovereignty") -> Thread:
    laid.charter.refresh_from_db()
    return threads.open_thread(
        actor=laid.cast.chair,
        charter=laid.charter,
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        start=FIRST.index(quote),
        end=FIRST.index(quote) + len(quote),
        text="Is this settled?",
    )


def test_a_thread_is_answered_and_resolved_in_its_card(laid, visit, violations):
    open_thread(laid)
    page = visit(laid.cast.reviewer, TEXT)
    page.get_by_role("link", name="Reply").click()
    reply = page.locator(".thread textarea")
    expect(reply).to_be_focused()
    assert violations(page) == []
    reply.fill("It is.")
    page.locator(".thread").get_by_role("button", name="Reply").click()
    expect(page.locator(".thread .comment").last).to_contain_text("It is.")
    expect(page.locator(".thread textarea")).to_have_count(0)
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_role("status")).to_contain_text("The thread is resolved.")
    expect(page.locator("#text .thread")).to_have_count(0)
    page.get_by_role("link", name="Show resolved threads (1)").click()
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_role("button", name="Resolve")).to_be_visible()


def test_a_thread_whose_words_went_is_put_on_others_by_selecting_them(laid, visit):
    thread = open_thread(laid)
    reword(laid.charter, laid.cast.chair, laid.first, "Quite another 𝔐atter, altogether.")
    page = visit(laid.cast.reviewer, TEXT)
    expect(page.locator(".thread .quote.gone")).to_have_text("sovereignty")
    page.get_by_role("link", name="Put on other words").click()
    expect(page.get_by_label("The words it is about")).to_be_visible()
    select(page, ".quotable", "another", "atter")
    expect(page.get_by_label("The words it is about")).to_have_value("another 𝔐atter")
    page.get_by_role("button", name="Put it here").click()
    expect(page.locator(".anchor")).to_have_text("another 𝔐atter")
    thread.refresh_from_db()
    assert thread.quote == "another 𝔐atter"


def test_an_observer_selects_words_and_is_offered_nothing(laid, visit):
    page = visit(laid.cast.observer, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    select(page, laid.first, "respect", "sovereignty")
    expect(page.locator(".selection-buttons")).to_have_count(0)
    page.keyboard.press("c")
    expect(page.locator("form.new-thread")).to_have_count(0)


def test_without_scripts_words_are_quoted_in_a_form(laid, visit):
    page = visit(laid.cast.reviewer, f"{TEXT}clauses/{laid.first}/", java_script_enabled=False)
    page.get_by_label("The words it is about").fill("sovereignty")
    page.get_by_label("Comment").fill("No script here.")
    page.get_by_role("button", name="Comment").click()
    expect(page.locator(".anchor")).to_have_text("sovereignty")
    expect(page.locator(".thread")).to_contain_text("No script here.")
    page.get_by_role("link", name="Reply").click()
    page.get_by_label("Reply").fill("Nor here.")
    page.get_by_role("button", name="Reply").click()
    expect(page.locator(".thread")).to_contain_text("Nor here.")
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator("#text .thread")).to_have_count(0)


def test_code_points_and_utf16_are_converted_both_ways(laid, visit):
    page = visit(laid.cast.observer, TEXT)
    pairs = page.evaluate(
        """async () => {
          const offsets = await import("/static/js/offsets.js");
          const text = "a𝔓b🕊️c";
          return [...Array(9).keys()].map((points) => [
            offsets.codePoints(text, offsets.utf16Units(text, points)),
            offsets.utf16Units(text, points),
          ]);
        }"""
    )
    assert pairs == [[0, 0], [1, 1], [2, 3], [3, 4], [4, 6], [5, 7], [6, 8], [6, 8], [6, 8]]

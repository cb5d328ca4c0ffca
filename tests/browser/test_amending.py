"""An amendment's way in a real browser: suggested, tabled, read in brackets, adopted."""

import re

import pytest
from playwright.sync_api import expect

from charter.models import Amendment, AmendmentThread, Wording
from tests.browser.conftest import PHONE
from tests.browser.test_commenting import select
from tests.builders import FIRST, SECOND, Scene, reword, scene, seated, tabled

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "/charters/eurasia/"
UPHOLD = FIRST.replace("respect", "uphold")


@pytest.fixture
def laid(transactional_db) -> Scene:
    made = scene()
    seated(made.charter, made.cast.chair, made.cast.drafter, "BLR")
    seated(made.charter, made.cast.chair, made.cast.reviewer, "IND")
    return made


@pytest.mark.parametrize("scripts", [True, False])
def test_words_are_suggested_on_the_text_and_tabled(laid, visit, violations, scripts):
    start = "/charters/eurasia/" if scripts else f"/charters/eurasia/clauses/{laid.first}/"
    page = visit(laid.cast.drafter, start, java_script_enabled=scripts)
    if scripts:
        page.locator(f"#clause-{laid.first}").click()
    page.get_by_role("link", name="Suggest", exact=True).click()
    page.get_by_label("Words", exact=True).fill(UPHOLD)
    if scripts:
        expect(page.locator(f"#clause-{laid.first} .live-redline ins")).to_have_text("uphold")
        assert violations(page) == []
    page.get_by_role("button", name="Suggest").click()
    if scripts:
        draft = page.locator(f'.proposals[data-clause="{laid.first}"] .draft')
        expect(draft).to_contain_text("Draft BLR: Reword applies cleanly")
        expect(page.locator(f"#clause-{laid.first}")).to_be_focused()
        assert page.url.endswith(start)
        assert violations(page) == []
    else:
        expect(page.locator(".change ins")).to_have_text("uphold")
    page.get_by_role("link", name="Put it on the table").click()
    page.get_by_label("Title").fill("To uphold")
    page.get_by_role("button", name="Table the amendment").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A-1")
    if scripts:
        assert violations(page) == []


def suggesting(page, clause):
    """The words of the form that suggests others for the clause."""
    return page.locator(f"#suggesting-{clause}").get_by_label("Words", exact=True)


def at(page, clause) -> None:
    """Take the clause in hand."""
    page.locator(f"#clause-{clause} .body, #clause-{clause} .heading").first.click()
    expect(page.locator(f"#clause-{clause} > .tools")).to_be_visible()


def test_one_draft_takes_what_is_typed_on_several_clauses(laid, visit):
    page = visit(laid.cast.reviewer, TEXT)
    at(page, laid.first)
    page.keyboard.press("s")
    words = suggesting(page, laid.first)
    expect(words).to_be_focused()
    words.fill(UPHOLD)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".proposals .draft")).to_have_count(1)
    expect(page.locator(f"#clause-{laid.first}")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_label("Amendment", exact=True)).not_to_have_value("")
    suggesting(page, laid.second).fill(SECOND + " Ever.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".proposals .draft")).to_have_count(2)
    assert Amendment.objects.get().changes.count() == 2


def test_escape_leaves_an_untouched_suggestion_and_keeps_one_that_was_written(laid, visit):
    page = visit(laid.cast.reviewer, TEXT)
    at(page, laid.first)
    page.keyboard.press("s")
    expect(suggesting(page, laid.first)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("form.suggesting")).to_have_count(0)
    expect(page.locator(f"#clause-{laid.first}")).to_be_focused()
    page.keyboard.press("s")
    suggesting(page, laid.first).fill("Half a sentence")
    page.keyboard.press("Escape")
    expect(suggesting(page, laid.first)).to_have_value("Half a sentence")


def test_words_not_yet_sent_outlive_what_is_saved_beside_them(laid, visit):
    page = visit(laid.cast.reviewer, TEXT)
    at(page, laid.first)
    page.keyboard.press("s")
    suggesting(page, laid.first).fill("Not yet sent")
    at(page, laid.second)
    page.keyboard.press("s")
    suggesting(page, laid.second).fill(SECOND + " Ever.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".proposals .draft")).to_have_count(1)
    expect(suggesting(page, laid.first)).to_have_value("Not yet sent")
    suggesting(page, laid.first).fill(UPHOLD)
    expect(page.locator(f"#clause-{laid.first} .live-redline ins")).to_have_text("uphold")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".proposals .draft")).to_have_count(2)


def test_a_comment_not_yet_sent_outlives_it_too(laid, visit):
    page = visit(laid.cast.reviewer, TEXT)
    at(page, laid.first)
    page.keyboard.press("c")
    page.locator("form.new-thread textarea").fill("Why respect?")
    at(page, laid.second)
    page.keyboard.press("s")
    suggesting(page, laid.second).fill(SECOND + " Ever.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".proposals .draft")).to_have_count(1)
    expect(page.locator("form.new-thread textarea")).to_have_value("Why respect?")
    page.locator("form.new-thread").get_by_role("button", name="Comment").click()
    expect(page.locator(f'.thread[data-clause="{laid.first}"]')).to_contain_text("Why respect?")
    expect(page.locator("form.new-thread")).to_have_count(0)


def test_who_leaves_the_page_with_words_not_sent_is_asked(laid, visit):
    page = visit(laid.cast.reviewer, TEXT)
    at(page, laid.first)
    page.keyboard.press("s")
    suggesting(page, laid.first).press("End")
    page.keyboard.type(" Unsent")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Amendments", exact=True).click()
    expect(suggesting(page, laid.first)).to_have_value(re.compile("Unsent"))
    assert asked == ["beforeunload"]


def test_what_cannot_be_kept_is_said_while_it_is_typed(laid, visit, violations):
    page = visit(laid.cast.reviewer, TEXT)
    at(page, laid.first)
    page.keyboard.press("s")
    suggesting(page, laid.first).fill(FIRST + " [")
    expect(page.locator(".live-redline")).to_contain_text("has no partner")
    page.keyboard.press("Control+Enter")
    expect(page.locator("form.suggesting .errorlist")).to_contain_text("has no partner")
    expect(suggesting(page, laid.first)).to_have_value(FIRST + " [")
    assert violations(page) == []


def test_an_edit_shows_what_it_changes_too(laid, visit):
    page = visit(laid.cast.drafter, TEXT)
    at(page, laid.first)
    page.keyboard.press("e")
    page.get_by_label("Words", exact=True).first.fill(UPHOLD)
    expect(page.locator(f"#clause-{laid.first} .live-redline ins")).to_have_text("uphold")


def test_who_may_not_edit_suggests_a_clause_a_move_and_a_strike_on_the_text(
    laid, visit, violations
):
    page = visit(laid.cast.reviewer, TEXT)
    at(page, laid.first)
    page.keyboard.press("i")
    expect(page.get_by_label("Heading", exact=True)).to_be_focused()
    page.get_by_label("Words", exact=True).fill("Between the two.")
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator(".proposals .draft")).to_have_count(1)
    at(page, laid.second)
    page.keyboard.press("m")
    page.get_by_label("Place", exact=True).select_option(f"inside:{laid.other}")
    assert violations(page) == []
    page.get_by_role("button", name="Suggest", exact=True).click()
    expect(page.locator(".proposals .draft")).to_have_count(2)
    page.keyboard.press("k")
    expect(page.locator(f"#clause-{laid.first}")).to_be_focused()
    page.get_by_label("More", exact=True).click()
    page.get_by_role("link", name="Suggest striking it").click()
    expect(page.locator("form.suggesting")).to_contain_text(FIRST)
    assert violations(page) == []
    page.get_by_role("button", name="Suggest", exact=True).click()
    expect(page.locator(".proposals .draft")).to_have_count(3)
    acts = Amendment.objects.get().changes.values_list("act", flat=True)
    assert list(acts) == ["insert", "move", "strike"]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_change_in_conflict_is_reworked_by_its_sponsor(laid, visit, violations, size):
    both = UPHOLD.replace("each", "every")
    made = tabled(laid.charter, laid.cast.reviewer, laid.first, both)
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "protect"))
    options = {"viewport": PHONE} if size == "phone" else {"color_scheme": "dark"}
    page = visit(laid.cast.reviewer, f"{TEXT}amendments/{made.uuid}/", **options)
    page.get_by_role("link", name="Rework").click()
    expect(page.locator(".three ins")).to_have_text(["protect", "uphold", "every"])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    result = page.get_by_label("The result, which you can still edit")
    expect(result).to_have_value(both)
    page.get_by_role("radio", name="As it is now").check()
    expect(result).to_have_value(both.replace("uphold", "protect"))
    expect(page.get_by_role("radio", name="As it is now")).to_be_focused()
    expect(page.locator(".live-redline ins")).to_have_text("every")
    result.fill(both.replace("uphold", "defend"))
    expect(page.locator(".live-redline ins").first).to_have_text("defend")
    page.get_by_role("button", name="Propose the result").click()
    expect(page.locator(".change .standing")).to_have_text("applies cleanly")
    expect(page.locator(".change ins").first).to_have_text("defend")


def test_a_conflict_of_the_draft_in_hand_is_reworked_on_the_text(laid, visit, violations):
    page = visit(laid.cast.reviewer, TEXT)
    at(page, laid.first)
    page.keyboard.press("s")
    suggesting(page, laid.first).fill(UPHOLD)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".proposals .draft")).to_have_count(1)
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "protect"))
    page.keyboard.press("s")
    expect(page.locator("form.merging")).to_contain_text("the same words have changed since")
    assert violations(page) == []
    page.get_by_role("radio", name="As it is now").check()
    expect(page.get_by_label("The result, which you can still edit")).to_have_value(
        FIRST.replace("respect", "protect")
    )
    page.get_by_role("radio", name="Both").check()
    page.get_by_role("button", name="Propose the result").click()
    expect(page.locator("form.merging")).to_have_count(0)
    expect(page.locator(".proposals .draft")).to_contain_text("applies cleanly")
    change = Amendment.objects.get().changes.get()
    assert change.text == FIRST.replace("respect", "uphold protect")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_rolling_text_is_read(laid, visit, violations, size):
    tabled(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"))
    tabled(laid.charter, laid.cast.reviewer, laid.first, FIRST.replace("respect", "protect"))
    options = {"viewport": PHONE} if size == "phone" else {"color_scheme": "dark"}
    page = visit(laid.cast.observer, "/charters/eurasia/rolling/", **options)
    expect(page.locator(f"#clause-{laid.first}")).to_contain_text(
        re.compile(r"\[respect\] \[protect: A-2 IND\] \[uphold: A-1 BLR\]")
    )
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_whole_alternatives_are_read_by_numbered_lines(laid, visit, violations, size):
    tabled(laid.charter, laid.cast.drafter, laid.first, "Heads of State meet in spring.")
    options = {"viewport": PHONE} if size == "phone" else {"color_scheme": "dark"}
    page = visit(laid.cast.observer, "/charters/eurasia/rolling/?unattributed=1", **options)
    page.get_by_role("link", name="Line numbers").click()
    whole = page.locator(f"#clause-{laid.first} .whole")
    expect(whole).to_have_count(2)
    expect(whole.last).to_contain_text("[Alt 2: Heads of State meet in spring.]")
    tops = whole.evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
    assert tops[0] < tops[1]
    shown = page.locator(".line").evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::before').content.slice(0, 7))"
    )
    assert set(shown) == {"counter"}
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_rivals_are_settled_and_adopted(laid, visit, violations):
    for person, word in ((laid.cast.drafter, "uphold"), (laid.cast.reviewer, "protect")):
        tabled(laid.charter, person, laid.first, FIRST.replace("respect", word))
    page = visit(laid.cast.chair, "/charters/eurasia/amendments/")
    assert violations(page) == []
    page.get_by_role("link", name="A-1").click()
    page.get_by_role("link", name="Adopt…").click()
    page.get_by_label("A-2").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="A-2")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="See the outcome").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Some changes do not go together")
    assert violations(page) == []
    words = FIRST.replace("respect", "uphold and protect")
    page.get_by_label("The words to adopt").fill(words)
    page.get_by_role("button", name="See the outcome").click()
    expect(page.locator("ins", has_text="uphold and protect")).to_be_visible()
    page.get_by_role("button", name="Adopt in one revision").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Revision")
    assert Wording.objects.get(clause=laid.first, language="en").text == words


def test_words_of_a_proposal_are_commented_on_and_answered(laid, visit, violations):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("respect", "uphold"))
    address = f"/charters/eurasia/amendments/{made.uuid}/"
    page = visit(laid.cast.reviewer, address)
    page.get_by_text("The words as proposed").click()
    select(page, ".words[data-form]", "uphold", "sovereignty")
    page.locator(".selection-buttons [data-act=comment]").click()
    comment = page.locator("form.new-thread textarea")
    expect(comment).to_be_focused()
    assert violations(page) == []
    comment.fill("Uphold is vague.")
    page.locator("form.new-thread").get_by_role("button", name="Comment").click()
    expect(page.locator(".anchor")).to_have_text("uphold the sovereignty")
    assert violations(page) == []
    card = page.locator(".thread")
    card.get_by_role("link", name="Reply").click()
    card.locator("textarea").fill("Less so than respect.")
    card.get_by_role("button", name="Reply").click()
    expect(page.locator(".thread .comment")).to_have_count(2)
    card.get_by_role("button", name="Resolve").click()
    expect(page.locator(".thread.resolved")).to_contain_text("resolved by Reviewer")
    assert AmendmentThread.objects.get().quote == "uphold the sovereignty"

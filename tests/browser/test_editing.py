"""Editing in the browser: in place, by keyboard, by dragging, and against somebody faster."""

import re

import pytest
from playwright.sync_api import Page, expect

from charter.actions.clauses import move_clause
from charter.models import Charter, Clause, Wording
from charter.queries.texts import text_at
from tests.builders import SECOND, Scene, insert, reword, scene

TEXT = "/charters/eurasia/"


@pytest.fixture
def laid(transactional_db) -> Scene:
    return scene()


def text_of(clause) -> str:
    return Wording.objects.get(clause=clause, language="en").text


def order(laid) -> list[str]:
    charter = Charter.objects.get(pk=laid.charter.pk)
    return [clause.id for _, clause in text_at(charter).walk()]


def take(page: Page, clause) -> None:
    """Press on the clause, as a reader does who wants to work on it."""
    page.locator(f"#clause-{clause} .body, #clause-{clause} .heading").first.click()
    expect(page.locator(f"#clause-{clause} > .tools")).to_be_visible()


def test_a_clause_is_edited_where_it_stands(laid, visit, violations):
    page = visit(laid.cast.drafter, TEXT)
    take(page, laid.second)
    page.get_by_role("link", name="Edit", exact=True).click()
    words = page.get_by_label("Words", exact=True).first
    expect(words).to_be_focused()
    expect(words).to_have_value(SECOND)
    assert violations(page) == []
    words.fill("No Party may.")
    page.get_by_label("Message for the history").fill("Softer")
    page.get_by_role("button", name="Commit").click()
    expect(page.get_by_role("status")).to_contain_text("Committed as revision 6.")
    expect(page.locator(f"#clause-{laid.second}")).to_contain_text("No Party may.")
    expect(page.locator("form.editing")).to_have_count(0)
    expect(page.locator(f"#clause-{laid.second}")).to_be_focused()
    assert page.url.endswith(TEXT)
    assert text_of(laid.second) == "No Party may."


def test_all_of_it_goes_by_keyboard(laid, visit):
    page = visit(laid.cast.drafter, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    for key in "jjj":
        page.keyboard.press(key)
    page.keyboard.press("e")
    expect(page.get_by_label("Words", exact=True).first).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Written without a mouse.")
    page.get_by_role("button", name="Commit").press("Enter")
    expect(page.locator(f"#clause-{laid.second}")).to_contain_text("Written without a mouse.")


def test_escape_puts_an_untouched_form_away_and_keeps_one_that_was_written_in(laid, visit):
    page = visit(laid.cast.drafter, TEXT)
    take(page, laid.second)
    page.keyboard.press("e")
    expect(page.locator("form.editing")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("form.editing")).to_have_count(0)
    expect(page.locator(f"#clause-{laid.second}")).to_be_focused()
    page.keyboard.press("e")
    page.get_by_label("Words", exact=True).first.fill("Half a sentence")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Words", exact=True).first).to_have_value("Half a sentence")


@pytest.mark.parametrize("key", ["i", "m"])
def test_a_form_beside_the_clause_leads_back_to_it_when_it_is_put_away(laid, visit, key):
    page = visit(laid.cast.drafter, TEXT)
    take(page, laid.second)
    for way in ("Escape", "Cancel"):
        page.keyboard.press(key)
        expect(page.locator("form.editing")).to_be_visible()
        if way == "Escape":
            page.keyboard.press(way)
        else:
            page.locator("form.editing .cancel").press("Enter")
        expect(page.locator("form.editing")).to_have_count(0)
        expect(page.locator(f"#clause-{laid.second}")).to_be_focused()


def test_what_is_refused_comes_back_with_what_was_typed(laid, visit, violations):
    page = visit(laid.cast.drafter, TEXT)
    take(page, laid.second)
    page.keyboard.press("e")
    page.get_by_label("Words", exact=True).first.fill("No Party\u202e may.")
    page.get_by_role("button", name="Commit").click()
    expect(page.locator("form.editing .errorlist")).to_contain_text("at position 9")
    expect(page.get_by_label("Words", exact=True).first).to_have_value("No Party\u202e may.")
    assert violations(page) == []


def test_two_changes_of_the_same_words_are_brought_together_by_a_person(laid, visit, violations):
    page = visit(laid.cast.drafter, TEXT)
    take(page, laid.second)
    page.keyboard.press("e")
    page.get_by_label("Words", exact=True).first.fill(
        SECOND.replace("shall", "will").replace("another", "any other")
    )
    reword(laid.charter, laid.cast.chair, laid.second, SECOND.replace("shall", "may"))
    page.get_by_role("button", name="Commit").click()
    merging = page.locator("form.merging")
    expect(merging).to_contain_text("Somebody has changed the same words")
    assert violations(page) == []
    result = page.get_by_label("The result, which you can still edit")
    expect(result).to_have_value(re.compile("No Party will strengthen .* any other Party"))
    page.get_by_role("radio", name="Theirs").check()
    expect(result).to_have_value(re.compile("No Party may strengthen .* any other Party"))
    page.get_by_role("button", name="Commit the result").click()
    expect(page.get_by_role("status")).to_contain_text("Committed as revision")
    assert "No Party may strengthen" in text_of(laid.second)
    assert "any other Party" in text_of(laid.second)


def test_changes_of_different_words_are_joined_without_a_question(laid, visit):
    page = visit(laid.cast.drafter, TEXT)
    take(page, laid.second)
    page.keyboard.press("e")
    page.get_by_label("Words", exact=True).first.fill(SECOND.replace("another", "any other"))
    reword(laid.charter, laid.cast.chair, laid.second, SECOND.replace("shall", "may"))
    page.get_by_role("button", name="Commit").click()
    expect(page.get_by_role("status")).to_contain_text("joined with what others changed")
    expect(page.locator(f"#clause-{laid.second}")).to_contain_text("may strengthen")


def test_a_clause_is_inserted_and_struck_in_place(laid, visit, violations):
    page = visit(laid.cast.drafter, TEXT)
    take(page, laid.first)
    page.keyboard.press("i")
    page.get_by_label("Words", exact=True).first.fill("Between the two.")
    page.get_by_role("button", name="Insert").click()
    expect(page.locator("#text")).to_contain_text("Between the two.")
    new = Clause.objects.get(wordings__text="Between the two.").pk
    assert order(laid)[2] == str(new)
    take(page, new)
    page.get_by_label("More").click()
    page.get_by_role("link", name="Strike").click()
    expect(page.locator(".form-title")).to_contain_text("Strike")
    assert violations(page) == []
    page.get_by_role("button", name="Strike").click()
    expect(page.locator("#text")).not_to_contain_text("Between the two.")
    assert str(new) not in order(laid)


def test_a_clause_is_moved_by_keyboard(laid, visit):
    page = visit(laid.cast.drafter, TEXT)
    take(page, laid.second)
    page.keyboard.press("m")
    page.get_by_role("button", name="Up").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Committed as revision")
    assert order(laid)[:3] == [str(id) for id in (laid.article, laid.second, laid.first)]


def test_a_clause_is_moved_to_a_chosen_place(laid, visit):
    page = visit(laid.cast.drafter, TEXT)
    take(page, laid.second)
    page.keyboard.press("m")
    page.get_by_label("Or to another place").select_option(f"inside:{laid.other}")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_role("status")).to_contain_text("Committed as revision")
    assert Clause.objects.get(pk=laid.second).parent_id == laid.other


def test_an_article_is_dragged_to_another_place_in_the_outline(laid, visit):
    page = visit(laid.cast.drafter, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    source = page.locator(f'.outline li[data-clause="{laid.other}"] a')
    target = page.locator(f'.outline li[data-clause="{laid.article}"] a')
    source.drag_to(target, target_position={"x": 40, "y": 2})
    expect(page.get_by_role("status")).to_contain_text("Committed as revision")
    assert order(laid)[0] == str(laid.other)


def test_who_drags_what_somebody_moved_meanwhile_is_shown_both_places(laid, visit):
    last = insert(laid.charter, laid.cast.chair, "article", "Whoever signs it keeps it.")
    page = visit(laid.cast.drafter, TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    move_clause(
        actor=laid.cast.chair, charter=laid.charter, clause=laid.other, parent=None, after=last
    )
    source = page.locator(f'.outline li[data-clause="{laid.other}"] a')
    target = page.locator(f'.outline li[data-clause="{laid.article}"] a')
    source.drag_to(target, target_position={"x": 40, "y": 2})
    expect(page.get_by_role("alert")).to_contain_text("Somebody has moved this clause")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Committed as revision")
    assert order(laid)[0] == str(laid.other)


def test_without_scripts_everything_goes_by_plain_forms(laid, visit):
    page = visit(laid.cast.drafter, f"{TEXT}clauses/{laid.second}/", java_script_enabled=False)
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Words", exact=True).first.fill("Written without a script.")
    page.get_by_role("button", name="Commit").click()
    expect(page.locator(f"#clause-{laid.second}")).to_contain_text("Written without a script.")
    page.wait_for_load_state()  # a page that is still arriving takes the focus to its target
    page.locator(f"#clause-{laid.first} .clause-link").press("Enter")
    page.get_by_role("link", name="Move").click()
    page.get_by_role("button", name="Down").click()
    assert order(laid)[:3] == [str(id) for id in (laid.article, laid.second, laid.first)]


@pytest.mark.parametrize("who", ["observer", "reviewer"])
def test_who_may_not_edit_has_no_way_to(laid, visit, who):
    page = visit(getattr(laid.cast, who), TEXT)
    expect(page.locator(".keys-button")).to_be_visible()
    take(page, laid.second)
    page.keyboard.press("e")
    expect(page.locator("form.editing")).to_have_count(0)
    expect(page.get_by_role("link", name="Edit", exact=True)).to_have_count(0)


def test_who_was_signed_out_meanwhile_loses_nothing_and_commits_after_signing_in_again(laid, visit):
    page = visit(laid.cast.drafter, TEXT)
    take(page, laid.second)
    page.keyboard.press("e")
    page.get_by_label("Words", exact=True).first.fill("Written over a long lunch.")
    page.context.clear_cookies()
    commit = page.get_by_role("button", name="Commit")
    commit.click()
    expect(page.get_by_role("status")).to_contain_text("Nothing you wrote is lost")
    elsewhere = visit(laid.cast.drafter, TEXT)
    page.context.add_cookies(elsewhere.context.cookies())
    token = page.locator('form.editing [name="csrfmiddlewaretoken"]')
    before = token.input_value()
    commit.click()  # refused, for whoever signs in has another token; the page fetches it
    expect(token).not_to_have_value(before)
    commit.click()
    expect(page.get_by_role("status")).to_contain_text("Committed as revision")
    assert text_of(laid.second) == "Written over a long lunch."

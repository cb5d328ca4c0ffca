"""A member is named in a comment, finds it in the inbox, and follows the clause."""

import re

import pytest
from playwright.sync_api import expect

from charter.models import Following, Notice
from tests.browser.conftest import PHONE
from tests.builders import Scene, reword, scene


@pytest.fixture
def laid(transactional_db) -> Scene:
    made = scene()
    Notice.objects.all().delete()
    return made


def test_a_member_named_by_keyboard_finds_it_in_the_inbox_and_follows_the_clause(
    laid, visit, violations
):
    page = visit(laid.cast.drafter, f"/charters/eurasia/clauses/{laid.first}/")
    comment = page.get_by_label("Comment", exact=True)
    comment.press_sequentially("Is that so, @rev")
    names = page.get_by_role("listbox")
    expect(names.get_by_role("option")).to_have_text([re.compile("Reviewer")])
    assert violations(page) == []
    comment.press("Enter")
    expect(comment).to_have_value("Is that so, @Reviewer ")
    expect(names).to_have_count(0)
    page.get_by_role("button", name="Comment").click()
    expect(page.locator("#text .mention")).to_have_text("@Reviewer")

    page = visit(laid.cast.reviewer, "/", viewport=PHONE)
    bell = page.get_by_role("link", name="Inbox 1 unread")
    expect(bell).to_be_visible()
    bell.focus()
    page.keyboard.press("Enter")
    notice = page.get_by_role("button", name="Drafter mentioned you", exact=False).first
    expect(notice).to_be_visible()
    assert violations(page) == []
    notice.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#text .thread")).to_be_visible()
    expect(page.get_by_role("link", name="Inbox", exact=True)).to_be_visible()

    page.goto(f"/charters/eurasia/clauses/{laid.article}/")
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_text("You follow this clause.")).to_be_visible()
    assert violations(page) == []
    assert Following.objects.get().person == laid.cast.reviewer
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    page.goto("/inbox/")
    expect(page.get_by_role("button", name="Drafter changed what you follow").first).to_be_visible()
    page.goto("/charters/eurasia/notices/")
    expect(page.get_by_role("heading", name="What I follow")).to_be_visible()
    assert violations(page) == []

"""The bar of sections on a phone: all of them within reach, with and without scripts."""

import pytest
from playwright.sync_api import expect

from charter.web.sections import MORE, SHOWN
from tests.browser.conftest import PHONE
from tests.builders import scene


@pytest.mark.parametrize("scripts", [True, False])
def test_every_section_is_reached_by_keyboard_and_in_view(transactional_db, visit, scripts):
    table = scene()
    page = visit(
        table.cast.observer,
        "/charters/eurasia/members/",
        viewport=PHONE,
        java_script_enabled=scripts,
    )
    bar = page.get_by_role("navigation", name="Charter")
    expect(bar.get_by_role("link")).to_have_count(len(SHOWN) + 1)  # the one that is open, too
    for link in bar.get_by_role("link").all():
        expect(link).to_be_in_viewport(ratio=1)
    bar.get_by_text("More").focus()
    page.keyboard.press("Enter")
    sections = [one for _group, inside in MORE for one in inside]
    links = bar.locator("details").get_by_role("link")
    expect(links).to_have_count(len(sections))
    for link in links.all():
        expect(link).to_be_in_viewport(ratio=1)


def test_the_open_menu_is_accessible_and_closes_by_escape(transactional_db, visit, violations):
    table = scene()
    page = visit(table.cast.observer, "/charters/eurasia/history/", viewport=PHONE)
    menu = page.get_by_role("navigation", name="Charter").locator("details")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Parties")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Parties")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()

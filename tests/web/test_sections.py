"""The bar of a charter's sections."""

import pytest

from charter.web.sections import MORE, SHOWN, bar
from tests.web.test_roles import OF_CHARTERS

SECTIONS = [*SHOWN, *(section for _group, sections in MORE for section in sections)]


def test_every_page_of_a_section_is_an_address_and_belongs_to_no_other():
    pages = [page for section in SECTIONS for page in (section.page, *section.pages)]
    assert set(pages) <= set(OF_CHARTERS)
    assert len(pages) == len(set(pages))


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.page)
def test_the_section_that_is_open_stands_in_the_bar_alone_marked(section):
    for page in (section.page, *section.pages):
        assert [one.name for one in bar("eurasia", page).shown if one.here] == [section.name]


def test_the_menu_holds_its_sections_whatever_is_open():
    open_, elsewhere = bar("eurasia", "members"), bar("eurasia", "text")
    assert [len(links) for _group, links in open_.more] == [len(rows) for _group, rows in MORE]
    assert len(open_.shown) == len(elsewhere.shown) + 1 == len(SHOWN) + 1

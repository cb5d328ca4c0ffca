"""Taking the text away, by the menus a reader finds."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from charter.formats.typesetting import TypesettingFailed
from charter.formats.writers import FORMATS, Format
from tests.builders import FIRST, reword, scene, seated

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def table(transactional_db):
    laid = scene()
    reword(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("shall", "must"))
    return laid


def taken(page, link) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        link.click()
    download = waiting.value
    return download.suggested_filename, Path(download.path()).read_bytes()


def test_the_redline_on_the_page_is_the_one_in_the_file(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/compare/?since=5")
    menu = page.get_by_text("Export this redline")
    menu.click()
    name, data = taken(page, page.get_by_role("link", name="PDF"))
    assert name == f"eurasia-r5-r{table.charter.head}.pdf"
    words = " ".join(PdfReader(BytesIO(data)).pages[-1].extract_text().split())
    assert "must" in words
    menu.click()  # it closed when something was chosen
    _, diff = taken(page, page.get_by_role("link", name="Unified diff"))
    assert b"+" in diff
    assert b"must respect" in diff


def test_any_revision_is_chosen_and_downloaded_without_scripts(table, visit):
    page = visit(table.cast.observer, "/charters/eurasia/export/", java_script_enabled=False)
    page.get_by_role("radio", name="Plain text").check()
    page.get_by_label("The text as of").select_option("5")
    name, data = taken(page, page.get_by_role("button", name="Download"))
    assert name == "eurasia-r5.txt"
    assert FIRST in data.decode()


def test_the_rolling_text_of_one_delegation_is_chosen_and_downloaded(table, visit, violations):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    page = visit(table.cast.observer, "/charters/eurasia/export/")
    expect(page.get_by_text("Choose delegations")).to_be_hidden()
    page.get_by_label("Rolling text: with all").check()
    page.get_by_text("Choose delegations").click()
    page.get_by_label("BLR").check()
    page.get_by_role("radio", name="Plain text").check()
    assert violations(page) == []
    name, _ = taken(page, page.get_by_role("button", name="Download"))
    assert name.startswith("eurasia-rolling-blr-r")


def test_a_pdf_that_fails_leads_to_the_other_formats(table, visit, monkeypatch):
    def fails(document, options):
        raise TypesettingFailed("The PDF could not be typeset.")

    monkeypatch.setitem(FORMATS, "pdf", Format("pdf", "application/pdf", ".pdf", fails))
    page = visit(table.cast.observer, "/charters/eurasia/export/")
    page.get_by_role("button", name="Download").click()
    expect(page.get_by_text("The PDF could not be typeset.")).to_be_visible()
    name, _ = taken(page, page.get_by_role("main").get_by_role("link", name="Markdown"))
    assert name.endswith(".md")

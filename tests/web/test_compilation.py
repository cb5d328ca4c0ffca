"""The compilation of proposals: what is open, clause by clause and delegation by delegation."""

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from pypdf import PdfReader

from charter.actions.amendments import draft_amendment, join_amendment, table_amendment
from charter.actions.proposals import (
    propose_insertion,
    propose_move,
    propose_strike,
)
from charter.queries import compilation as queries_of
from charter.queries.compilation import CHAIR, compilation_of
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from charter.text.redline import after
from tests.builders import FIRST, OTHER, SECOND, drafted, reword, seated, tabled

pytestmark = pytest.mark.django_db

UPHOLD, PROTECT = (FIRST.replace("respect", word) for word in ("uphold", "protect"))


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    table.charter.refresh_from_db()
    return table


@pytest.fixture
def rivals(laid):
    uphold = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    tabled(laid.charter, laid.cast.reviewer, laid.first, PROTECT)
    tabled(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "honour"))
    join_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=uphold.uuid)
    return laid


def found(laid, at=None, chosen=None):
    laid.charter.refresh_from_db()
    return compilation_of(laid.charter, "en", at, chosen)


def cells(page, clause) -> dict[str, list[str]]:
    """The words proposed for a clause, by column."""
    (line,) = (one for one in page.lines() if one.id == str(clause))
    return {
        column.name: [after(one.text) for one in line.entries if one.label in page.labels(column)]
        for column in page.columns
    }


def address(**query) -> str:
    query = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse('compilation', args=['eurasia'])}?{query}"


def shown(client, **query) -> str:
    answer = client.get(address(**query))
    assert answer.status_code == 200
    return answer.content.decode()


def test_rivals_stand_side_by_side_and_the_chairs_compromise_last(rivals):
    page = found(rivals)
    assert cells(page, rivals.first) == {
        "BLR": [UPHOLD],
        "IND": [PROTECT],
        "": [FIRST.replace("respect", "honour")],
    }
    assert [one.key for one in page.columns][-1] == CHAIR


def test_two_rivals_of_one_delegation_share_its_cell(rivals):
    tabled(rivals.charter, rivals.cast.drafter, rivals.first, PROTECT)
    assert cells(found(rivals), rivals.first)["BLR"] == [UPHOLD, PROTECT]


def test_only_clauses_with_proposals_are_shown_unless_all_are_asked_for(rivals):
    page = found(rivals)
    assert [one.id for one in page.lines()] == [str(rivals.first)]
    everything = [one.id for one in page.lines(everything=True)]
    assert str(rivals.other) in everything
    assert len(everything) == 5  # the title and four clauses


def test_drafts_are_in_nobodys_column(laid, signed_in):
    drafted(laid.charter, laid.cast.drafter, laid.first, UPHOLD, title="Not yet")
    for person in (laid.cast.drafter, laid.cast.chair):
        said = shown(signed_in(person), rationale=1)
        assert "uphold" not in said
        assert "Not yet" not in said


def test_the_words_are_carried_to_the_text_and_those_of_then_are_shown_as_of_then(rivals):
    rivals.charter.refresh_from_db()
    then = rivals.charter.head
    reword(rivals.charter, rivals.cast.chair, rivals.first, FIRST.replace("each", "every"))
    assert cells(found(rivals), rivals.first)["BLR"] == [UPHOLD.replace("each", "every")]
    assert cells(found(rivals, then), rivals.first)["BLR"] == [UPHOLD]
    assert found(rivals, then - 4).lines() == ()


def test_every_kind_of_change_is_told_in_words(laid, signed_in):
    made = draft_amendment(actor=laid.cast.drafter, charter=laid.charter, title="All kinds")
    act = {"actor": laid.cast.drafter, "charter": laid.charter, "amendment": made.uuid}
    planted = (Unit(kind=Kind.ARTICLE, heading="Trust", text="Trust but verify."),)
    propose_insertion(**act, clauses=planted, after=laid.article, language="en")
    propose_strike(**act, clause=laid.second)
    propose_move(**act, clause=laid.other)
    table_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=made.uuid)
    said = shown(signed_in(laid.cast.observer))
    assert "Article 1 bis" in said
    assert "<ins>Trust but verify.</ins>" in said
    assert f"<del>{SECOND}</del>" in said
    assert "to be moved to the beginning of the text" in said
    clean = shown(signed_in(laid.cast.observer), clean=1)
    assert "Trust but verify." in clean
    assert "<ins>" not in clean
    assert "<del>" not in clean


def test_the_page_names_sponsors_and_leads_to_the_amendment(rivals, signed_in):
    said = shown(signed_in(rivals.cast.observer), rationale=1)
    assert re.search(r"A-1</strong></a> with IND", said)
    assert "<del>respect</del><ins>uphold</ins>" in said
    assert "A better text" in said
    one = rivals.charter.amendments.get(number=1)
    assert f'href="/charters/eurasia/amendments/{one.uuid}/"' in said


def test_columns_are_chosen_and_more_than_a_page_holds_are_refused(rivals, signed_in, monkeypatch):
    client = signed_in(rivals.cast.observer)
    belarus, india, chair = found(rivals).columns
    only = shown(client, delegation=belarus.key)
    assert "uphold" in only
    assert "protect" not in only
    monkeypatch.setattr("charter.web.compilation.MOST", 1)
    for more in ("", "&format=pdf"):
        answer = client.get(address(delegation=f"{india.key}&delegation={chair.key}{more}"))
        assert answer.status_code == 400
        assert "has room for 1" in answer.content.decode()


def test_unasked_a_page_shows_what_it_has_room_for_and_leads_to_the_rest(
    rivals, signed_in, monkeypatch
):
    monkeypatch.setattr(queries_of, "MOST", 2)
    page = found(rivals)
    assert [one.key for one in page.left_out] == [CHAIR]
    said = shown(signed_in(rivals.cast.observer))
    assert "delegation=0" in said
    assert "honour" not in said


@pytest.mark.parametrize(
    "wrong",
    [
        {"delegation": 99999},
        {"delegation": "x"},
        {"at": 999},
        {"language": "zz"},
        {"format": "doc"},
        {"delegation": "9" * 30},
    ],
)
def test_what_is_not_there_is_not_found(rivals, signed_in, wrong):
    assert signed_in(rivals.cast.observer).get(address(**wrong)).status_code == 404


def test_the_workbook_underlines_and_strikes(rivals, signed_in):
    tabled(rivals.charter, rivals.cast.drafter, rivals.other, "=1+1")
    answer = signed_in(rivals.cast.observer).get(address(format="xlsx", rationale=1))
    assert "eurasia-compilation-r" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content), rich_text=True)
    assert len(book.sheetnames) == 2
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][2:] == ["BLR", "IND", "Chair"]
    assert str(sheet["B2"].value) == FIRST
    cell = sheet["C2"].value
    assert isinstance(cell, CellRichText)
    marked = {part.text: part.font for part in cell if not isinstance(part, str)}
    assert marked["respect"].strike
    assert marked["uphold"].u == "single"
    assert sheet["C3"].data_type != "f"


def test_the_pdf_is_tagged_repeats_its_headings_and_holds_every_word(rivals, signed_in):
    for _ in range(12):
        tabled(rivals.charter, rivals.cast.drafter, rivals.other, f"{OTHER} " * 9)
    data = signed_in(rivals.cast.observer).get(address(format="pdf", rationale=1)).content
    reader = PdfReader(io.BytesIO(data))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(pages) > 1
    assert all("Text as of revision" in page for page in pages[:2])
    squeezed = re.sub(r"[\s\u00ad\u2010-]", "", pages[0])  # words may be parted at a line's end
    assert "ThePartiesshallrespectupholdthesovereigntyofeachParty." in squeezed
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    first = reader.pages[0].mediabox
    assert first.width > first.height


def test_the_web_page_to_keep_runs_nothing_and_escapes_everything(rivals, signed_in):
    tabled(rivals.charter, rivals.cast.drafter, rivals.other, "A <script>alert(1)</script> here.")
    data = signed_in(rivals.cast.observer).get(address(format="html")).content.decode()
    assert "default-src 'none'" in data
    assert "&lt;script&gt;" in data
    assert "<script" not in data


def test_the_page_takes_as_many_queries_however_much_is_proposed(rivals, signed_in, queries):
    client = signed_in(rivals.cast.observer)
    before = queries(client, address(rationale=1))
    for _ in range(3):
        tabled(rivals.charter, rivals.cast.drafter, rivals.other, "Closed.")
        tabled(rivals.charter, rivals.cast.reviewer, rivals.second, "None shall.")
    assert queries(client, address(rationale=1)) == before


def test_whole_alternatives_have_the_numbers_of_the_rolling_text(laid, signed_in):
    lighter = FIRST.replace("respect", "uphold")
    tabled(laid.charter, laid.cast.drafter, laid.first, "Heads of State meet in spring.")
    tabled(laid.charter, laid.cast.reviewer, laid.first, lighter)
    page = found(laid)
    (line,) = (one for one in page.lines() if one.id == str(laid.first))
    assert line.alternative == 1
    assert [(one.alternative, one.anew) for one in line.entries] == [(2, True), (1, False)]
    address = reverse("compilation", args=["eurasia"])
    said = signed_in(laid.cast.observer).get(address).content.decode()
    # Its words share nothing with those beside it: no redline strikes them again in every column.
    assert "<ins>Heads of State meet in spring.</ins>" in said
    assert said.count("<del>") == 1 and "<del>respect</del><ins>uphold</ins>" in said
    assert len(re.findall(r"Alt 1<", said)) == 2 and len(re.findall(r"Alt 2<", said)) == 1

"""The pages of coverage and of one principle's clauses, and what may be taken away from them."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from charter.actions.clauses import restore_clause, strike_clause
from charter.actions.editions import name_edition
from charter.actions.principle_kin import merge_principles
from charter.actions.principles import change_principle
from charter.models import Principle
from charter.queries import tallies
from charter.queries.texts import text_at
from tests.builders import Scene, insert, principle, reword, tag

pytestmark = pytest.mark.django_db

PEACE, SECURITY = "peace", "security"


@pytest.fixture
def laid(table) -> Scene:
    for slug in (PEACE, SECURITY):
        principle(table.charter, table.cast.chair, slug)
    tag(table, table.first, PEACE)
    tag(table, table.second, PEACE, SECURITY)
    return table


def page(client, name: str = "coverage", *args, **query) -> str:
    answer = client.get(reverse(name, args=["eurasia", *args], query=query))
    assert answer.status_code == 200
    return answer.content.decode()


def file(client, name: str, *args, **query):
    answer = client.get(reverse(name, args=["eurasia", *args], query=query))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return answer


def rows(page: str) -> list[str]:
    """The rows of the matrix, as what they say."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        " ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<tr.*?</tr>", body)
    ]


def test_the_matrix_says_how_strongly_each_article_serves_each_principle(laid, signed_in):
    found = rows(page(signed_in(laid.cast.observer)))
    assert found == [
        "Article 1 Principles 2 22 words 1 13 words 2",
        "Article 2 Openness none",
    ]


def test_the_matrix_is_a_table_with_headings_for_rows_and_columns(laid, signed_in):
    said = page(signed_in(laid.cast.observer))
    assert said.count('<th scope="col"') >= 4
    assert '<th scope="row" lang="en"' in said
    assert "<caption" in said
    assert re.search(r'class="matrix-frame" role="group" tabindex="0" aria-label', said)


def test_gaps_and_doubles_are_named(laid, signed_in):
    principle(laid.charter, laid.cast.chair, "openness")
    said = page(signed_in(laid.cast.observer))
    findings = said.partition('id="findings"')[2].partition("</dl>")[0]
    for name in ("Openness", "Article 2", "Article 1(2)"):
        assert name in findings


def test_the_matrix_is_that_of_the_revision_asked_for(laid, signed_in):
    client = signed_in(laid.cast.observer)
    name_edition(actor=laid.cast.chair, charter=laid.charter, number=8, name="Rev.1")
    tag(laid, laid.first)
    assert rows(page(client, at=8))[0] == "Article 1 Principles 1 9 words 1"
    assert "Rev.1" in page(client, at=8)


def test_a_revision_that_is_not_there_has_no_matrix(laid, signed_in):
    client = signed_in(laid.cast.observer)
    for name, args in (("coverage", ()), ("principle_clauses", (PEACE,)), ("statistics", ())):
        for at in ("999", "0", "x"):
            address = reverse(name, args=["eurasia", *args], query={"at": at})
            assert client.get(address).status_code == 404


def test_before_there_were_principles_or_text_the_page_says_so(laid, signed_in):
    client = signed_in(laid.cast.observer)
    assert "There are no principles in this revision." in page(client, at=5)
    assert "There are no principles in this revision." in page(client, at=1)


def test_names_that_people_gave_are_never_markup(laid, signed_in):
    hostile = '<img src=x onerror="alert(1)">'
    change_principle(
        actor=laid.cast.chair, charter=laid.charter, principle=PEACE, names={"en": hostile}
    )
    client = signed_in(laid.cast.observer)
    for name, args in (("coverage", ()), ("principle_clauses", (PEACE,)), ("statistics", ())):
        assert "<img" not in page(client, name, *args)
    ElementTree.fromstring(file(client, "coverage", format="svg").content)


@pytest.mark.parametrize("figure", ["coverage", "courses"])
def test_figures_are_taken_away_as_svg_png_and_csv(laid, signed_in, figure):
    client = signed_in(laid.cast.observer)
    svg = file(client, "coverage", format="svg", figure=figure)
    assert svg["Content-Type"].startswith("image/svg+xml")
    ElementTree.fromstring(svg.content)
    png = file(client, "coverage", format="png", figure=figure)
    assert png.content.startswith(b"\x89PNG")
    table = file(client, "coverage", format="csv", figure=figure).content.decode("utf-8-sig")
    assert "Peace" in table


def test_the_matrix_as_a_workbook_has_a_row_for_each_article(laid, signed_in):
    answer = file(signed_in(laid.cast.observer), "coverage", format="xlsx", at=9)
    assert 'filename="eurasia-coverage-r9.xlsx"' in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    matrix, courses = (list(sheet.values) for sheet in book.worksheets)
    assert matrix[0][:6] == (
        "Article",
        "Heading",
        "Words",
        "Principles",
        "Peace: clauses",
        "Peace: words",
    )
    assert matrix[1] == ("Article 1", "Principles", 23, 2, 2, 22, 1, 13)
    assert courses[1:] == [("Peace", 8, 1), ("Peace", 9, 2), ("Security", 9, 1)]


def test_a_file_is_the_same_as_long_as_its_revision_is_asked_for(laid, signed_in):
    client = signed_in(laid.cast.observer)
    for form in ("xlsx", "csv", "svg"):
        first = file(client, "coverage", format=form, at=9)
        tag(laid, laid.other, PEACE)
        tag(laid, laid.other)
        again = client.get(
            reverse("coverage", args=["eurasia"], query={"format": form, "at": 9}),
            headers={"If-None-Match": first["ETag"]},
        )
        assert again.status_code == 304


@pytest.mark.parametrize("query", [{"format": "exe"}, {"format": "svg", "figure": "nothing"}])
def test_a_format_or_figure_that_is_not_there_is_not_found(laid, signed_in, query):
    client = signed_in(laid.cast.observer)
    for name in ("coverage", "statistics"):
        assert client.get(reverse(name, args=["eurasia"], query=query)).status_code == 404
    address = reverse("principle_clauses", args=["eurasia", PEACE], query={"format": "exe"})
    assert client.get(address).status_code == 404


def test_a_stranger_takes_nothing_away(laid, signed_in):
    for name, args in (("coverage", ()), ("principle_clauses", (PEACE,)), ("statistics", ())):
        for form in ("xlsx", "svg"):
            address = reverse(name, args=["eurasia", *args], query={"format": form})
            assert signed_in(laid.cast.stranger).get(address).status_code == 404


def test_the_reader_has_a_principles_clauses_in_order_with_their_place(laid, signed_in):
    part = insert(laid.charter, laid.cast.chair, "part", heading="Substance")
    article = insert(laid.charter, laid.cast.chair, "article", heading="Trade", parent=part)
    insert(laid.charter, laid.cast.chair, "paragraph", "Goods move.", parent=article)
    tag(laid, article, SECURITY)
    said = page(signed_in(laid.cast.observer), "principle_clauses", SECURITY)
    order = [said.index(words) for words in ("at the expense", "Trade", "Goods move.")]
    assert order == sorted(order)
    assert "Part I Substance" in said
    assert "through the clause above" in said
    assert "2 clauses carry this principle" in said


def test_the_reader_prints_the_numbers_of_clauses_referred_to(laid, signed_in):
    reword(laid.charter, laid.cast.drafter, laid.first, f"As in [](#{laid.other})^[See there.].")
    said = page(signed_in(laid.cast.observer), "principle_clauses", PEACE)
    assert ">Article 2</a>" in said
    assert "See there." in said
    table = file(signed_in(laid.cast.observer), "principle_clauses", PEACE, format="csv")
    assert "As in Article 2¹.\nSee there." in table.content.decode()


def test_a_principles_clauses_are_taken_away_as_a_table(laid, signed_in):
    client = signed_in(laid.cast.observer)
    data = file(client, "principle_clauses", PEACE, format="csv").content.decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(data, newline="")))
    assert [row[0] for row in found[1:]] == ["Article 1(1)", "Article 1(2)"]
    assert found[1][1] == "Article 1 Principles"
    book = load_workbook(
        io.BytesIO(file(client, "principle_clauses", PEACE, format="xlsx").content)
    )
    assert [row[0] for row in book.active.values] == [row[0] for row in found]


def test_the_reader_of_a_merged_principle_leads_to_the_one_in_its_place(laid, signed_in):
    merge_principles(actor=laid.cast.chair, charter=laid.charter, principle=PEACE, into=SECURITY)
    said = page(signed_in(laid.cast.observer), "principle_clauses", PEACE)
    assert "This principle was merged into" in said
    assert reverse("principle_clauses", args=["eurasia", SECURITY]) in said
    assert "Peace: merged into “Security”" in said
    assert "Merged into “Security”" in page(signed_in(laid.cast.observer), "principles")


def test_a_principle_that_was_not_there_has_no_reader(laid, signed_in):
    client = signed_in(laid.cast.observer)
    for slug, query in (("nowhere", {}), (SECURITY, {"at": 6})):
        address = reverse("principle_clauses", args=["eurasia", slug], query=query)
        assert client.get(address).status_code == 404


def test_the_chair_merges_a_principle_on_a_page(laid, signed_in):
    client = signed_in(laid.cast.chair)
    address = reverse("principle_merge", args=["eurasia", PEACE])
    offered = client.get(address).content.decode()
    assert "2 clauses will serve the other principle" in offered
    assert 'value="security"' in offered
    assert 'value="peace"' not in offered
    assert client.post(address, {"into": ""}).status_code == 422
    done = client.post(address, {"into": SECURITY, "message": "One idea."})
    assert done.status_code == 302
    assert Principle.objects.get(slug=PEACE).merged_into == SECURITY
    assert client.get(address).status_code == 404


def test_the_chair_splits_a_principle_on_a_page(laid, signed_in):
    client = signed_in(laid.cast.chair)
    address = reverse("principle_split", args=["eurasia", PEACE])
    assert "Article 1(1) — The Parties shall respect" in client.get(address).content.decode()
    said = {"name_en": "Calm", "colour": "#123456", "manner": "instead"}
    assert client.post(address, said).status_code == 422
    assert client.post(address, said | {"clauses": str(laid.other)}).status_code == 422
    done = client.post(address, said | {"clauses": [str(laid.first)]})
    assert done.status_code == 302
    laid.charter.refresh_from_db()
    assert text_at(laid.charter).find(str(laid.first)).principles == ("calm",)
    assert Principle.objects.get(slug="calm").colour == "#123456"


def test_the_cost_of_the_pages_grows_neither_with_text_nor_history(laid, signed_in, queries):
    client = signed_in(laid.cast.chair)
    addresses = [
        reverse("coverage", args=["eurasia"]),
        reverse("statistics", args=["eurasia"]),
        reverse("principle_clauses", args=["eurasia", PEACE]),
        reverse("principle_merge", args=["eurasia", PEACE]),
        reverse("principle_split", args=["eurasia", PEACE]),
        reverse("coverage", args=["eurasia"], query={"format": "xlsx"}),
    ]
    few = [queries(client, address) for address in addresses]
    for at in range(4):
        clause = insert(laid.charter, laid.cast.chair, "article", f"Further words {at}.")
        tag(laid, clause, PEACE, SECURITY)
        principle(laid.charter, laid.cast.chair, f"further-{at}")
    assert [queries(client, address) for address in addresses] == few


def test_a_page_that_has_not_changed_is_not_sent_again(laid, signed_in):
    client = signed_in(laid.cast.chair)
    for name, args in (("coverage", ()), ("statistics", ()), ("principle_clauses", (PEACE,))):
        address = reverse(name, args=["eurasia", *args])
        client.get(address)
        known = client.get(address)["ETag"]
        assert client.get(address, headers={"If-None-Match": known}).status_code == 304
        strike_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.other)
        assert client.get(address, headers={"If-None-Match": known}).status_code == 200
        restore_clause(actor=laid.cast.chair, charter=laid.charter, clause=laid.other)


def test_while_a_long_history_is_counted_the_page_says_how_far_and_is_not_kept(
    laid, signed_in, monkeypatch
):
    monkeypatch.setattr(tallies, "MOST", 2)
    client = signed_in(laid.cast.chair)
    for name in ("coverage", "statistics"):
        answer = client.get(reverse(name, args=["eurasia"]))
        assert answer.status_code == 202
        assert "counted up to revision" in answer.content.decode()
        assert not answer.has_header("ETag")

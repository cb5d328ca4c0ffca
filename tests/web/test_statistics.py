"""The page of a charter's numbers: figures with their tables, on the page and taken away."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from charter.actions.threads import open_thread
from charter.formats import typesetting
from tests.builders import Scene, reword

pytestmark = pytest.mark.django_db

ADDRESS = "/charters/eurasia/statistics/"
FIGURES = ("growth", "sittings", "disputes", "contributors")


@pytest.fixture
def laid(table) -> Scene:
    reword(table.charter, table.cast.drafter, table.first, "The Parties shall respect each other.")
    open_thread(
        actor=table.cast.reviewer,
        charter=table.charter,
        clause=table.first,
        language="en",
        base=table.charter.head,
        start=0,
        end=3,
        text="Which Parties?",
    )
    return table


def page(client, **query) -> str:
    answer = client.get(reverse("statistics", args=["eurasia"], query=query))
    assert answer.status_code == 200
    return answer.content.decode()


def summary(said: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", said))


def test_the_page_begins_with_the_figures_everybody_asks_for(laid, signed_in):
    assert summary(page(signed_in(laid.cast.observer))) == {
        "Words": "30",
        "Clauses": "4",
        "Revisions": "6",
        "Sittings": "1",
        "Contributors": "3",
        "Comments": "1",
    }


def test_every_figure_is_a_chart_with_a_name_and_a_table(laid, signed_in):
    said = page(signed_in(laid.cast.observer))
    charts = re.findall(r'<svg [^>]*class="chart".*?</svg>', said, re.DOTALL)
    assert len(charts) == len(FIGURES)
    for chart in charts:
        tree = ElementTree.fromstring(chart)
        assert tree.attrib["role"] == "img"
        assert tree.find("{http://www.w3.org/2000/svg}title").text
    assert said.count('<table class="table figures">') == len(FIGURES)
    assert "style=" not in said


def test_contributors_are_told_by_the_words_they_brought_and_took(laid, signed_in):
    data = signed_in(laid.cast.observer).get(f"{ADDRESS}?format=csv&figure=contributors").content
    found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert found[0][:3] == ["Name", "Delegation", "Revisions"]
    assert [(row[0], *row[4:]) for row in found[1:]] == [
        ("Chair", "33", "0", "0"),
        ("Drafter", "1", "4", "0"),
        ("Reviewer", "0", "0", "1"),
    ]


@pytest.mark.parametrize("figure", FIGURES)
def test_each_figure_is_taken_away_as_svg_png_and_csv(laid, signed_in, figure):
    client = signed_in(laid.cast.observer)
    for form, begins in (("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbf")):
        answer = client.get(f"{ADDRESS}?format={form}&figure={figure}&at=6")
        assert answer.status_code == 200
        assert answer.content.startswith(begins)
        name = f'filename="eurasia-statistics-r6-{figure}.{form}"'
        assert name in answer["Content-Disposition"]
    alone = client.get(f"{ADDRESS}?format=svg&figure={figure}").content.decode()
    assert "A charter of tests · revision 6 · English" in alone


def test_all_tables_are_taken_away_as_one_workbook(laid, signed_in):
    answer = signed_in(laid.cast.observer).get(f"{ADDRESS}?format=xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == [
        "Growth of the text",
        "Changes by sitting",
        "Most disputed articles",
        "Contributors",
    ]
    assert list(book.worksheets[0].values)[-1] == (6, 30, 4)


def test_as_of_a_revision_the_figures_are_those_of_then(laid, signed_in):
    client = signed_in(laid.cast.observer)
    then = summary(page(client, at=5))
    assert (then["Words"], then["Revisions"], then["Contributors"]) == ("33", "5", "1")


def test_words_are_counted_in_the_language_asked_for(laid, signed_in):
    said = summary(page(signed_in(laid.cast.observer), language="ru"))
    assert (said["Words"], said["Clauses"]) == ("0", "4")
    assert signed_in(laid.cast.observer).get(f"{ADDRESS}?language=fr").status_code == 404


def test_a_picture_that_cannot_be_drawn_leaves_the_other_formats(laid, signed_in, monkeypatch):
    monkeypatch.setattr(typesetting, "_CHILDREN", typesetting._CHILDREN / "nowhere")
    answer = signed_in(laid.cast.observer).get(f"{ADDRESS}?format=png&figure=growth")
    assert answer.status_code == 503
    said = answer.content.decode()
    assert "The picture could not be drawn" in said
    assert "format=svg" in said

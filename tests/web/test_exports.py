import json
import re
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from charter.actions.charters import create_charter
from charter.actions.clauses import change_clause
from charter.actions.editions import name_edition
from charter.actions.statements import make_statement, withdraw_statement
from charter.exports.documents import document
from charter.formats.typesetting import TypesettingFailed
from charter.formats.writers import FORMATS, Format, write
from charter.models import Charter
from charter.web.exports import NAMES
from tests.builders import FIRST, OTHER, SECOND, insert, principle, reword, seated, tabled

pytestmark = pytest.mark.django_db

ADDRESS = "/charters/eurasia/export/"


def taken(client, **query):
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    return answer


def test_every_format_of_the_house_is_offered():
    assert set(NAMES) == set(FORMATS)


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("since", ["", "2"])
def test_every_format_downloads_clean_and_as_a_redline(table, signed_in, name, since):
    answer = taken(signed_in(table.cast.observer), format=name, since=since)
    assert answer["Content-Type"] == FORMATS[name].media_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert FORMATS[name].extension in disposition
    assert answer.content == write(
        document(Charter.objects.get(), since=int(since) if since else None),
        name,
    )


def test_a_text_is_taken_as_of_any_revision(table, signed_in):
    head = reword(table.charter, table.cast.drafter, table.first, "New words.").revision.number
    client = signed_in(table.cast.observer)
    now = taken(client, format="txt").content.decode()
    then = taken(client, format="txt", at=head - 1).content.decode()
    assert ("New words." in now, FIRST in now) == (True, False)
    assert ("New words." in then, FIRST in then) == (False, True)


def test_the_pdf_holds_the_words_and_the_edition(table, signed_in):
    table.charter.refresh_from_db()
    name_edition(
        actor=table.cast.chair,
        charter=table.charter,
        number=table.charter.head,
        name="Rev.1",
        symbol="EC/1",
    )
    data = taken(signed_in(table.cast.observer), format="pdf", line_numbers="on").content
    words = " ".join(
        "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split()
    )
    assert "EC/1" in words
    assert "at the expense of another Party" in words


def test_options_reach_the_writer(table, signed_in):
    slug = principle(table.charter, table.cast.chair, "candour")
    table.charter.refresh_from_db()
    change_clause(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.other,
        base=table.charter.head,
        principles=[slug],
    )
    client = signed_in(table.cast.observer)
    assert "Principles: Candour" not in taken(client, format="html").content.decode()
    assert "Principles: Candour" in taken(client, format="html", principles="on").content.decode()


def test_json_holds_everything(table, signed_in):
    value = json.loads(taken(signed_in(table.cast.observer), format="json").content)
    assert value["text"]["title"] == "A charter of tests"


def test_the_same_text_is_not_sent_twice(table, signed_in):
    client = signed_in(table.cast.observer)
    first = taken(client, format="txt")
    again = client.get(ADDRESS, {"format": "txt"}, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    reword(table.charter, table.cast.drafter, table.first, "New words.")
    other = client.get(ADDRESS, {"format": "txt"}, headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200
    assert "private" in first["Cache-Control"]


def test_a_file_name_is_plain_whatever_the_title(db, signed_in, table):
    create_charter(actor=table.cast.chair, title='Хартия "Евразии"\r\nX: y', working_language="ru")
    slug = Charter.objects.exclude(slug="eurasia").get().slug
    answer = signed_in(table.cast.chair).get(reverse("export", args=[slug]), {"format": "txt"})
    assert re.fullmatch(r'attachment; filename="[a-z0-9.-]+"', answer["Content-Disposition"])


def test_a_pdf_that_cannot_be_made_is_said_on_a_clear_page(table, signed_in, monkeypatch):
    def fails(made, options):
        raise TypesettingFailed("The PDF took longer than 60 seconds and was given up.")

    monkeypatch.setitem(FORMATS, "pdf", Format("pdf", "application/pdf", ".pdf", fails))
    answer = signed_in(table.cast.observer).get(ADDRESS, {"format": "pdf", "at": 3})
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "took longer than 60 seconds" in page
    link = re.search(r'href="([^"]*format=txt[^"]*)"', page)[1].replace("&amp;", "&")
    assert "at=3" in link
    assert signed_in(table.cast.observer).get(link).status_code == 200


@pytest.mark.parametrize("query", [{"at": "0"}, {"at": "99"}, {"since": "x"}, {"language": "fr"}])
def test_what_is_not_there_cannot_be_taken(table, signed_in, query):
    client = signed_in(table.cast.observer)
    assert client.get(ADDRESS, {"format": "txt"} | query).status_code == 404


@pytest.mark.parametrize("name", ["exe", "../pdf", ""])
def test_an_unknown_format_is_sent_back_to_the_choice(table, signed_in, name):
    answer = signed_in(table.cast.observer).get(ADDRESS, {"format": name})
    assert answer.status_code == 400
    assert 'type="radio"' in answer.content.decode()


def test_the_choice_remembers_what_the_page_before_showed(table, signed_in):
    page = taken(signed_in(table.cast.observer), at=3, since=2).content.decode()
    assert re.search(r'<option value="3" selected', page)
    assert re.search(r'<option value="2" selected', page)


def test_a_text_of_another_language_is_named_in_the_file(table, signed_in):
    answer = taken(signed_in(table.cast.observer), format="txt", language="ru")
    assert "eurasia-ru-r" in answer["Content-Disposition"]
    assert SECOND not in answer.content.decode()


def test_the_cost_of_an_export_does_not_grow(table, signed_in, queries):
    client = signed_in(table.cast.observer)
    pages = [ADDRESS, f"{ADDRESS}?format=txt&since=3", f"{ADDRESS}?format=json"]
    few = [queries(client, page) for page in pages]
    for at in range(10):
        insert(table.charter, table.cast.drafter, "article", f"{OTHER} {at}")
    name_edition(actor=table.cast.chair, charter=table.charter, number=4, name="Rev.1")
    assert [queries(client, page) for page in pages] == few


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_rolling_text_is_taken_away_in_every_format(table, signed_in, name):
    tabled(table.charter, table.cast.drafter, table.first, FIRST.replace("respect", "uphold"))
    answer = taken(signed_in(table.cast.observer), format=name, rolling="on")
    if name == "pdf":
        pages = PdfReader(BytesIO(answer.content)).pages
        words = " ".join(" ".join(page.extract_text() for page in pages).split())
    else:
        words = answer.content.decode()
    assert "[respect] [uphold: A-1 Drafter]" in words.replace("\\[", "[").replace("\\]", "]")


def test_the_rolling_text_is_taken_away_without_names(table, signed_in):
    tabled(table.charter, table.cast.drafter, table.first, FIRST.replace("respect", "uphold"))
    query = {"format": "txt", "rolling": "on", "unattributed": "on"}
    answer = taken(signed_in(table.cast.observer), **query)
    words = answer.content.decode()
    assert "[respect] [uphold] the" in words and "A-1" not in words
    assert "eurasia-rolling-r" in answer["Content-Disposition"]


def test_the_statements_are_printed_where_they_are_asked_for_as_they_stood_then(table, signed_in):
    seated(table.charter, table.cast.chair, table.cast.reviewer, "KAZ")
    act = {"actor": table.cast.reviewer, "charter": table.charter}
    made = make_statement(**act, kind="reservation", text="We reserve.", clause=table.first)
    head = reword(table.charter, table.cast.drafter, table.other, "New words.").revision.number
    withdraw_statement(**act, statement=made.uuid)
    client = signed_in(table.cast.observer)
    then = taken(client, format="txt", at=head - 1, statements="on").content.decode()
    assert "Article 1(1)\n\nKAZ: Reservation (statement 1" in then
    assert "We reserve." not in taken(client, format="txt", at=head - 1).content.decode()
    now = taken(client, format="md", statements="on", rolling="on").content.decode()
    assert "No statement stands." in now


def test_the_choice_of_what_is_shown_decides_whatever_else_is_filled_in(table, signed_in):
    client, head = signed_in(table.cast.observer), table.charter.head
    clean = taken(client, format="txt", shown="clean", since=2)
    assert clean["Content-Disposition"].endswith(f'"eurasia-r{head}.txt"')
    redline = taken(client, format="txt", shown="redline", since=2)
    assert f"eurasia-r2-r{head}" in redline["Content-Disposition"]
    tabled(table.charter, table.cast.drafter, table.first, FIRST.replace("respect", "uphold"))
    bare = taken(client, format="txt", shown="unattributed", since=2).content.decode()
    assert "[respect] [uphold] the" in bare


def test_a_redline_is_against_the_last_edition_unless_another_text_is_chosen(table, signed_in):
    client, head = signed_in(table.cast.observer), table.charter.head
    against_last = taken(client, format="txt", shown="redline")
    assert f"eurasia-r{head - 1}-r{head}" in against_last["Content-Disposition"]
    name_edition(actor=table.cast.chair, charter=table.charter, number=3, name="Rev.1")
    against_edition = taken(client, format="txt", shown="redline")
    assert f"eurasia-r3-r{head}" in against_edition["Content-Disposition"]
    first = taken(client, format="txt", shown="redline", at=1)
    assert first["Content-Disposition"].endswith('"eurasia-r1.txt"')

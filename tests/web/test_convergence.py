"""Convergence: what each delegation holds on each article, what is open, and who blocks what."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from charter.access import enter
from charter.actions.clauses import change_clause
from charter.actions.ladder import set_rung
from charter.actions.parties import add_delegation, add_party
from charter.actions.party_members import add_party_member
from charter.actions.positions import take_position, withdraw_position
from charter.actions.values import Words
from charter.models import (
    Membership,
    Party,
    PartyKind,
    PartyMembership,
    Rung,
    Stance,
    Visibility,
)
from charter.queries.convergence import convergence_of
from charter.queries.convergence_course import course_of
from tests.builders import reword, seated, tabled

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    table.charter.refresh_from_db()
    return table


def take(laid, person: str, stance: str, clause=None, **more):
    actor = getattr(laid.cast, person)
    if "amendment" not in more:
        more["clause"] = clause or laid.first
    return take_position(actor=actor, charter=laid.charter, stance=stance, **more)


def found(laid, since: int | None = None, person: str = "observer"):
    return convergence_of(enter(getattr(laid.cast, person), "eurasia"), "en", since)


def cells(laid, clause, **more) -> dict[str, tuple]:
    made = found(laid, **more)
    line = next(line for line in made.lines if line.id == clause)
    return {
        team.code: (line.cells[team.id].stance, line.cells[team.id].stale) for team in made.teams
    }


def page(client, **query) -> str:
    answer = client.get(reverse("convergence", args=["eurasia"]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_position_on_a_paragraph_counts_for_its_article_and_the_least_agreeing_is_shown(laid):
    take(laid, "drafter", "agrees", laid.article)
    take(laid, "drafter", "reserves", laid.second)
    assert cells(laid, laid.article) == {"BLR": (Stance.RESERVES, 0), "IND": (None, 0)}
    assert cells(laid, laid.other) == {"BLR": (None, 0), "IND": (None, 0)}


def test_words_changed_below_make_the_articles_position_stale(laid):
    take(laid, "reviewer", "agrees", laid.article)
    reword(laid.charter, laid.cast.chair, laid.first, "Other words.")
    assert cells(laid, laid.article)["IND"] == (Stance.AGREES, 1)


def test_brackets_amendments_and_rungs_are_of_the_article(laid):
    reword(laid.charter, laid.cast.chair, laid.first, "The Parties [shall] [should [not]] act.")
    tabled(laid.charter, laid.cast.drafter, laid.second, "Another proposal.")
    set_rung(actor=laid.cast.chair, charter=laid.charter, clause=laid.other, rung="agreed")
    article, other = found(laid).lines
    assert (article.brackets, article.amendments, article.rung) == (3, ("A-1",), Rung.OPEN)
    assert (other.brackets, other.amendments, other.rung) == (0, (), Rung.AGREED)
    made = found(laid)
    assert (made.brackets, made.amendments, made.agreed, made.blocked) == (3, 1, 1, 0)


def test_who_blocks_what_names_clauses_and_amendments_in_their_order(laid):
    amendment = tabled(laid.charter, laid.cast.drafter, laid.first, "Another proposal.")
    take(laid, "reviewer", "objects", amendment=amendment.uuid)
    take(laid, "reviewer", "reserves", laid.other)
    take(laid, "reviewer", "agrees", laid.first)
    blocks = {
        team.code: [one.citation for one in some] for team, some in found(laid).blocks.items()
    }
    assert blocks == {"IND": ["Article 2", "A-1"]}


def test_what_changed_since_an_earlier_revision_is_said(laid, signed_in):
    then = laid.charter.head
    take(laid, "drafter", "reserves")
    reword(laid.charter, laid.cast.chair, laid.first, "The Parties [may] act.")
    take(laid, "drafter", "agrees")
    set_rung(actor=laid.cast.chair, charter=laid.charter, clause=laid.article, rung="agreed")
    (article, _other) = found(laid, since=then).lines
    (cell,) = (one for one in article.cells.values() if one.stance)
    assert (cell.stance, cell.before) == (Stance.AGREES, Stance.RESERVES)
    assert (article.brackets, article.brackets_before) == (1, 0)
    assert (article.rung, article.rung_before) == (Rung.AGREED, Rung.OPEN)
    seen = page(signed_in(laid.cast.observer), since=then)
    assert "was: reserves" in seen
    assert "was: open" in seen
    assert "was:" not in page(signed_in(laid.cast.observer))


def test_what_is_kept_to_a_delegation_shows_nowhere_and_not_even_that_it_is(laid, signed_in):
    clients = [signed_in(getattr(laid.cast, name)) for name in ("chair", "reviewer", "drafter")]
    address = reverse("convergence", args=["eurasia"])
    for client in clients:
        client.get(address)
    tags = [client.get(address)["ETag"] for client in clients]
    before = [_main(page(client)) for client in clients]
    take(laid, "drafter", "objects", visibility=Visibility.DELEGATION, note="Our last word")
    assert [_main(page(client)) for client in clients] == before
    assert [client.get(address)["ETag"] for client in clients] == tags
    for format in ("csv", "xlsx"):
        data = clients[0].get(address, {"format": format}).content
        assert b"Our last word" not in data
    assert found(laid, person="drafter").blocks == {}
    assert course_of(laid.charter, "en")[-1].blocking == 0


def _main(said: str) -> str:
    begin = said.index("<main")
    return re.sub(r'(nonce|value)="[^"]*"', "", said[begin : said.index("</main>")])


def test_the_course_counts_what_was_outstanding_at_each_point(laid):
    then = laid.charter.head
    take(laid, "drafter", "agrees")
    take(laid, "reviewer", "objects")
    reword(laid.charter, laid.cast.chair, laid.first, "The [Parties] act.")
    take(laid, "drafter", "agrees")
    points = {one.number: one for one in course_of(laid.charter, "en", [then])}
    assert (points[then].agreeing, points[then].blocking, points[then].stale) == (1, 1, 0)
    assert points[then].brackets == 0
    last = points[laid.charter.head]
    assert (last.agreeing, last.blocking, last.stale, last.brackets) == (1, 0, 1, 1)
    withdraw_position(actor=laid.cast.reviewer, charter=laid.charter, clause=laid.first)
    assert course_of(laid.charter, "en")[-1].stale == 0


def test_states_are_said_in_words_in_a_table_with_headers(laid, signed_in):
    take(laid, "drafter", "objects", note="A <script> of a note")
    seen = page(signed_in(laid.cast.observer))
    assert '<span class="under">objects</span>' in seen
    assert '<span class="unseen">silent</span>' in seen
    assert seen.count('<th scope="row"') >= 2
    assert "A &lt;script&gt; of a note" in seen


def test_an_amendment_of_the_matrix_leads_to_its_page(laid, signed_in):
    amendment = tabled(laid.charter, laid.cast.drafter, laid.second, "Another proposal.")
    address = reverse("amendment", args=["eurasia", amendment.uuid])
    link = f'<a class="symbol" href="{address}?language=en">A-1</a>'
    assert link in page(signed_in(laid.cast.observer))


def test_the_tables_are_taken_away(laid, signed_in):
    take(laid, "drafter", "objects", note="=1+1")
    client = signed_in(laid.cast.observer)
    address = reverse("convergence", args=["eurasia"])
    csv = client.get(address, {"format": "csv"}).content.decode()
    assert "Article 1,Principles,open,0,,objects,silent" in csv
    book = load_workbook(io.BytesIO(client.get(address, {"format": "xlsx"}).content))
    assert len(book.sheetnames) == 4
    assert book.worksheets[1]["C2"].value == "objects"
    assert client.get(address, {"format": "svg", "figure": "course"}).status_code == 200
    for wrong in ({"format": "doc"}, {"since": 999}, {"language": "zz"}):
        assert client.get(address, wrong).status_code == 404


def test_the_page_is_set_for_printing_with_all_its_tables_and_charts(leagued, signed_in):
    take(leagued, "drafter", "agrees", leagued.article)
    before = leagued.charter.head
    reword(leagued.charter, leagued.cast.chair, leagued.first, "The Parties [shall] [should] act.")
    take(leagued, "reviewer", "objects", leagued.other, note="Against our *constitution*")
    query = {"format": "pdf", "since": before}
    data = signed_in(leagued.cast.observer).get(reverse("convergence", args=["eurasia"]), query)
    reader = PdfReader(io.BytesIO(data.content))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for said in (
        "Article 1",
        "+ agrees",
        "stale",
        "was: silent",
        "2 was: 0",
        "× objects",
        "Against our *constitution*",
        "of 2 members: 1 agrees",
        "The course of agreement",
        "Square brackets over time",
    ):
        assert said in words, said


@pytest.mark.parametrize("what", ["position", "rung", "amendment"])
def test_the_page_is_sent_again_only_when_it_would_read_otherwise(laid, signed_in, what):
    client = signed_in(laid.cast.observer)
    address = reverse("convergence", args=["eurasia"])
    client.get(address)
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    if what == "position":
        take(laid, "drafter", "agrees")
    elif what == "rung":
        set_rung(actor=laid.cast.chair, charter=laid.charter, clause=laid.first, rung="agreed")
    else:
        tabled(laid.charter, laid.cast.drafter, laid.second, "Another proposal.")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_page_takes_as_many_queries_however_much_is_held(laid, signed_in, queries):
    client = signed_in(laid.cast.observer)
    address = reverse("convergence", args=["eurasia"]) + f"?since={laid.charter.head - 1}"
    take(laid, "drafter", "agrees")
    amendment = tabled(laid.charter, laid.cast.drafter, laid.second, "Another proposal.")
    take(laid, "reviewer", "agrees", amendment=amendment.uuid)
    set_rung(actor=laid.cast.chair, charter=laid.charter, clause=laid.first, rung="agreed")
    before = queries(client, address)
    for clause in (laid.article, laid.second, laid.other):
        take(laid, "drafter", "objects", clause)
        take(laid, "reviewer", "reserves", clause)
        set_rung(actor=laid.cast.chair, charter=laid.charter, clause=clause, rung="agreed")
    tabled(laid.charter, laid.cast.drafter, laid.second, "Yet another proposal.")
    assert queries(client, address) == before


def test_brackets_are_counted_over_time_in_each_language_and_their_chart_is_taken_away(
    laid, signed_in
):
    client = signed_in(laid.cast.observer)
    assert "Square brackets over time" not in page(client)
    reword(laid.charter, laid.cast.chair, laid.first, "The Parties [shall] [should] act.")
    change_clause(
        actor=laid.cast.chair,
        charter=laid.charter,
        clause=laid.first,
        base=laid.charter.head,
        words={"ru": Words("", "Стороны [должны] действовать.")},
    )
    seen = page(client)
    assert "English <b>2</b>, Русский <b>1</b>" in seen
    assert re.search(r"Article 1\(1\)</a>: English 2, Русский 1", seen)
    address = reverse("convergence", args=["eurasia"])
    head = laid.charter.head
    csv = client.get(address, {"format": "csv", "figure": "brackets"}).content.decode("utf-8-sig")
    assert csv.split() == ["Revision,English,Русский", f"{head - 1},2,0", f"{head},2,1"]
    for format, start in (("svg", b"<svg"), ("png", b"\x89PNG")):
        data = client.get(address, {"format": format, "figure": "brackets"}).content
        assert data[:200].lstrip().startswith((start, b"<?xml"))


def test_a_bracket_in_the_title_is_outstanding_too(laid, signed_in):
    words = {"en": Words("[Draft] charter"), "ru": Words("Проект хартии")}
    root = laid.charter.clauses.get(parent=None).pk
    change_clause(
        actor=laid.cast.chair,
        charter=laid.charter,
        clause=root,
        base=laid.charter.head,
        words=words,
    )
    assert found(laid).brackets == 1
    assert course_of(laid.charter, "en")[-1].brackets == 1
    assert "the title</a>: English 1, Русский 0" in page(signed_in(laid.cast.observer))


@pytest.fixture
def leagued(laid):
    """An organisation of BLR, IND and one that has no delegation."""
    act = {"actor": laid.cast.chair, "charter": laid.charter}
    body = add_party(**act, kind=PartyKind.ORGANISATION, code="SCO", names={"en": "SCO"})
    far = add_party(**act, kind=PartyKind.STATE, code="UZB", names={"en": "UZB"})
    members = [far, *(one.party for one in laid.charter.delegations.select_related("party"))]
    for one in members:
        add_party_member(**act, organisation=body.pk, member=one.pk)
    return laid


def sums(laid, clause):
    (line,) = (line for line in found(laid).lines if line.id == clause)
    return line.sums


def test_an_organisation_is_a_sum_of_its_members_and_of_nothing_else(leagued, signed_in):
    take(leagued, "drafter", "agrees", leagued.article)
    take(leagued, "drafter", "reserves", leagued.second)
    (one,) = sums(leagued, leagued.article)
    assert (one.code, one.members, one.absent) == ("SCO", 2, 1)
    assert (one.stances, one.silent, one.own) == ({Stance.RESERVES: 1}, 1, None)
    assert sums(leagued, leagued.other)[0].silent == 2
    seen = page(signed_in(leagued.cast.observer))
    assert "of 2 members: 1 reserves, 1 is silent; 1 more member is not at the table" in seen
    csv = signed_in(leagued.cast.observer).get(
        reverse("convergence", args=["eurasia"]), {"format": "csv"}
    )
    assert "SCO (sum of its members)" in csv.content.decode()


def test_a_position_kept_to_a_delegation_is_in_no_sum(leagued):
    take(leagued, "drafter", "objects", visibility=Visibility.DELEGATION)
    (one,) = sums(leagued, leagued.article)
    assert (one.stances, one.silent) == ({}, 2)


def test_who_left_an_organisation_is_in_its_sum_no_more(leagued):
    take(leagued, "drafter", "agrees")
    gone = PartyMembership.objects.get(member__code="BLR", organisation__code="SCO")
    PartyMembership.objects.filter(pk=gone.pk).update(until=date(2020, 1, 1))
    (one,) = sums(leagued, leagued.article)
    assert (one.members, one.stances, one.silent) == (1, {}, 1)


def test_a_sum_says_how_many_of_the_positions_are_stale(leagued):
    take(leagued, "drafter", "agrees")
    take(leagued, "reviewer", "agrees", leagued.other)
    reword(leagued.charter, leagued.cast.chair, leagued.first, "Other words.")
    assert [one.stale for line in found(leagued).lines for one in line.sums] == [1, 0]


def test_what_the_organisations_own_delegation_holds_stands_apart(leagued, signed_in):
    body = Party.objects.get(charter=leagued.charter, code="SCO")
    team = add_delegation(
        actor=leagued.cast.chair, charter=leagued.charter, party=body.pk, standing="participant"
    )
    seat = Membership.objects.get(charter=leagued.charter, person=leagued.cast.drafter)
    seat.delegation = team
    seat.save()
    take(leagued, "drafter", "objects")
    (one,) = sums(leagued, leagued.article)
    assert (one.own, one.stances, one.silent) == (Stance.OBJECTS, {}, 2)
    assert "its own delegation objects" in page(signed_in(leagued.cast.observer))

"""The margin of the text: what is on the table about each clause, for all who read it."""

import re

import pytest
from django.urls import reverse

from charter.actions.amendments import (
    draft_amendment,
    join_amendment,
    leave_amendment,
    reject_amendment,
    table_amendment,
)
from charter.actions.clauses import strike_clause
from charter.actions.proposals import propose_insertion, propose_rewording, propose_strike
from charter.actions.values import Words
from charter.text.kinds import Kind
from charter.text.outline import Clause as Unit
from tests.builders import FIRST, SECOND, reword, seated, tabled

pytestmark = pytest.mark.django_db

UPHOLD = FIRST.replace("respect", "uphold")


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    return table


def read(laid, client, **query) -> str:
    answer = client.get(reverse("text", args=["eurasia"]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def beside(page: str, clause) -> list[str]:
    """The lines beside a clause, as words."""
    found = re.search(f'<ul class="proposals" data-clause="{clause}".*?</ul>', page)
    lines = re.findall("<li[^>]*>(.*?)</li>", found[0]) if found else []
    return [re.sub("<[^>]+>", "", line) for line in lines]


def test_what_is_on_the_table_stands_beside_its_clause(laid, signed_in):
    one = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    join_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=one.uuid)
    page = read(laid, signed_in(laid.cast.observer))
    assert beside(page, laid.first) == ["A-1 BLR, IND: Reword applies cleanly"]
    assert f"amendments/{one.uuid}/?language=en#change-{one.changes.get().uuid}" in page
    assert beside(page, laid.second) == []
    assert "1 open amendment" in page
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "protect"))
    page = read(laid, signed_in(laid.cast.observer))
    assert beside(page, laid.first) == ["A-1 BLR, IND: Reword conflicts"]


def test_a_draft_stands_beside_its_clause_for_its_own_delegation_alone(laid, signed_in):
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**act, title="A better text")
    propose_strike(**act, amendment=made.uuid, clause=laid.first)
    page = read(laid, signed_in(laid.cast.drafter))
    said = "Draft BLR: Strike applies cleanly (not on the table yet)"
    assert beside(page, laid.first) == [said]
    assert 'class="proposed"' not in page
    tabled(laid.charter, laid.cast.reviewer, laid.first, UPHOLD)
    both = beside(read(laid, signed_in(laid.cast.drafter)), laid.first)
    assert both == ["A-1 IND: Reword applies cleanly", said]
    for person in (laid.cast.chair, laid.cast.reviewer, laid.cast.observer):
        assert len(beside(read(laid, signed_in(person)), laid.first)) == 1
    laid.charter.refresh_from_db()
    head = laid.charter.head
    reword(laid.charter, laid.cast.chair, laid.second, SECOND + " Ever.")
    earlier = read(laid, signed_in(laid.cast.drafter), at=head)
    assert len(beside(earlier, laid.first)) == 1


def test_a_delegation_whose_people_changed_does_not_see_the_drafts_of_those_before(laid, signed_in):
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**act, title="A better text")
    propose_strike(**act, amendment=made.uuid, clause=laid.first)
    team = made.delegation
    team.circle += 1
    team.save()
    assert beside(read(laid, signed_in(laid.cast.drafter)), laid.first) == []


def test_what_was_settled_stands_beside_nothing(laid, signed_in):
    tabled_one = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    reject_amendment(actor=laid.cast.chair, charter=laid.charter, amendment=tabled_one.uuid)
    assert beside(read(laid, signed_in(laid.cast.chair)), laid.first) == []


def test_a_new_clause_stands_beside_its_place_and_the_title_beside_the_first(laid, signed_in):
    laid.charter.refresh_from_db()
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**act, title="A better text")
    act |= {"amendment": made.uuid, "language": "en"}
    article = (Unit(kind=Kind.ARTICLE, text="More."),)
    propose_insertion(**act, clauses=article, after=laid.other)
    propose_insertion(**act, clauses=article)
    title = Words(heading="A treaty of tests")
    propose_rewording(**act, clause=laid.root, base=laid.charter.head, words=title)
    table_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=made.uuid)
    page = read(laid, signed_in(laid.cast.observer))
    assert beside(page, laid.other) == ["A-1 BLR: Insert applies cleanly"]
    assert [line.split()[2] for line in beside(page, laid.article)] == ["Insert", "Reword"]


def test_they_can_be_hidden(laid, signed_in):
    tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    client = signed_in(laid.cast.observer)
    assert "Hide amendments" in read(laid, client)
    hidden = read(laid, client, amendments="hidden")
    assert beside(hidden, laid.first) == []
    assert "Show amendments" in hidden


def test_beside_an_earlier_text_stands_what_was_on_the_table_then(laid, signed_in):
    client = signed_in(laid.cast.observer)
    laid.charter.refresh_from_db()
    number = laid.charter.head
    one = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    join_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=one.uuid)
    reword(laid.charter, laid.cast.chair, laid.second, SECOND + " Ever.")
    leave_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=one.uuid)
    reword(laid.charter, laid.cast.chair, laid.second, SECOND)
    reject_amendment(actor=laid.cast.chair, charter=laid.charter, amendment=one.uuid)
    reword(laid.charter, laid.cast.chair, laid.second, SECOND + " Ever.")
    assert beside(read(laid, client, at=number - 1), laid.first) == []
    assert beside(read(laid, client, at=number), laid.first) == ["A-1 BLR, IND: Reword"]
    assert beside(read(laid, client, at=number + 1), laid.first) == ["A-1 BLR: Reword"]
    assert beside(read(laid, client, at=number + 2), laid.first) == []
    assert beside(read(laid, client), laid.first) == []
    assert beside(read(laid, client, at=number, amendments="hidden"), laid.first) == []


def test_what_is_about_a_struck_clause_stands_where_that_was(laid, signed_in):
    tabled(laid.charter, laid.cast.drafter, laid.second, SECOND + " Ever.")
    tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    laid.charter.refresh_from_db()
    strike_clause(
        actor=laid.cast.chair, charter=laid.charter, clause=laid.second, base=laid.charter.head
    )
    client = signed_in(laid.cast.observer)
    gone = "A-1 BLR: Reword (a clause that is not in the text) conflicts"
    assert beside(read(laid, client), laid.first) == [gone, "A-2 BLR: Reword applies cleanly"]
    laid.charter.refresh_from_db()
    strike_clause(
        actor=laid.cast.chair, charter=laid.charter, clause=laid.article, base=laid.charter.head
    )
    page = read(laid, client)
    assert len(beside(page, laid.other)) == 2  # before the first clause there is none


def test_the_page_is_sent_anew_when_what_is_on_the_table_changes(laid, signed_in):
    client, where = signed_in(laid.cast.observer), reverse("text", args=["eurasia"])
    client.get(where)
    tags = [client.get(where)["ETag"]]

    def sent_again() -> bool:
        again = client.get(where, headers={"If-None-Match": tags[-1]})
        tags.append(again["ETag"])
        return again.status_code == 200

    assert not sent_again()
    one = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    assert sent_again()
    join_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=one.uuid)
    assert sent_again()
    draft_amendment(actor=laid.cast.drafter, charter=laid.charter)
    assert not sent_again()
    client = signed_in(laid.cast.drafter)
    client.get(where)
    sent_again()
    assert not sent_again()
    draft_amendment(actor=laid.cast.reviewer, charter=laid.charter)
    assert not sent_again()
    mine = draft_amendment(actor=laid.cast.drafter, charter=laid.charter)
    assert sent_again()
    propose_strike(
        actor=laid.cast.drafter, charter=laid.charter, amendment=mine.uuid, clause=laid.first
    )
    assert sent_again()
    reject_amendment(actor=laid.cast.chair, charter=laid.charter, amendment=one.uuid)
    assert sent_again()


def test_the_page_asks_as_often_for_many_as_for_one(laid, signed_in, queries):
    where = reverse("text", args=["eurasia"])
    observer, drafter = signed_in(laid.cast.observer), signed_in(laid.cast.drafter)
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    propose_strike(**act, amendment=draft_amendment(**act).uuid, clause=laid.second)
    few = queries(observer, where), queries(drafter, where)
    for number in range(30):
        person = laid.cast.reviewer if number % 2 else laid.cast.drafter
        one = tabled(laid.charter, person, laid.second, f"{SECOND} {number}")
        joining = laid.cast.drafter if number % 2 else laid.cast.reviewer
        join_amendment(actor=joining, charter=laid.charter, amendment=one.uuid)
        propose_strike(**act, amendment=draft_amendment(**act).uuid, clause=laid.first)
    assert (queries(observer, where), queries(drafter, where)) == few
    assert len(beside(read(laid, drafter), laid.second)) == 31


def test_what_people_call_an_amendment_is_no_markup(laid, signed_in):
    act = {"actor": laid.cast.drafter, "charter": laid.charter}
    made = draft_amendment(**act, title='"><script>x</script>')
    propose_strike(**act, amendment=made.uuid, clause=laid.first)
    table_amendment(**act, amendment=made.uuid)
    assert "<script>x" not in read(laid, signed_in(laid.cast.observer))

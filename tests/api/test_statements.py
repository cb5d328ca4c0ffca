"""Statements in the API: made and withdrawn by their delegation, read by all."""

import pytest

from tests.api.calling import problem
from tests.builders import seated, stand_at

pytestmark = pytest.mark.django_db

AT = "charters/eurasia/statements/"


@pytest.fixture
def kazakh(table, call):
    seated(table.charter, table.cast.chair, table.cast.reviewer, "KAZ")
    return call(table.cast.reviewer)


def body(table, **more):
    return {
        "kind": "reservation",
        "text": "We reserve.\n\nIn full.",
        "clause": str(table.first),
    } | more


def test_a_statement_is_made_read_and_withdrawn(table, kazakh, call):
    made = kazakh.post(AT, body(table))
    said = made.json()
    assert (made.status_code, said["number"], said["citation"]) == (201, 1, "Article 1(1)")
    observer = call(table.cast.observer)
    assert observer.get(made["Location"].removeprefix("/api/v1/")).json() == said
    there = f"{AT}{said['id']}/withdraw/"
    assert problem(call(table.cast.drafter).post(there, {}))["code"] == "missing"
    gone = kazakh.post(there, {"note": "Settled"}).json()
    assert (gone["withdrawn"]["note"], gone["withdrawn"]["revision"]) == ("Settled", 5)
    assert problem(kazakh.post(there, {}))["code"] == "invalid"
    assert observer.get(AT).json()["items"] == []
    assert len(observer.get(f"{AT}?withdrawn=true").json()["items"]) == 1


def test_what_stood_as_of_a_revision_is_listed_for_it(table, kazakh, call):
    number = table.charter.head
    said = kazakh.post(AT, body(table)).json()
    chair = call(table.cast.chair)
    chair.post("charters/eurasia/clauses/", {"kind": "article"}, match=number)
    kazakh.post(f"{AT}{said['id']}/withdraw/", {})
    found = {at: chair.get(f"{AT}?at={at}").json()["items"] for at in (number - 1, number)}
    assert [len(one) for one in found.values()] == [0, 1]
    assert found[number][0]["withdrawn"] is None
    assert chair.get(AT).json()["items"] == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "protest"}, "invalid"),
        ({"text": "  "}, "missing"),
        ({"text": "a" * 10_001}, "invalid"),
        ({"text": "hid\u202eden"}, "hidden_words"),
        ({"language": "fr"}, "no_such"),
        ({"clause": "00000000-0000-0000-0000-000000000000"}, "no_such"),
    ],
)
def test_what_is_no_statement_is_refused(table, kazakh, more, code):
    assert problem(kazakh.post(AT, body(table, **more)))["code"] == code


def test_who_sits_with_no_delegation_states_nothing_and_an_observer_may_not(table, call):
    assert problem(call(table.cast.chair).post(AT, body(table)))["code"] == "missing"
    assert problem(call(table.cast.observer).post(AT, body(table)))["code"] == "forbidden"


def test_statements_wait_for_the_consultation_and_outlast_the_adoption(table, kazakh):
    stand_at(table.charter, table.cast.chair, "zero_draft")
    assert problem(kazakh.post(AT, body(table)))["stage"] == "zero_draft"
    stand_at(table.charter, table.cast.chair, "adopted")
    assert kazakh.post(AT, body(table)).status_code == 201


def test_the_list_takes_as_many_queries_however_long_it_is(table, kazakh, queries):
    kazakh.post(AT, body(table))
    few = queries(lambda: kazakh.get(AT))
    for _ in range(3):
        kazakh.post(AT, body(table, clause=str(table.other)))
    assert queries(lambda: kazakh.get(AT)) == few

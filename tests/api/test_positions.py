"""Positions, the ladder and convergence by the API."""

import pytest

from charter.actions.parties import add_party
from charter.actions.party_members import add_party_member
from charter.actions.positions import take_position
from charter.models import Visibility
from tests.api.calling import problem
from tests.builders import reword, seated, tabled

POSITIONS = "charters/eurasia/positions/"


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    table.charter.refresh_from_db()
    return table


def held(caller, query: str = "") -> list[tuple[str, str, bool]]:
    items = caller.get(POSITIONS + query).json()["items"]
    return [(one["code"], one["stance"], one["stale"]) for one in items]


def test_a_delegation_takes_a_position_and_takes_it_back(laid, call):
    drafter = call(laid.cast.drafter)
    body = {"clause": str(laid.first), "stance": "reserves", "note": "The capital asks."}
    made = drafter.post(POSITIONS, body)
    assert made.status_code == 201
    assert (made.json()["code"], made.json()["amendment"]) == ("BLR", None)
    assert held(call(laid.cast.observer)) == [("BLR", "reserves", False)]
    reword(laid.charter, laid.cast.chair, laid.first, "Other words.")
    assert held(call(laid.cast.observer), f"?clause={laid.first}") == [("BLR", "reserves", True)]
    assert held(call(laid.cast.observer), f"?clause={laid.other}") == []
    body = {"clause": str(laid.first)}
    assert drafter.post(POSITIONS + "withdraw/", body).status_code == 204
    assert held(drafter) == []
    assert problem(drafter.post(POSITIONS + "withdraw/", body))["code"] == "no_such"


def test_a_position_on_an_amendment(laid, call):
    amendment = tabled(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    body = {"amendment": str(amendment.uuid), "stance": "objects"}
    assert call(laid.cast.reviewer).post(POSITIONS, body).status_code == 201
    assert held(call(laid.cast.chair), f"?amendment={amendment.uuid}") == [
        ("IND", "objects", False)
    ]


def test_what_is_kept_to_a_delegation_is_told_to_it_alone(laid, call):
    body = {"clause": str(laid.first), "stance": "objects", "visibility": "delegation"}
    made = call(laid.cast.drafter).post(POSITIONS, body)
    assert made.json()["visibility"] == "delegation"
    assert len(held(call(laid.cast.drafter))) == 1
    for person in (laid.cast.chair, laid.cast.reviewer, laid.cast.observer):
        assert held(call(person)) == []
        said = call(person).get("charters/eurasia/convergence/").json()
        assert said["blocks"] == []


def test_a_position_is_on_one_thing_and_of_a_known_kind(laid, call):
    drafter = call(laid.cast.drafter)
    for wrong in ({}, {"clause": str(laid.first), "amendment": str(laid.first)}):
        answer = drafter.post(POSITIONS, {"stance": "agrees", **wrong})
        assert problem(answer)["code"] == "invalid"
    answer = drafter.post(POSITIONS, {"clause": str(laid.first), "stance": "withdrawn"})
    assert answer.status_code == 422
    answer = call(laid.cast.chair).post(POSITIONS, {"clause": str(laid.first), "stance": "agrees"})
    assert problem(answer)["code"] == "missing"


def test_a_clause_goes_up_the_ladder_in_the_revision_it_was_read_in(laid, call):
    chair, address = call(laid.cast.chair), f"charters/eurasia/clauses/{laid.first}/ladder/"
    seen = laid.charter.head
    assert problem(chair.post(address, {"rung": "agreed"}))["status"] == 428
    made = chair.post(address, {"rung": "agreed", "note": "In plenary"}, match=seen)
    assert made.status_code == 201
    assert made.json()["steps"][0]["now"] == "agreed"
    done = reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    answer = chair.post(address, {"rung": "agreed"}, match=seen)
    assert answer.status_code == 412
    reader = call(laid.cast.observer)
    (step,) = reader.get("charters/eurasia/ladder/").json()["steps"]
    assert (step["rung"], step["now"], step["fell"]) == ("agreed", "open", done.revision.number)
    (step,) = reader.get(f"charters/eurasia/ladder/?at={seen}").json()["steps"]
    assert step["now"] == "agreed"
    answer = call(laid.cast.drafter).post(address, {"rung": "agreed"}, match=seen)
    assert problem(answer)["code"] == "forbidden"


def test_convergence_is_the_matrix_with_what_blocks_and_its_course(laid, call):
    take_position(
        actor=laid.cast.drafter, charter=laid.charter, clause=laid.first, stance="objects"
    )
    said = call(laid.cast.observer).get(f"charters/eurasia/convergence/?since={2}").json()
    cells = {one["delegation"]: one for one in said["articles"][0]["delegations"]}
    codes = {one["id"]: one["code"] for one in said["delegations"]}
    assert {codes[id]: cell["stance"] for id, cell in cells.items()} == {
        "BLR": "objects",
        "IND": None,
    }
    assert said["articles"][0]["rung_before"] == "open"
    assert [one["citation"] for one in said["blocks"]] == ["Article 1(1)"]
    assert said["course"][-1]["blocking"] == 1


def test_the_lists_take_as_many_queries_however_long_they_are(laid, call, queries):
    def take(clause, stance: str) -> None:
        take_position(
            actor=laid.cast.drafter,
            charter=laid.charter,
            clause=clause,
            stance=stance,
            visibility=Visibility.ALL,
        )

    reader = call(laid.cast.observer)
    take(laid.first, "agrees")
    addresses = (POSITIONS, "charters/eurasia/convergence/")
    before = [queries(lambda address=address: reader.get(address)) for address in addresses]
    for clause in (laid.article, laid.second, laid.other):
        take(clause, "objects")
    after = [queries(lambda address=address: reader.get(address)) for address in addresses]
    assert after == before


def test_organisations_are_sums_of_their_members(laid, call):
    act = {"actor": laid.cast.chair, "charter": laid.charter}
    body = add_party(**act, kind="organisation", code="SCO", names={"en": "SCO"})
    for one in laid.charter.delegations.all():
        add_party_member(**act, organisation=body.pk, member=one.party_id)
    take_position(actor=laid.cast.drafter, charter=laid.charter, stance="agrees", clause=laid.first)
    said = call(laid.cast.observer).get("charters/eurasia/convergence/").json()
    assert said["organisations"] == [{"code": "SCO", "name": "SCO", "members": 2, "absent": 0}]
    (one,) = said["articles"][0]["organisations"]
    assert (one["organisation"], one["agrees"], one["silent"], one["own"]) == ("SCO", 1, 1, None)

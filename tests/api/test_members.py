"""Seats by the API."""

import pytest

from charter.actions.members import add_member
from charter.actions.parties import add_delegation, add_party
from charter.models import Membership
from tests.api.calling import problem
from tests.cast import person

LIST = "charters/eurasia/members/"


def there(table, somebody) -> str:
    return f"{LIST}{Membership.objects.get(charter=table.charter, person=somebody).pk}/"


def delegation(table) -> int:
    at = {"actor": table.cast.chair, "charter": table.charter}
    party = add_party(**at, kind="state", code="BLR", names={"en": "Belarus"})
    return add_delegation(**at, party=party.pk, standing="initiator").pk


def test_everybody_reads_who_sits_there_and_the_chair_alone_their_addresses(table, call):
    seen = call(table.cast.observer).get(LIST).json()["items"]
    assert [one["role"] for one in seen] == ["chair", "drafter", "reviewer", "observer"]
    assert {one["email"] for one in seen} == {None}
    assert table.cast.drafter.email not in call(table.cast.drafter).get(LIST).content.decode()
    chaired = call(table.cast.chair).get(LIST).json()["items"]
    assert chaired[1]["email"] == table.cast.drafter.email
    assert chaired[1]["person"] == str(table.cast.drafter.uuid)
    one = call(table.cast.observer).get(there(table, table.cast.drafter)).json()
    assert one == seen[1]


def test_a_member_gets_another_role_and_a_delegation(table, call):
    chair, address, team = (
        call(table.cast.chair),
        there(table, table.cast.observer),
        delegation(table),
    )
    tag = chair.get(address)["ETag"]
    body = {"role": "reviewer", "delegation": team}
    assert problem(chair.put(address, body))["code"] == "precondition_required"
    done = chair.put(address, body, match=tag)
    assert (done.json()["role"], done.json()["delegation"]) == ("reviewer", team)
    assert problem(chair.put(address, body, match=tag))["code"] == "stale"
    again = chair.put(address, {"role": "observer"}, match=done["ETag"])
    assert again.json()["delegation"] is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"role": "king"}, "invalid"),
        ({}, "invalid"),
        ({"role": "observer", "delegation": 10**8}, "no_such"),
        ({"role": "observer", "email": "other@example.org"}, "invalid"),
    ],
)
def test_a_role_of_the_charter_and_nothing_else_is_taken(table, call, body, code):
    chair, address = call(table.cast.chair), there(table, table.cast.drafter)
    answer = chair.put(address, body, match=chair.get(address)["ETag"])
    assert problem(answer)["code"] == code
    assert Membership.objects.get(person=table.cast.drafter).role == "drafter"


def test_a_seat_is_taken_away_and_the_charter_closes(table, call):
    chair, theirs = call(table.cast.chair), call(table.cast.observer)
    address = there(table, table.cast.observer)
    assert chair.delete(address, match=chair.get(address)["ETag"]).status_code == 204
    assert problem(theirs.get(LIST))["code"] == "not_found"
    assert problem(chair.get(address))["code"] == "not_found"


def test_the_last_chair_stays(table, call):
    chair, address = call(table.cast.chair), there(table, table.cast.chair)
    tag = chair.get(address)["ETag"]
    assert problem(chair.delete(address, match=tag))["code"] == "in_use"
    assert problem(chair.put(address, {"role": "observer"}, match=tag))["code"] == "in_use"


def test_only_the_chair_gives_and_takes(table, call):
    drafter, address = call(table.cast.drafter), there(table, table.cast.observer)
    for answer in (
        drafter.put(address, {"role": "chair"}, match='"x"'),
        drafter.delete(address, match='"x"'),
    ):
        assert problem(answer)["code"] == "forbidden"
    reader = call(table.cast.chair, "read")
    assert problem(reader.delete(address, match='"x"'))["code"] == "read_only_token"
    assert problem(call(table.cast.stranger).get(LIST))["code"] == "not_found"
    assert problem(call(None).get(LIST))["code"] == "not_signed_in"


def test_the_list_takes_as_many_queries_however_long_it_is(table, call, queries):
    caller, team = call(table.cast.chair), delegation(table)
    before = queries(lambda: caller.get(LIST))
    for nth in range(4):
        add_member(
            actor=table.cast.chair,
            charter=table.charter,
            person=person(f"further{nth}"),
            role="observer",
            delegation=team,
        )
    assert queries(lambda: caller.get(LIST)) == before <= 5

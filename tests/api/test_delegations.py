"""Delegations by the API."""

import pytest

from charter.actions.members import change_member
from charter.actions.parties import add_party
from charter.models import Membership
from tests.api.calling import problem

LIST = "charters/eurasia/delegations/"


@pytest.fixture
def party(table):
    at_table = {"actor": table.cast.chair, "charter": table.charter}
    return add_party(**at_table, kind="state", code="BLR", names={"en": "Belarus"})


def test_a_party_sends_a_delegation_whose_role_changes(party, table, call):
    chair = call(table.cast.chair)
    made = chair.post(LIST, {"party": party.pk, "standing": "observer"})
    assert (made.status_code, made.json()["seats"]) == (201, 0)
    twice = chair.post(LIST, {"party": party.pk, "standing": "observer"})
    assert problem(twice)["code"] == "already_there"
    there = made["Location"]
    tag = chair.get(there)["ETag"]
    assert problem(chair.put(there, {"standing": "initiator"}))["status"] == 428
    done = chair.put(there, {"standing": "initiator"}, match=tag)
    assert done.json()["standing"] == "initiator"
    assert problem(chair.put(there, {"standing": "invited"}, match=tag))["code"] == "stale"
    assert problem(chair.put(there, {"standing": "boss"}, match=tag))["status"] == 422


def test_a_delegation_with_people_in_it_stays(party, table, call):
    chair = call(table.cast.chair)
    made = chair.post(LIST, {"party": party.pk, "standing": "observer"})
    seat = Membership.objects.get(charter=table.charter, person=table.cast.observer)
    at_table = {"actor": table.cast.chair, "charter": table.charter, "member": seat.pk}
    change_member(**at_table, role="observer", delegation=made.json()["id"])
    there = made["Location"]
    said = chair.get(there)
    assert said.json()["seats"] == 1
    assert problem(chair.delete(there, match=said["ETag"]))["code"] == "in_use"
    change_member(**at_table, role="observer")
    again = chair.delete(there, match=chair.get(there)["ETag"])
    assert problem(again)["code"] == "in_use"  # somebody sat there, so it stays on record
    lines = chair.get(f"{there}seatings/").json()["lines"]
    assert [(one["kind"], one["person"]) for one in lines] == [
        ("left", "Observer"),
        ("seated", "Observer"),
    ]


def test_only_a_party_of_this_charter_sends_one(party, table, call):
    chair = call(table.cast.chair)
    for wrong in (0, 10**8, "BLR", None):
        answer = chair.post(LIST, {"party": wrong, "standing": "observer"})
        assert problem(answer)["status"] == 422
    drafter = call(table.cast.drafter)
    answer = drafter.post(LIST, {"party": party.pk, "standing": "observer"})
    assert problem(answer)["code"] == "forbidden"

"""The register by the API: periods, days, a table in and out, delegations, the room."""

import pytest
from django.utils import timezone

from charter.actions.amendments import draft_amendment
from charter.actions.parties import add_party
from charter.actions.presence import be_seen
from tests.api.calling import problem
from tests.builders import seated, tabled

LIST = "charters/eurasia/parties/"


@pytest.fixture
def body(table):
    """An organisation, and a state that may belong to it."""
    at = {"actor": table.cast.chair, "charter": table.charter}
    made = add_party(**at, kind="organisation", code="CSTO", names={"en": "The Treaty"})
    state = add_party(**at, kind="state", code="UZB", names={"en": "Uzbekistan"})
    return made.pk, state.pk


def test_memberships_have_periods_and_the_register_is_read_as_of_a_day(table, call, body):
    holder, state = body
    chair, members = call(table.cast.chair), f"{LIST}{holder}/members/"
    first = {"member": state, "since": "1992-05-15", "until": "1999-04-02"}
    made = chair.post(members, first)
    assert made.status_code == 201
    assert {"organisation": holder, **first}.items() <= made.json().items()
    assert call(table.cast.observer).get(made["Location"]).json() == made.json()
    assert problem(chair.post(members, {"member": state}))["code"] == "already_there"
    assert chair.post(members, {"member": state, "since": "2006-08-16"}).status_code == 201
    for on, belong in (("1995-01-01", [state]), ("2001-01-01", []), ("2010-01-01", [state])):
        said = chair.get(f"{LIST}{holder}/?on={on}").json()
        assert (said["members"], len(said["memberships"])) == (belong, 2)
        listed = {one["code"]: one for one in chair.get(f"{LIST}?on={on}").json()["items"]}
        assert listed["UZB"]["organisations"] == [holder for _one in belong]
    assert problem(chair.get(f"{LIST}?on=2001-1-1"))["code"] == "bad_query"


def test_a_membership_is_corrected_by_whoever_has_read_it(table, call, body):
    holder, state = body
    chair = call(table.cast.chair)
    there = chair.post(f"{LIST}{holder}/members/", {"member": state})["Location"]
    tag, days = chair.get(there)["ETag"], {"since": "2006-08-16", "until": "2012-12-19"}
    assert problem(chair.put(there, days))["code"] == "precondition_required"
    done = chair.put(there, days, match=tag)
    assert days.items() <= done.json().items()
    assert problem(chair.put(there, days, match=tag))["code"] == "stale"
    turned = {"since": "2012-12-19", "until": "2006-08-16"}
    assert problem(chair.put(there, turned, match=done["ETag"]))["code"] == "invalid"
    assert problem(call(table.cast.drafter).put(there, days))["code"] == "forbidden"
    assert chair.delete(there, match=done["ETag"]).status_code == 204
    assert chair.get(there).status_code == 404


def test_the_register_goes_out_and_comes_in(table, call, body):
    chair = call(table.cast.chair)
    out = chair.get(f"{LIST}export/").content.decode()
    tag = chair.get(f"{LIST}export/")["ETag"]
    again = chair.post(f"{LIST}import/", {"text": out}, match=tag)
    assert (again.status_code, again.json()["changed"]) == (200, False)
    more = out + "KAZ,state,,Kazakhstan,,CSTO,,\r\n"
    tried = chair.post(f"{LIST}import/preview/", {"text": more})
    assert [one["doing"] for one in tried.json()["parties"]] == ["leave", "leave", "add"]
    assert len(chair.get(LIST).json()["items"]) == 2
    done = chair.post(f"{LIST}import/", {"text": more}, match=tried["ETag"])
    assert done.json() == tried.json()
    assert len(chair.get(LIST).json()["items"]) == 3
    assert chair.get(f"{LIST}export/?format=xlsx").content.startswith(b"PK")


def test_a_register_is_taken_in_by_whoever_has_seen_what_it_changes(table, call, body):
    chair, path = call(table.cast.chair), f"{LIST}import/"
    whole = {"text": "code,kind,name_en\nCSTO,organisation,The Treaty\n", "whole": True}
    tag = chair.post(f"{LIST}import/preview/", whole)["ETag"]
    assert problem(chair.post(path, whole))["code"] == "precondition_required"
    assert problem(chair.post(path, whole, match=12))["code"] == "bad_precondition"
    told = {"kind": "state", "code": "KAZ", "names": {"en": "Kazakhstan"}}
    assert chair.post(LIST, told).status_code == 201
    moved = chair.post(path, whole, match=tag)
    said = problem(moved)
    assert (said["code"], said["status"]) == ("stale", 412)
    gone = [one["code"] for one in said["changes"]["parties"] if one["doing"] == "remove"]
    assert sorted(gone) == ["KAZ", "UZB"]
    assert len(chair.get(LIST).json()["items"]) == 3
    assert problem(call(table.cast.drafter).post(path, whole, match=tag))["code"] == "forbidden"
    assert chair.post(path, whole, match=moved["ETag"]).json() == said["changes"]
    assert [one["code"] for one in chair.get(LIST).json()["items"]] == ["CSTO"]


def test_a_table_with_mistakes_names_each_of_them(table, call, body):
    text, chair = "code,kind,name_en\nKAZ,planet,K\nTJK,,T\n", call(table.cast.chair)
    tag = chair.get(f"{LIST}export/")["ETag"]
    said = problem(chair.post(f"{LIST}import/", {"text": text}, match=tag))
    assert (said["code"], said["status"]) == ("flawed", 422)
    assert [(one["line"], one["column"]) for one in said["flaws"]] == [(2, "kind")]
    said = problem(chair.post(f"{LIST}import/", {"text": "code\nTJK\n"}, match=tag))
    assert {one["column"] for one in said["flaws"]} == {"kind", "name"}


def test_what_a_delegation_did_keeps_the_drafts_of_others_to_themselves(table, call):
    team = seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    open_ = tabled(table.charter, table.cast.drafter, table.first, "Something else.")
    draft = draft_amendment(actor=table.cast.drafter, charter=table.charter)
    path = f"charters/eurasia/delegations/{team.pk}/activity/"
    own = call(table.cast.drafter).get(path).json()["proposed"]
    assert set(own) == {str(open_.uuid), str(draft.uuid)}
    assert call(table.cast.chair).get(path).json()["proposed"] == [str(open_.uuid)]
    assert call(table.cast.stranger).get(path).status_code == 404


def test_the_room_is_seen_by_members_and_programs_are_not_in_it(table, call):
    path = "charters/eurasia/presence/"
    assert call(table.cast.observer).get(path).json()["items"] == []
    be_seen(person=table.cast.drafter, slug="eurasia", at=timezone.now())
    (one,) = call(table.cast.observer).get(path).json()["items"]
    assert (one["name"], one["when"]) == ("Drafter", "now")
    assert call(table.cast.stranger).get(path).status_code == 404

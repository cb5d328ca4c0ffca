"""Adopting by the API: what was planned, at the versions that were read, or an answer why not."""

import pytest

from charter.actions.amendments import describe_amendment
from charter.models import ChangeState, Wording
from tests.api.calling import problem
from tests.builders import FIRST, SECOND, reword, seated, tabled

ADOPT = "charters/eurasia/adoption/"
PLAN = ADOPT + "plan/"
UPHOLD, PROTECT = (FIRST.replace("respect", word) for word in ("uphold", "protect"))


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    table.charter.refresh_from_db()
    return table


def takings(*amendments, **more) -> list[dict]:
    found = []
    for one in amendments:
        one.refresh_from_db()
        found += [
            {"change": str(change.uuid), "version": one.version, **more}
            for change in one.changes.filter(state=ChangeState.OPEN)
        ]
    return found


def said(clause) -> str:
    return Wording.objects.get(clause=clause, language="en").text


def test_the_plan_is_what_is_adopted(laid, call):
    one = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    chair = call(laid.cast.chair)
    body = {"changes": takings(one)}
    plan = chair.post(PLAN, body).json()
    assert (plan["open"], plan["misfits"]) == (False, [])
    assert plan["words"][0]["words"]["text"] == UPHOLD
    (row,) = plan["outcome"]["clauses"]
    assert {"op": "insert", "text": "uphold"} in row["text"]
    assert said(laid.first) == FIRST
    done = chair.post(ADOPT, body | {"message": "As agreed"}, match=plan["head"])
    assert done.status_code == 201
    assert done.json()["amendments"] == [
        {"id": str(one.uuid), "symbol": "A-1", "status": "adopted"}
    ]
    revision = chair.get(done["Location"]).json()
    assert (revision["message"], revision["cause"]) == ("As agreed", "amendment")
    assert revision["adopted"] == [
        {"id": str(one.uuid), "symbol": "A-1", "title": "A better text", "by": ["BLR"]}
    ]
    assert said(laid.first) == UPHOLD
    assert done["ETag"] == chair.get("charters/eurasia/text/")["ETag"]


def test_changes_that_collide_are_answered_with_the_plan_and_settled(laid, call):
    rivals = [
        tabled(laid.charter, person, laid.first, text)
        for person, text in ((laid.cast.drafter, UPHOLD), (laid.cast.reviewer, PROTECT))
    ]
    chair = call(laid.cast.chair)
    body = {"changes": takings(*rivals)}
    plan = chair.post(PLAN, body).json()
    assert (plan["open"], plan["outcome"]) == (True, None)
    head = plan.pop("head")
    refused = problem(chair.post(ADOPT, body, match=head))
    assert (refused["code"], refused["status"]) == ("collide", 409)
    assert refused["plan"] == {"head": head} | {k: v for k, v in plan.items() if k != "outcome"}
    (collision,) = refused["plan"]["words"][0]["collisions"]
    assert (collision["before"].strip(), collision["after"].strip()) == ("respect", "protect")
    own = FIRST.replace("respect", "uphold and protect")
    settled = [{"clause": str(laid.first), "language": "en", "words": {"text": own}}]
    done = chair.post(ADOPT, body | {"settled": settled}, match=head)
    assert [one["symbol"] for one in done.json()["amendments"]] == ["A-1", "A-2"]
    assert said(laid.first) == own


def test_part_of_a_change_is_adopted_by_the_places_of_its_redline(laid, call):
    both = UPHOLD.replace("each Party", "all Parties")
    one = tabled(laid.charter, laid.cast.drafter, laid.first, both)
    chair = call(laid.cast.chair)
    (change,) = chair.get(f"charters/eurasia/amendments/{one.uuid}/").json()["changes"]
    spans = change["words"]["text"]
    chosen = [place for place, span in enumerate(spans) if span["text"] in ("respect", "uphold")]
    done = chair.post(
        ADOPT, {"changes": takings(one, text=chosen, heading=[])}, match=laid.charter.head
    )
    assert done.json()["amendments"][0]["status"] == "partly_adopted"
    assert said(laid.first) == UPHOLD
    nowhere = {"changes": takings(one, text=[9999])}
    assert problem(chair.post(PLAN, nowhere))["code"] == "stale"


def test_nothing_is_adopted_but_what_was_seen(laid, call):
    one = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    chair, body, head = call(laid.cast.chair), {"changes": takings(one)}, laid.charter.head
    assert problem(chair.post(ADOPT, body))["code"] == "precondition_required"
    reword(laid.charter, laid.cast.drafter, laid.second, SECOND + " Ever.")
    assert problem(chair.post(ADOPT, body, match=head))["status"] == 412
    describe_amendment(
        actor=laid.cast.drafter,
        charter=laid.charter,
        amendment=one.uuid,
        title="Another",
        rationale="",
    )
    assert problem(chair.post(ADOPT, body, match=head + 1))["status"] == 412
    assert problem(chair.post(PLAN, body))["status"] == 412
    done = chair.post(ADOPT, {"changes": takings(one)}, match=head + 1, key="once")
    again = chair.post(ADOPT, {"changes": takings(one)}, match=head + 1)
    assert (done.status_code, problem(again)["status"]) == (201, 412)


def test_only_the_chair_adopts_and_only_what_there_is(laid, call):
    one = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    drafter, chair = call(laid.cast.drafter), call(laid.cast.chair)
    body, head = {"changes": takings(one)}, laid.charter.head
    assert problem(drafter.post(ADOPT, body, match=head))["code"] == "forbidden"
    assert problem(drafter.post(PLAN, body))["code"] == "forbidden"
    assert problem(chair.post(PLAN, {"changes": []}))["code"] == "missing"
    unknown = {"changes": [{"change": str(laid.first), "version": 1}]}
    assert problem(chair.post(PLAN, unknown))["code"] == "no_such"
    assert problem(chair.post(PLAN, {"changes": [{"change": 1}]}))["status"] == 422

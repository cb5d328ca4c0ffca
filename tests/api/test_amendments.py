"""Amendments by the API: the same rights as on the pages, written by their version."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.utils import timezone

from charter.actions.amendments import draft_amendment, join_amendment, withdraw_amendment
from charter.models import Amendment
from tests.api.calling import problem
from tests.builders import FIRST, reword, seated, tabled

LIST = "charters/eurasia/amendments/"
UPHOLD = FIRST.replace("respect", "uphold")


@pytest.fixture
def laid(table):
    """The drafter sits for Belarus, the reviewer for India."""
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    table.charter.refresh_from_db()
    return table


@pytest.fixture
def draft(laid):
    return draft_amendment(actor=laid.cast.drafter, charter=laid.charter, title="On sovereignty")


def at(amendment) -> str:
    return f"{LIST}{amendment.uuid}/"


def test_an_amendment_is_drafted_filled_and_tabled(laid, call):
    drafter = call(laid.cast.drafter)
    made = drafter.post(LIST, {"title": "On sovereignty", "rationale": "It matters."})
    assert made.status_code == 201
    assert (made.json()["symbol"], made.json()["status"], made.json()["by"]) == ("", "draft", "BLR")
    assert made.json()["author_id"] == str(laid.cast.drafter.uuid)
    there = made["Location"]
    asked = drafter.post(
        there + "rewordings/",
        {"clause": str(laid.first), "words": {"text": UPHOLD}},
        match=made["ETag"],
    )
    assert asked.status_code == 201
    (change,) = asked.json()["changes"]
    assert asked["Location"].endswith(f"/changes/{change['id']}/")
    assert {"op": "insert", "text": "uphold"} in change["words"]["text"]
    assert (change["standing"], change["citation"]) == ("clean", "Article 1(1)")
    done = drafter.post(there + "table/", match=asked["ETag"])
    assert (done.json()["symbol"], done.json()["status"]) == ("A-1", "tabled")
    assert [one["kind"] for one in done.json()["log"]] == ["drafted", "tabled"]
    assert call(laid.cast.observer).get(there).json()["changes"] == done.json()["changes"]


def test_every_kind_of_change_can_be_asked_for_and_dropped(laid, call, draft):
    drafter, there = call(laid.cast.drafter), at(draft)
    article = {
        "kind": "article",
        "heading": "Peace",
        "clauses": [{"kind": "paragraph", "text": "One."}, {"kind": "paragraph", "text": "Two."}],
    }
    for path, body in (
        ("insertions/", {"clauses": [article], "after": str(laid.article)}),
        ("strikes/", {"clause": str(laid.second)}),
        ("moves/", {"clause": str(laid.other)}),
    ):
        version = drafter.get(there).json()["version"]
        assert drafter.post(there + path, body, match=version).status_code == 201, path
    said = drafter.get(there).json()
    assert [one["act"] for one in said["changes"]] == ["insert", "strike", "move"]
    (planted,) = said["changes"][0]["planted"]
    assert [one["text"] for one in planted["clauses"]] == ["One.", "Two."]
    assert said["changes"][0]["after"] == str(laid.article)
    where = f"{there}changes/{said['changes'][1]['id']}/"
    assert drafter.get(where).json() == said["changes"][1]
    left = drafter.delete(where, match=said["version"])
    assert [one["act"] for one in left.json()["changes"]] == ["insert", "move"]
    assert problem(drafter.delete(where, match=left["ETag"]))["code"] == "not_found"


def test_a_draft_is_nowhere_for_others(laid, call, draft):
    drafter = call(laid.cast.drafter)
    asked = drafter.post(at(draft) + "strikes/", {"clause": str(laid.other)}, match=1)
    change = f"changes/{asked.json()['changes'][0]['id']}/"
    for person in (laid.cast.chair, laid.cast.reviewer):
        other = call(person)
        assert other.get(LIST).json()["items"] == []
        assert other.get(f"{LIST}?status=draft").json()["items"] == []
        for path in ("", change):
            assert problem(other.get(at(draft) + path))["code"] == "not_found"
        for path, body in (("table/", None), ("join/", None), ("withdraw/", {}), ("moves/", {})):
            nowhere = problem(other.post(f"{LIST}{uuid4()}/{path}", body, match=1))
            assert problem(other.post(at(draft) + path, body, match=1)) == nowhere
        assert draft.title not in other.get("charters/eurasia/rolling/").content.decode()
    rival = tabled(laid.charter, laid.cast.reviewer, laid.first, UPHOLD)
    body, version = {"other": str(draft.uuid)}, rival.version
    said = problem(call(laid.cast.chair).post(at(rival) + "supersede/", body, match=version))
    assert said["code"] == "no_such"


def test_what_has_changed_meanwhile_is_not_written_over(laid, call, draft):
    drafter, there = call(laid.cast.drafter), at(draft)
    tag = drafter.get(there)["ETag"]
    assert problem(drafter.patch(there, {"title": "x"}))["code"] == "precondition_required"
    assert problem(drafter.patch(there, {"title": "x"}, match='"x"'))["code"] == "bad_precondition"
    done = drafter.patch(there, {"title": "On equality"}, match=tag)
    assert done.json()["title"] == "On equality"
    assert problem(drafter.patch(there, {"rationale": "x"}, match=tag))["code"] == "stale"
    again = drafter.patch(there, {"rationale": "Why not."}, match=done.json()["version"])
    assert (again.json()["title"], again.json()["rationale"]) == ("On equality", "Why not.")


def test_carrying_sends_an_amendment_anew_and_leaves_its_version(laid, call):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    drafter, there = call(laid.cast.drafter), at(made)
    before = drafter.get(there)
    assert drafter.get(there, If_None_Match=before["ETag"]).status_code == 304
    reword(laid.charter, laid.cast.chair, laid.first, FIRST.replace("respect", "protect"))
    after = drafter.get(there, If_None_Match=before["ETag"])
    assert after.json()["changes"][0]["standing"] == "conflict"
    assert after.json()["version"] == before.json()["version"]
    assert drafter.patch(there, {"title": "Mine"}, match=before["ETag"]).status_code == 200


def test_only_whoever_proposed_it_changes_it_and_others_join(laid, call):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    india = call(laid.cast.reviewer)
    version = india.get(at(made)).json()["version"]
    assert problem(india.patch(at(made), {"title": "x"}, match=version))["code"] == "invalid"
    assert problem(india.post(at(made) + "withdraw/", {}, match=version))["code"] == "invalid"
    assert india.post(at(made) + "join/").json()["sponsors"] == ["IND"]
    assert problem(india.post(at(made) + "join/"))["code"] == "already_there"
    assert india.post(at(made) + "leave/").json()["sponsors"] == []
    assert problem(india.post(at(made) + "leave/"))["code"] == "no_such"
    assert problem(call(laid.cast.observer).post(at(made) + "join/"))["code"] == "forbidden"


def test_the_chair_settles_what_is_on_the_table(laid, call):
    one, two = (
        tabled(laid.charter, laid.cast.drafter, clause, UPHOLD)
        for clause in (laid.first, laid.second)
    )
    chair = call(laid.cast.chair)
    said = {"other": str(two.uuid), "note": "Merged"}
    done = chair.post(at(one) + "supersede/", said, match=one.version)
    assert (done.json()["status"], done.json()["log"][-1]["other"]) == ("superseded", "A-2")
    rejected = chair.post(at(two) + "reject/", {"note": "No"}, match=two.version)
    assert (
        rejected.json()["log"][-1] | {"note": "No", "kind": "rejected"}
        == (rejected.json()["log"][-1])
    )
    late = chair.post(at(two) + "reject/", {}, match=rejected["ETag"])
    assert problem(late)["code"] == "invalid"


def test_the_list_comes_by_status_and_in_pages(laid, call):
    made = [tabled(laid.charter, laid.cast.drafter, laid.first, f"Words {n}.") for n in range(3)]
    withdraw_amendment(actor=laid.cast.drafter, charter=laid.charter, amendment=made[1].uuid)
    caller = call(laid.cast.observer)
    first = caller.get(f"{LIST}?status=tabled&limit=1").json()
    assert [one["symbol"] for one in first["items"]] == ["A-1"]
    last = caller.get(first["next"].removeprefix("http://testserver")).json()
    assert ([one["symbol"] for one in last["items"]], last["next"]) == (["A-3"], None)
    both = caller.get(f"{LIST}?status=tabled&status=withdrawn").json()["items"]
    assert [one["symbol"] for one in both] == ["A-1", "A-2", "A-3"]
    assert problem(caller.get(f"{LIST}?status=open"))["code"] == "bad_query"


def test_what_cannot_be_asked_for_is_refused(laid, call, draft):
    drafter, there = call(laid.cast.drafter), at(draft)
    inside_out = {"kind": "paragraph", "clauses": [{"kind": "article"}]}
    for path, body, code in (
        ("strikes/", {"clause": str(uuid4())}, "no_such"),
        ("rewordings/", {"clause": str(laid.first), "words": {}}, "invalid"),
        ("rewordings/", {"clause": str(laid.first), "words": {"text": "[One"}}, "unbalanced"),
        ("rewordings/", {"clause": str(laid.first), "words": {"tekst": ""}}, "invalid"),
        ("insertions/", {"clauses": []}, "missing"),
        ("insertions/", {"clauses": [{"kind": "article", "id": "x"}]}, "invalid"),
        ("insertions/", {"clauses": [inside_out]}, "would_not_nest"),
    ):
        assert problem(drafter.post(there + path, body, match=1))["code"] == code, body
    assert problem(drafter.post(there + "table/", match=1))["code"] == "missing"
    assert Amendment.objects.get().version == 1


def test_the_same_request_twice_has_one_effect(laid, call, draft):
    drafter = call(laid.cast.drafter)
    body = {"clause": str(laid.other)}
    first = drafter.post(at(draft) + "strikes/", body, match=1, key="once")
    again = drafter.post(at(draft) + "strikes/", body, match=1, key="once")
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]


def test_the_list_and_an_amendment_take_as_many_queries_whatever_is_in_them(laid, call, queries):
    caller = call(laid.cast.observer)
    made = tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)
    few = queries(lambda: caller.get(LIST)), queries(lambda: caller.get(at(made)))
    for number in range(4):
        tabled(laid.charter, laid.cast.drafter, laid.first, f"Words {number}.")
    drafter = call(laid.cast.drafter)
    for clause in (laid.second, laid.other):
        version = drafter.get(at(made)).json()["version"]
        assert (
            drafter.post(at(made) + "strikes/", {"clause": str(clause)}, match=version).status_code
            == 201
        )
    assert (queries(lambda: caller.get(LIST)), queries(lambda: caller.get(at(made)))) == few
    assert max(few) <= 16


def test_the_list_gives_what_changed_since(laid, call):
    client = call(laid.cast.drafter)
    first = tabled(laid.charter, laid.cast.drafter, laid.first, FIRST.replace("shall", "should"))
    tabled(laid.charter, laid.cast.drafter, laid.other, "Closed.")

    def listed(**query) -> list[str]:
        found = client.get(f"{LIST}?{urlencode(query)}").json()["items"]
        return [one["symbol"] for one in found]

    laid.charter.refresh_from_db()
    then, head = timezone.now(), laid.charter.head
    assert listed(changed_since=then.isoformat()) == []
    reword(laid.charter, laid.cast.chair, laid.first, FIRST + " So.")
    assert listed(since=head) == ["A-1", "A-2"]  # tabled after that revision
    assert listed(since=head + 1) == []
    assert listed(changed_since=then.isoformat()) == ["A-1"]
    join_amendment(actor=laid.cast.reviewer, charter=laid.charter, amendment=first.uuid)
    assert listed(since=head + 1) == ["A-1"]
    assert client.get(f"{LIST}?since=99").status_code == 404
    assert client.get(f"{LIST}?changed_since=yesterday").status_code == 400
    assert client.get(f"{LIST}?changed_since=2026-11-01T12:00:00").status_code == 400  # whose noon?


def test_what_has_no_title_is_not_tabled(laid, call):
    drafter = call(laid.cast.drafter)
    made = drafter.post(LIST, {})
    asked = drafter.post(
        made["Location"] + "strikes/", {"clause": str(laid.second)}, match=made["ETag"]
    )
    here = made["Location"]
    refused = drafter.post(here + "table/", match=asked["ETag"])
    assert (refused.status_code, problem(refused)["code"]) == (422, "missing")
    titled = drafter.patch(here, {"title": "Shorter"}, match=asked["ETag"])
    assert drafter.post(here + "table/", match=titled["ETag"]).json()["symbol"] == "A-1"

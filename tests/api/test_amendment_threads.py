"""Discussion of amendments through the API: on words they propose, and drafts kept within."""

from uuid import UUID

import pytest

from charter.actions.amendments import table_amendment
from charter.actions.proposals import propose_strike
from charter.models import AmendmentThread
from tests.api.calling import problem
from tests.builders import FIRST, seated, tabled

pytestmark = pytest.mark.django_db

UPHOLD = FIRST.replace("respect", "uphold")


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")
    seated(table.charter, table.cast.chair, table.cast.reviewer, "IND")
    return table


@pytest.fixture
def made(laid):
    return tabled(laid.charter, laid.cast.drafter, laid.first, UPHOLD)


def at(made, rest: str = "") -> str:
    return f"charters/eurasia/amendments/{made.uuid}/{rest}"


def on_words(made) -> dict:
    start = UPHOLD.index("uphold")
    made.refresh_from_db()
    change = str(made.changes.get(state="open").uuid)
    words = {"change": change, "start": start, "end": start + 6, "version": made.version}
    return words | {"text": "Vague."}


def test_a_thread_is_opened_on_words_answered_settled_and_moved(laid, call, made):
    client = call(laid.cast.reviewer)
    answer = client.post(at(made, "threads/"), on_words(made))
    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["quote"], shown["state"], shown["within"]) == ("uphold", "exact", False)
    here = at(made, f"threads/{shown['id']}/")
    assert answer["Location"].endswith(here)
    assert client.post(here + "comments/", {"text": "Very."}).status_code == 201
    assert client.post(here + "resolve/").json()["resolved_by"] == "Reviewer"
    assert client.post(here + "reopen/").json()["resolved_at"] is None
    assert client.post(here + "reanchor/", {"start": 0, "end": 11}).json()["quote"] == "The Parties"
    listed = call(laid.cast.observer, "read").get(at(made, "threads/")).json()["items"]
    assert [[one["text"] for one in thread["comments"]] for thread in listed] == [
        ["Vague.", "Very."]
    ]


def test_the_resolved_are_told_apart(laid, call, made):
    client = call(laid.cast.reviewer)
    first = client.post(at(made, "threads/"), {"text": "One"}).json()["id"]
    client.post(at(made, "threads/"), {"text": "Two"})
    client.post(at(made, f"threads/{first}/resolve/"))
    resolved = client.get(at(made, "threads/?resolved=true")).json()["items"]
    assert [one["id"] for one in resolved] == [first]


def test_what_is_said_of_a_draft_is_not_there_for_others(laid, call, made):
    client = call(laid.cast.drafter)
    draft = client.post("charters/eurasia/amendments/", {"title": "Quietly"}).json()["id"]
    where = f"charters/eurasia/amendments/{draft}/threads/"
    inner = client.post(where, {"text": "Our line."}).json()
    assert inner["within"]
    assert call(laid.cast.reviewer).get(where).status_code == 404
    act = {"actor": laid.cast.drafter, "charter": laid.charter, "amendment": UUID(draft)}
    propose_strike(**act, clause=laid.second)
    table_amendment(**act)
    for person in (laid.cast.reviewer, laid.cast.chair):
        other = call(person)
        assert other.get(where).json()["items"] == []
        assert other.get(f"{where}{inner['id']}/").status_code == 404
        assert other.post(f"{where}{inner['id']}/comments/", {"text": "Aha"}).status_code == 404
    assert client.get(f"{where}{inner['id']}/").status_code == 200


def test_reading_is_not_speaking(laid, call, made):
    answer = call(laid.cast.observer).post(at(made, "threads/"), {"text": "I?"})
    assert answer.status_code == 403
    assert call(laid.cast.stranger).get(at(made, "threads/")).status_code == 404


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"text": " "}, 422),
        ({"end": 10_000}, 422),
        ({"start": 30, "end": 20}, 422),
        ({"change": "4d3bb7f1-0e84-4a4a-8b3c-3f2b9a5f6a11"}, 422),
        ({"version": 99}, 412),
        ({"surprise": 1}, 422),
    ],
)
def test_what_cannot_be_opened_is_refused(laid, call, made, more, status):
    answer = call(laid.cast.reviewer).post(at(made, "threads/"), on_words(made) | more)
    assert answer.status_code == status, problem(answer)
    assert not AmendmentThread.objects.exists()


def test_the_effect_on_numbers_is_said(laid, call, made):
    client = call(laid.cast.drafter)
    assert client.get(at(made, "effect/")).json() == {"renumbered": [], "references": []}
    act = {"actor": laid.cast.drafter, "charter": laid.charter, "amendment": made.uuid}
    propose_strike(**act, clause=laid.first)
    said = client.get(at(made, "effect/")).json()
    assert {"clause": str(laid.second), "before": "Article 1(2)", "after": "Article 1"} in (
        said["renumbered"]
    )


def test_queries_are_constant(laid, call, made, queries):
    client = call(laid.cast.reviewer)
    client.post(at(made, "threads/"), on_words(made))
    client.get(at(made, "threads/"))
    few = queries(lambda: client.get(at(made, "threads/")))
    for _each in range(5):
        client.post(at(made, "threads/"), {"text": "More"})
    assert queries(lambda: client.get(at(made, "threads/"))) == few


def test_search_pages_through_what_was_said_of_amendments(laid, call, made):
    client = call(laid.cast.reviewer)
    for _each in range(3):
        client.post(at(made, "threads/"), {"text": "Vague."})
    address, seen = "charters/eurasia/search/?q=vague&in=discussion&limit=2", []
    while address:
        page = client.get(address).json()
        seen += page["items"]
        address = (page["next"] or "").removeprefix("http://testserver")
    assert len({one["amendment_thread"] for one in seen}) == len(seen) == 3
    assert {one["amendment"] for one in seen} == {str(made.uuid)}
    assert {one["thread"] for one in seen} == {None}

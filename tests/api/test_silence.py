"""Silence procedures by the API."""

from datetime import UTC, datetime, timedelta

import pytest

from charter.actions.silence_expiry import end_due
from tests.api.calling import problem
from tests.builders import reword, seated, tabled

SILENCE = "charters/eurasia/silence/"


def later(days: float = 5) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")


@pytest.fixture
def laid(table):
    seated(table.charter, table.cast.chair, table.cast.reviewer, "KAZ")
    table.charter.refresh_from_db()
    return table


def opened(laid, call, **more):
    body = {"clauses": [str(laid.article)], "deadline": later(), **more}
    return call(laid.cast.chair).post(SILENCE, body, match=laid.charter.head)


def test_the_chair_opens_one_and_everybody_reads_it(laid, call):
    made = opened(laid, call, invitation="Please.")
    assert made.status_code == 201
    assert made["Location"] == "/api/v1/charters/eurasia/silence/1/"
    shown = call(laid.cast.observer).get(SILENCE + "1/").json()
    assert shown == made.json()
    assert (shown["symbol"], shown["phase"], shown["rung"]) == ("S-1", "running", "ad_referendum")
    assert shown["items"] == [
        {"clause": str(laid.article), "amendment": None, "citation": "Article 1"}
    ]
    assert shown["deadline"].endswith("Z")
    listed = call(laid.cast.observer).get(SILENCE + "?state=running").json()["items"]
    assert [one["number"] for one in listed] == [1]
    assert call(laid.cast.observer).get(SILENCE + "?state=broken").json()["items"] == []


@pytest.mark.parametrize(
    ("more", "code", "status"),
    [
        ({"deadline": "2020-01-01T00:00:00Z"}, "invalid", 422),
        ({"deadline": "2099-01-01T00:00:00Z"}, "invalid", 422),
        ({"deadline": "2026-12-24T12:00:00"}, "invalid", 422),  # no offset
        ({"clauses": []}, "missing", 422),
        ({"rung": "open"}, "invalid", 422),
        ({"edition": 1}, "invalid", 422),
        ({"clauses": ["5b1d3d5e-0000-4000-8000-000000000000"]}, "no_such", 422),
    ],
)
def test_what_is_refused_says_why(laid, call, more, code, status):
    said = problem(opened(laid, call, **more))
    assert (said["code"], said["status"]) == (code, status)


def test_it_is_opened_on_the_text_that_was_read(laid, call):
    reword(laid.charter, laid.cast.drafter, laid.other, "Other words.")
    body = {"clauses": [str(laid.article)], "deadline": later()}
    chair = call(laid.cast.chair)
    assert problem(chair.post(SILENCE, body, match=5))["code"] == "stale"
    assert problem(chair.post(SILENCE, body))["code"] == "precondition_required"
    laid.charter.refresh_from_db()
    assert opened(laid, call).status_code == 201
    assert problem(opened(laid, call))["code"] == "already_there"


def test_a_delegation_breaks_it_once_and_a_retry_is_harmless(laid, call):
    opened(laid, call)
    reviewer = call(laid.cast.reviewer)
    body = {"reason": "Against instructions."}
    first = reviewer.post(SILENCE + "1/break/", body, key="once")
    assert (first.status_code, first.json()["state"]) == (200, "broken")
    turn = first.json()["log"][-1]
    assert (turn["delegation"], turn["actor"]) == ("KAZ", "Reviewer")
    again = reviewer.post(SILENCE + "1/break/", body, key="once")
    assert again.json() == first.json()
    assert problem(reviewer.post(SILENCE + "1/break/", body))["code"] == "over"
    drafter = call(laid.cast.drafter)
    assert problem(drafter.post(SILENCE + "1/break/", body))["code"] == "over"


def test_the_chair_extends_it_and_calls_it_off(laid, call):
    opened(laid, call)
    chair = call(laid.cast.chair)
    assert problem(chair.post(SILENCE + "1/extend/", {"deadline": later(1)}))["code"] == "invalid"
    extended = chair.post(SILENCE + "1/extend/", {"deadline": later(9)})
    assert extended.json()["log"][-1]["kind"] == "extended"
    assert problem(chair.post(SILENCE + "1/call-off/", {"note": " "}))["code"] == "missing"
    off = chair.post(SILENCE + "1/call-off/", {"note": "Not ripe."})
    assert off.json()["state"] == "called_off"


def test_an_adoption_names_its_revision_and_a_failure_its_reason(laid, call):
    made = tabled(laid.charter, laid.cast.drafter, laid.first, "Words by silence.")
    laid.charter.refresh_from_db()
    opened(laid, call, clauses=[], amendments=[str(made.uuid)])
    opened(laid, call, clauses=[str(laid.other)])
    reword(laid.charter, laid.cast.drafter, laid.other, "Other words.")
    assert end_due(datetime.now(UTC) + timedelta(days=6)) == 2
    chair = call(laid.cast.chair)
    adopted, failed = (chair.get(f"{SILENCE}{number}/").json() for number in (1, 2))
    assert (adopted["phase"], adopted["log"][-1]["revision"]) == ("adopted", 7)
    turn = failed["log"][-1]
    assert (turn["failure"], turn["revision"], turn["about"]) == ("changed", 6, "Article 2")


def test_the_list_takes_as_many_queries_however_many_there_are(laid, call, queries):
    opened(laid, call)
    observer = call(laid.cast.observer)
    observer.get(SILENCE)
    before = queries(lambda: observer.get(SILENCE))
    for clause in (laid.first, laid.second, laid.other):
        opened(laid, call, clauses=[str(clause)])
    assert queries(lambda: observer.get(SILENCE)) == before

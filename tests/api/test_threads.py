"""Discussion by the API."""

import pytest

from charter.models import Comment
from tests.api.calling import problem
from tests.builders import FIRST, reword

THREADS = "charters/eurasia/threads/"
AT = FIRST.index("sovereignty")


@pytest.fixture
def opened(table, call):
    body = {"clause": str(table.first), "start": AT, "end": AT + 11, "text": "Whose?"}
    made = call(table.cast.reviewer).post(THREADS, body)
    assert made.status_code == 201
    return made.json()


def test_a_thread_keeps_to_its_words_and_is_answered_and_settled(opened, table, call):
    assert (opened["quote"], opened["state"]) == ("sovereignty", "exact")
    there = f"{THREADS}{opened['id']}/"
    chair = call(table.cast.chair)
    reword(table.charter, table.cast.chair, table.first, "In peace, " + FIRST)
    said = chair.post(there + "comments/", {"text": "Everybody's."}).json()
    assert (said["start"], said["quote"]) == (AT + 10, "sovereignty")
    assert [one["text"] for one in said["comments"]] == ["Whose?", "Everybody's."]
    assert [one["author_id"] for one in said["comments"]] == [
        str(table.cast.reviewer.uuid),
        str(table.cast.chair.uuid),
    ]
    settled = chair.post(there + "resolve/").json()
    by = (settled["resolved_by"], settled["resolved_by_id"])
    assert by == ("Chair", str(table.cast.chair.uuid))
    assert chair.get(THREADS + "?resolved=false").json()["items"] == []
    assert len(chair.get(THREADS + "?resolved=true").json()["items"]) == 1
    assert chair.post(there + "reopen/").json()["resolved_at"] is None


def test_a_thread_chosen_in_an_older_text_is_about_the_same_words(table, call):
    reword(table.charter, table.cast.chair, table.first, "In peace, " + FIRST)
    body = {"clause": str(table.first), "revision": 5, "start": AT, "end": AT + 11, "text": "?"}
    made = call(table.cast.reviewer).post(THREADS, body).json()
    assert (made["start"], made["quote"]) == (AT + 10, "sovereignty")


def test_a_thread_is_put_on_other_words(opened, table, call):
    there = f"{THREADS}{opened['id']}/reanchor/"
    reviewer = call(table.cast.reviewer)
    moved = reviewer.post(there, {"start": 4, "end": 11}).json()
    assert moved["quote"] == "Parties"
    assert problem(reviewer.post(there, {"start": 4, "end": 10**6}))["code"] == "invalid"
    assert problem(reviewer.post(there, {"revision": 99}))["code"] == "no_such"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"text": "  "}, 422),
        ({"text": "a" * 20_001}, 422),
        ({"start": 5, "end": 4}, 422),
        ({"start": -1}, 422),
        ({"language": "fr"}, 422),
        ({"clause": "00000000-0000-4000-8000-000000000000"}, 422),
    ],
)
def test_a_thread_that_cannot_be_is_not_opened(more, status, table, call):
    body = {"clause": str(table.first), "text": "Why?", **more}
    assert problem(call(table.cast.reviewer).post(THREADS, body))["status"] == status
    assert not Comment.objects.exists()


def test_threads_are_found_by_their_clause(opened, table, call):
    observer = call(table.cast.observer)
    assert len(observer.get(f"{THREADS}?clause={table.first}").json()["items"]) == 1
    assert observer.get(f"{THREADS}?clause={table.second}").json()["items"] == []
    assert problem(observer.get(f"{THREADS}?clause=1"))["code"] == "bad_query"


def test_the_discussion_is_read_as_it_stood_at_a_revision(opened, table, call):
    there, chair = f"{THREADS}{opened['id']}/", call(table.cast.chair)
    reword(table.charter, table.cast.chair, table.first, "In peace, " + FIRST)
    reword(table.charter, table.cast.chair, table.first, "Nothing of the kind.")
    chair.post(there + "comments/", {"text": "Gone."})
    chair.post(there + "resolve/")
    reword(table.charter, table.cast.chair, table.second, "Something else.")
    for at, start, state, said in ((5, AT, "exact", 1), (6, AT + 10, "exact", 1)):
        (one,) = chair.get(f"{THREADS}?at={at}").json()["items"]
        assert (one["start"], one["state"], len(one["comments"])) == (start, state, said)
        assert (one["quote"], one["resolved_at"]) == ("sovereignty", None)
        assert chair.get(f"{there}?at={at}").json() == one
        assert chair.get(f"{THREADS}?at={at}&resolved=true").json()["items"] == []
    then = chair.get(f"{there}?at=7").json()
    assert (then["state"], len(then["comments"]), then["resolved_by"]) == ("orphaned", 2, "")
    now = chair.get(f"{there}?at=8").json()
    assert now == chair.get(there).json()
    assert now["resolved_by"] == "Chair"


def test_what_was_settled_by_then_is_told_from_what_was_open(opened, table, call):
    there, chair = f"{THREADS}{opened['id']}/", call(table.cast.chair)
    chair.post(there + "resolve/")
    for text in ("Other words.", "Yet others."):
        reword(table.charter, table.cast.chair, table.second, text)
    for query, found in (("", 1), ("&resolved=true", 1), ("&resolved=false", 0)):
        items = chair.get(f"{THREADS}?at=6{query}").json()["items"]
        assert [one["resolved_by"] for one in items] == ["Chair"] * found, query
    assert chair.get(f"{THREADS}?at=6&clause={table.second}").json()["items"] == []


def test_a_thread_that_was_not_opened_yet_is_not_there(opened, table, call):
    reword(table.charter, table.cast.chair, table.second, "Other words.")
    observer = call(table.cast.observer)
    assert observer.get(f"{THREADS}?at=4").json()["items"] == []
    assert problem(observer.get(f"{THREADS}{opened['id']}/?at=4"))["code"] == "not_found"
    assert problem(observer.get(f"{THREADS}?at=99"))["code"] == "not_found"
    assert problem(observer.get(f"{THREADS}?at=0"))["code"] == "bad_query"
    assert call(table.cast.stranger).get(f"{THREADS}?at=4").status_code == 404


def test_what_an_earlier_discussion_costs_does_not_grow_with_it(opened, table, call, queries):
    reword(table.charter, table.cast.chair, table.second, "Other words.")
    observer = call(table.cast.observer)
    few = queries(lambda: observer.get(f"{THREADS}?at=5"))
    for text in ("And?", "So?", "Then?"):
        body = {"clause": str(table.first), "revision": 5, "start": 0, "end": 3, "text": text}
        assert call(table.cast.reviewer).post(THREADS, body).status_code == 201
    reword(table.charter, table.cast.chair, table.second, "Yet others.")
    assert len(observer.get(f"{THREADS}?at=6").json()["items"]) == 4
    assert queries(lambda: observer.get(f"{THREADS}?at=6")) == few

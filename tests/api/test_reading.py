"""What every read has in common: tags and 304, compression, pages, a known number of queries."""

import gzip
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from charter.actions.clauses import insert_clause
from charter.actions.threads import open_thread
from charter.actions.values import Words
from tests.api.asks import OF_CHARTERS
from tests.api.calling import caller, problem
from tests.api.walk import furnished
from tests.builders import FIRST, insert, reword

pytestmark = pytest.mark.django_db

CHARTER = "charters/eurasia/"
READS = sorted(name for name, methods in OF_CHARTERS.items() if "GET" in methods)
MOST_QUERIES = 22


@pytest.mark.parametrize("name", READS)
def test_what_has_not_changed_is_not_sent_again(name):
    laid = furnished()
    chair = caller(laid.scene.cast.chair)
    path = laid.path(name) + OF_CHARTERS[name]["GET"].query
    first = chair.get(path)
    assert first.status_code == 200
    if first.headers["Cache-Control"] == "no-store":
        return
    again = chair.get(path, If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    weak = chair.get(path, If_None_Match=f'W/{first["ETag"].removeprefix("W/")}, "other"')
    assert weak.status_code == 304
    assert chair.get(path, If_None_Match='"other"').status_code == 200


@pytest.mark.parametrize("name", READS)
def test_a_read_takes_as_many_queries_in_a_large_charter(name):
    laid = furnished()
    chair = caller(laid.scene.cast.chair)
    path = laid.path(name) + OF_CHARTERS[name]["GET"].query

    def taken() -> int:
        chair.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert chair.get(path).status_code == 200
        return len(captured)

    small = taken()
    grow(laid)
    assert taken() == small <= MOST_QUERIES


def grow(laid) -> None:
    """More of everything that a read could go through one by one."""
    at_table = {"actor": laid.scene.cast.chair, "charter": laid.scene.charter}
    for number in range(6):
        clause = insert(laid.scene.charter, laid.scene.cast.chair, "article", f"Text {number}.")
        open_thread(
            **at_table,
            clause=clause,
            language="en",
            base=laid.scene.charter.head,
            start=0,
            end=4,
            text="And here?",
        )
        reword(laid.scene.charter, laid.scene.cast.chair, laid.scene.first, f"Words {number}.")


def test_the_text_is_found_unchanged_without_being_read(table, call):
    chair = call(table.cast.chair)
    tag = chair.get(CHARTER + "text/")["ETag"]
    assert chair.get(CHARTER + "text/", If_None_Match=tag).status_code == 304
    # The token, its pace, the seat.
    with CaptureQueriesContext(connection) as captured:
        chair.get(CHARTER + "text/", If_None_Match=tag)
    assert len(captured) == 3


def test_the_text_is_a_tree_with_numbers(table, call):
    said = call(table.cast.observer).get(CHARTER + "text/").json()
    assert (said["revision"], said["title"]) == (5, "A charter of tests")
    principles, openness = said["clauses"]
    assert (principles["number"], principles["heading"]) == ("Article 1", "Principles")
    assert [one["number"] for one in principles["clauses"]] == ["1.", "2."]
    assert principles["clauses"][0]["citation"] == "Article 1(1)"
    assert principles["clauses"][0]["text"] == FIRST
    assert openness["clauses"] == []


def test_an_earlier_text_reads_as_it_did(table, call):
    chair = call(table.cast.chair)
    before = chair.get(CHARTER + "text/?at=5").json()
    reword(table.charter, table.cast.chair, table.first, "Other words.")
    assert chair.get(CHARTER + "text/?at=5").json() == before
    assert chair.get(CHARTER + "text/").json()["clauses"][0]["clauses"][0]["text"] != FIRST
    clause = f"{CHARTER}clauses/{table.first}/"
    assert chair.get(clause + "?at=5").json()["words"]["en"]["text"] == FIRST
    assert problem(chair.get(CHARTER + "text/?at=7"))["code"] == "not_found"
    assert problem(chair.get(CHARTER + "text/?language=fr"))["code"] == "not_found"
    assert problem(chair.get(clause + "?at=2"))["code"] == "not_found"


def test_long_answers_are_compressed_for_those_who_take_it(table, call):
    chair = call(table.cast.chair)
    insert(table.charter, table.cast.chair, "article", "All States live in peace. " * 100)
    plain = chair.get(CHARTER + "text/")
    packed = chair.get(CHARTER + "text/", Accept_Encoding="br;q=1.0, gzip;q=0.8")
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Vary"].split(", ").count("Accept-Encoding") == 1
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == f"W/{plain['ETag']}"
    for refused in ("identity", "gzip;q=0", "gzip; q=0.000", "br"):
        there = chair.get(CHARTER + "text/", Accept_Encoding=refused)
        assert not there.has_header("Content-Encoding"), refused


def test_a_secret_is_never_compressed_and_never_kept(table, call):
    body = {"email": "guest@example.org", "role": "observer", "name": "G" * 190}
    made = call(table.cast.chair).ask(
        "POST", CHARTER + "invitations/", body, headers={"Accept-Encoding": "gzip"}
    )
    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    assert not made.has_header("Content-Encoding")


def test_offsets_count_code_points(table, call):
    words = "\N{GRINNING FACE} peace \U00020000 and security"
    clause = insert(table.charter, table.cast.chair, "article", words)
    reviewer = call(table.cast.reviewer)
    start = words.index("security")
    body = {"clause": str(clause), "start": start, "end": start + 8, "text": "Whose?"}
    made = reviewer.post(CHARTER + "threads/", body).json()
    assert (made["quote"], made["start"], made["end"]) == ("security", start, start + 8)
    reword(table.charter, table.cast.chair, clause, "\N{GRINNING FACE}" + words)
    carried = reviewer.get(f"{CHARTER}threads/{made['id']}/").json()
    assert (carried["start"], carried["quote"]) == (start + 1, "security")


def test_pages_go_on_where_the_last_one_ended_whatever_is_added(table, call):
    chair = call(table.cast.chair)
    first = chair.get(CHARTER + "revisions/?limit=2")
    assert [one["number"] for one in first.json()["items"]] == [5, 4]
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    reword(table.charter, table.cast.chair, table.first, "Meanwhile.")
    path = first.json()["next"].removeprefix("http://testserver")
    second = chair.get(path).json()
    assert [one["number"] for one in second["items"]] == [3, 2]
    last = chair.get(second["next"].removeprefix("http://testserver")).json()
    assert [one["number"] for one in last["items"]] == [1]
    assert last["next"] is None


def test_scripts_come_as_they_are(table, call):
    insert_clause(
        actor=table.cast.chair,
        charter=table.charter,
        kind="article",
        words={"ru": Words("Мир", "Все государства живут в мире.")},
    )
    said = call(table.cast.chair).get(CHARTER + "text/?language=ru")
    assert "Все государства живут в мире." in said.content.decode()
    assert said["Content-Type"] == "application/json"
    json.loads(said.content)


def test_head_answers_as_get_without_a_body(table, call):
    chair = call(table.cast.chair)
    got, head = chair.get(CHARTER + "text/"), chair.ask("HEAD", CHARTER + "text/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == got["ETag"]


def test_the_pages_about_the_api_open_to_everybody():
    for page in ("", "examples/", "problems/"):
        assert Client().get(f"/api/docs/{page}").status_code == 200

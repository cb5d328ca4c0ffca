"""Whatever a program is refused, it is told so in a problem document."""

import pytest
from django.test import Client, override_settings

from charter.actions.clauses import strike_clause
from charter.api.problems import KINDS
from tests.api.calling import Caller, problem
from tests.builders import FIRST, reword

CLAUSES = "charters/eurasia/clauses/"
EDITIONS = "charters/eurasia/editions/"


def raw(caller: Caller, body: bytes, kind: str = "application/json", **headers: str):
    return Client().post(
        "/api/v1/" + EDITIONS,
        body,
        content_type=kind,
        headers={"Authorization": f"Bearer {caller.secret}", **headers},
    )


def test_a_problem_says_what_it_is_and_where_its_kind_is_described(table, call):
    said = problem(call(table.cast.chair).get("charters/nowhere/"))
    assert said["type"] == "/api/docs/problems/#not_found"
    assert said["title"] == KINDS["not_found"][1]
    page = Client().get("/api/docs/problems/").content.decode()
    assert all(f'id="{code}"' in page for code in KINDS)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/charters/", "/api/v2/"])
@pytest.mark.parametrize("method", ["get", "post", "delete", "options", "trace"])
def test_an_address_that_is_not_there_is_a_problem_too(path, method, db):
    assert problem(getattr(Client(), method)(path))["code"] == "not_found"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "invalid"),
        (b"{", "malformed"),
        (b"[]", "invalid"),
        (b"\xff", "malformed"),
        (b'{"revision": 1, "name": NaN}', "malformed"),
        (b'{"revision": 1e999, "name": "a"}', "malformed"),
        (b'{"revision": 1, "revision": 2, "name": "a"}', "malformed"),
        (b'{"revision": 1, "name": "a\\u0000"}', "malformed"),
        (b'{"revision": 1, "name": "a\\ud800"}', "malformed"),
        (b'{"revision": 1, "name": "\\ud83d\\ude00\\udead"}', "malformed"),
        (b"[" * 100_000, "malformed"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "malformed"),
        (b"1" * 5000, "malformed"),
        (b'{"revision": true, "name": "a"}', "invalid"),
        (b'{"revision": 1.5, "name": "a"}', "invalid"),
        (b'{"revision": "1", "name": "a"}', "invalid"),
        (b'{"revision": 1, "name": 5}', "invalid"),
        (b'{"revision": 1, "name": null}', "invalid"),
        (b'{"revision": 99999999999999999999, "name": "a"}', "invalid"),
        (b'{"revision": 1, "name": "a", "named_by": "me"}', "invalid"),
    ],
)
def test_a_body_that_is_not_what_was_asked_for(body, said, table, call):
    answer = raw(call(table.cast.chair), body)
    assert problem(answer)["code"] == said
    assert answer.status_code == KINDS[said][0]


def test_a_smile_is_no_half_of_a_pair(table, call):
    body = b'{"revision": 1, "name": "\\ud83d\\ude00"}'
    assert raw(call(table.cast.chair), body).json()["name"] == "\N{GRINNING FACE}"


def test_an_error_points_to_its_place(table, call):
    body = {"kind": "article", "words": {"en": {"text": 5}, "x!": {}}, "principles": ["a", 7]}
    said = problem(call(table.cast.chair).post(CLAUSES, body, match=1))
    pointers = [error["pointer"] for error in said["errors"]]
    assert pointers == ["#/words/x!", "#/principles/1"]
    body["words"].pop("x!")
    said = problem(call(table.cast.chair).post(CLAUSES, body, match=1))
    assert said["errors"][0]["pointer"] == "#/words/en/text"


def test_bodies_are_read_in_the_type_and_size_that_is_known(table, call):
    chair = call(table.cast.chair)
    assert problem(raw(chair, b"name=a", "application/x-www-form-urlencoded"))["status"] == 415
    assert problem(raw(chair, b"<a/>", "text/xml"))["status"] == 415
    assert problem(raw(chair, b'"' + b"a" * 9_000_000 + b'"'))["code"] == "too_large"
    assert problem(chair.get(EDITIONS, Accept="text/html"))["code"] == "not_acceptable"
    assert chair.get(EDITIONS, Accept="text/html, */*;q=0.1").status_code == 200


def test_nothing_is_sent_where_nothing_is_asked_for(table, call):
    answer = call(table.cast.chair).delete(EDITIONS + "1/")
    assert problem(answer)["status"] in (404, 428)
    chair = call(table.cast.chair)
    made = chair.post(EDITIONS, {"revision": 1, "name": "a"}).json()
    there = f"{EDITIONS}{made['id']}/"
    tag = chair.get(there)["ETag"]
    assert problem(chair.ask("DELETE", there, {"why": "so"}, match=tag))["code"] == "malformed"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?limit=0", "limit"),
        ("?limit=201", "limit"),
        ("?limit=１", "limit"),
        ("?limit=1&limit=2", "limit"),
        ("?order=name", "order"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(query, parameter, table, call):
    said = problem(call(table.cast.chair).get(EDITIONS + query))
    assert said["code"] == "bad_query"
    assert said["errors"][0]["parameter"] == parameter


@pytest.mark.parametrize("cursor", ["", "x", "W10=", "WzFd", "eyJhIjoxfQ==", "W3RydWVd", "e"])
def test_a_cursor_that_was_made_up_is_refused(cursor, table, call):
    said = problem(call(table.cast.chair).get(f"{EDITIONS}?cursor={cursor}"))
    assert said["code"] in ("bad_cursor", "bad_query")


def test_refusals_of_the_domain_keep_their_code_and_their_facts(table, call):
    chair = call(table.cast.chair)
    clause = f"{CLAUSES}{table.first}/"
    hidden = chair.patch(clause, {"words": {"en": {"text": "a\u202eb"}}}, match=5)
    assert problem(hidden) | {"code": "hidden_words", "position": 1, "character": "U+202E"} == (
        problem(hidden)
    )
    long = chair.post(EDITIONS, {"revision": 1, "name": "a" * 121})
    assert problem(long)["errors"][0]["code"] == "max_length"
    nested = chair.post(CLAUSES, {"kind": "annex", "parent": str(table.article)}, match=5)
    assert (nested.status_code, problem(nested)["code"]) == (422, "would_not_nest")
    strike_clause(actor=table.cast.chair, charter=table.charter, clause=table.first)
    gone = chair.patch(clause, {"words": {"en": {"text": "b"}}}, match=6)
    assert (gone.status_code, problem(gone)["code"]) == (409, "is_struck")


def test_words_that_meet_are_told_from_all_sides(table, call):
    base = table.charter.head
    reword(table.charter, table.cast.chair, table.first, FIRST.replace("sovereignty", "freedom"))
    yours = FIRST.replace("sovereignty", "territory")
    answer = call(table.cast.drafter).patch(
        f"{CLAUSES}{table.first}/", {"words": {"en": {"text": yours}}}, match=base
    )
    said = problem(answer)
    assert (answer.status_code, said["code"]) == (412, "stale_wording")
    assert (said["base"]["text"], said["yours"]["text"]) == (FIRST, yours)
    assert "freedom" in said["theirs"]["text"]
    assert said["head"] == base + 1
    runs = said["merged"]["text"]
    conflict = next(run for run in runs if run["conflict"])
    assert (conflict["theirs"], conflict["yours"]) == ("freedom", "territory")
    assert FIRST[conflict["start"] : conflict["end"]] == "sovereignty"
    whole = "".join(run["base"] if run["conflict"] else run["words"] for run in runs)
    assert whole == FIRST


def test_what_nobody_foresaw_is_a_problem_that_tells_nothing(table, call, monkeypatch):
    def fail(*_given):
        raise RuntimeError("the words of a secret clause")

    monkeypatch.setattr("charter.api.editions.editions_of", fail)
    client = Client(raise_request_exception=False)
    secret = call(table.cast.chair).secret
    answer = client.get(f"/api/v1/{EDITIONS}", headers={"Authorization": f"Bearer {secret}"})
    assert problem(answer)["code"] == "failed"
    assert "secret" not in answer.content.decode()


@override_settings(ALLOWED_HOSTS=["charter.example"])
def test_a_foreign_host_gets_a_problem_from_the_api_and_a_page_elsewhere(db):
    assert problem(Client().get("/api/v1/me/"))["code"] == "malformed"
    assert Client().get("/").headers["Content-Type"].startswith("text/html")


def test_details_are_in_the_language_of_the_caller_and_codes_are_not(table, call):
    caller = call(table.cast.chair)
    english = problem(caller.get("charters/nowhere/", Accept_Language="en"))
    russian = problem(caller.get("charters/nowhere/", Accept_Language="ru"))
    assert english["code"] == russian["code"]
    assert english["title"] == russian["title"]


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("path", ["/api/", "/api/v1/"])
def test_the_way_in_leads_people_to_the_documentation_and_programs_to_addresses(path, db):
    client = Client()
    shown = client.get(path, headers={"accept": BROWSER})
    assert (shown.status_code, shown["Location"]) == (302, "/api/docs/")
    for accept in ({}, {"accept": "application/json"}, {"accept": "*/*"}):
        told = client.get(path, headers=accept)
        assert told.json()["schema"] == "/api/v1/schema/"
        assert "Accept" in told["Vary"]
    assert all(client.get(there).status_code in (200, 401) for there in told.json().values())
    assert problem(client.post(path))["code"] == "not_found"

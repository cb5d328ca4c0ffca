"""Clauses by the API: insert, move, strike, restore, and what became of them."""

import pytest

from charter.queries.texts import text_at
from charter.text.numbering import labels
from tests.api.calling import problem
from tests.builders import SECOND, principle, reword

CLAUSES = "charters/eurasia/clauses/"
TEXT = "charters/eurasia/text/"


def printed(table):
    table.charter.refresh_from_db()
    outline = text_at(table.charter)
    pairs = zip(labels(outline), outline.walk(), strict=True)
    return [(label, one.heading or one.text[:5]) for label, (_depth, one) in pairs]


def test_a_clause_is_put_beside_another_with_words_number_and_principles(table, call):
    principle(table.charter, table.cast.chair, "openness")
    body = {
        "kind": "article",
        "before": str(table.other),
        "words": {"en": {"heading": "Peace"}, "ru": {"heading": "Мир", "text": "Мир."}},
        "numeral": "1 bis",
        "principles": ["openness"],
        "message": "Peace first",
    }
    made = call(table.cast.drafter).post(CLAUSES, body, match=6)
    assert made.status_code == 201
    assert printed(table)[3:] == [("Article 1 bis", "Peace"), ("Article 2", "Openness")]
    said = call(table.cast.observer).get(made["Location"]).json()
    assert said["words"]["ru"] == {"heading": "Мир", "text": "Мир."}
    assert (said["numeral"], said["principles"]) == ("1 bis", ["openness"])
    assert (said["parent"], said["standing"], said["revision"]) == (None, True, 7)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "treaty"}, "invalid"),
        ({"kind": "article", "parent": "nowhere"}, "invalid"),
        ({"kind": "article", "principles": ["no-such"]}, "no_such"),
        ({"kind": "article", "words": {"fr": {"text": "Paix."}}}, "no_such"),
        ({"kind": "article", "parent": "00000000-0000-4000-8000-000000000000"}, "no_such"),
        ({"kind": "article", "words": {"en": {"text": "a\u2066b"}}}, "hidden_words"),
        ({"kind": "article", "numeral": "1" * 81}, "invalid"),
    ],
)
def test_what_cannot_be_put_in_is_refused(body, code, table, call):
    said = problem(call(table.cast.drafter).post(CLAUSES, body, match=5))
    assert (said["code"], said["status"]) == (code, 422)
    table.charter.refresh_from_db()
    assert table.charter.head == 5


def test_a_clause_moves_with_all_below_it(table, call):
    there = f"{CLAUSES}{table.article}/move/"
    done = call(table.cast.drafter).post(there, {"after": str(table.other)}, match=5)
    assert done.json()["revision"] == 6
    assert [heading for _label, heading in printed(table)][:2] == ["Openness", "Principles"]
    into_itself = call(table.cast.drafter).post(there, {"parent": str(table.first)}, match=6)
    assert problem(into_itself)["code"] == "would_not_nest"
    both = {"after": str(table.other), "before": str(table.other)}
    assert problem(call(table.cast.drafter).post(there, both, match=6))["status"] == 422


def test_a_struck_clause_stays_citable_and_comes_back(table, call):
    drafter = call(table.cast.drafter)
    there = f"{CLAUSES}{table.article}/"
    assert drafter.post(there + "strike/", {"message": "Out"}, match=5).status_code == 200
    gone = drafter.get(there).json()
    assert (gone["struck"], gone["standing"], gone["citation"]) == (True, False, "")
    inner = drafter.get(f"{CLAUSES}{table.second}/").json()
    assert (inner["struck"], inner["standing"]) == (False, False)
    assert inner["words"]["en"]["text"] == SECOND
    struck = drafter.get("charters/eurasia/struck/").json()["items"]
    assert [(one["id"], one["citation"], one["revision"]) for one in struck] == [
        (str(table.article), "Article 1", 6)
    ]
    assert problem(drafter.post(there + "strike/", {}, match=6))["code"] == "is_struck"
    inside = drafter.post(f"{CLAUSES}{table.second}/restore/", {}, match=6)
    assert problem(inside)["code"] == "is_struck"
    assert drafter.post(there + "restore/", {}, match=6).json()["revision"] == 7
    assert drafter.get(there).json()["citation"] == "Article 1"


def test_the_title_is_the_words_of_the_root(table, call):
    chair = call(table.cast.chair)
    root = chair.get(TEXT).json()["root"]
    there = f"{CLAUSES}{root}/"
    said = chair.get(there).json()
    assert (said["kind"], said["words"]["en"]["heading"]) == ("charter", "A charter of tests")
    assert chair.patch(there, {"words": {"en": {"heading": "Another"}}}, match=5).status_code == 200
    assert chair.get(TEXT).json()["title"] == "Another"
    assert problem(chair.patch(there, {"kind": "article"}, match=6))["code"] == "would_not_nest"
    assert problem(chair.post(there + "strike/", {}, match=6))["status"] == 422


def test_what_became_of_a_clause_comes_in_pages(table, call):
    for number in range(3):
        reword(table.charter, table.cast.chair, table.first, f"Version {number}.")
    observer = call(table.cast.observer)
    first = observer.get(f"{CLAUSES}{table.first}/history/?limit=2").json()
    assert [one["revision"] for one in first["items"]] == [8, 7]
    assert [span["op"] for span in first["items"][0]["text"]] == [
        "equal",
        "delete",
        "insert",
        "equal",
    ]
    second = observer.get(first["next"].removeprefix("http://testserver")).json()
    assert [one["changes"] for one in second["items"]] == [["reworded"], ["added"]]
    assert second["next"] is None


def test_numbers_are_frozen_and_released_by_the_chair(table, call):
    chair = call(table.cast.chair)
    frozen = chair.post("charters/eurasia/numbers/freeze/", {"message": "Cited"}, match=5)
    assert frozen.json()["revision"] == 6
    assert chair.get("charters/eurasia/").json()["numbers_frozen_at"] == 5
    body = {"kind": "article", "words": {"en": {"heading": "New"}}, "after": str(table.article)}
    chair.post(CLAUSES, body, match=6)
    assert ("Article 1 bis", "New") in printed(table)
    assert chair.post("charters/eurasia/numbers/release/", {}, match=7).status_code == 200
    assert ("Article 2", "New") in printed(table)
    late = chair.post("charters/eurasia/numbers/freeze/", {"revision": 99}, match=8)
    assert problem(late)["code"] == "no_such"

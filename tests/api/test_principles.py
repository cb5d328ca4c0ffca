"""The vocabulary of principles by the API."""

import pytest

from tests.api.calling import problem
from tests.builders import principle

AT = "charters/eurasia/"
LIST = AT + "principles/"
TRUST = {"names": {"en": "Trust", "ru": "Доверие"}, "definitions": {"en": "To rely."}}


def test_a_principle_is_added_and_read_in_each_language(table, call):
    chair = call(table.cast.chair)
    made = chair.post(LIST, {**TRUST, "colour": "#AABBCC", "message": "One"}, match=5)
    assert (made.status_code, made["Location"]) == (201, f"/api/v1/{LIST}trust/")
    said = chair.get(made["Location"]).json()
    assert (said["names"], said["colour"]) == (TRUST["names"], "#aabbcc")
    russian = chair.get(LIST + "?language=ru").json()["items"]
    assert [one["name"] for one in russian] == ["Доверие"]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"names": {}}, 422),
        ({"names": {"en": "  "}}, 422),
        ({"names": {"not a language": "x"}}, 422),
        ({"colour": "red"}, 422),
        ({"slug": "two words"}, 422),
        ({"slug": "openness"}, 409),
    ],
)
def test_a_principle_that_cannot_be_is_not_added(more, status, table, call):
    principle(table.charter, table.cast.chair, "openness")
    answer = call(table.cast.chair).post(LIST, {**TRUST, **more}, match=6)
    assert problem(answer)["status"] == status


def test_a_principle_is_put_elsewhere_taken_out_of_use_and_brought_back(table, call):
    chair = call(table.cast.chair)
    for slug in ("openness", "trust"):
        principle(table.charter, table.cast.chair, slug)
    assert chair.patch(LIST + "trust/", {"after": None}, match=7).status_code == 200
    assert [one["slug"] for one in chair.get(LIST).json()["items"]] == ["trust", "openness"]
    lost = chair.patch(LIST + "trust/", {"after": "no-such"}, match=8)
    assert problem(lost)["code"] == "no_such"
    assert chair.post(LIST + "trust/withdraw/", {}, match=8).status_code == 200
    assert chair.get(LIST + "trust/").json()["withdrawn"] is True
    again = chair.post(LIST + "trust/withdraw/", {}, match=9)
    assert again.json()["revision"] is None
    assert chair.post(LIST + "trust/restore/", {}, match=9).json()["revision"] == 10


def test_a_clause_serves_the_principles_it_is_given(table, call):
    for slug in ("openness", "trust"):
        principle(table.charter, table.cast.chair, slug)
    drafter = call(table.cast.drafter)
    there = f"{AT}clauses/{table.first}/"
    assert drafter.patch(there, {"principles": ["trust"]}, match=7).status_code == 200
    # Whoever has not seen that adds another: both stay.
    assert drafter.patch(there, {"principles": ["openness"]}, match=7).status_code == 200
    assert drafter.get(there).json()["principles"] == ["openness", "trust"]
    assert drafter.get(there + "?at=8").json()["principles"] == ["trust"]
    assert [one["clauses"] for one in drafter.get(LIST).json()["items"]] == [1, 1]


def test_a_vocabulary_that_is_read_is_named_by_its_revision(table, call):
    principle(table.charter, table.cast.chair, "openness")
    assert problem(call(table.cast.drafter).patch(LIST + "openness/", {}, match=6))["code"] == (
        "forbidden"
    )
    assert problem(call(table.cast.chair).patch(LIST + "openness/", {}))["status"] == 428


def test_a_principle_names_its_kin(table, call):
    chair = call(table.cast.chair)
    for slug in ("openness", "trust"):
        principle(table.charter, table.cast.chair, slug)
    tagged = {"principles": ["trust"]}
    assert chair.patch(f"{AT}clauses/{table.first}/", tagged, match=7).status_code == 200
    split = {"names": {"en": "Faith"}, "clauses": [str(table.first)]}
    assert chair.post(LIST + "trust/split/", split, match=8).status_code == 200
    assert chair.post(LIST + "trust/merge/", {"into": "openness"}, match=9).status_code == 200
    kin = {
        one["slug"]: (one["merged_into"], one["split_from"])
        for one in chair.get(LIST).json()["items"]
    }
    assert kin == {"openness": (None, None), "trust": ("openness", None), "faith": (None, "trust")}
    said = chair.get(LIST + "faith/").json()
    assert (said["merged_into"], said["split_from"]) == (None, "trust")


def test_a_stale_entry_comes_as_it_was_as_it_is_and_as_it_would_be(table, call):
    chair = call(table.cast.chair)
    chair.post(LIST, TRUST, match=5)
    chair.post(LIST, {"names": {"en": "Openness"}}, match=6)
    chair.patch(LIST + "trust/", {"colour": "#000000"}, match=7)
    said = problem(chair.post(LIST + "trust/withdraw/", {}, match=7))
    assert (said["code"], said["head"]) == ("stale", 8)
    assert said["base"]["names"] == TRUST["names"]
    assert said["theirs"] == {**said["base"], "colour": "#000000"}
    assert said["yours"] == {**said["base"], "withdrawn": True}
    merged = problem(chair.post(LIST + "trust/merge/", {"into": "openness"}, match=7))
    assert merged["yours"] == {**said["yours"], "merged_into": "openness"}
    unknown = problem(chair.post(LIST + "trust/withdraw/", {}, match=5))
    assert "base" not in unknown

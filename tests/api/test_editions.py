"""Editions by the API: the worked example of a noun."""

from charter.actions.editions import name_edition
from tests.api.calling import problem

LIST = "charters/eurasia/editions/"


def named(table, name="Zero draft", number=1):
    return name_edition(actor=table.cast.chair, charter=table.charter, number=number, name=name)


def test_the_chair_names_a_revision_and_everybody_reads_it(table, call):
    body = {"revision": 2, "name": "Rev.1", "symbol": "A/1"}
    made = call(table.cast.chair).post(LIST, body)
    assert made.status_code == 201
    assert made.json()["named_by"] == "Chair"
    read = call(table.cast.observer).get(made["Location"])
    assert read.json() == made.json()
    assert read.json()["revision"] == 2


def test_the_list_comes_in_pages(table, call):
    for number in (1, 2, 3):
        named(table, f"Rev.{number}", number)
    caller = call(table.cast.observer)
    first = caller.get(f"{LIST}?limit=2").json()
    assert [one["name"] for one in first["items"]] == ["Rev.1", "Rev.2"]
    path = first["next"].removeprefix("http://testserver")
    last = caller.get(path).json()
    assert [one["name"] for one in last["items"]] == ["Rev.3"]
    assert last["next"] is None


def test_only_the_chair_names(table, call):
    answer = call(table.cast.drafter).post(LIST, {"revision": 1, "name": "Mine"})
    assert problem(answer)["code"] == "forbidden"


def test_a_name_is_given_once_and_to_a_revision_there_is(table, call):
    named(table, "Rev.1")
    chair = call(table.cast.chair)
    assert problem(chair.post(LIST, {"revision": 1, "name": "Rev.1"}))["code"] == "already_there"
    assert problem(chair.post(LIST, {"revision": 99, "name": "Rev.2"}))["code"] == "no_such"
    said = problem(chair.post(LIST, {"revision": "1", "name": " ", "colour": "red"}))
    assert {error["pointer"] for error in said["errors"]} == {"#/colour"}
    assert said["status"] == 422


def test_a_name_is_corrected_by_whoever_has_read_it(table, call):
    made, chair = named(table), call(table.cast.chair)
    there = f"{LIST}{made.pk}/"
    tag = chair.get(there)["ETag"]
    body = {"name": "Zero draft, corrected"}
    assert problem(chair.put(there, body))["code"] == "precondition_required"
    done = chair.put(there, body, match=tag)
    assert done.json()["name"] == "Zero draft, corrected"
    assert problem(chair.put(there, body, match=tag))["code"] == "stale"
    assert chair.put(there, {"name": "Again"}, match=done["ETag"]).status_code == 200


def test_a_name_is_taken_off(table, call):
    made, chair = named(table), call(table.cast.chair)
    there = f"{LIST}{made.pk}/"
    tag = chair.get(there)["ETag"]
    assert chair.delete(there, match=tag).status_code == 204
    assert problem(chair.get(there))["code"] == "not_found"


def test_the_list_takes_as_many_queries_however_long_it_is(table, call, queries):
    caller = call(table.cast.observer)
    named(table, "One")
    before = queries(lambda: caller.get(LIST))
    for number in range(2, 5):
        named(table, f"Rev.{number}", number)
    assert queries(lambda: caller.get(LIST)) == before <= 5

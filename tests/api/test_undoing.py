"""Going back by the API: undoing a revision, taking a clause back, and finding the revisions."""

from datetime import UTC, datetime

from charter.actions.clauses import move_clause, strike_clause
from charter.models import Cause
from charter.queries.texts import text_at
from tests.api.calling import problem
from tests.builders import FIRST, insert, principle, reword

LIST = "charters/eurasia/revisions/"


def undo(number: int) -> str:
    return f"{LIST}{number}/undo/"


def returned(table, clause: str) -> str:
    return f"charters/eurasia/clauses/{clause}/return/"


def text(table, clause) -> str:
    return text_at(table.charter, None, "en").find(str(clause)).text


def changed(table, words: str, clause=None, **more) -> int:
    done = reword(table.charter, table.cast.drafter, clause or table.first, words, **more)
    return done.revision.number


def listed(answer) -> list[int]:
    assert answer.status_code == 200, answer.content
    return [one["number"] for one in answer.json()["items"]]


def test_a_revision_is_undone_and_says_which(table, call):
    number = changed(table, "Other words.")
    drafter = call(table.cast.drafter)
    done = drafter.post(undo(number), {"message": "Not agreed"}, match=number)
    assert done.status_code == 201
    assert done.json()["revision"] == number + 1
    assert text(table, table.first) == FIRST
    said = drafter.get(f"{LIST}{number + 1}/").json()
    assert (said["cause"], said["earlier"], said["message"]) == (Cause.UNDO, number, "Not agreed")
    assert drafter.get(f"{LIST}{number}/").json()["undone_by"] == [number + 1]
    again = drafter.post(undo(number), {}, match=number + 1)
    assert (again.status_code, again.json()["revision"]) == (200, None)


def test_what_meets_comes_with_all_sides_and_is_sent_back_settled(table, call):
    number = changed(table, "They may respect it.")
    head = changed(table, "They must respect it.")
    drafter = call(table.cast.drafter)
    said = problem(drafter.post(undo(number), {}, match=head))
    assert (said["code"], said["status"], said["head"]) == ("entangled", 409, head)
    (meeting,) = said["words"]
    assert meeting["clause"] == str(table.first)
    assert meeting["since"] == number
    assert meeting["base"]["text"] == "They may respect it."
    assert meeting["theirs"]["text"] == "They must respect it."
    assert meeting["yours"]["text"] == FIRST
    assert any(run["conflict"] for run in meeting["merged"]["text"])
    words = {"clause": meeting["clause"], "language": "en", "text": "They shall respect it."}
    done = drafter.post(undo(number), {"words": [words]}, match=head)
    assert done.status_code == 201
    assert text(table, table.first) == "They shall respect it."


def test_decisions_count_for_the_text_they_were_made_in(table, call):
    number = changed(table, "They may respect it.")
    head = changed(table, "They must respect it.")
    changed(table, "They will respect it.")
    words = {"clause": str(table.first), "language": "en", "text": "They shall respect it."}
    said = problem(call(table.cast.drafter).post(undo(number), {"words": [words]}, match=head))
    assert said["code"] == "entangled"
    assert said["words"][0]["since"] == head
    assert text(table, table.first) == "They will respect it."


def test_what_an_undoing_would_change_is_seen_before(table, call):
    number = changed(table, "Other words.")
    drafter = call(table.cast.drafter)
    said = drafter.post(f"{undo(number)}preview/", {}).json()
    assert (said["changed"], said["entangled"]) == (True, None)
    (row,) = said["clauses"]
    assert row["id"] == str(table.first)
    kept = [span["text"] for span in row["text"] if span["op"] != "delete"]
    assert "".join(kept) == FIRST
    assert text(table, table.first) == "Other words."
    table.charter.refresh_from_db()
    assert table.charter.head == number


def test_what_stands_in_the_way_of_an_undoing_is_seen_and_tried_out(table, call):
    number = changed(table, "They may respect it.")
    head = changed(table, "They must respect it.")
    drafter, path = call(table.cast.drafter), f"{undo(number)}preview/"
    said = drafter.post(path, {}).json()
    (meeting,) = said["entangled"]["words"]
    assert (said["changed"], said["clauses"], said["entangled"]["head"]) == (False, [], head)
    assert (meeting["since"], meeting["yours"]["text"]) == (number, FIRST)
    assert any(run["conflict"] for run in meeting["merged"]["text"])
    refused = problem(drafter.post(undo(number), {}, match=head))
    assert refused["words"] == said["entangled"]["words"]
    words = {"clause": meeting["clause"], "language": "en", "text": "They shall respect it."}
    tried = drafter.post(path, {"words": [words]}).json()
    assert (tried["entangled"], len(tried["clauses"])) == (None, 1)
    assert text(table, table.first) == "They must respect it."


def test_what_cannot_be_previewed_is_refused_as_the_act_is(table, call):
    principle(table.charter, table.cast.chair, "openness")
    table.charter.refresh_from_db()
    head, drafter = table.charter.head, call(table.cast.drafter)
    assert problem(drafter.post(f"{undo(head)}preview/", {}))["code"] == "forbidden"
    assert problem(drafter.post(f"{undo(1)}preview/", {}))["code"] == "invalid"
    assert problem(drafter.post(f"{undo(99)}preview/", {}))["code"] == "not_found"
    early = drafter.post(f"{returned(table, table.other)}preview/", {"revision": 3})
    assert problem(early)["code"] == "no_such"
    assert problem(drafter.post(f"{returned(table, table.other)}preview/", {}))["code"] == "invalid"


def test_what_taking_a_clause_back_would_change_is_seen_before(table, call):
    head = changed(table, "Other words.")
    path = f"{returned(table, table.first)}preview/"
    said = call(table.cast.drafter).post(path, {"revision": 5}).json()
    (row,) = said["clauses"]
    assert (said["changed"], row["changes"]) == (True, ["reworded"])
    assert text(table, table.first) == "Other words."
    now = call(table.cast.drafter).post(path, {"revision": head}).json()
    assert (now["changed"], now["clauses"]) == (False, [])


def test_what_is_hindered_is_left_or_forced(table, call):
    third = insert(table.charter, table.cast.drafter, "article", heading="Third")
    told = {"actor": table.cast.drafter, "charter": table.charter, "clause": table.first}
    number = move_clause(**told, parent=table.other).revision.number
    head = move_clause(**told, parent=third).revision.number
    drafter = call(table.cast.drafter)
    (hindrance,) = problem(drafter.post(undo(number), {}, match=head))["hindrances"]
    assert (hindrance["act"], hindrance["why"]) == ("place", "elsewhere")
    left = {"acts": [{"key": hindrance["key"], "decision": "leave"}]}
    assert drafter.post(undo(number), left, match=head).json()["revision"] is None
    forced = {"acts": [{"key": hindrance["key"], "decision": "force"}]}
    assert drafter.post(undo(number), forced, match=head).status_code == 201
    assert not text_at(table.charter).find(str(third)).children


def test_what_cannot_be_asked_is_refused(table, call):
    drafter = call(table.cast.drafter)
    assert problem(drafter.post(undo(5), {}))["code"] == "precondition_required"
    assert problem(drafter.post(undo(99), {}, match=5))["code"] == "not_found"
    assert problem(drafter.post(undo(1), {}, match=5))["code"] == "invalid"
    wrong = {"acts": [{"key": "x", "decision": "maybe"}]}
    assert problem(drafter.post(undo(5), wrong, match=5))["code"] == "invalid"
    assert problem(call(table.cast.reviewer).post(undo(5), {}, match=5))["code"] == "forbidden"


def test_what_the_chair_did_is_for_the_chair_to_undo(table, call):
    principle(table.charter, table.cast.chair, "openness")
    table.charter.refresh_from_db()
    head = table.charter.head
    assert problem(call(table.cast.drafter).post(undo(head), {}, match=head))["code"] == "forbidden"
    assert call(table.cast.chair).post(undo(head), {}, match=head).status_code == 201


def test_a_clause_is_taken_back(table, call):
    head = changed(table, "Other words.")
    drafter = call(table.cast.drafter)
    done = drafter.post(returned(table, table.first), {"revision": 5}, match=head)
    assert (done.status_code, done.json()["clause"]) == (201, str(table.first))
    assert text(table, table.first) == FIRST
    strike_clause(actor=table.cast.drafter, charter=table.charter, clause=table.first)
    whole = {"revision": 5, "with_children": True}
    done = drafter.post(returned(table, table.article), whole, match=head)
    assert done.status_code == 201
    assert text(table, table.first) == FIRST


def test_a_clause_taken_back_from_a_text_that_moved_on_is_merged_or_asked_about(table, call):
    head = changed(table, FIRST.replace("shall", "may"))
    changed(table, FIRST.replace("shall", "must"))
    drafter = call(table.cast.drafter)
    said = problem(drafter.post(returned(table, table.first), {"revision": 5}, match=head))
    assert (said["code"], said["status"]) == ("stale_wording", 412)


def test_what_was_not_there_cannot_be_taken_back(table, call):
    drafter = call(table.cast.drafter)
    early = drafter.post(returned(table, table.other), {"revision": 3}, match=5)
    assert problem(early)["code"] == "no_such"
    wrong = {"revision": 5, "languages": ["fr"]}
    assert problem(drafter.post(returned(table, table.other), wrong, match=5))["code"] == "no_such"
    empty = {"revision": 5, "languages": []}
    assert problem(drafter.post(returned(table, table.other), empty, match=5))["code"] == "invalid"
    nowhere = returned(table, table.charter.uuid)
    assert problem(drafter.post(nowhere, {"revision": 5}, match=5))["code"] == "not_found"


def test_the_list_is_narrowed_as_on_the_page(table, call):
    at = datetime(2031, 3, 1, 12, tzinfo=UTC)
    number = changed(table, "Other words.", message="Agreed in Minsk", at=at)
    caller = call(table.cast.observer)
    for query, wanted in (
        (f"author={table.cast.drafter.uuid}", [number]),
        (f"clause={table.first}", [number, 3]),
        (f"clause={table.charter.uuid}", []),
        ("words=minsk", [number]),
        ("since=2031-03-01T00:00:00Z&until=2031-03-02T00:00:00Z", [number]),
        ("until=2020-01-01T00:00:00%2B06:00", []),
        ("principle=none", []),
        ("delegation=77", []),
    ):
        assert listed(caller.get(f"{LIST}?{query}")) == wanted, query
    newest = caller.get(LIST).json()["items"][0]
    assert (newest["words_in"], newest["words_out"]) == (2, 9)


def test_what_cannot_be_looked_for_is_a_bad_query(table, call):
    caller = call(table.cast.observer)
    for query in (
        "author=me",
        "clause=Article",
        "since=yesterday",
        "since=2031-03-01T00:00:00",
        "delegation=-1",
        f"words={'x' * 201}",
    ):
        assert problem(caller.get(f"{LIST}?{query}"))["code"] == "bad_query", query


def test_pages_of_a_narrowed_list_follow_one_another(table, call):
    for at in range(5):
        changed(table, f"Wording {at}.", message="kept")
        changed(table, f"Wording {at}.", clause=table.second)
    caller, seen, address = call(table.cast.observer), [], f"{LIST}?words=kept&limit=2"
    while address:
        answer = caller.get(address)
        seen += listed(answer)
        address = (answer.json()["next"] or "").removeprefix("http://testserver")
    assert seen == [14, 12, 10, 8, 6]

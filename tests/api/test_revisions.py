"""Change sets by the API: many operations, one revision or none."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Person
from charter.actions.members import add_member, remove_member
from charter.models import Revision
from charter.queries.texts import text_at
from tests.api.calling import problem
from tests.builders import FIRST, reword
from tests.cast import person

SETS = "charters/eurasia/revisions/"
WORDS = {"en": {"text": "Some words."}}


@pytest.fixture
def drafter(table, call):
    return call(table.cast.drafter)


def test_a_set_is_one_revision_and_says_what_it_made(table, drafter):
    operations = [
        {"op": "insert", "kind": "article", "words": {"en": {"heading": "Peace"}}, "name": "p"},
        {"op": "insert", "kind": "paragraph", "words": WORDS, "parent": "new:p", "name": "q"},
        {"op": "move", "clause": str(table.second), "parent": "new:p", "before": "new:q"},
        {"op": "recast", "clause": "new:q", "numeral": "9"},
        {"op": "reword", "clause": "new:q", "words": {"en": {"heading": "Later"}}},
        {"op": "tag", "clause": str(table.first), "principles": []},
        {"op": "strike", "clause": str(table.other)},
        {"op": "restore", "clause": str(table.other)},
    ]
    done = drafter.post(SETS, {"message": "Peace", "operations": operations}, match=5)
    said = done.json()
    assert (done.status_code, said["revision"], said["head"]) == (201, 6, 6)
    assert len(said["clauses"]) == len(operations)
    assert said["named"] == {"p": said["clauses"][0], "q": said["clauses"][1]}
    entry = drafter.get(done["Location"]).json()
    assert (entry["message"], entry["cause"], entry["digest"]) == ("Peace", "edit", said["digest"])
    table.charter.refresh_from_db()
    made = text_at(table.charter).find(said["named"]["q"])
    assert (made.heading, made.text, made.numeral) == ("Later", "Some words.", "9")


def test_halves_of_words_follow_what_the_set_has_said(table, drafter):
    operations = [
        {"op": "reword", "clause": str(table.other), "words": {"en": {"heading": "Accession"}}},
        {"op": "reword", "clause": str(table.other), "words": {"en": {"text": "All may join."}}},
    ]
    assert drafter.post(SETS, {"operations": operations}, match=5).status_code == 201
    table.charter.refresh_from_db()
    now = text_at(table.charter).find(str(table.other))
    assert (now.heading, now.text) == ("Accession", "All may join.")


@pytest.mark.parametrize(
    ("operation", "code", "status"),
    [
        ({"op": "strike", "clause": "new:nobody"}, "no_such", 422),
        ({"op": "insert", "kind": "annex", "parent": "FIRST"}, "would_not_nest", 422),
        ({"op": "reword", "clause": "FIRST", "words": {"en": {"text": "\u202e"}}}, None, 422),
        ({"op": "tag", "clause": "FIRST", "principles": ["no-such"]}, "no_such", 422),
    ],
)
def test_a_refusal_says_which_operation_it_is_about_and_nothing_is_done(
    operation, code, status, table, drafter
):
    filled = {
        key: str(table.first) if value == "FIRST" else value for key, value in operation.items()
    }
    first = {"op": "strike", "clause": str(table.other)}
    said = problem(drafter.post(SETS, {"operations": [first, filled]}, match=5))
    assert said["status"] == status
    assert said["code"] == (code or "hidden_words")
    assert said["operation"] == 1
    assert Revision.objects.count() == 5


def test_words_that_meet_are_told_with_their_operation(table, drafter):
    reword(table.charter, table.cast.chair, table.first, FIRST.replace("sovereignty", "freedom"))
    yours = FIRST.replace("sovereignty", "territory")
    operations = [
        {"op": "strike", "clause": str(table.other)},
        {"op": "reword", "clause": str(table.first), "words": {"en": {"text": yours}}},
    ]
    said = problem(drafter.post(SETS, {"operations": operations}, match=5))
    assert (said["code"], said["status"], said["operation"]) == ("stale_wording", 412, 1)
    assert said["yours"]["text"] == yours


@pytest.mark.parametrize(
    ("operations", "pointer"),
    [
        ([], "#/operations"),
        ({}, "#/operations"),
        (["strike"], "#/operations/0"),
        ([{"op": "burn"}], "#/operations/0"),
        ([{"op": "strike", "clause": "x"}], "#/operations/0/clause"),
        ([{"op": "strike", "clause": "new:a", "why": "so"}], "#/operations/0/why"),
        ([{"op": "insert", "kind": "article", "name": "a b"}], "#/operations/0/name"),
        ([{"op": "strike", "clause": "new:a"}] * 501, "#/operations"),
    ],
)
def test_a_set_of_the_wrong_form_is_told_where(operations, pointer, drafter):
    said = problem(drafter.post(SETS, {"operations": operations}, match=5))
    assert (said["code"], said["errors"][0]["pointer"]) == ("invalid", pointer)


def test_a_set_that_changes_nothing_is_no_revision(table, drafter):
    operations = [{"op": "reword", "clause": str(table.first), "words": {"en": {"text": FIRST}}}]
    done = drafter.post(SETS, {"operations": operations}, match=5)
    assert (done.status_code, done.json()["revision"], done.json()["head"]) == (200, None, 5)
    assert not done.has_header("Location")


def test_a_revision_names_the_sitting_it_belongs_to(table, drafter):
    begun = datetime(2031, 3, 1, 12, tzinfo=UTC)
    numbers = [
        reword(
            table.charter, table.cast.drafter, table.first, f"Wording {hour}.", at=begun + later
        ).revision.number
        for hour, later in ((hour, timedelta(hours=hour)) for hour in (0, 5, 12, 13))
    ]
    first, second, third, fourth = numbers
    wanted = {first: first, second: first, third: third, fourth: third}
    listed = {one["number"]: one["sitting"] for one in drafter.get(SETS).json()["items"]}
    assert wanted.items() <= listed.items()
    assert drafter.get(f"{SETS}?limit=1").json()["items"][0]["sitting"] == third
    assert drafter.get(f"{SETS}{second}/").json()["sitting"] == first


def test_namesakes_are_told_apart_also_when_one_has_left(table, call, drafter):
    namesake = person("another")
    Person.objects.filter(pk=namesake.pk).update(name="Drafter")
    seat = add_member(
        actor=table.cast.chair, charter=table.charter, person=namesake, role="drafter"
    )
    mine = reword(table.charter, table.cast.drafter, table.first, "Mine.").revision.number
    theirs = reword(table.charter, namesake, table.first, "Theirs.").revision.number
    remove_member(actor=table.cast.chair, charter=table.charter, member=seat.pk)
    found = {one["number"]: one for one in drafter.get(SETS).json()["items"]}
    assert found[mine]["author"] == found[theirs]["author"] == "Drafter"
    assert found[mine]["author_id"] == str(table.cast.drafter.uuid)
    narrowed = drafter.get(f"{SETS}?author={found[theirs]['author_id']}").json()["items"]
    assert [one["number"] for one in narrowed] == [theirs]
    states = drafter.get(f"charters/eurasia/clauses/{table.first}/history/").json()["items"]
    ids = [one["author_id"] for one in states[:2]]
    assert ids == [str(namesake.uuid), str(table.cast.drafter.uuid)]

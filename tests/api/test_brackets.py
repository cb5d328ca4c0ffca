"""Square brackets through the API: where they stand, how many there were, placed and lifted."""

import pytest

from charter.queries.texts import text_at
from tests.api.calling import problem
from tests.builders import FIRST, reword

pytestmark = pytest.mark.django_db


def address(table, clause=None) -> str:
    return f"charters/eurasia/clauses/{clause or table.first}/brackets/"


def head(table) -> int:
    table.charter.refresh_from_db()
    return table.charter.head


def text(table) -> str:
    return text_at(table.charter, None, "en").find(str(table.first)).text


def test_brackets_are_placed_lifted_and_removed(table, call):
    drafter = call(table.cast.drafter)
    at = FIRST.index("respect")
    place = {"act": "place", "start": at, "end": at + 7}
    done = drafter.post(address(table), place, match=head(table))
    assert (done.status_code, done.json()["clause"]) == (200, str(table.first))
    assert text(table) == FIRST.replace("respect", "[respect]")
    (found,) = drafter.get(address(table)).json()["brackets"]
    assert found == {"part": "text", "start": at, "end": at + 9, "depth": 1, "words": "[respect]"}
    drafter.post(address(table), {"act": "lift", "start": at}, match=head(table))
    assert text(table) == FIRST
    drafter.post(address(table), place, match=head(table))
    drafter.post(address(table), {"act": "remove", "start": at}, match=head(table))
    assert text(table) == FIRST.replace("respect ", "")


def test_the_courses_tell_how_many_there_were_and_where_languages_differ(table, call):
    reword(table.charter, table.cast.chair, table.first, "Parties [may] [shall] agree.")
    reader = call(table.cast.observer, "read")
    reader_says = reader.get("charters/eurasia/brackets/").json()
    english = {"language": "en", "brackets": 2}
    assert reader_says["languages"][0] == english | {
        "course": [{"revision": head(table), "brackets": 2}]
    }
    assert reader_says["differing"] == []
    own = reader.get(address(table, table.article)).json()
    assert (own["brackets"], own["languages"][0]["brackets"]) == ([], 2)
    then = reader.get(address(table) + f"?at={head(table) - 1}").json()
    assert then["brackets"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"act": "lift", "start": 3}, 422, "invalid"),
        ({"act": "place", "start": 3}, 422, "missing"),
        ({"act": "place", "start": 9, "end": 20}, 422, "would_cut"),
        ({"act": "place", "start": 0, "end": 3, "language": "fr"}, 422, "no_such"),
        ({"act": "shift", "start": 0}, 422, "invalid"),
    ],
)
def test_what_cannot_be_done_is_refused(table, call, body, status, code):
    reword(table.charter, table.cast.chair, table.first, "Parties [may] agree.")
    answer = call(table.cast.drafter).post(address(table), body, match=head(table))
    assert (answer.status_code, problem(answer)["code"]) == (status, code)


def test_brackets_changed_meanwhile_are_412_and_the_revision_is_needed(table, call):
    drafter = call(table.cast.drafter)
    reword(table.charter, table.cast.chair, table.first, "Parties [may] [shall] agree.")
    base = head(table)
    lift = {"act": "lift", "start": 8}
    assert drafter.post(address(table), lift).status_code == 428
    assert drafter.post(address(table), lift, match=base).status_code == 200
    again = drafter.post(address(table), {"act": "lift", "start": 14}, match=base)
    assert (again.status_code, problem(again)["code"]) == (412, "stale")


def test_reviewers_may_count_and_not_place(table, call):
    reviewer = call(table.cast.reviewer)
    assert reviewer.get(address(table)).status_code == 200
    place = {"act": "place", "start": 0, "end": 3}
    assert reviewer.post(address(table), place, match=head(table)).status_code == 403
    assert call(table.cast.stranger).get(address(table)).status_code == 404

"""Coverage, the clauses of a principle, mergers and splits by the API."""

import pytest

from charter.actions.principles import change_principle
from charter.models import Principle
from tests.api.calling import problem
from tests.builders import Scene, insert, principle, tag

AT = "charters/eurasia"


@pytest.fixture
def laid(table) -> Scene:
    for slug in ("peace", "security"):
        principle(table.charter, table.cast.chair, slug)
    tag(table, table.first, "peace")
    tag(table, table.second, "peace", "security")
    return table


def test_the_matrix_is_read_as_of_a_revision(laid, call):
    observer = call(laid.cast.observer)
    now = observer.get(f"{AT}/coverage/").json()
    assert [one["slug"] for one in now["principles"]] == ["peace", "security"]
    assert now["principles"][0] == {
        "slug": "peace",
        "name": "Peace",
        "clauses": 2,
        "words": 22,
        "articles": 1,
    }
    assert [len(one["cells"]) for one in now["articles"]] == [2, 0]
    assert [one["id"] for one in now["doubles"]] == [str(laid.second)]
    then = observer.get(f"{AT}/coverage/?at=8").json()
    assert then["articles"][0]["cells"] == [{"principle": "peace", "clauses": 1, "words": 9}]
    assert problem(observer.get(f"{AT}/coverage/?at=99"))["code"] == "not_found"


def test_the_courses_of_principles_are_read(laid, call):
    said = call(laid.cast.observer).get(f"{AT}/coverage/courses/").json()
    assert said["counted"] == said["revision"] == 9
    assert said["principles"][0] == {
        "principle": "peace",
        "steps": [{"revision": 8, "clauses": 1}, {"revision": 9, "clauses": 2}],
    }


def test_the_clauses_of_a_principle_are_read_in_order(laid, call):
    observer = call(laid.cast.observer)
    said = observer.get(f"{AT}/principles/peace/clauses/").json()
    assert [one["id"] for one in said["clauses"]] == [str(laid.first), str(laid.second)]
    assert said["clauses"][0]["above"] == ["Article 1"]
    assert (said["words"], said["successor"]) == (22, None)
    assert problem(observer.get(f"{AT}/principles/peace/clauses/?at=5"))["code"] == "not_found"
    assert problem(observer.get(f"{AT}/principles/nowhere/clauses/"))["code"] == "not_found"


def test_the_chair_merges_principles(laid, call):
    chair = call(laid.cast.chair)
    done = chair.post(f"{AT}/principles/peace/merge/", {"into": "security"}, match=9)
    assert done.json()["revision"] == 10
    said = chair.get(f"{AT}/principles/peace/clauses/").json()
    assert (said["withdrawn"], said["successor"]) == (True, "security")
    assert len(chair.get(f"{AT}/principles/security/clauses/").json()["clauses"]) == 2


def test_the_chair_splits_a_principle(laid, call):
    chair = call(laid.cast.chair)
    body = {"names": {"en": "Calm"}, "clauses": [str(laid.first)]}
    done = chair.post(f"{AT}/principles/peace/split/", body, match=9)
    assert done.json()["revision"] == 10
    assert Principle.objects.get(slug="calm").split_from == "peace"
    said = chair.get(f"{AT}/principles/calm/clauses/").json()
    assert [one["id"] for one in said["clauses"]] == [str(laid.first)]


def test_only_the_chair_merges_and_splits(laid, call):
    drafter = call(laid.cast.drafter)
    for act, body in (
        ("merge", {"into": "security"}),
        ("split", {"names": {"en": "Calm"}, "clauses": [str(laid.first)]}),
    ):
        said = problem(drafter.post(f"{AT}/principles/peace/{act}/", body, match=9))
        assert said["code"] == "forbidden"


def test_what_cannot_be_merged_or_split_is_refused(laid, call):
    chair = call(laid.cast.chair)
    merge, split = f"{AT}/principles/peace/merge/", f"{AT}/principles/peace/split/"
    assert problem(chair.post(merge, {"into": "security"}))["code"] == "precondition_required"
    assert problem(chair.post(merge, {"into": "nowhere"}, match=9))["code"] == "no_such"
    assert problem(chair.post(merge, {"into": "peace"}, match=9))["code"] == "invalid"
    body = {"names": {"en": "Calm"}, "clauses": []}
    assert chair.post(split, body, match=9).status_code == 422
    body["clauses"] = [str(laid.other)]
    assert problem(chair.post(split, body, match=9))["code"] == "no_such"


def test_an_entry_that_has_changed_since_is_not_merged(laid, call):
    change_principle(
        actor=laid.cast.chair, charter=laid.charter, principle="peace", names={"en": "Concord"}
    )
    chair = call(laid.cast.chair)
    answer = chair.post(f"{AT}/principles/peace/merge/", {"into": "security"}, match=9)
    assert problem(answer)["code"] == "stale"


def test_the_queries_are_as_many_however_long_the_text_is(laid, call, queries):
    observer = call(laid.cast.observer)
    addresses = ("coverage/", "coverage/courses/", "principles/peace/clauses/", "statistics/")

    def count() -> list[int]:
        for address in addresses:
            observer.get(f"{AT}/{address}")
        return [queries(lambda where=where: observer.get(f"{AT}/{where}")) for where in addresses]

    before = count()
    for at in range(3):
        tag(laid, insert(laid.charter, laid.cast.chair, "article", f"Words {at}."), "peace")
    assert count() == before

"""Notices and following by the API."""

import pytest

from charter.actions.threads import open_thread
from charter.models import Notice
from tests.api.calling import problem
from tests.builders import Scene, reword

MINE = "me/notices/"
READ = "me/notices/read/"
FOLLOWING = "charters/eurasia/following/"
SETTINGS = "charters/eurasia/notices/"


@pytest.fixture
def laid(table: Scene) -> Scene:
    Notice.objects.all().delete()
    return table


def mention(laid: Scene, text: str = "What does @Reviewer think?"):
    return open_thread(
        actor=laid.cast.drafter,
        charter=laid.charter,
        clause=laid.first,
        language="en",
        base=laid.charter.head,
        text=text,
    )


def test_what_one_is_told_of_is_listed_and_marked_as_read(laid: Scene, call):
    thread = mention(laid)
    reviewer = call(laid.cast.reviewer)
    [told] = reviewer.get(MINE).json()["items"]
    assert told["kind"] == "mentioned"
    assert (told["charter"], told["clause"]) == ("eurasia", str(laid.first))
    assert (told["thread"], told["read"]) == (thread.pk, False)
    assert "think" not in str(told)
    assert reviewer.post(READ, {"notices": [told["id"]]}).json() == {"marked": 1}
    assert reviewer.get(MINE + "?unread=true").json()["items"] == []
    assert reviewer.get(MINE).json()["items"][0]["read"] is True


def test_all_are_read_until_a_moment(laid: Scene, call):
    mention(laid)
    reviewer = call(laid.cast.reviewer)
    [seen] = reviewer.get(MINE).json()["items"]
    mention(laid)
    asked = {"until": seen["made_at"], "charter": "eurasia"}
    assert reviewer.post(READ, asked).json() == {"marked": 1}
    assert reviewer.post(READ, asked | {"charter": "no-such"}).status_code == 404
    assert problem(reviewer.post(READ, {}))["code"] == "missing"
    assert reviewer.post(READ, {"until": "2026-11-24T10:00:00"}).status_code == 422


def test_pages_go_on_where_they_ended(laid: Scene, call):
    for _ in range(3):
        mention(laid)
    reviewer = call(laid.cast.reviewer)
    first = reviewer.get(MINE + "?limit=2").json()
    second = reviewer.get(first["next"].split("/api/v1/")[1]).json()
    ids = [one["id"] for one in (*first["items"], *second["items"])]
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 3
    assert second["next"] is None


def test_anothers_notices_are_neither_listed_nor_marked(laid: Scene, call):
    mention(laid)
    observer = call(laid.cast.observer)
    assert observer.get(MINE).json()["items"] == []
    [notice] = Notice.objects.all()
    assert observer.post(READ, {"notices": [notice.pk]}).json() == {"marked": 0}
    assert call(laid.cast.stranger).get(MINE + "?charter=eurasia").status_code == 404


def test_a_clause_is_followed_and_left(laid: Scene, call):
    observer = call(laid.cast.observer)
    assert observer.post(FOLLOWING, {"clause": str(laid.article)}).status_code == 201
    made = observer.post(FOLLOWING, {"clause": None})
    assert (made.status_code, made.json()["whole"]) == (201, True)
    listed = [one["clause"] for one in observer.get(FOLLOWING).json()["items"]]
    assert listed == [str(laid.root), str(laid.article)]
    reword(laid.charter, laid.cast.drafter, laid.first, "Other words.")
    [told] = observer.get(MINE).json()["items"]
    assert (told["kind"], told["clause"], told["last"]) == ("edited", str(laid.article), 6)
    assert observer.post(FOLLOWING + "end/", {"clause": None}).status_code == 204
    assert len(observer.get(FOLLOWING).json()["items"]) == 1
    nowhere = {"clause": str(laid.charter.uuid)}
    assert problem(observer.post(FOLLOWING, nowhere))["code"] == "no_such"


def test_the_ways_of_telling_are_changed_by_whoever_saw_them(laid: Scene, call):
    observer = call(laid.cast.observer)
    seen = observer.get(SETTINGS)
    assert seen.json() == {"letters": "daily", "muted": []}
    wish = {"letters": "off", "muted": ["stage"]}
    assert observer.patch(SETTINGS, wish).status_code == 428
    assert observer.patch(SETTINGS, wish, match=seen["ETag"]).json() == wish
    assert problem(observer.patch(SETTINGS, wish, match=seen["ETag"]))["status"] == 412
    bad = {"letters": "always"}
    assert observer.patch(SETTINGS, bad, match=seen["ETag"]).status_code == 422


def test_a_list_takes_as_many_queries_for_many_notices_as_for_few(laid: Scene, call, queries):
    reviewer = call(laid.cast.reviewer)
    mention(laid)
    few = queries(lambda: reviewer.get(MINE))
    for _ in range(6):
        mention(laid)
    assert queries(lambda: reviewer.get(MINE)) == few

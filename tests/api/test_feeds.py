"""Feeds and the calendar by the API: read with a token, and by addresses made, renewed, stopped."""

from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.api.calling import problem
from tests.builders import reword

AT = "charters/eurasia/"
FEEDS = f"{AT}feeds/"
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(answer) -> list[str]:
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    found = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
    return [one.find(f"{ATOM}title").text for one in found]


def opens(address: str) -> int:
    """What a program without a token gets at an address it was given."""
    return Client().get(address.removeprefix("http://testserver")).status_code


def test_a_token_that_reads_reads_the_feeds(table, call):
    reword(table.charter, table.cast.drafter, table.second, "Secret words.", message="Shorter")
    reader = call(table.cast.observer, "read")
    answer = reader.get(f"{FEEDS}history/")
    assert entries(answer)[0] == "Revision 6: Shorter"
    assert b"Secret words" not in answer.content
    assert reader.get(f"{FEEDS}history/", If_None_Match=answer["ETag"]).status_code == 304
    own = entries(reader.get(f"{AT}clauses/{table.second}/feed/"))
    assert [title.partition(":")[0] for title in own] == ["Revision 6", "Revision 4"]
    calendar = reader.get(f"{FEEDS}silence/")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert calendar.content.startswith(b"BEGIN:VCALENDAR")


def test_a_feed_is_the_same_feed_at_both_its_addresses(table, call):
    browser = Client()
    browser.force_login(table.cast.observer)
    ids = [
        ElementTree.fromstring(answer.content).find(f"{ATOM}id").text
        for answer in (
            call(table.cast.observer).get(f"{FEEDS}history/"),
            browser.get("/charters/eurasia/history/feed/"),
        )
    ]
    assert ids[0] == ids[1]


def test_addresses_are_made_renewed_and_stopped(table, call):
    there = call(table.cast.reviewer)
    off = {"on": False, "history": None, "calendar": None, "clause": None}
    assert there.get(FEEDS).json() == off
    first = there.post(f"{FEEDS}?clause={table.second}")
    assert (first.status_code, first["Cache-Control"]) == (201, "no-store")
    said = first.json()
    assert there.get(f"{FEEDS}?clause={table.second}").json() == said
    assert [opens(said[name]) for name in ("history", "calendar", "clause")] == [200] * 3
    second = there.post(FEEDS).json()
    assert second["clause"] is None
    assert (opens(said["history"]), opens(second["history"])) == (404, 200)
    assert there.delete(FEEDS).status_code == 204
    assert opens(second["history"]) == 404
    assert there.get(FEEDS).json() == off


def test_an_address_that_would_outlive_a_token_is_not_shown_to_it(table, call):
    call(table.cast.reviewer).post(FEEDS)
    reader = call(table.cast.reviewer, "read")
    shown = {"on": True, "history": None, "calendar": None, "clause": None}
    assert reader.get(FEEDS).json() == shown
    assert problem(reader.post(FEEDS))["code"] == "read_only_token"
    assert problem(reader.delete(FEEDS))["code"] == "read_only_token"


def test_the_addresses_of_one_are_not_those_of_another(table, call):
    call(table.cast.reviewer).post(FEEDS)
    assert call(table.cast.observer).get(FEEDS).json()["on"] is False


@pytest.mark.parametrize("path", ["feeds/", "feeds/history/", "feeds/silence/"])
def test_who_has_no_seat_has_no_feed(path, table, call):
    assert problem(call(table.cast.stranger).get(AT + path))["code"] == "not_found"


def test_what_is_not_there_has_no_feed(table, call):
    there = call(table.cast.observer)
    assert problem(there.get(f"{AT}clauses/{uuid4()}/feed/"))["code"] == "not_found"
    assert problem(there.get(f"{FEEDS}?clause={uuid4()}"))["code"] == "not_found"
    assert problem(there.get(f"{FEEDS}?clause=5"))["code"] == "bad_query"
    assert problem(there.get(f"{FEEDS}history/?language=fr"))["code"] == "not_found"
    assert problem(there.post(FEEDS, {"on": True}))["code"] == "malformed"

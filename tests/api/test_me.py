"""Oneself by the API: who one is, and what the account page changes."""

import pytest
from django.utils import timezone

from accounts.models import Person
from charter.actions.presence import be_seen
from charter.models import Presence
from tests.api.calling import problem
from tests.cast import person


@pytest.fixture
def somebody(db):
    return person("somebody")


def test_one_changes_name_and_likings_and_no_more(somebody, call):
    there = call(somebody)
    read = there.get("me/")
    body = {"name": "Ana Lima", "language": "ru", "time_zone": "Asia/Almaty", "appearance": "dark"}
    done = there.patch("me/", body, match=read["ETag"])
    assert done.status_code == 200
    assert done.json() == {**read.json(), **body}
    row = Person.objects.get(pk=somebody.pk)
    assert (row.name, row.language, row.shows_presence) == ("Ana Lima", "ru", True)
    assert there.get("me/").json() == done.json()
    back = there.patch("me/", {"language": "", "time_zone": ""}, match=done["ETag"]).json()
    assert (back["name"], back["language"], back["time_zone"]) == ("Ana Lima", "", "")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": ""}, "#/name"),
        ({"name": "a" * 201}, "#/name"),
        ({"name": "A\u202ena"}, "#/name"),
        ({"language": "tlh"}, "#/language"),
        ({"time_zone": "Mars/Olympus"}, "#/time_zone"),
        ({"appearance": "loud"}, "#/appearance"),
        ({"shows_presence": "no"}, "#/shows_presence"),
        ({"email": "other@example.org"}, "#/email"),
    ],
)
def test_what_the_account_page_refuses_is_refused_at_its_place(body, pointer, somebody, call):
    there = call(somebody)
    said = problem(there.patch("me/", body, match=there.get("me/")["ETag"]))
    assert (said["code"], [one["pointer"] for one in said["errors"]]) == ("invalid", [pointer])
    assert Person.objects.get(pk=somebody.pk).name == somebody.name


def test_only_who_has_read_it_changes_it_and_only_with_a_token_that_writes(somebody, call):
    there, tag = call(somebody), call(somebody).get("me/")["ETag"]
    assert problem(there.patch("me/", {"name": "Ana"}))["code"] == "precondition_required"
    assert problem(there.patch("me/", {"name": "Ana"}, match=tag))["code"] == "stale"
    reader = call(somebody, "read")
    own = reader.get("me/")["ETag"]
    assert problem(reader.patch("me/", {"name": "Ana"}, match=own))["code"] == "read_only_token"
    assert problem(call(None).patch("me/", {"name": "Ana"}))["code"] == "not_signed_in"


def test_who_will_not_be_seen_leaves_no_trace(table, call):
    drafter = table.cast.drafter
    be_seen(person=drafter, slug="eurasia", at=timezone.now())
    there = call(drafter)
    tag = there.get("me/")["ETag"]
    assert there.patch("me/", {"shows_presence": False}, match=tag).status_code == 200
    assert not Presence.objects.filter(person=drafter).exists()

"""A delegation's page and the room: what one may see of others, and never what one may not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from charter.actions.amendments import draft_amendment, join_amendment
from charter.actions.members import remove_member
from charter.actions.presence import be_seen
from charter.actions.threads import open_thread
from charter.models import Membership, Presence
from charter.queries.presence import When
from charter.web import presence
from tests.builders import delegation, reword, seated, tabled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_remembered():
    presence.forget()


@pytest.fixture
def team(table):
    """The drafter's delegation."""
    return seated(table.charter, table.cast.chair, table.cast.drafter, "BLR")


def page_of(client, team):
    return client.get(reverse("delegation", args=["eurasia", team.pk]))


def test_a_delegation_is_shown_with_its_people_and_what_they_did(table, team, signed_in):
    reword(table.charter, table.cast.drafter, table.first, "The Parties respect one another.")
    reword(table.charter, table.cast.chair, table.second, "No Party shall.")
    table.charter.refresh_from_db()
    open_thread(
        actor=table.cast.drafter,
        charter=table.charter,
        clause=table.other,
        language="en",
        base=table.charter.head,
        start=0,
        end=4,
        text="This one?",
    )
    page = page_of(signed_in(table.cast.observer), team)
    found = page.context["delegation"]
    assert [one.name for one in found.people] == ["Drafter"]
    assert (found.work.revisions, found.work.threads, found.work.comments) == (1, 1, 1)
    assert found.work.written > 0
    assert [entry.author for entry in page.context["latest"]] == ["Drafter"]
    assert f"?delegation={team.pk}" in page.content.decode()
    assert [one.quote for one in found.threads] == ["This"]


def test_amendments_are_shown_by_who_proposed_and_who_joined(table, team, signed_in):
    mine = tabled(table.charter, table.cast.drafter, table.first, "Something else.")
    other = seated(table.charter, table.cast.chair, table.cast.reviewer, "KAZ")
    join_amendment(actor=table.cast.reviewer, charter=table.charter, amendment=mine.uuid)
    client = signed_in(table.cast.observer)
    proposer = page_of(client, team).context["delegation"]
    joiner = page_of(client, other).context["delegation"]
    assert [one.uuid for one in proposer.proposed] == [mine.uuid]
    assert [one.uuid for one in joiner.joined] == [mine.uuid]
    assert (proposer.joined, joiner.proposed) == ((), ())


def test_a_draft_is_seen_by_its_own_delegation_alone(table, team, signed_in):
    draft_amendment(actor=table.cast.drafter, charter=table.charter, title="A secret plan")
    for somebody, seen in ((table.cast.drafter, True), (table.cast.chair, False)):
        page = page_of(signed_in(somebody), team)
        assert ("A secret plan" in page.content.decode()) == seen


def test_the_page_costs_the_same_however_much_was_done(table, team, signed_in, queries):
    client = signed_in(table.cast.observer)
    address = reverse("delegation", args=["eurasia", team.pk])
    reword(table.charter, table.cast.drafter, table.first, "One.")
    tabled(table.charter, table.cast.drafter, table.first, "Something else.")
    few = queries(client, address)
    for turn in range(4):
        reword(table.charter, table.cast.drafter, table.first, f"Turn {turn}.")
        tabled(table.charter, table.cast.drafter, table.second, f"Other {turn}.")
        delegation(table.charter, table.cast.chair, f"S{turn}")
    assert queries(client, address) == few


def last_here(client) -> dict[str, When]:
    page = client.get(reverse("members", args=["eurasia"]))
    names = {one.person_id: one.name for one in page.context["members"]}
    return {names[person]: seen.when for person, seen in page.context["seen"].items()}


def test_whoever_reads_a_page_is_in_the_room_for_the_other_members(table, signed_in):
    signed_in(table.cast.drafter).get(reverse("text", args=["eurasia"]))
    client = signed_in(table.cast.observer)
    assert last_here(client) == {"Drafter": When.NOW}
    assert "in the room now" in client.get(reverse("members", args=["eurasia"])).content.decode()
    now = timezone.now()
    Presence.objects.update(seen_at=now - timedelta(days=2))
    assert last_here(client)["Drafter"] == When.BEFORE


def test_presence_is_written_once_a_minute(table, signed_in, queries):
    client = signed_in(table.cast.drafter)
    where = reverse("text", args=["eurasia"])
    client.get(where)
    first = Presence.objects.get().seen_at
    without = queries(client, where)
    presence.forget()
    client.get(where)
    assert Presence.objects.get().seen_at == first  # another process asked, within the minute
    assert queries(client, where) == without
    presence.forget()
    Presence.objects.update(seen_at=first - timedelta(minutes=2))
    client.get(where)
    assert Presence.objects.get().seen_at > first - timedelta(minutes=1)


def test_who_does_not_want_to_be_seen_is_not_and_leaves_no_trace(table, signed_in):
    somebody = table.cast.drafter
    signed_in(somebody).get(reverse("text", args=["eurasia"]))
    client = signed_in(somebody)
    said = {"name": somebody.name, "language": "", "appearance": "auto"}
    assert client.post(reverse("accounts:account"), said).status_code == 302
    assert last_here(signed_in(table.cast.observer)) == {}
    client.get(reverse("text", args=["eurasia"]))
    assert not Presence.objects.filter(person=somebody).exists()
    client.post(reverse("accounts:account"), said | {"shows_presence": "on"})
    presence.forget()
    client.get(reverse("text", args=["eurasia"]))
    assert "Drafter" in last_here(signed_in(table.cast.observer))


def test_a_stranger_is_in_no_room_and_a_member_who_left_is_in_none_any_more(table, signed_in):
    assert signed_in(table.cast.stranger).get(reverse("text", args=["eurasia"])).status_code == 404
    be_seen(person=table.cast.stranger, slug="eurasia", at=timezone.now())
    assert not Presence.objects.exists()
    signed_in(table.cast.drafter).get(reverse("text", args=["eurasia"]))
    seat = Membership.objects.get(charter=table.charter, person=table.cast.drafter)
    remove_member(actor=table.cast.chair, charter=table.charter, member=seat.pk)
    assert last_here(signed_in(table.cast.observer)) == {}

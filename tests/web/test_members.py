import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from charter.actions import invitations
from charter.actions.members import add_member, remove_member
from charter.actions.parties import add_delegation, add_party
from charter.models import Invitation, Membership, Role
from tests.cast import person

pytestmark = pytest.mark.django_db

ADDRESS = "/charters/eurasia/members/"


def seat_of(table, somebody) -> Membership:
    return Membership.objects.get(charter=table.charter, person=somebody)


def delegation(table) -> int:
    at = {"actor": table.cast.chair, "charter": table.charter}
    party = add_party(**at, kind="state", code="BLR", names={"en": "Belarus", "ru": "Беларусь"})
    return add_delegation(**at, party=party.pk, standing="initiator").pk


def invite(client, email: str = "new@example.org", **more):
    return client.post(ADDRESS, {"email": email, "role": "observer"} | more)


def link_in(answer) -> str:
    """The path of the link on the page; it is of this installation."""
    found = re.search(r'value="http://testserver(/invitations/[^"]+)"', answer.content.decode())
    return found[1]


def test_the_chair_gets_a_link_to_send_once_and_nobody_a_seat_yet(table, signed_in, client):
    chair = signed_in(table.cast.chair)
    said = {"name": "New Delegate", "role": "drafter", "delegation": delegation(table)}
    answer = invite(chair, "New@Example.org", **said)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    link = link_in(answer)
    assert client.get(link).status_code == 200
    assert not Person.objects.filter(email="new@example.org").exists()
    page = chair.get(ADDRESS).content.decode()
    assert "New Delegate" in page
    assert "Belarus" in page
    assert link not in page


def test_the_answer_is_the_same_whether_or_not_the_address_has_an_account(table, signed_in):
    person("known")
    chair = signed_in(table.cast.chair)
    invite(chair, "warm@example.org")
    answers, costs = [], []
    for email in ("known@example.org", "other@example.org"):
        with CaptureQueriesContext(connection) as captured:
            answer = invite(chair, email)
        costs.append(len(captured))
        said = answer.content.decode().replace(email, "ADDRESS")
        answers.append((answer.status_code, sorted(answer.headers), _without_keys(said)))
        Invitation.objects.filter(email=email).delete()
    assert costs[0] == costs[1]
    assert answers[0] == answers[1]


def _without_keys(page: str) -> str:
    keys = r'(nonce=|datetime=|csrfmiddlewaretoken" value=|/invitations/)("[^"]*"|[^"/]*)'
    # A minute may pass between two pages.
    return re.sub(r"\d\d:\d\d", "", re.sub(keys, r"\1", page))


def test_an_address_that_sits_here_is_refused_with_what_was_typed(table, signed_in):
    answer = invite(
        signed_in(table.cast.chair), table.cast.observer.email, name="Olga", role="chair"
    )
    assert answer.status_code == 422
    assert "has a seat here already" in answer.content.decode()
    assert table.cast.observer.email in answer.content.decode()
    assert seat_of(table, table.cast.observer).role == Role.OBSERVER


@pytest.mark.parametrize(
    "said",
    [
        {"email": "nobody", "role": "observer"},
        {"email": "a@example.org", "role": "king"},
        {"email": "a@example.org", "role": "observer", "delegation": "999999"},
        {"email": "a@example.org", "name": "turned \u202e round", "role": "observer"},
        {"email": "a@example.org", "name": "a" * 201, "role": "observer"},
        {"email": f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.org", "role": "observer"},
    ],
)
def test_a_seat_needs_an_address_a_role_and_a_delegation_of_this_charter(table, signed_in, said):
    assert signed_in(table.cast.chair).post(ADDRESS, said).status_code == 422
    assert not Invitation.objects.exists()


def test_a_role_and_a_delegation_are_changed(table, signed_in):
    seat = seat_of(table, table.cast.observer)
    address = reverse("member", args=["eurasia", seat.pk])
    client = signed_in(table.cast.chair)
    client.post(address, {"role": "reviewer", "delegation": delegation(table)})
    seat.refresh_from_db()
    assert (seat.role, seat.delegation.party.code) == (Role.REVIEWER, "BLR")
    client.post(address, {"role": "reviewer", "delegation": ""})
    seat.refresh_from_db()
    assert seat.delegation is None


def test_the_last_chair_stays(table, signed_in):
    seat = seat_of(table, table.cast.chair)
    client = signed_in(table.cast.chair)
    answer = client.post(reverse("member", args=["eurasia", seat.pk]), {"role": "observer"})
    assert answer.status_code == 422
    assert "needs a chair" in answer.content.decode()
    answer = client.post(reverse("member_remove", args=["eurasia", seat.pk]), follow=True)
    assert "needs a chair" in answer.content.decode()
    assert seat_of(table, table.cast.chair).role == Role.CHAIR


def test_a_seat_taken_away_closes_the_charter(table, signed_in):
    theirs = signed_in(table.cast.observer)
    assert theirs.get("/charters/eurasia/").status_code == 200
    seat = seat_of(table, table.cast.observer)
    signed_in(table.cast.chair).post(reverse("member_remove", args=["eurasia", seat.pk]))
    assert theirs.get("/charters/eurasia/").status_code == 404
    assert "A charter of tests" not in theirs.get("/").content.decode()


def test_a_chair_who_leaves_finds_the_list_of_charters(table, signed_in):
    second = person("second")
    add_member(actor=table.cast.chair, charter=table.charter, person=second, role=Role.CHAIR)
    seat = seat_of(table, table.cast.chair)
    answer = signed_in(table.cast.chair).post(reverse("member_remove", args=["eurasia", seat.pk]))
    assert answer["Location"] == "/"


def waiting(table) -> int:
    return Invitation.objects.get(charter=table.charter, accepted_at=None, withdrawn_at=None).pk


def test_a_link_is_renewed_by_any_chair_and_the_old_one_is_dead(table, signed_in, client):
    old = link_in(invite(signed_in(table.cast.chair)))
    other = person("other")
    add_member(actor=table.cast.chair, charter=table.charter, person=other, role=Role.CHAIR)
    chair = signed_in(other)
    answer = chair.post(reverse("invitation_renew", args=["eurasia", waiting(table)]))
    assert answer["Cache-Control"] == "no-store"
    assert client.get(old).status_code == 410
    assert client.get(link_in(answer)).status_code == 200
    assert "Other" in chair.get(ADDRESS).content.decode()


def test_an_invitation_is_withdrawn(table, signed_in, client):
    chair = signed_in(table.cast.chair)
    link = link_in(invite(chair, name="A guest"))
    address = reverse("invitation_withdraw", args=["eurasia", waiting(table)])
    answer = chair.post(address, follow=True)
    assert "The invitation of A guest is withdrawn." in answer.content.decode()
    assert client.get(link).status_code == 410
    assert chair.post(address).status_code == 404


def test_too_many_invitations_are_refused_in_words(table, signed_in, monkeypatch):
    monkeypatch.setattr(invitations, "A_DAY", 1)
    chair = signed_in(table.cast.chair)
    invite(chair)
    assert "go on tomorrow" in invite(chair, "second@example.org").content.decode()
    renewed = chair.post(reverse("invitation_renew", args=["eurasia", waiting(table)]), follow=True)
    assert "go on tomorrow" in renewed.content.decode()


def test_the_list_says_what_is_too_old_and_whose_inviter_has_gone(table, signed_in):
    other = person("other")
    seat = add_member(actor=table.cast.chair, charter=table.charter, person=other, role=Role.CHAIR)
    invite(signed_in(other), "orphan@example.org")
    remove_member(actor=table.cast.chair, charter=table.charter, member=seat.pk)
    invitations.invite_member(
        actor=table.cast.chair,
        charter=table.charter,
        email="old@example.org",
        role="observer",
        at=timezone.now() - invitations.LASTS,
    )
    page = signed_in(table.cast.chair).get(ADDRESS).content.decode()
    assert "who invited is no chair any more" in page
    assert "too old" in page


def test_open_invitations_are_for_the_chair_alone(table, signed_in):
    invite(signed_in(table.cast.chair), name="A secret guest")
    page = signed_in(table.cast.drafter).get(ADDRESS).content.decode()
    assert "A secret guest" not in page
    assert "new@example.org" not in page


def test_the_chair_sees_when_another_address_came_than_was_invited(table, signed_in):
    link = link_in(invite(signed_in(table.cast.chair)))
    signed_in(table.cast.stranger).post(link)
    page = signed_in(table.cast.chair).get(ADDRESS).content.decode()
    assert table.cast.stranger.email in page
    assert "invited as new@example.org" in page
    seat = reverse("member", args=["eurasia", seat_of(table, table.cast.stranger).pk])
    assert "invited as new@example.org" in signed_in(table.cast.chair).get(seat).content.decode()
    theirs = signed_in(table.cast.drafter).get(ADDRESS).content.decode()
    assert "new@example.org" not in theirs


def test_addresses_are_for_the_chair_alone(table, signed_in):
    page = signed_in(table.cast.drafter).get(ADDRESS).content.decode()
    assert "Observer" in page
    assert table.cast.observer.email not in page
    assert table.cast.observer.email in signed_in(table.cast.chair).get(ADDRESS).content.decode()


def test_the_cost_of_the_list_does_not_grow(table, signed_in, queries):
    client = signed_in(table.cast.chair)
    team = delegation(table)
    invite(client)
    few = queries(client, ADDRESS)
    for at in range(8):
        add_member(
            actor=table.cast.chair,
            charter=table.charter,
            person=person(f"further{at}"),
            role=Role.REVIEWER,
            delegation=team,
        )
        invite(client, f"guest{at}@example.org", delegation=team)
    assert queries(client, ADDRESS) == few

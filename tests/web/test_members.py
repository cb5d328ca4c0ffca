import re

import pytest
from django.urls import reverse

from accounts.models import Person
from charter.actions.members import add_member
from charter.actions.parties import add_delegation, add_party
from charter.models import Membership, Role
from tests.cast import person

pytestmark = pytest.mark.django_db

ADDRESS = "/charters/eurasia/members/"


def seat_of(table, somebody) -> Membership:
    return Membership.objects.get(charter=table.charter, person=somebody)


def delegation(table) -> int:
    at = {"actor": table.cast.chair, "charter": table.charter}
    party = add_party(**at, kind="state", code="BLR", names={"en": "Belarus", "ru": "Беларусь"})
    return add_delegation(**at, party=party.pk, standing="initiator").pk


def test_somebody_new_gets_a_seat_and_the_chair_a_link_to_send(table, signed_in, client):
    said = {"email": "New@Example.org", "name": "New Delegate", "role": "drafter"}
    answer = signed_in(table.cast.chair).post(ADDRESS, said | {"delegation": delegation(table)})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    link = re.search(r'value="(http://testserver/invitation/[^"]+)"', answer.content.decode())[1]
    assert client.get(link).status_code == 200
    made = seat_of(table, Person.objects.get(email="new@example.org"))
    assert made.role == Role.DRAFTER
    assert made.delegation.party.code == "BLR"


def test_somebody_who_can_sign_in_gets_a_seat_and_no_link(table, signed_in):
    known = person("known")
    known.set_password("a long and quiet word")
    known.save()
    answer = signed_in(table.cast.chair).post(
        ADDRESS, {"email": known.email, "role": "observer"}, follow=True
    )
    page = answer.content.decode()
    assert "Known has a seat." in page
    assert "/invitation/" not in page
    assert seat_of(table, known).role == Role.OBSERVER


def test_a_second_seat_is_refused_with_what_was_typed(table, signed_in):
    answer = signed_in(table.cast.chair).post(
        ADDRESS, {"email": table.cast.observer.email, "name": "Olga", "role": "chair"}
    )
    assert answer.status_code == 422
    assert "member already" in answer.content.decode()
    assert table.cast.observer.email in answer.content.decode()
    assert seat_of(table, table.cast.observer).role == Role.OBSERVER


@pytest.mark.parametrize(
    "said",
    [
        {"email": "nobody", "role": "observer"},
        {"email": "a@example.org", "role": "king"},
        {"email": "a@example.org", "role": "observer", "delegation": "999999"},
        {"email": "a@example.org", "name": "turned \u202e round", "role": "observer"},
    ],
)
def test_a_seat_needs_an_address_a_role_and_a_delegation_of_this_charter(table, signed_in, said):
    assert signed_in(table.cast.chair).post(ADDRESS, said).status_code == 422
    assert not Person.objects.filter(email="a@example.org").exists()


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


def test_a_link_is_shown_again_to_whoever_invited_and_to_no_other_chair(table, signed_in):
    client = signed_in(table.cast.chair)
    client.post(ADDRESS, {"email": "new@example.org", "name": "New", "role": "observer"})
    seat = seat_of(table, Person.objects.get(email="new@example.org"))
    address = reverse("member_link", args=["eurasia", seat.pk])
    assert "/invitation/" in client.post(address).content.decode()
    other = person("other")
    add_member(actor=table.cast.chair, charter=table.charter, person=other, role=Role.CHAIR)
    assert "/invitation/" not in signed_in(other).post(address, follow=True).content.decode()


def test_addresses_are_for_the_chair_alone(table, signed_in):
    page = signed_in(table.cast.drafter).get(ADDRESS).content.decode()
    assert "Observer" in page
    assert table.cast.observer.email not in page
    assert table.cast.observer.email in signed_in(table.cast.chair).get(ADDRESS).content.decode()


def test_the_cost_of_the_list_does_not_grow(table, signed_in, queries):
    client = signed_in(table.cast.chair)
    team = delegation(table)
    few = queries(client, ADDRESS)
    for at in range(8):
        add_member(
            actor=table.cast.chair,
            charter=table.charter,
            person=person(f"further{at}"),
            role=Role.REVIEWER,
            delegation=team,
        )
    assert queries(client, ADDRESS) == few

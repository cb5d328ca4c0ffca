"""What stands already is changed by several chairs: nobody writes over what another made of it."""

import re
from html import unescape

import pytest
from django.urls import reverse

from charter.actions.editions import name_edition
from charter.actions.members import change_member
from charter.actions.parties import add_party, change_party
from charter.models import Edition, Membership, Role

pytestmark = pytest.mark.django_db

FIELD = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page, as a browser would send them."""
    return {name: unescape(value) for name, value in FIELD.findall(page)}


@pytest.fixture
def renaming(table, signed_in):
    """An edition's form as a chair has opened it, and how it is sent."""
    made = name_edition(actor=table.cast.chair, charter=table.charter, number=2, name="Rev.1")
    address = reverse("edition", args=["eurasia", made.pk])
    client = signed_in(table.cast.chair)
    opened = hidden(client.get(address).content.decode())

    def send(page=opened, **typed):
        return client.post(address, {**page, **typed})

    return made, send


def test_what_is_left_alone_stays_as_others_made_it(renaming):
    made, send = renaming
    Edition.objects.filter(pk=made.pk).update(name="Rev.2")
    assert send(name="Rev.1", symbol="EC/1").status_code == 302
    made.refresh_from_db()
    assert (made.name, made.symbol) == ("Rev.2", "EC/1")


def test_what_two_have_changed_is_refused_once_with_what_the_other_said(renaming):
    made, send = renaming
    Edition.objects.filter(pk=made.pk).update(name="Rev.2")
    refused = send(name="Chair's text", symbol="EC/1")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "to “Rev.2”" in page
    assert 'value="Chair&#x27;s text"' in page and 'value="EC/1"' in page
    made.refresh_from_db()
    assert made.name == "Rev.2"
    assert send(hidden(page), name="Chair's text", symbol="EC/1").status_code == 302
    made.refresh_from_db()
    assert (made.name, made.symbol) == ("Chair's text", "EC/1")


def test_what_two_have_changed_alike_is_no_matter(renaming):
    made, send = renaming
    Edition.objects.filter(pk=made.pk).update(name="Rev.2")
    assert send(name="Rev.2", symbol="").status_code == 302


def test_a_form_without_what_it_held_counts_as_it_is(renaming):
    made, send = renaming
    assert send({}, name="Rev.3", symbol="").status_code == 302
    made.refresh_from_db()
    assert made.name == "Rev.3"


def test_two_chairs_give_one_person_another_role(table, signed_in):
    seat = Membership.objects.get(charter=table.charter, person=table.cast.observer)
    address = reverse("member", args=["eurasia", seat.pk])
    client = signed_in(table.cast.chair)
    opened = hidden(client.get(address).content.decode())
    change_member(
        actor=table.cast.chair, charter=table.charter, member=seat.pk, role="drafter",
        delegation=None,
    )  # fmt: skip
    refused = client.post(address, {**opened, "role": "reviewer", "delegation": ""})
    assert refused.status_code == 422
    assert "to “Drafter”" in refused.content.decode()
    assert client.post(address, {**opened, "role": "observer", "delegation": ""}).status_code == 302
    seat.refresh_from_db()
    assert seat.role == Role.DRAFTER


def test_two_chairs_correct_one_party(table, signed_in):
    party = add_party(
        actor=table.cast.chair,
        charter=table.charter,
        kind="state",
        code="BLR",
        names={"en": "Belarus"},
    )
    address = reverse("party", args=["eurasia", party.pk])
    client = signed_in(table.cast.chair)
    opened = hidden(client.get(address).content.decode())
    said = {name.removeprefix("initial-"): value for name, value in opened.items()}
    change_party(
        actor=table.cast.chair, charter=table.charter, party=party.pk, code="BY", kind=party.kind,
        names=dict(party.names),
    )  # fmt: skip
    assert client.post(address, {**opened, **said, "name_en": "Belarus!"}).status_code == 302
    party.refresh_from_db()
    assert (party.code, dict(party.names)["en"]) == ("BY", "Belarus!")

import pytest
from django.urls import reverse

from charter.actions.members import add_member
from charter.actions.parties import add_delegation, add_party, set_party_members
from charter.models import Delegation, Party, Role
from charter.queries.parties import party_of
from tests.cast import person

pytestmark = pytest.mark.django_db

ADDRESS = "/charters/eurasia/parties/"


def party(table, code: str, kind: str = "state", name: str = "") -> int:
    return add_party(
        actor=table.cast.chair,
        charter=table.charter,
        kind=kind,
        code=code,
        names={"en": name or code.title()},
    ).pk


def entry(table, id: int, **changes) -> dict:
    """The form of a party as it is, with some fields changed."""
    found = party_of(table.charter, id, "en")
    return {
        "kind": found.kind,
        "code": found.code,
        "name_en": found.names["en"],
        "standing": found.standing or "",
        "members": list(found.member_ids),
    } | changes


def test_the_chair_adds_a_party_with_its_delegation(table, signed_in):
    client = signed_in(table.cast.chair)
    said = {"kind": "state", "code": "BLR", "name_en": "Belarus", "name_ru": "Беларусь"}
    assert client.post(ADDRESS, said | {"standing": "initiator"}).status_code == 302
    made = Party.objects.get(charter=table.charter)
    assert made.names == {"en": "Belarus", "ru": "Беларусь"}
    assert made.delegation.standing == "initiator"


def test_a_code_is_unique_and_a_refusal_leaves_nothing_half_done(table, signed_in):
    party(table, "BLR")
    client = signed_in(table.cast.chair)
    answer = client.post(
        ADDRESS, {"kind": "state", "code": "BLR", "name_en": "Other", "standing": "invited"}
    )
    assert answer.status_code == 422
    assert "There is a party of this code." in answer.content.decode()
    assert (Party.objects.count(), Delegation.objects.count()) == (1, 0)


def test_an_organisation_has_members_and_a_state_says_what_it_belongs_to(table, signed_in):
    state, org = party(table, "BLR", name="Belarus"), party(table, "CSTO", "organisation")
    client = signed_in(table.cast.chair)
    address = reverse("party", args=["eurasia", org])
    assert client.post(address, entry(table, org, members=[state])).status_code == 302
    assert party_of(table.charter, org, "en").member_ids == (state,)
    page = client.get(ADDRESS).content.decode()
    assert '<abbr title="Csto">CSTO</abbr>' in page
    assert '<abbr title="Belarus">BLR</abbr>' in page
    client.post(address, entry(table, org, members=[]))
    assert party_of(table.charter, org, "en").member_ids == ()


def test_a_delegation_comes_changes_and_goes(table, signed_in):
    state = party(table, "BLR")
    client = signed_in(table.cast.chair)
    address = reverse("party", args=["eurasia", state])
    for standing in ("invited", "participant", ""):
        client.post(address, entry(table, state, standing=standing))
        assert (party_of(table.charter, state).standing or "") == standing


def test_a_delegation_with_people_in_it_stays(table, signed_in):
    state = party(table, "BLR")
    team = add_delegation(
        actor=table.cast.chair, charter=table.charter, party=state, standing="invited"
    )
    add_member(
        actor=table.cast.chair,
        charter=table.charter,
        person=person("somebody"),
        role=Role.OBSERVER,
        delegation=team.pk,
    )
    client = signed_in(table.cast.chair)
    changed = entry(table, state, standing="", name_en="Renamed")
    answer = client.post(reverse("party", args=["eurasia", state]), changed)
    assert answer.status_code == 422
    assert "members in this delegation" in answer.content.decode()
    assert party_of(table.charter, state).names["en"] == "Blr"


def test_a_party_is_removed_only_without_a_delegation(table, signed_in):
    state = party(table, "BLR")
    add_delegation(actor=table.cast.chair, charter=table.charter, party=state, standing="invited")
    client = signed_in(table.cast.chair)
    remove = reverse("party_remove", args=["eurasia", state])
    assert "has a delegation" in client.post(remove, follow=True).content.decode()
    client.post(reverse("party", args=["eurasia", state]), entry(table, state, standing=""))
    client.post(remove)
    assert not Party.objects.exists()


def test_an_organisation_that_becomes_a_state_loses_its_members(table, signed_in):
    state, org = party(table, "BLR"), party(table, "CSTO", "organisation")
    set_party_members(
        actor=table.cast.chair, charter=table.charter, organisation=org, members=[state]
    )
    client = signed_in(table.cast.chair)
    client.post(reverse("party", args=["eurasia", org]), entry(table, org, kind="state"))
    found = party_of(table.charter, org)
    assert (found.kind, found.member_ids) == ("state", ())


def test_members_come_from_the_same_register(table, signed_in):
    org = party(table, "CSTO", "organisation")
    party(table, "BLR")
    client = signed_in(table.cast.chair)
    answer = client.post(
        reverse("party", args=["eurasia", org]), entry(table, org, members=[10**8])
    )
    assert answer.status_code == 422


def test_the_cost_of_the_register_does_not_grow(table, signed_in, queries):
    client = signed_in(table.cast.chair)
    first, org = party(table, "AAA"), party(table, "ORG", "organisation")
    set_party_members(
        actor=table.cast.chair, charter=table.charter, organisation=org, members=[first]
    )
    few = queries(client, ADDRESS)
    states = [party(table, f"S{at}") for at in range(8)]
    for organisation in (org, party(table, "ORG2", "organisation")):
        set_party_members(
            actor=table.cast.chair,
            charter=table.charter,
            organisation=organisation,
            members=states,
        )
    assert queries(client, ADDRESS) == few

import pytest
from django.urls import reverse

from charter.actions.members import add_member
from charter.actions.parties import add_delegation, add_party
from charter.actions.party_members import set_party_members
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
    add = reverse("party_member_add", args=["eurasia", org])
    assert client.post(add, {"members": [state]}).status_code == 302
    assert party_of(table.charter, org, "en").member_ids == (state,)
    page = client.get(ADDRESS).content.decode()
    assert '<abbr title="Csto">CSTO</abbr>' in page
    assert '<abbr title="Belarus">BLR</abbr>' in page
    (tie,) = party_of(table.charter, org, "en").ties
    client.post(reverse("party_membership_remove", args=["eurasia", org, tie.id]))
    assert party_of(table.charter, org, "en").member_ids == ()


def test_the_register_shows_who_belonged_on_a_day(table, signed_in):
    state, org = party(table, "UZB"), party(table, "CSTO", "organisation")
    client = signed_in(table.cast.chair)
    add = reverse("party_member_add", args=["eurasia", org])
    for since, until in (("1992-05-15", "1999-04-02"), ("2006-08-16", "2012-12-19")):
        said = {"members": [state], "since": since, "until": until}
        assert client.post(add, said).status_code == 302
    held = {}
    for on in ("1992-05-14", "1992-05-15", "1999-04-02", "1999-04-03", "2010-01-01", ""):
        page = client.get(ADDRESS, {"on": on}).content.decode()
        held[on] = '<abbr title="Csto">CSTO</abbr>' in page
    assert held == {
        "1992-05-14": False,
        "1992-05-15": True,
        "1999-04-02": True,
        "1999-04-03": False,
        "2010-01-01": True,
        "": False,
    }
    for no_day in ("yesterday", "2010-13-01", "20100101", "2010-1-1x"):
        assert client.get(ADDRESS, {"on": no_day}).status_code == 404


def test_two_memberships_of_the_same_party_share_no_day(table, signed_in):
    state, org = party(table, "UZB"), party(table, "CSTO", "organisation")
    client = signed_in(table.cast.chair)
    add = reverse("party_member_add", args=["eurasia", org])
    client.post(add, {"members": [state], "since": "1992-05-15", "until": "1999-04-02"})
    again = client.post(add, {"members": [state], "since": "1999-04-02"})
    assert again.status_code == 422
    assert "already on some of these days" in again.content.decode()
    turned = {"members": [state], "since": "2010-01-02", "until": "2010-01-01"}
    assert client.post(add, turned).status_code == 422
    client.post(add, {"members": [state], "since": "1999-04-03"})
    _first, second = party_of(table.charter, org).ties
    address = reverse("party_membership", args=["eurasia", org, second.id])
    assert client.post(address, {"since": "1999-04-01", "until": ""}).status_code == 422
    assert client.post(address, {"since": "2006-08-16", "until": "2012-12-19"}).status_code == 302
    assert [str(tie.days.until) for tie in party_of(table.charter, org).ties] == [
        "1999-04-02",
        "2012-12-19",
    ]


def test_an_organisation_is_wholly_partly_or_not_at_the_table(table, signed_in):
    states = [party(table, code) for code in ("AAA", "BBB")]
    org = party(table, "CSTO", "organisation")
    set_party_members(
        actor=table.cast.chair, charter=table.charter, organisation=org, members=states
    )
    client = signed_in(table.cast.observer)
    said = []
    for state in (None, *states):
        if state:
            add_delegation(
                actor=table.cast.chair, charter=table.charter, party=state, standing="invited"
            )
        said.append(party_of(table.charter, org).at_table)
        assert client.get(ADDRESS).status_code == 200
    assert said == ["not", "partly", "wholly"]
    assert "wholly at the table" in client.get(ADDRESS).content.decode()


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
    add = reverse("party_member_add", args=["eurasia", org])
    for nobody in ([10**8], [org], []):
        assert client.post(add, {"members": nobody}).status_code == 422


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

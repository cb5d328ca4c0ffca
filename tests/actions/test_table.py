"""The table: members, parties and their delegations, editions, the vocabulary of principles."""

import pytest

from charter import events
from charter.access import Forbidden
from charter.actions import members, parties, party_members, principles
from charter.actions.charters import create_charter
from charter.actions.editions import name_edition, rename_edition, withdraw_edition
from charter.actions.refusals import AlreadyThere, InUse, Invalid, Missing, NoSuch, TooLong
from charter.models import Cause, Membership, PartyKind, PartyMembership
from charter.queries.editions import editions_of
from charter.queries.members import member_of, members_of
from charter.queries.parties import delegation_choices, party_choices, party_of, register
from charter.queries.principles import names_of, principle_of, vocabulary
from tests.builders import reword, scene
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid():
    return scene()


@pytest.fixture
def chaired(laid):
    """The arguments that say: the chair, in this charter."""
    return {"actor": laid.cast.chair, "charter": laid.charter}


@pytest.fixture
def elsewhere():
    """The same for another charter and its chair."""
    chair = person("elsewhere")
    return {"actor": chair, "charter": create_charter(actor=chair, title="Elsewhere")}


def seat(laid, role) -> int:
    return Membership.objects.get(charter=laid.charter, person=getattr(laid.cast, role)).pk


def test_a_member_is_seated_moved_and_unseated(laid, chaired):
    belarus = parties.add_party(**chaired, kind="state", code="BLR", names={"en": "Belarus"})
    team = parties.add_delegation(**chaired, party=belarus.pk, standing="initiator")
    made = members.add_member(
        **chaired, person=laid.cast.stranger, role="observer", delegation=team.pk
    )
    shown = member_of(laid.charter, made.pk, "en")
    assert (shown.name, shown.role, shown.delegation) == ("Stranger", "observer", "Belarus")
    members.change_member(**chaired, member=made.pk, role="drafter")
    assert member_of(laid.charter, made.pk).delegation == ""
    assert [member.role for member in members_of(laid.charter)] == [
        "chair",
        "drafter",
        "drafter",
        "reviewer",
        "observer",
    ]
    members.remove_member(**chaired, member=made.pk)
    assert member_of(laid.charter, made.pk) is None


def test_a_person_has_one_seat(laid, chaired):
    with pytest.raises(AlreadyThere):
        members.add_member(**chaired, person=laid.cast.drafter, role="chair")
    assert Membership.objects.get(pk=seat(laid, "drafter")).role == "drafter"


def test_a_charter_keeps_a_chair_who_can_come(laid, chaired):
    for act in (
        lambda: members.remove_member(**chaired, member=seat(laid, "chair")),
        lambda: members.change_member(**chaired, member=seat(laid, "chair"), role="observer"),
    ):
        with pytest.raises(InUse):
            act()
    members.change_member(**chaired, member=seat(laid, "drafter"), role="chair")
    members.remove_member(**chaired, member=seat(laid, "chair"))


def test_a_role_a_team_or_a_seat_that_is_not_here_is_refused(laid, chaired, elsewhere):
    party = parties.add_party(**elsewhere, kind="state", code="BLR", names={"en": "Belarus"})
    team = parties.add_delegation(**elsewhere, party=party.pk, standing="observer")
    with pytest.raises(Invalid):
        members.add_member(**chaired, person=laid.cast.stranger, role="king")
    with pytest.raises(NoSuch):
        members.add_member(
            **chaired, person=laid.cast.stranger, role="observer", delegation=team.pk
        )
    for act in (members.remove_member, lambda **what: members.change_member(**what, role="chair")):
        with pytest.raises(NoSuch):
            act(**elsewhere, member=seat(laid, "drafter"))


def test_the_table_hears_of_seats(laid, chaired, django_capture_on_commit_callbacks):
    heard = []
    events.listen(events.MembershipChanged, heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            members.remove_member(**chaired, member=seat(laid, "drafter"))
    finally:
        events._listeners[events.MembershipChanged].remove(heard.append)
    chair, drafter = laid.cast.chair.pk, laid.cast.drafter.pk
    assert heard == [events.MembershipChanged(laid.charter.pk, drafter, chair, "lost")]


@pytest.mark.parametrize("role", ["drafter", "reviewer", "observer"])
def test_only_the_chair_manages(laid, role):
    table = {"actor": getattr(laid.cast, role), "charter": laid.charter}
    for act in (
        lambda: members.add_member(**table, person=laid.cast.stranger, role="observer"),
        lambda: members.change_member(**table, member=seat(laid, role), role="chair"),
        lambda: members.remove_member(**table, member=seat(laid, "observer")),
        lambda: parties.add_party(**table, kind="state", code="BLR", names={"en": "Belarus"}),
        lambda: party_members.set_party_members(**table, organisation=1, members=()),
        lambda: parties.add_delegation(**table, party=1, standing="observer"),
        lambda: name_edition(**table, number=1, name="Mine"),
        lambda: withdraw_edition(**table, edition=1),
        lambda: principles.add_principle(**table, names={"en": "Mine"}),
        lambda: principles.withdraw_principle(**table, principle="mine"),
    ):
        with pytest.raises(Forbidden):
            act()


def test_an_organisation_has_members_and_keeps_the_days_of_those_who_stay(laid, chaired):
    names = {"BLR": "Belarus", "KAZ": "Kazakhstan", "UZB": "Uzbekistan"}
    states = [
        parties.add_party(**chaired, kind="state", code=code, names={"en": name}).pk
        for code, name in names.items()
    ]
    csto = parties.add_party(
        **chaired, kind="organisation", code="CSTO", names={"en": "CSTO", "ru": "ОДКБ"}
    )
    party_members.set_party_members(**chaired, organisation=csto.pk, members=states[:2])
    PartyMembership.objects.filter(member=states[0]).update(since="2002-05-14")
    party_members.set_party_members(**chaired, organisation=csto.pk, members=[states[0], states[2]])
    entry = party_of(laid.charter, csto.pk, "ru")
    assert (entry.name, entry.members) == ("ОДКБ", ("Belarus", "Uzbekistan"))
    assert str(PartyMembership.objects.get(member=states[0]).since) == "2002-05-14"
    assert party_of(laid.charter, states[0]).organisations == ("CSTO",)
    assert [entry.code for entry in register(laid.charter, "en")] == ["CSTO", "BLR", "KAZ", "UZB"]
    assert dict(party_choices(laid.charter, "en", without=csto.pk)) == dict(
        zip(states, names.values(), strict=True)
    )


def test_a_membership_that_makes_no_sense_is_refused(chaired, elsewhere):
    state = parties.add_party(**chaired, kind="state", code="BLR", names={"en": "Belarus"}).pk
    other = parties.add_party(**chaired, kind="organisation", code="SCO", names={"en": "SCO"}).pk
    far = parties.add_party(**elsewhere, kind="state", code="FAR", names={"en": "Far"}).pk
    for organisation, member, refusal in (
        (state, other, Invalid),
        (other, other, Invalid),
        (other, far, NoSuch),
        (far, state, NoSuch),
    ):
        with pytest.raises(refusal):
            party_members.set_party_members(**chaired, organisation=organisation, members=[member])


def test_an_entry_is_corrected_and_removed_while_nobody_sits_for_it(laid, chaired):
    party = parties.add_party(**chaired, kind="state", code="BLR", names={"en": "Belorussia"})
    parties.change_party(
        **chaired, party=party.pk, kind=PartyKind.STATE, code="BY", names={"en": "Belarus"}
    )
    team = parties.add_delegation(**chaired, party=party.pk, standing="initiator")
    parties.change_delegation(**chaired, delegation=team.pk, standing="participant")
    assert delegation_choices(laid.charter, "en") == [(team.pk, "Belarus")]
    members.add_member(**chaired, person=laid.cast.stranger, role="observer", delegation=team.pk)
    assert (party_of(laid.charter, party.pk).standing, party_of(laid.charter, party.pk).seats) == (
        "participant",
        1,
    )
    with pytest.raises(InUse):
        parties.remove_party(**chaired, party=party.pk)
    with pytest.raises(InUse):
        parties.remove_delegation(**chaired, delegation=team.pk)
    members.remove_member(**chaired, member=Membership.objects.get(person=laid.cast.stranger).pk)
    with pytest.raises(InUse):
        parties.remove_delegation(**chaired, delegation=team.pk)


def test_a_delegation_that_nobody_ever_sat_in_is_removed(laid, chaired):
    party = parties.add_party(**chaired, kind="state", code="BLR", names={"en": "Belarus"})
    team = parties.add_delegation(**chaired, party=party.pk, standing="initiator")
    parties.remove_delegation(**chaired, delegation=team.pk)
    parties.remove_party(**chaired, party=party.pk)
    assert register(laid.charter, "en") == []


def test_an_entry_of_the_wrong_form_is_refused(chaired, elsewhere):
    parties.add_party(**chaired, kind="state", code="BLR", names={"en": "Belarus"})
    parties.add_party(**elsewhere, kind="state", code="BLR", names={"en": "Belarus"})
    for wrong, refusal in (
        ({"code": "BLR"}, AlreadyThere),
        ({"kind": "planet"}, Invalid),
        ({"names": {}}, Missing),
        ({"names": {"English": "X"}}, Invalid),
        ({"code": ""}, Missing),
        ({"code": "A" * 17}, TooLong),
    ):
        what = {"kind": "state", "code": "XXX", "names": {"en": "X"}} | wrong
        with pytest.raises(refusal):
            parties.add_party(**chaired, **what)


def test_an_edition_names_a_revision_once(laid, chaired):
    edition = name_edition(**chaired, number=3, name=" Rev.1 ", symbol="EAC/2025/1")
    (shown,) = editions_of(laid.charter)
    assert (shown.number, shown.name, shown.symbol, shown.named_by) == (
        3,
        "Rev.1",
        "EAC/2025/1",
        "Chair",
    )
    with pytest.raises(AlreadyThere):
        name_edition(**chaired, number=4, name="Rev.1")
    rename_edition(**chaired, edition=edition.pk, name="Rev.2")
    name_edition(**chaired, number=4, name="Rev.1")
    with pytest.raises(AlreadyThere):
        rename_edition(**chaired, edition=edition.pk, name="Rev.1")
    withdraw_edition(**chaired, edition=edition.pk)
    assert [one.number for one in editions_of(laid.charter)] == [4]


def test_an_edition_needs_a_revision_and_a_name(laid, chaired, elsewhere):
    edition = name_edition(**chaired, number=1, name="Zero draft")
    for number in (0, 6):
        with pytest.raises(NoSuch):
            name_edition(**chaired, number=number, name="Rev.1")
    with pytest.raises(Missing):
        name_edition(**chaired, number=1, name=" ")
    with pytest.raises(NoSuch):
        rename_edition(**elsewhere, edition=edition.pk, name="Mine")
    with pytest.raises(NoSuch):
        withdraw_edition(**elsewhere, edition=edition.pk)


def test_a_principle_enters_the_vocabulary_by_a_revision(laid, chaired):
    done = principles.add_principle(
        **chaired,
        names={"en": "Indivisibility of security", "ru": "Неделимость безопасности"},
        definitions={"en": "Of one and all.", "ru": ""},
        colour="#AA0011",
    )
    assert (done.revision.number, done.revision.cause) == (6, Cause.VOCABULARY)
    row = principle_of(laid.charter, "indivisibility-of-security")
    assert (row.colour, row.definitions) == ("#aa0011", {"en": "Of one and all."})
    assert names_of(laid.charter, "ru") == {row.slug: "Неделимость безопасности"}


def slugs(laid) -> list[str]:
    return [entry.slug for entry in vocabulary(laid.charter, "en")]


def test_the_vocabulary_has_an_order(laid, chaired):
    for name in ("One", "Two", "Three"):
        principles.add_principle(**chaired, names={"en": name})
    principles.change_principle(**chaired, principle="three", after=None)
    assert slugs(laid) == ["three", "one", "two"]
    principles.change_principle(**chaired, principle="three", after="one")
    assert slugs(laid) == ["one", "three", "two"]
    assert principles.change_principle(**chaired, principle="three", after="one").revision is None
    for turn in range(150):
        principles.change_principle(
            **chaired, principle="two" if turn % 2 else "three", after="one"
        )
    assert slugs(laid)[0] == "one"


def test_a_withdrawn_principle_takes_its_tags_along_and_brings_them_back(laid, chaired):
    principles.add_principle(**chaired, names={"en": "Openness"})
    reword(laid.charter, laid.cast.drafter, laid.other, "Open.", principles=["openness"])
    principles.withdraw_principle(**chaired, principle="openness")
    (entry,) = vocabulary(laid.charter, "en")
    assert (entry.withdrawn, entry.clauses) == (True, 1)
    with pytest.raises(NoSuch):
        reword(laid.charter, laid.cast.drafter, laid.first, "Open.", principles=["openness"])
    principles.restore_principle(**chaired, principle="openness")
    assert principles.restore_principle(**chaired, principle="openness").revision is None
    (entry,) = vocabulary(laid.charter, "en")
    assert (entry.withdrawn, entry.clauses) == (False, 1)


def test_a_principle_of_the_wrong_form_is_refused(chaired, elsewhere):
    principles.add_principle(**chaired, names={"en": "Openness"})
    for wrong, refusal in (
        ({"names": {"en": "Openness"}}, AlreadyThere),
        ({"names": {}}, Missing),
        ({"names": {"en": " "}}, Missing),
        ({"slug": "a b"}, Invalid),
        ({"colour": "red"}, Invalid),
        ({"definitions": {"en": "a" * 20_001}}, TooLong),
    ):
        with pytest.raises(refusal):
            principles.add_principle(**chaired, **{"names": {"en": "Peace"}} | wrong)
    for act in (
        lambda: principles.change_principle(**elsewhere, principle="openness", colour="#000000"),
        lambda: principles.withdraw_principle(**elsewhere, principle="openness"),
        lambda: principles.change_principle(**chaired, principle="openness", after="peace"),
    ):
        with pytest.raises(NoSuch):
            act()
    with pytest.raises(Missing):
        principles.change_principle(**chaired, principle="openness", names={})


def test_reads_of_the_table_take_the_same_queries_however_long_they_are(
    laid, chaired, django_assert_num_queries
):
    def reads() -> None:
        with django_assert_num_queries(1):
            members_of(laid.charter, "en")
        with django_assert_num_queries(3):
            register(laid.charter, "en")
        with django_assert_num_queries(1):
            editions_of(laid.charter)
        with django_assert_num_queries(2):
            vocabulary(laid.charter, "en")

    reads()
    for number in range(1, 5):
        name_edition(**chaired, number=number, name=f"Rev.{number}")
        party = parties.add_party(
            **chaired, kind="state", code=f"{number}", names={"en": f"State {number}"}
        )
        team = parties.add_delegation(**chaired, party=party.pk, standing="participant")
        members.add_member(
            **chaired, person=person(f"p{number}"), role="observer", delegation=team.pk
        )
        principles.add_principle(**chaired, names={"en": f"Principle {number}"})
    reads()

"""Invitations: who may take a seat that is kept, and what taking one tells nobody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import people, tokens
from accounts.models import Person
from charter import events
from charter.access import Forbidden, NotVisible, enter
from charter.actions import invitations, members, parties
from charter.actions.charters import create_charter
from charter.actions.refusals import (
    AlreadyThere,
    Expired,
    HiddenWords,
    Invalid,
    NoSuch,
    TooMany,
    Used,
    Withdrawn,
)
from charter.models import Invitation, Membership
from charter.queries.invitations import (
    State,
    invitation_by,
    invitation_of,
    invitations_for,
    invitations_of,
)
from charter.queries.members import member_of, members_of
from tests.builders import scene
from tests.cast import person

pytestmark = pytest.mark.django_db

PASSWORD = "a long and quiet word"
ADDRESS = "delegate@example.org"


@pytest.fixture
def laid():
    return scene()


@pytest.fixture
def chaired(laid):
    """The arguments that say: the chair, in this charter."""
    return {"actor": laid.cast.chair, "charter": laid.charter}


def issue(chaired, email: str = ADDRESS, **more) -> invitations.Issued:
    return invitations.invite_member(**chaired, email=email, **{"role": "observer"} | more)


def joined(key: str, email: str = ADDRESS) -> Person:
    said = {"email": email, "name": "Delegate", "password": PASSWORD}
    return invitations.join(key=key, **said).person


def confirmed(name: str) -> Person:
    somebody = person(name)
    people.confirm(somebody)
    return somebody


# --- the seat and its key -----------------------------------------------------------------------


def test_whoever_holds_the_key_takes_the_seat_and_nothing_else(laid, chaired):
    belarus = parties.add_party(**chaired, kind="state", code="BLR", names={"en": "Belarus"})
    team = parties.add_delegation(**chaired, party=belarus.pk, standing="initiator")
    issued = issue(chaired, name="A delegate", role="drafter", delegation=team.pk)
    seat = invitations.accept_invitation(person=laid.cast.stranger, key=issued.key)
    assert (seat.charter, seat.role, seat.delegation) == (laid.charter, "drafter", team)
    assert enter(laid.cast.stranger, laid.charter.slug)
    assert Membership.objects.filter(person=laid.cast.stranger).count() == 1


def test_the_keys_themselves_are_nowhere_in_the_table(chaired):
    issued = issue(chaired)
    kept = str(list(Invitation.objects.values()))
    assert issued.key not in kept
    assert issued.letter_key not in kept
    assert len(issued.key) == len(issued.letter_key) == 43  # 32 bytes
    assert issued.key != issued.letter_key


def test_a_forged_key_is_of_no_invitation(laid, chaired):
    issued = issue(chaired)
    for key in ("", "forged", issued.key[:-1], Invitation.objects.get().key_digest, "\ud800"):
        assert invitation_by(key) is None
        with pytest.raises(NoSuch):
            invitations.accept_invitation(person=laid.cast.stranger, key=key)
        with pytest.raises(NoSuch):
            joined(key)


def test_a_seat_is_given_once(laid, chaired):
    issued = issue(chaired)
    invitations.accept_invitation(person=laid.cast.stranger, key=issued.key)
    second = person("second")
    for key in (issued.key, issued.letter_key):
        with pytest.raises(Used):
            invitations.accept_invitation(person=second, key=key)
        with pytest.raises(Used):
            joined(key)
    assert not Person.objects.filter(email=ADDRESS).exists()


def test_a_withdrawn_invitation_opens_nothing(laid, chaired):
    issued = issue(chaired)
    invitations.withdraw_invitation(**chaired, invitation=issued.invitation.pk)
    with pytest.raises(Withdrawn):
        invitations.accept_invitation(person=laid.cast.stranger, key=issued.key)
    assert invitations_of(laid.charter) == []
    with pytest.raises(NoSuch):
        invitations.withdraw_invitation(**chaired, invitation=issued.invitation.pk)


def test_an_old_one_opens_nothing_until_it_is_renewed_with_other_keys(laid, chaired):
    long_ago = timezone.now() - invitations.LASTS - timedelta(seconds=1)
    old = issue(chaired, name="A delegate", role="drafter", at=long_ago)
    with pytest.raises(Expired):
        invitations.accept_invitation(person=laid.cast.stranger, key=old.key)
    assert [one.state for one in invitations_of(laid.charter)] == [State.EXPIRED]
    new = invitations.renew_invitation(**chaired, invitation=old.invitation.pk)
    (waiting,) = invitations_of(laid.charter)
    assert (waiting.email, waiting.name, waiting.role) == (ADDRESS, "A delegate", "drafter")
    assert waiting.expires_at - waiting.created_at == timedelta(days=14)
    with pytest.raises(Withdrawn):
        invitations.accept_invitation(person=laid.cast.stranger, key=old.key)
    invitations.accept_invitation(person=laid.cast.stranger, key=new.key)


def test_inviting_an_address_again_replaces_the_open_invitation(laid, chaired):
    first = issue(chaired, role="chair")
    second = issue(chaired, " Delegate@Example.ORG", role="observer")
    (waiting,) = invitations_of(laid.charter)
    assert (waiting.id, waiting.email, waiting.role) == (
        second.invitation.pk,
        ADDRESS,
        "observer",
    )
    with pytest.raises(Withdrawn):
        invitations.accept_invitation(person=laid.cast.stranger, key=first.key)
    assert invitations.accept_invitation(person=laid.cast.stranger, key=second.key).role == (
        "observer"
    )


def test_an_address_that_sits_here_is_not_invited_again(laid, chaired):
    open_one = issue(chaired)
    members.add_member(**chaired, person=person("delegate"), role="observer")
    for email in (laid.cast.drafter.email, "DRAFTER@example.org", ADDRESS):
        with pytest.raises(AlreadyThere):
            issue(chaired, email)
    with pytest.raises(AlreadyThere):
        invitations.renew_invitation(**chaired, invitation=open_one.invitation.pk)


def test_who_sits_there_already_leaves_the_invitation_to_others(laid, chaired):
    issued = issue(chaired, role="chair")
    with pytest.raises(AlreadyThere):
        invitations.accept_invitation(person=laid.cast.observer, key=issued.key)
    assert Membership.objects.get(person=laid.cast.observer).role == "observer"
    assert invitation_by(issued.key).state == State.OPEN


def test_a_seat_whose_delegation_was_removed_is_taken_without_one(laid, chaired):
    belarus = parties.add_party(**chaired, kind="state", code="BLR", names={"en": "Belarus"})
    team = parties.add_delegation(**chaired, party=belarus.pk, standing="initiator")
    issued = issue(chaired, delegation=team.pk)
    assert invitations_of(laid.charter, "en")[0].delegation == "Belarus"
    parties.remove_delegation(**chaired, delegation=team.pk)
    assert invitations_of(laid.charter, "en")[0].delegation == ""
    seat = invitations.accept_invitation(person=laid.cast.stranger, key=issued.key)
    assert seat.delegation is None


@pytest.mark.parametrize("fate", ["removed", "demoted", "locked out"])
def test_the_keys_of_who_is_no_chair_any_more_are_dead(laid, chaired, fate):
    """Or a chair who was voted out would come back by an invitation of their own."""
    second = person("second")
    seat = members.add_member(**chaired, person=second, role="chair")
    issued = issue({"actor": second, "charter": laid.charter}, role="chair")
    if fate == "removed":
        members.remove_member(**chaired, member=seat.pk)
    elif fate == "demoted":
        members.change_member(**chaired, member=seat.pk, role="observer")
    else:
        Person.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(Withdrawn):
        invitations.accept_invitation(person=laid.cast.stranger, key=issued.key)
    assert [one.state for one in invitations_of(laid.charter)] == [State.WITHDRAWN]
    again = invitations.renew_invitation(**chaired, invitation=issued.invitation.pk)
    invitations.accept_invitation(person=laid.cast.stranger, key=again.key)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"email": "nobody"}, Invalid),
        ({"email": ""}, Invalid),
        ({"email": "a" * 250 + "@example.org"}, Invalid),
        ({"email": "a@example.org\nb@example.org"}, Invalid),
        ({"role": "king"}, Invalid),
        ({"delegation": 10**8}, NoSuch),
        ({"name": "turned \u202e round"}, HiddenWords),
    ],
)
def test_a_seat_is_kept_for_an_address_with_a_role_of_this_charter(chaired, wrong, refusal):
    with pytest.raises(refusal):
        issue(chaired, **{"email": ADDRESS} | wrong)
    assert not Invitation.objects.exists()


def test_one_person_writes_only_so_many_letters_a_day(laid, chaired):
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    issue(chaired, "early@example.org", at=yesterday)
    for nth in range(invitations.A_DAY):
        issue(chaired, f"guest{nth}@example.org")
    with pytest.raises(TooMany):
        issue(chaired)
    elsewhere = create_charter(actor=laid.cast.chair, title="Elsewhere")
    with pytest.raises(TooMany):
        issue({"actor": laid.cast.chair, "charter": elsewhere})


# --- rights -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["drafter", "reviewer", "observer", "stranger"])
def test_only_the_chair_keeps_seats(laid, chaired, role):
    waiting = issue(chaired).invitation.pk
    table = {"actor": getattr(laid.cast, role), "charter": laid.charter}
    for act in (
        lambda: invitations.invite_member(**table, email="a@example.org", role="observer"),
        lambda: invitations.renew_invitation(**table, invitation=waiting),
        lambda: invitations.withdraw_invitation(**table, invitation=waiting),
    ):
        with pytest.raises(NotVisible if role == "stranger" else Forbidden):
            act()
    assert invitation_of(laid.charter, waiting)


def test_the_chair_of_another_charter_does_not_reach_them(laid, chaired):
    waiting = issue(chaired).invitation.pk
    chair = person("elsewhere")
    elsewhere = {"actor": chair, "charter": create_charter(actor=chair, title="Elsewhere")}
    for act in (invitations.renew_invitation, invitations.withdraw_invitation):
        with pytest.raises(NoSuch):
            act(**elsewhere, invitation=waiting)
    assert invitation_of(elsewhere["charter"], waiting) is None
    assert invitation_of(laid.charter, waiting).state == State.OPEN


def test_the_table_hears_of_a_seat_that_was_taken(
    laid, chaired, django_capture_on_commit_callbacks
):
    issued, heard = issue(chaired), []
    events.listen(events.MembershipChanged, heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            invitations.accept_invitation(person=laid.cast.stranger, key=issued.key)
            assert heard == []
    finally:
        events._listeners[events.MembershipChanged].remove(heard.append)
    (event,) = heard
    assert (event.charter_id, event.person_id) == (laid.charter.pk, laid.cast.stranger.pk)


# --- whose address ------------------------------------------------------------------------------


def test_who_typed_an_address_in_first_has_no_part_in_what_others_give_it(laid, chaired):
    """Squatting: an account of somebody's address, made before they came, opens nothing."""
    squatting = create_charter(actor=laid.cast.stranger, title="A trap")
    trap = issue({"actor": laid.cast.stranger, "charter": squatting})
    squatter = joined(trap.key)
    issued = issue(chaired, role="drafter")
    assert not Membership.objects.filter(person=squatter, charter=laid.charter).exists()
    with pytest.raises(NotVisible):
        enter(squatter, laid.charter.slug)
    assert invitations_for(squatter) == []
    with pytest.raises(NoSuch):
        invitations.accept_own(person=squatter, invitation=issued.invitation.pk)
    with pytest.raises(NoSuch):
        invitations.decline_own(person=squatter, invitation=issued.invitation.pk)
    delegate = joined(issued.key, "delegate.by.another.address@example.org")
    assert enter(delegate, laid.charter.slug).membership.role == "drafter"


def test_a_squatter_who_never_confirmed_loses_the_account_to_whoever_reads_the_letters(chaired):
    squatter = joined(issue(chaired).key)
    _, secret = tokens.issue(squatter, name="Kept", scope="write", days=300)
    people.confirm(Person.objects.get(email=ADDRESS))
    assert tokens.holder(secret) is None


def test_inviting_says_and_costs_the_same_whether_or_not_there_is_an_account(laid, chaired):
    known = confirmed("known")
    issue(chaired, "warm@example.org")
    answers, costs = [], []
    for email in (known.email, "unknown@example.org"):
        with CaptureQueriesContext(connection) as captured:
            answers.append(issue(chaired, email))
        costs.append([query["sql"].split(" ")[0] for query in captured])
    assert costs[0] == costs[1]
    shapes = [(len(one.key), one.invitation.role, one.invitation.name) for one in answers]
    assert shapes[0] == shapes[1]


def test_the_chair_sees_who_came_and_by_which_address(laid, chaired):
    issued = issue(chaired)
    invitations.accept_invitation(person=laid.cast.stranger, key=issued.key)
    own = issue(chaired, "own@example.org")
    joined(own.key, "Own@example.org")
    marks = {one.email: one.invited_as for one in members_of(laid.charter)}
    assert marks[laid.cast.stranger.email] == ADDRESS
    assert marks["own@example.org"] == marks[laid.cast.chair.email] == ""
    seat = Membership.objects.get(person=laid.cast.stranger)
    assert member_of(laid.charter, seat.pk).invited_as == ADDRESS


def test_an_account_and_a_seat_are_made_together_or_not_at_all(laid, chaired):
    issued = issue(chaired)
    with pytest.raises(AlreadyThere):
        joined(issued.key, laid.cast.stranger.email.upper())
    assert invitation_by(issued.key).state == State.OPEN
    somebody = joined(issued.key)
    assert somebody.check_password(PASSWORD)
    assert somebody.confirmed_at is None


def test_a_letters_key_shows_that_the_address_is_theirs(chaired):
    assert joined(issue(chaired).letter_key).confirmed_at


def test_but_not_that_another_address_is(laid, chaired):
    issued = issue(chaired)
    invitations.accept_invitation(person=laid.cast.stranger, key=issued.letter_key)
    assert Person.objects.get(pk=laid.cast.stranger.pk).confirmed_at is None


def test_nor_does_the_key_that_the_inviter_has(laid, chaired):
    invited = person("delegate")
    invitations.accept_invitation(person=invited, key=issue(chaired).key)
    assert Person.objects.get(pk=invited.pk).confirmed_at is None


def test_with_a_confirmed_address_one_sees_what_was_sent_to_it(laid, chaired):
    delegate = confirmed("delegate")
    issued = issue(chaired, role="drafter")
    issue(chaired, "another@example.org")
    (found,) = invitations_for(delegate)
    assert (found.id, found.title, found.role) == (
        issued.invitation.pk,
        laid.charter.title,
        "drafter",
    )
    assert invitations.accept_own(person=delegate, invitation=found.id).role == "drafter"
    assert invitations_for(delegate) == []


def test_and_may_decline_it(laid, chaired):
    delegate = confirmed("delegate")
    issued = issue(chaired)
    invitations.decline_own(person=delegate, invitation=issued.invitation.pk)
    assert invitations_for(delegate) == invitations_of(laid.charter) == []
    with pytest.raises(NoSuch):
        invitations.accept_own(person=delegate, invitation=issued.invitation.pk)


def test_what_is_closed_is_not_offered(laid, chaired):
    delegate = confirmed("delegate")
    issue(chaired, at=timezone.now() - invitations.LASTS)
    assert invitations_for(delegate) == []
    second = person("second")
    seat = members.add_member(**chaired, person=second, role="chair")
    issue({"actor": second, "charter": laid.charter})
    assert len(invitations_for(delegate)) == 1
    members.remove_member(**chaired, member=seat.pk)
    assert invitations_for(delegate) == []
    issue(chaired)
    members.add_member(**chaired, person=delegate, role="observer")
    assert invitations_for(delegate) == []


def test_reading_invitations_takes_one_query_however_many_there_are(
    laid, chaired, django_assert_num_queries
):
    delegate = confirmed("delegate")

    def reads() -> None:
        with django_assert_num_queries(1):
            invitations_of(laid.charter, "en")
        with django_assert_num_queries(1):
            invitations_for(delegate)
        with django_assert_num_queries(1):
            members_of(laid.charter, "en")

    issued = issue(chaired)
    with django_assert_num_queries(1):
        invitation_by(issued.key)
    reads()
    for nth in range(5):
        elsewhere = create_charter(actor=laid.cast.chair, title=f"Elsewhere {nth}")
        issue({"actor": laid.cast.chair, "charter": elsewhere})
        issue(chaired, f"guest{nth}@example.org")
        invitations.accept_invitation(
            person=person(f"came{nth}"), key=issue(chaired, f"came{nth}@example.org").key
        )
    assert len(invitations_for(delegate)) == 6
    reads()

"""Coming into a delegation: by the word of those who sit there, for all that it keeps to itself."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from charter import events
from charter.access import NotVisible, enter
from charter.actions.amendments import draft_amendment
from charter.actions.invitations import accept_invitation, invite_member
from charter.actions.members import add_member, change_member, remove_member
from charter.actions.positions import take_position, withdraw_position
from charter.actions.proposals import propose_strike
from charter.actions.refusals import Invalid, Missing, NoSuch
from charter.actions.seatings import confirm_seat, decline_seat
from charter.models import Amendment, Membership, Seating
from charter.queries.amendments import visible_amendments
from charter.queries.members import member_of
from charter.queries.positions import visible_positions
from tests.builders import Scene, delegation, scene, seated
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid() -> Scene:
    """The scene; the drafter sits for Belarus, with a draft and a position kept to it."""
    made = scene()
    seated(made.charter, made.cast.chair, made.cast.drafter, "BLR")
    made.charter.refresh_from_db()
    by = {"actor": made.cast.drafter, "charter": made.charter}
    draft_amendment(**by, title="On calm")
    take_position(**by, clause=made.first, stance="objects", visibility="delegation")
    return made


def same_circle(seat: Membership) -> bool:
    """Whether the delegation of a seat is the circle that wrote the first draft."""
    return seat.delegation.circle == Amendment.objects.earliest("pk").circle


def seat(laid: Scene, somebody: str) -> Membership:
    return Membership.objects.get(charter=laid.charter, person=getattr(laid.cast, somebody))


def name(laid: Scene, somebody: str, code: str | None = "BLR", role: str = "") -> Membership:
    """The chair names somebody to the delegation of this code, or to none."""
    team = laid.charter.delegations.get(party__code=code).pk if code else None
    there = seat(laid, somebody)
    return change_member(
        actor=laid.cast.chair,
        charter=laid.charter,
        member=there.pk,
        role=role or there.role,
        delegation=team,
    )


def confirm(laid: Scene, by: str, somebody: str) -> Membership:
    there = seat(laid, somebody).pk
    return confirm_seat(actor=getattr(laid.cast, by), charter=laid.charter, member=there)


def secrets(laid: Scene, somebody: str) -> int:
    """How many of the delegation's drafts and positions that person may know of."""
    there = enter(getattr(laid.cast, somebody), "eurasia")
    return visible_amendments(there).count() + visible_positions(there).count()


def lines() -> list[tuple[str, str]]:
    return [(one.person.name, one.kind) for one in Seating.objects.select_related("person")]


def test_whom_the_chair_names_waits_for_the_word_of_those_who_sit_there(laid):
    waiting = name(laid, "reviewer")
    assert (waiting.delegation, waiting.waits_for.party.code) == (None, "BLR")
    assert (secrets(laid, "drafter"), secrets(laid, "reviewer")) == (2, 0)
    confirm(laid, "drafter", "reviewer")
    assert secrets(laid, "reviewer") == 2
    assert lines() == [
        ("Drafter", "seated"),
        ("Reviewer", "waiting"),
        ("Reviewer", "confirmed"),
    ]


def test_the_chair_confirms_nobody_neither_himself_nor_another(laid):
    for somebody in ("chair", "reviewer"):
        name(laid, somebody)
        for by in ("chair", "reviewer", "observer"):
            with pytest.raises(Invalid):
                confirm(laid, by, somebody)
        assert secrets(laid, somebody) == 0
    with pytest.raises(NotVisible):
        confirm(laid, "stranger", "reviewer")
    with pytest.raises(NoSuch):
        confirm(laid, "drafter", "observer")


def test_one_delegation_does_not_answer_for_another(laid):
    seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "IND")
    name(laid, "observer")
    with pytest.raises(Invalid):
        confirm(laid, "reviewer", "observer")
    with pytest.raises(Invalid):
        decline_seat(
            actor=laid.cast.reviewer, charter=laid.charter, member=seat(laid, "observer").pk
        )


def test_who_waits_speaks_for_nobody(laid):
    name(laid, "reviewer")
    by = {"actor": laid.cast.reviewer, "charter": laid.charter}
    with pytest.raises(Missing):
        take_position(**by, clause=laid.first, stance="agrees")
    draft = Amendment.objects.get()
    with pytest.raises(NoSuch):
        propose_strike(**by, amendment=draft.uuid, clause=laid.other)
    assert draft_amendment(**by, title="My own").delegation is None


def test_the_delegation_sends_somebody_back(laid):
    name(laid, "reviewer")
    member = seat(laid, "reviewer").pk
    decline_seat(actor=laid.cast.drafter, charter=laid.charter, member=member)
    there = seat(laid, "reviewer")
    assert (there.delegation, there.waits_for, there.role) == (None, None, "reviewer")
    assert lines()[-1] == ("Reviewer", "declined")


def test_another_role_leaves_the_seat_in_the_delegation_as_it_was(laid):
    name(laid, "drafter", role="reviewer")
    name(laid, "reviewer")
    name(laid, "reviewer", role="observer")
    assert same_circle(seat(laid, "drafter"))
    assert seat(laid, "reviewer").waits_for is not None
    assert lines() == [("Drafter", "seated"), ("Reviewer", "waiting")]


def test_who_is_moved_sees_nothing_of_the_old_delegation_from_then_on(laid):
    name(laid, "reviewer")
    confirm(laid, "drafter", "reviewer")
    seated(laid.charter, laid.cast.chair, laid.cast.reviewer, "IND")
    assert secrets(laid, "reviewer") == 0
    assert secrets(laid, "drafter") == 2


@pytest.mark.parametrize("emptied", ["moved", "removed"])
def test_a_delegation_that_was_emptied_shows_its_next_people_nothing_of_before(laid, emptied):
    if emptied == "moved":
        name(laid, "drafter", None)
    else:
        there = seat(laid, "drafter").pk
        remove_member(actor=laid.cast.chair, charter=laid.charter, member=there)
    usurper = name(laid, "chair")
    assert not same_circle(usurper)
    assert secrets(laid, "chair") == 0
    by = {"actor": laid.cast.chair, "charter": laid.charter}
    with pytest.raises(NoSuch):
        withdraw_position(**by, clause=laid.first, visibility="delegation")
    draft_amendment(**by)
    if emptied == "moved":
        assert secrets(laid, "drafter") == 0
        name(laid, "drafter")
        confirm(laid, "chair", "drafter")
        assert secrets(laid, "drafter") == 1  # the new draft: what went before is closed for good


def test_who_left_last_comes_back_to_what_they_left(laid):
    name(laid, "drafter", None)
    assert secrets(laid, "drafter") == 0
    assert same_circle(name(laid, "drafter"))
    assert secrets(laid, "drafter") == 2


def test_who_left_before_others_did_does_not_come_back_to_what_those_wrote(laid):
    name(laid, "reviewer")
    confirm(laid, "drafter", "reviewer")
    name(laid, "reviewer", None)
    name(laid, "drafter", None)
    assert not same_circle(name(laid, "reviewer"))
    assert secrets(laid, "reviewer") == 0


def test_whoever_waits_while_the_last_one_leaves_goes_on_waiting(laid):
    name(laid, "reviewer")
    name(laid, "drafter", None)
    assert seat(laid, "reviewer").delegation is None
    assert not same_circle(name(laid, "reviewer"))
    assert secrets(laid, "reviewer") == 0


@pytest.mark.parametrize("code,waits", [("BLR", True), ("IND", False)])
def test_an_invitation_leads_no_further_than_the_chair_does(laid, code, waits):
    if code == "IND":
        delegation(laid.charter, laid.cast.chair, "IND")
    issued = invite_member(
        actor=laid.cast.chair,
        charter=laid.charter,
        email="new@example.org",
        role="drafter",
        delegation=laid.charter.delegations.get(party__code=code).pk,
    )
    made = accept_invitation(person=laid.cast.stranger, key=issued.key)
    assert (made.waits_for is not None, made.delegation is None) == (waits, waits)
    assert secrets(laid, "stranger") == 0
    shown = member_of(laid.charter, made.pk)
    assert (shown.waits_for, shown.delegation) == ((code, "") if waits else ("", code))


def test_the_table_hears_who_waits_and_who_was_confirmed(laid):
    heard = []
    events.listen_within(events.MembershipChanged, heard.append)
    try:
        name(laid, "reviewer")
        confirm(laid, "drafter", "reviewer")
        team = laid.charter.delegations.get().pk
        at = {"actor": laid.cast.chair, "charter": laid.charter}
        add_member(**at, person=person("newcomer"), role="observer", delegation=team)
    finally:
        events._within[events.MembershipChanged].remove(heard.append)
    assert [one.change for one in heard] == ["waiting", "confirmed", "gained", "waiting"]


def test_the_log_only_grows(laid):
    for act in (Seating.objects.update, Seating.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(**({"kind": "left"} if act == Seating.objects.update else {}))


def test_an_operator_confirms_where_nobody_of_the_delegation_can(laid, capsys):
    name(laid, "reviewer")
    call_command("confirm_seat", "eurasia", "Reviewer@example.org")
    assert secrets(laid, "reviewer") == 2
    assert Seating.objects.last().actor is None
    for wrong in (
        ("eurasia", "reviewer@example.org"),
        ("eurasia", "nobody@example.org"),
        ("elsewhere", "reviewer@example.org"),
    ):
        with pytest.raises(CommandError):
            call_command("confirm_seat", *wrong)

"""Who sits at the table. The last chair can neither leave nor become something else.

Whom the chair names to a delegation sits in it once its members say so: `seatings`.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions.refusals import AlreadyThere, InUse, Invalid, NoSuch
from charter.actions.revisions import lock
from charter.actions.seatings import leave, seat_with, tell
from charter.models import Charter, Delegation, Membership, Role


def add_member(
    *,
    actor: Person,
    charter: Charter | int,
    person: Person,
    role: str,
    delegation: int | None = None,
    at: datetime | None = None,
) -> Membership:
    """Give a person a seat. AlreadyThere when they have one."""
    with transaction.atomic():
        row = chaired(actor, charter)
        team = team_of(row, delegation)
        return give(row, person, role_named(role), team, actor=actor, at=at)


def change_member(
    *,
    actor: Person,
    charter: Charter | int,
    member: int,
    role: str,
    delegation: int | None = None,
    at: datetime | None = None,
) -> Membership:
    """Give a member another role, and name them to another delegation, or to none.

    Of their old delegation they see nothing from then on.
    """
    with transaction.atomic():
        row = chaired(actor, charter)
        seat = _seat(row, member)
        if role_named(role) != Role.CHAIR:
            _require_another_chair(row, seat)
        seat.role = role_named(role)
        change = seat_with(seat, team_of(row, delegation), actor=actor, at=at)
        seat.save(update_fields=["role", "delegation", "waits_for"])
        tell(seat, actor, change)
    return seat


def remove_member(
    *, actor: Person, charter: Charter | int, member: int, at: datetime | None = None
) -> None:
    """Take a seat away; what the person did stays theirs."""
    with transaction.atomic():
        row = chaired(actor, charter)
        seat = _seat(row, member)
        _require_another_chair(row, seat)
        leave(seat, actor=actor, at=at)
        seat.delete()
        tell(seat, actor, "lost")


def chaired(actor: Person, charter: Charter | int) -> Charter:
    """The charter's row, locked, once it is sure that `actor` may manage its seats."""
    # The same lock as for revisions: two chairs cannot unseat each other at once.
    row = lock(charter)
    require(actor, row, Right.MANAGE)
    return row


def give(
    charter: Charter,
    person: Person,
    role: Role,
    delegation: Delegation | None,
    *,
    actor: Person,
    at: datetime | None = None,
) -> Membership:
    """Put a person into a seat of a charter that is locked. AlreadyThere when they have one."""
    seat = Membership(charter=charter, person=person, role=role)
    try:
        with transaction.atomic():
            seat.save(force_insert=True)
    except IntegrityError:
        raise AlreadyThere(_("This person is a member already.")) from None
    change = seat_with(seat, delegation, actor=actor, at=at)
    if delegation is not None:
        seat.save(update_fields=["delegation", "waits_for"])
    tell(seat, actor, "gained")
    if change == "waiting":
        tell(seat, actor, change)
    return seat


def role_named(role: str) -> Role:
    """The role of this name, or Invalid."""
    try:
        return Role(role)
    except ValueError:
        raise Invalid(_("There is no such role.")) from None


def team_of(charter: Charter, delegation: int | None) -> Delegation | None:
    """A delegation of this charter, or None for None. NoSuch for another's."""
    if delegation is None:
        return None
    team = Delegation.objects.filter(charter=charter, pk=delegation).first()
    if team is None:
        raise NoSuch(_("There is no such delegation in this charter."))
    return team


def _seat(charter: Charter, member: int) -> Membership:
    seats = Membership.objects.select_related("delegation", "waits_for")
    seat = seats.filter(charter=charter, pk=member).first()
    if seat is None:
        raise NoSuch(_("There is no such member in this charter."))
    return seat


def _require_another_chair(charter: Charter, seat: Membership) -> None:
    chairs = Membership.objects.filter(charter=charter, role=Role.CHAIR, person__is_active=True)
    if seat.role == Role.CHAIR and not chairs.exclude(pk=seat.pk).exists():
        raise InUse(_("A charter needs a chair: name another one first."))

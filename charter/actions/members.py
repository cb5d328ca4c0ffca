"""Who sits at the table. The last chair can neither leave nor become something else."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions.refusals import AlreadyThere, InUse, Invalid, NoSuch
from charter.actions.revisions import lock
from charter.events import MembershipChanged, announce
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
        row = _open(actor, charter)
        seat = Membership(
            charter=row, person=person, role=_role(role), delegation=_team(row, delegation)
        )
        try:
            with transaction.atomic():
                seat.save(force_insert=True)
        except IntegrityError:
            raise AlreadyThere(_("This person is a member already.")) from None
        announce(MembershipChanged(charter_id=row.pk, person_id=person.pk))
    return seat


def change_member(
    *,
    actor: Person,
    charter: Charter | int,
    member: int,
    role: str,
    delegation: int | None = None,
    at: datetime | None = None,
) -> Membership:
    """Give a member another role, another delegation, or none."""
    with transaction.atomic():
        row = _open(actor, charter)
        seat = _seat(row, member)
        if _role(role) != Role.CHAIR:
            _require_another_chair(row, seat)
        seat.role, seat.delegation = _role(role), _team(row, delegation)
        seat.save(update_fields=["role", "delegation"])
        announce(MembershipChanged(charter_id=row.pk, person_id=seat.person_id))
    return seat


def remove_member(
    *, actor: Person, charter: Charter | int, member: int, at: datetime | None = None
) -> None:
    """Take a seat away; what the person did stays theirs."""
    with transaction.atomic():
        row = _open(actor, charter)
        seat = _seat(row, member)
        _require_another_chair(row, seat)
        seat.delete()
        announce(MembershipChanged(charter_id=row.pk, person_id=seat.person_id))


def _open(actor: Person, charter: Charter | int) -> Charter:
    # The same lock as for revisions: two chairs cannot unseat each other at once.
    row = lock(charter)
    require(actor, row, Right.MANAGE)
    return row


def _role(role: str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise Invalid(_("There is no such role.")) from None


def _team(charter: Charter, delegation: int | None) -> Delegation | None:
    if delegation is None:
        return None
    team = Delegation.objects.filter(charter=charter, pk=delegation).first()
    if team is None:
        raise NoSuch(_("There is no such delegation in this charter."))
    return team


def _seat(charter: Charter, member: int) -> Membership:
    seat = Membership.objects.filter(charter=charter, pk=member).first()
    if seat is None:
        raise NoSuch(_("There is no such member in this charter."))
    return seat


def _require_another_chair(charter: Charter, seat: Membership) -> None:
    chairs = Membership.objects.filter(charter=charter, role=Role.CHAIR, person__is_active=True)
    if seat.role == Role.CHAIR and not chairs.exclude(pk=seat.pk).exists():
        raise InUse(_("A charter needs a chair: name another one first."))

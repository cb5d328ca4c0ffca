"""Coming into a delegation. The chair names somebody; who sits there already confirms them.

What it guards against is a chair, or whoever acts for one, who takes a seat in another's
delegation, for himself or for an account of his, to read its drafts or to speak for it. So until a
member has confirmed the newcomer, `Membership.waits_for` holds the delegation and
`Membership.delegation` holds none: whoever waits neither sees what the delegation keeps to itself
nor speaks for it, on any page. Where nobody sits there is nobody to ask, and the first comer is
seated at once; but then the delegation's circle grows, and what earlier circles kept to themselves
stays with them. Who was the last to leave comes back into the circle they left: nothing was written
there since.

It does not guard against a chair who fills a new delegation with his own people first: everybody
sees who sits in it, since when and by whose word.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions.refusals import Invalid, NoSuch
from charter.actions.revisions import lock
from charter.events import MembershipChanged, announce
from charter.models import Charter, Delegation, Membership, Seating, SeatingKind


def seat_with(
    seat: Membership, team: Delegation | None, *, actor: Person, at: datetime | None = None
) -> str:
    """Set, and do not save, what a seat's delegation is to be, with the charter locked.

    The person stays where they sit already; they are seated where nobody sits, and wait elsewhere.
    The change to announce: "waiting", or "changed" for any other.
    """
    if team is not None and seat.delegation_id == team.pk:
        return "changed"
    vacant = team is not None and not Membership.objects.filter(delegation=team).exists()
    if team is not None and seat.waits_for_id == team.pk and not vacant:
        return "changed"
    leave(seat, actor=actor, at=at)
    if team is None:
        return "changed"
    if not vacant:
        seat.waits_for = team
        _log(seat, team, SeatingKind.WAITING, actor, at)
        return "waiting"
    if not _left_last(team, seat.person_id):
        team.circle += 1
        team.save(update_fields=["circle"])
    seat.delegation = team
    _log(seat, team, SeatingKind.SEATED, actor, at)
    return "changed"


def leave(seat: Membership, *, actor: Person, at: datetime | None = None) -> None:
    """Take a seat out of the delegation it is in or waits for; not saved."""
    if seat.delegation is not None:
        _log(seat, seat.delegation, SeatingKind.LEFT, actor, at)
    if seat.waits_for is not None:
        _log(seat, seat.waits_for, SeatingKind.DECLINED, actor, at)
    seat.delegation = seat.waits_for = None


def confirm_seat(
    *, actor: Person, charter: Charter | int, member: int, at: datetime | None = None
) -> Membership:
    """Let somebody who waits into the actor's delegation. Invalid for anybody else's word."""
    with transaction.atomic():
        seat = _waiting(actor, charter, member)
        _confirm(seat, actor, at)
    return seat


def confirm_by_operator(
    *, charter: Charter | int, person: Person, at: datetime | None = None
) -> Membership:
    """The same by whoever holds the installation, where nobody in the delegation can be reached."""
    with transaction.atomic():
        row = lock(charter)
        found = Membership.objects.filter(charter=row, person=person, waits_for__isnull=False)
        seat = found.select_related("waits_for").first()
        if seat is None:
            raise NoSuch(_("Nobody waits to be confirmed there."))
        _confirm(seat, None, at)
    return seat


def decline_seat(
    *, actor: Person, charter: Charter | int, member: int, at: datetime | None = None
) -> Membership:
    """Send somebody who waits back: they keep their seat in the charter, with no delegation."""
    with transaction.atomic():
        seat = _waiting(actor, charter, member)
        leave(seat, actor=actor, at=at)
        seat.save(update_fields=["delegation", "waits_for"])
        tell(seat, actor, "declined")
    return seat


def tell(seat: Membership, actor: Person | None, change: str) -> None:
    """Announce what became of a seat; the operator's acts as those of the person in it."""
    announce(
        MembershipChanged(
            charter_id=seat.charter_id,
            person_id=seat.person_id,
            actor_id=actor.pk if actor else seat.person_id,
            change=change,
        )
    )


def _waiting(actor: Person, charter: Charter | int, member: int) -> Membership:
    row = lock(charter)
    require(actor, row, Right.READ)
    found = Membership.objects.filter(charter=row, pk=member, waits_for__isnull=False)
    seat = found.select_related("waits_for").first()
    if seat is None:
        raise NoSuch(_("Nobody waits to be confirmed there."))
    if not Membership.objects.filter(person=actor, delegation=seat.waits_for_id).exists():
        raise Invalid(_("Only those who sit in a delegation confirm who comes into it."))
    return seat


def _confirm(seat: Membership, actor: Person | None, at: datetime | None) -> None:
    team, seat.waits_for = seat.waits_for, None
    seat.delegation = team
    seat.save(update_fields=["delegation", "waits_for"])
    _log(seat, team, SeatingKind.CONFIRMED, actor, at)
    tell(seat, actor, "confirmed")


def _left_last(team: Delegation, person: int) -> bool:
    """Whether the person is the one whose leaving emptied the delegation."""
    left = Seating.objects.filter(delegation=team, kind=SeatingKind.LEFT).last()
    return left is not None and left.person_id == person


def _log(
    seat: Membership,
    team: Delegation,
    kind: SeatingKind,
    actor: Person | None,
    at: datetime | None,
) -> None:
    Seating.objects.create(
        charter_id=seat.charter_id,
        delegation=team,
        person_id=seat.person_id,
        kind=kind,
        circle=team.circle,
        head=Charter.objects.values_list("head", flat=True).get(pk=seat.charter_id),
        actor=actor,
        at=at or timezone.now(),
    )

"""Who sits at the table of a charter."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import ngettext

from accounts.models import Person
from charter.access import visible_to
from charter.models import Charter, Invitation, Membership, Role


@dataclass(frozen=True, slots=True)
class Member:
    """A seat and the person in it; `delegation` is its party's name, or "".

    `waits_for` is the name of one that the chair named them to and that has not confirmed them.
    `invited_as` is the address that was invited to the seat if it is another than the person's,
    else "": the seat was taken by whoever held the invitation's key.
    """

    id: int
    person_id: int
    person_uuid: UUID
    name: str
    email: str
    role: Role
    delegation: str
    delegation_id: int | None
    waits_for: str = ""
    waits_for_id: int | None = None
    invited_as: str = ""


def members_of(charter: Charter, language: str = "") -> list[Member]:
    """Everybody with a seat: the chairs, drafters, reviewers, observers, by name. One query."""
    order = list(Role)
    members = [_member(seat, language) for seat in _seats(charter)]
    return sorted(members, key=lambda one: (order.index(one.role), one.name.casefold(), one.id))


def member_of(charter: Charter, member: int, language: str = "") -> Member | None:
    """One seat; None when it is not in this charter."""
    seat = _seats(charter).filter(pk=member).first()
    return _member(seat, language) if seat else None


def sits_in(person: Person, charter: int) -> bool:
    """Whether the person has a seat in the charter of this key."""
    return visible_to(person).filter(pk=charter).exists()


def needed_as_chair(person: Person) -> str:
    """Why the person cannot leave: they are the only chair of some charters. "" when of none."""
    chairs = Membership.objects.filter(role=Role.CHAIR, person__is_active=True)
    theirs = chairs.filter(person=person).values("charter")
    shared = chairs.filter(charter__in=theirs).exclude(person=person).values("charter")
    count = theirs.exclude(charter__in=shared).count()
    if not count:
        return ""
    said = ngettext(
        "%(count)d charter has no other chair: another has to be named there first.",
        "%(count)d charters have no other chair: another has to be named there first.",
        count,
    )
    return said % {"count": count}


def _seats(charter: Charter) -> QuerySet[Membership]:
    taken = Invitation.objects.filter(charter=OuterRef("charter"), accepted_by=OuterRef("person"))
    invited_as = Subquery(taken.order_by("-accepted_at").values("email")[:1])
    seats = Membership.objects.filter(charter=charter).annotate(invited_as=invited_as)
    return seats.select_related("person", "delegation__party", "waits_for__party")


def _member(seat: Membership, language: str) -> Member:
    team, waits_for, said = seat.delegation, seat.waits_for, seat.invited_as
    return Member(
        id=seat.pk,
        person_id=seat.person_id,
        person_uuid=seat.person.uuid,
        name=str(seat.person),
        email=seat.person.email,
        role=Role(seat.role),
        delegation=team.party.name(language) if team else "",
        delegation_id=seat.delegation_id,
        waits_for=waits_for.party.name(language) if waits_for else "",
        waits_for_id=seat.waits_for_id,
        invited_as=said if said and said != seat.person.email else "",
    )

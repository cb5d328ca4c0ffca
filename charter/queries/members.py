"""Who sits at the table of a charter."""

from dataclasses import dataclass

from charter.models import Charter, Membership, Role


@dataclass(frozen=True, slots=True)
class Member:
    """A seat and the person in it; `delegation` is its party's name, or ""."""

    id: int
    person_id: int
    name: str
    email: str
    role: Role
    delegation: str
    delegation_id: int | None


def members_of(charter: Charter, language: str = "") -> list[Member]:
    """Everybody with a seat: the chairs, drafters, reviewers, observers, by name. One query."""
    order = list(Role)
    members = [_member(seat, language) for seat in _seats(charter)]
    return sorted(members, key=lambda one: (order.index(one.role), one.name.casefold(), one.id))


def member_of(charter: Charter, member: int, language: str = "") -> Member | None:
    """One seat; None when it is not in this charter."""
    seat = _seats(charter).filter(pk=member).first()
    return _member(seat, language) if seat else None


def _seats(charter: Charter):
    return Membership.objects.filter(charter=charter).select_related("person", "delegation__party")


def _member(seat: Membership, language: str) -> Member:
    team = seat.delegation
    return Member(
        id=seat.pk,
        person_id=seat.person_id,
        name=str(seat.person),
        email=seat.person.email,
        role=Role(seat.role),
        delegation=team.party.name(language) if team else "",
        delegation_id=seat.delegation_id,
    )

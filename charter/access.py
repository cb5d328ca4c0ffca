"""Who may do what: the one place that decides.

A person who holds no seat in a charter cannot tell that it exists.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from accounts.models import Person
from charter.models import Charter, Membership, Role


class Right(StrEnum):
    """What can be done in a charter."""

    READ = "read"  # the text, its history, discussion and exports
    COMMENT = "comment"  # open threads, reply, resolve
    EDIT = "edit"  # words, tree and tags
    MANAGE = "manage"  # members, parties, principles, editions, stage


RIGHTS: dict[str, frozenset[Right]] = {
    Role.OBSERVER: frozenset({Right.READ}),
    Role.REVIEWER: frozenset({Right.READ, Right.COMMENT}),
    Role.DRAFTER: frozenset({Right.READ, Right.COMMENT, Right.EDIT}),
    Role.CHAIR: frozenset(Right),
}


class NotVisible(Exception):
    """For this person there is no such charter: the answer is 404."""


class Forbidden(Exception):
    """The person may see the charter, and may not do this in it: the answer is 403."""

    def __init__(self, right: Right) -> None:
        super().__init__(right)
        self.right = right


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at the table of one charter."""

    charter: Charter
    person: Person
    membership: Membership

    def may(self, right: Right) -> bool:
        """Whether the seat's role has this right."""
        return right in RIGHTS[self.membership.role]


def visible_to(person: Person | AnonymousUser) -> QuerySet[Charter]:
    """The charters this person may know of."""
    if not person.is_authenticated or not person.is_active:
        return Charter.objects.none()
    return Charter.objects.filter(memberships__person=person)


def enter(person: Person | AnonymousUser, slug: str, right: Right = Right.READ) -> Seat:
    """The person's seat in charter `slug`. NotVisible without one, Forbidden without `right`."""
    if not person.is_authenticated or not person.is_active:
        raise NotVisible(slug)
    membership = (
        Membership.objects.select_related("charter", "delegation__party")
        .filter(person=person, charter__slug=slug)
        .first()
    )
    if membership is None:
        raise NotVisible(slug)
    seat = Seat(charter=membership.charter, person=person, membership=membership)
    if not seat.may(right):
        raise Forbidden(right)
    return seat


def require(person: Person, charter: Charter, right: Right) -> None:
    """Nothing when `person` has `right` in `charter`; else NotVisible or Forbidden.

    Reads the seat afresh, so that inside an action's transaction a revoked member is out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, [charter.pk, person.pk])
        row = cursor.fetchone()
    if row is None:
        raise NotVisible(charter.slug)
    if right not in RIGHTS[row[0]]:
        raise Forbidden(right)


# In SQL, for every save asks this and the ORM would take longer than the database.
_ROLE = """
SELECT seat.role
FROM charter_membership seat JOIN accounts_person person ON person.id = seat.person_id
WHERE seat.charter_id = %s AND seat.person_id = %s AND person.is_active
"""

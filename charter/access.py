"""Who may do what, and at which stage: the one place that decides.

A person who holds no seat in a charter cannot tell that it exists.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from accounts.models import Person
from charter.models import Charter, Membership, Role, Stage


class Right(StrEnum):
    """What can be done in a charter."""

    READ = "read"  # the text, its history, discussion and exports
    COMMENT = "comment"  # open threads, reply, resolve
    PROPOSE = "propose"  # write amendments, seen by one's own delegation until they are tabled
    TABLE = "table"  # table and join amendments, rework what is on the table
    HOLD = "hold"  # take positions
    OBJECT = "object"  # break silence, at every stage: no change of stage silences anybody
    DECLARE = "declare"  # make statements: reservations and declarations
    WITHDRAW = "withdraw"  # take back what one's delegation tabled, joined, holds or declared
    EDIT = "edit"  # words, tree and tags
    ADOPT = "adopt"  # make amendments part of the text
    AGREE = "agree"  # put clauses on the ladder of agreement
    SILENCE = "silence"  # open silence procedures and extend them
    DEFINE = "define"  # the vocabulary of principles, the freezing of numbers
    CORRECT = "correct"  # mend the words of an adopted text
    MANAGE = "manage"  # members, parties, editions, stage; close what is open


_HEARD = frozenset({Right.READ, Right.COMMENT})
_AT_THE_TABLE = _HEARD | {
    Right.PROPOSE,
    Right.TABLE,
    Right.HOLD,
    Right.DECLARE,
    Right.WITHDRAW,
    Right.OBJECT,
}

RIGHTS: dict[str, frozenset[Right]] = {
    Role.OBSERVER: frozenset({Right.READ}),
    Role.REVIEWER: _AT_THE_TABLE,
    Role.DRAFTER: _AT_THE_TABLE | {Right.EDIT},
    Role.CHAIR: frozenset(Right),
}

_ALWAYS = _HEARD | {Right.WITHDRAW, Right.OBJECT, Right.MANAGE}
_WRITTEN = frozenset({Right.PROPOSE, Right.EDIT, Right.DEFINE})
_DISCUSSED = frozenset({Right.TABLE, Right.HOLD, Right.DECLARE, Right.ADOPT})
_SETTLED = frozenset({Right.AGREE, Right.SILENCE})

# What each stage leaves of the rights that a role gives.
STAGES: dict[str, frozenset[Right]] = {
    Stage.ZERO_DRAFT: _ALWAYS | _WRITTEN,
    Stage.CONSULTATION: _ALWAYS | _WRITTEN | _DISCUSSED,
    Stage.NEGOTIATION: _ALWAYS | _WRITTEN | _DISCUSSED | _SETTLED,
    Stage.AD_REFERENDUM: _ALWAYS
    | _SETTLED
    | {Right.HOLD, Right.DECLARE, Right.EDIT, Right.ADOPT, Right.DEFINE},
    Stage.ADOPTED: _ALWAYS | {Right.DECLARE, Right.CORRECT},
}
# What it leaves to nobody but the chair.
CHAIRS: dict[str, frozenset[Right]] = {Stage.AD_REFERENDUM: frozenset({Right.EDIT})}


def may(role: str, stage: str, right: Right) -> bool:
    """Whether the role has this right while the charter stands at this stage."""
    return right in RIGHTS[role] and _is_open(role, stage, right)


def _is_open(role: str, stage: str, right: Right) -> bool:
    chairs = right in CHAIRS.get(stage, ()) and role != Role.CHAIR
    return right in STAGES[stage] and not chairs


class NotVisible(Exception):
    """For this person there is no such charter: the answer is 404."""


class Forbidden(Exception):
    """The person may see the charter, and may not do this in it: the answer is 403.

    `stage` is the stage that keeps from it somebody whose role would allow it, else None.
    """

    def __init__(self, right: Right, stage: str | None = None) -> None:
        super().__init__(right)
        self.right = right
        self.stage = stage


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at the table of one charter."""

    charter: Charter
    person: Person
    membership: Membership

    def may(self, right: Right) -> bool:
        """Whether the seat's role has this right, and the charter's stage leaves it."""
        return may(self.membership.role, self.charter.stage, right)

    def waits(self, right: Right) -> bool:
        """Whether nothing but the charter's stage keeps the seat from this."""
        return right in RIGHTS[self.membership.role] and not self.may(right)


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
    _require(membership.role, seat.charter.stage, right)
    return seat


def require(person: Person, charter: Charter, right: Right) -> None:
    """Nothing when `person` has `right` in `charter`; else NotVisible or Forbidden.

    Reads seat and stage afresh, so that inside an action's transaction a revoked member is out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, [charter.pk, person.pk])
        row = cursor.fetchone()
    if row is None:
        raise NotVisible(charter.slug)
    _require(*row, right)


def _require(role: str, stage: str, right: Right) -> None:
    if right not in RIGHTS[role]:
        raise Forbidden(right)
    if not _is_open(role, stage, right):
        raise Forbidden(right, stage)


# In SQL, for every save asks this and the ORM would take longer than the database.
_ROLE = """
SELECT seat.role, charter.stage
FROM charter_membership seat
JOIN accounts_person person ON person.id = seat.person_id
JOIN charter_charter charter ON charter.id = seat.charter_id
WHERE seat.charter_id = %s AND seat.person_id = %s AND person.is_active
"""

"""Invitations as their holders and the chair see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Person
from charter.access import RIGHTS, Right, visible_to
from charter.models import Charter, Invitation, Membership, Role

_MANAGING = [role for role, rights in RIGHTS.items() if Right.MANAGE in rights]


class State(StrEnum):
    """Whether an invitation lets somebody in, and if not, why."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"  # or its inviter may give no seats any more
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation to a charter. `delegation` is its party's name, or "". `title` is what the
    charter goes by, `called` the same in the language of the interface.

    `by_letter` says that it was found by the key that only a letter to `email` carries.
    """

    id: int
    charter_id: int
    slug: str
    title: str
    called: str
    email: str
    name: str
    role: Role
    delegation: str
    delegation_id: int | None
    invited_by: str
    invited_by_id: int
    created_at: datetime
    expires_at: datetime
    accepted_by_id: int | None
    state: State
    by_letter: bool = False


def invitation_by(key: str) -> Invited | None:
    """The invitation that a key is of, whatever its state. One query."""
    digest = Invitation.digest(key)
    row = _rows().filter(Q(key_digest=digest) | Q(letter_digest=digest)).first()
    return _invited(row, "", by_letter=row.letter_digest == digest) if row else None


def invitations_of(charter: Charter, language: str = "") -> list[Invited]:
    """Those that wait to be used or renewed, the oldest first, for the chair. One query."""
    return [_invited(row, language) for row in _waiting().filter(charter=charter)]


def invitation_of(charter: Charter, invitation: int) -> Invited | None:
    """One that waits; None when it is not in this charter."""
    row = _waiting().filter(charter=charter, pk=invitation).first()
    return _invited(row, "") if row else None


def invitations_for(person: Person | AnonymousUser) -> list[Invited]:
    """The open ones to a person's address, if it was shown to be theirs. One query at most."""
    if not person.is_authenticated or not person.is_active or person.confirmed_at is None:
        return []
    rows = (
        _waiting()
        .filter(email=person.email, holds=True, expires_at__gt=timezone.now())
        .exclude(charter__in=visible_to(person))
    )
    return [_invited(row, "") for row in rows]


def _rows() -> QuerySet[Invitation]:
    inviter = Membership.objects.filter(
        charter=OuterRef("charter"),
        person=OuterRef("invited_by"),
        person__is_active=True,
        role__in=_MANAGING,
    )
    related = ("charter", "invited_by", "delegation__party")
    return Invitation.objects.select_related(*related).annotate(holds=Exists(inviter))


def _waiting() -> QuerySet[Invitation]:
    return _rows().filter(accepted_at=None, withdrawn_at=None)


def _state(row: Invitation) -> State:
    if row.accepted_at:
        return State.USED
    if row.withdrawn_at or not row.holds:
        return State.WITHDRAWN
    return State.OPEN if row.expires_at > timezone.now() else State.EXPIRED


def _invited(row: Invitation, language: str, *, by_letter: bool = False) -> Invited:
    team = row.delegation
    return Invited(
        id=row.pk,
        charter_id=row.charter_id,
        slug=row.charter.slug,
        title=row.charter.title,
        called=row.charter.called,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        delegation=team.party.name(language) if team else "",
        delegation_id=row.delegation_id,
        invited_by=str(row.invited_by),
        invited_by_id=row.invited_by_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        accepted_by_id=row.accepted_by_id,
        state=_state(row),
        by_letter=by_letter,
    )

"""Invitations: a seat is kept for whoever brings its key, and given once.

Nothing here asks whether an address has an account. A chair who could tell would know of everybody
on the installation; and whoever typed an address in first has no part in what others give it.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import Person
from charter.actions import gate
from charter.actions.members import chaired, give, role_named, team_of
from charter.actions.refusals import (
    AlreadyThere,
    Expired,
    Invalid,
    NoSuch,
    Refused,
    TooMany,
    Used,
    Withdrawn,
)
from charter.actions.revisions import lock
from charter.models import Charter, Invitation, Membership
from charter.queries.invitations import (
    Invited,
    State,
    invitation_by,
    invitation_of,
    invitations_for,
)

LASTS = timedelta(days=14)
A_DAY = 200  # invitations of one person: each may be a letter to a stranger
ADDRESS = 254
NAME = 200


@dataclass(frozen=True, slots=True)
class Issued:
    """A new invitation and its keys, which are kept nowhere: what is not passed on now is lost.

    `key` is for the inviter to hand over. `letter_key` is for a letter to the address alone; who
    takes the seat with it has shown that the address is theirs.
    """

    invitation: Invitation
    key: str
    letter_key: str


def invite_member(
    *,
    actor: Person,
    charter: Charter | int,
    email: str,
    name: str = "",
    role: str,
    delegation: int | None = None,
    at: datetime | None = None,
) -> Issued:
    """Keep a seat for somebody. An open invitation to the same address is replaced.

    AlreadyThere when somebody of this address sits in this charter, TooMany after A_DAY in a day.
    """
    address, called = _address(email), gate.line(name, NAME)
    with transaction.atomic():
        row = chaired(actor, charter)
        invitation = Invitation(
            charter=row,
            email=address,
            name=called,
            role=role_named(role),
            delegation=team_of(row, delegation),
        )
        return _issue(invitation, actor, at or timezone.now())


def renew_invitation(
    *, actor: Person, charter: Charter | int, invitation: int, at: datetime | None = None
) -> Issued:
    """The same seat with new keys, LASTS from now, from `actor`; the old keys are dead."""
    with transaction.atomic():
        row = chaired(actor, charter)
        old = _waiting(row, invitation)
        again = Invitation(
            charter=row,
            email=old.email,
            name=old.name,
            role=old.role,
            delegation_id=old.delegation_id,
        )
        return _issue(again, actor, at or timezone.now())


def withdraw_invitation(
    *, actor: Person, charter: Charter | int, invitation: int, at: datetime | None = None
) -> None:
    """Let nobody in by this invitation any more."""
    with transaction.atomic():
        found = _waiting(chaired(actor, charter), invitation)
        _withdraw(at or timezone.now(), pk=found.id)


def accept_invitation(*, person: Person, key: str, at: datetime | None = None) -> Membership:
    """Give `person` the seat that is kept for the holder of `key`, and nothing else.

    NoSuch for a forged key; Used, Withdrawn, Expired; AlreadyThere for who sits there already,
    which leaves the invitation open.
    """
    with transaction.atomic():
        seat, found = _take(person, lambda: invitation_by(key), at or timezone.now())
        if found.by_letter and found.email == person.email:
            people.confirm(person)
    return seat


def accept_own(*, person: Person, invitation: int, at: datetime | None = None) -> Membership:
    """The same for an invitation to the person's own confirmed address. NoSuch for any other."""
    with transaction.atomic():
        seat, _found = _take(person, lambda: _own(person, invitation), at or timezone.now())
    return seat


def decline_own(*, person: Person, invitation: int, at: datetime | None = None) -> None:
    """Send an invitation to the person's own confirmed address back."""
    with transaction.atomic():
        found = _locked(lambda: _own(person, invitation))
        _withdraw(at or timezone.now(), pk=found.id)


def join(
    *, key: str, email: str, name: str, password: str, at: datetime | None = None
) -> Membership:
    """Make an account and take the seat with it; both or neither.

    Refused as by `accept_invitation`; AlreadyThere too when the address has an account, in words
    that would fit any other reason. `name` and `password` have passed the form of a new account.
    """
    with transaction.atomic():
        _require_open(_found(invitation_by(key)))
        try:
            person = people.make(email=_address(email), name=name, password=password)
        except people.AddressTaken:
            said = _("No account can be made with this address. Sign in, or use another address.")
            raise AlreadyThere(said) from None
        return accept_invitation(person=person, key=key, at=at)


def _issue(invitation: Invitation, actor: Person, now: datetime) -> Issued:
    sent = Invitation.objects.filter(invited_by=actor, created_at__gt=now - timedelta(days=1))
    if sent.count() >= A_DAY:
        raise TooMany(_("These are many invitations for one day. Please go on tomorrow."))
    charter, email = invitation.charter, invitation.email
    if Membership.objects.filter(charter=charter, person__email=email).exists():
        raise AlreadyThere(_("Somebody with this address has a seat here already."))
    _withdraw(now, charter=charter, email=email)
    key, letter_key = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    invitation.key_digest = Invitation.digest(key)
    invitation.letter_digest = Invitation.digest(letter_key)
    invitation.invited_by = actor
    invitation.created_at, invitation.expires_at = now, now + LASTS
    invitation.save(force_insert=True)
    return Issued(invitation, key, letter_key)


def _take(
    person: Person, look: Callable[[], Invited | None], now: datetime
) -> tuple[Membership, Invited]:
    """Give the seat of what `look` finds, inside a transaction."""
    found = _locked(look)
    _require_open(found)
    row = Invitation.objects.select_related("charter", "delegation").get(pk=found.id)
    try:
        seat = give(row.charter, person, found.role, row.delegation, actor=person, at=now)
    except AlreadyThere:
        raise AlreadyThere(_("You have a seat in this charter already.")) from None
    row.accepted_by, row.accepted_at = person, now
    row.save(update_fields=["accepted_by", "accepted_at"])
    return seat, found


def _locked(look: Callable[[], Invited | None]) -> Invited:
    """What `look` finds, as it is once nobody else can change a seat of its charter."""
    lock(_found(look()).charter_id)
    return _found(look())


def _found(invitation: Invited | None) -> Invited:
    if invitation is None:
        raise NoSuch(_("There is no such invitation."))
    return invitation


def _require_open(invitation: Invited) -> None:
    refusals: dict[State, Callable[[], Refused]] = {
        State.USED: lambda: Used(_("This invitation was used already.")),
        State.WITHDRAWN: lambda: Withdrawn(_("This invitation was withdrawn.")),
        State.EXPIRED: lambda: Expired(_("This invitation is too old. Ask for a new one.")),
    }
    if invitation.state in refusals:
        raise refusals[invitation.state]()


def _own(person: Person, invitation: int) -> Invited | None:
    return next((one for one in invitations_for(person) if one.id == invitation), None)


def _waiting(charter: Charter, invitation: int) -> Invited:
    found = invitation_of(charter, invitation)
    if found is None:
        raise NoSuch(_("There is no such open invitation in this charter."))
    return found


def _withdraw(now: datetime, **which: object) -> None:
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, **which)
    waiting.update(withdrawn_at=now)


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address if len(address) <= ADDRESS else "")
    except ValidationError:
        raise Invalid(_("This is no e-mail address.")) from None
    return address

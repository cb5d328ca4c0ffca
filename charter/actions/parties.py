"""The charter's register of states and organisations, and the delegations they send."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate
from charter.actions.refusals import AlreadyThere, InUse, Invalid, Missing, NoSuch
from charter.actions.revisions import lock
from charter.events import RegisterChanged, announce
from charter.models import (
    Charter,
    Delegation,
    Membership,
    Party,
    PartyKind,
    PartyMembership,
    Standing,
)

CODE = 16


def add_party(
    *,
    actor: Person,
    charter: Charter | int,
    kind: str,
    code: str,
    names: Mapping[str, str],
    at: datetime | None = None,
) -> Party:
    """A new entry; `names` by language. AlreadyThere when the code is taken."""
    entry = _entry(kind, code, names)
    with transaction.atomic():
        party = Party(charter=open_register(actor, charter), **entry)
        _save(party)
        tell(actor, party)
    return party


def change_party(
    *,
    actor: Person,
    charter: Charter | int,
    party: int,
    kind: str,
    code: str,
    names: Mapping[str, str],
    at: datetime | None = None,
) -> Party:
    """Correct an entry. What becomes a state loses the parties that belong to it."""
    entry = _entry(kind, code, names)
    with transaction.atomic():
        row = find_party(open_register(actor, charter), party)
        was = row.code
        for name, value in entry.items():
            setattr(row, name, value)
        _save(row)
        if row.kind == PartyKind.STATE:
            PartyMembership.objects.filter(organisation=row).delete()
        tell(actor, row, was)
    return row


def remove_party(
    *, actor: Person, charter: Charter | int, party: int, at: datetime | None = None
) -> None:
    """Take an entry out. InUse while it has a delegation."""
    with transaction.atomic():
        row = find_party(open_register(actor, charter), party)
        tell(actor, row)
        try:
            row.delete()
        except ProtectedError:
            raise InUse(_("This party has a delegation: remove that first.")) from None


def add_delegation(
    *,
    actor: Person,
    charter: Charter | int,
    party: int,
    standing: str,
    at: datetime | None = None,
) -> Delegation:
    """Give a party its delegation. AlreadyThere when it has one."""
    with transaction.atomic():
        row = open_register(actor, charter)
        team = Delegation(charter=row, party=find_party(row, party), standing=_standing(standing))
        try:
            with transaction.atomic():
                team.save(force_insert=True)
        except IntegrityError:
            raise AlreadyThere(_("This party has a delegation already.")) from None
        tell(actor, team.party)
    return team


def change_delegation(
    *,
    actor: Person,
    charter: Charter | int,
    delegation: int,
    standing: str,
    at: datetime | None = None,
) -> Delegation:
    """Change a delegation's role in the process."""
    with transaction.atomic():
        team = _team(open_register(actor, charter), delegation)
        team.standing = _standing(standing)
        team.save(update_fields=["standing"])
        tell(actor, team.party)
    return team


def remove_delegation(
    *, actor: Person, charter: Charter | int, delegation: int, at: datetime | None = None
) -> None:
    """Take a delegation away. InUse once anybody has sat in it."""
    with transaction.atomic():
        team = _team(open_register(actor, charter), delegation)
        tell(actor, team.party)
        dismiss(team)


def dismiss(team: Delegation) -> None:
    """Delete a delegation. InUse while anybody sits in it, and once anybody did.

    What it did not table nobody else knows of, so the answer must not depend on there being any.
    """
    try:
        team.delete()
    except ProtectedError as refused:
        if any(isinstance(one, Membership) for one in refused.protected_objects):
            raise InUse(_("There are members in this delegation.")) from None
        raise InUse(_("This delegation had members, so it stays on record.")) from None


def open_register(actor: Person, charter: Charter | int) -> Charter:
    """The charter, locked, when the actor may change its register."""
    row = lock(charter)
    require(actor, row, Right.MANAGE)
    return row


def tell(actor: Person, party: Party, *codes: str) -> None:
    """Announce that what the register says of a party has changed, and of those of `codes`."""
    said = tuple(sorted({party.code, *codes}))
    announce(RegisterChanged(party.charter_id, said, actor.pk))


def _entry(kind: str, code: str, names: Mapping[str, str]) -> dict:
    if kind not in PartyKind:
        raise Invalid(_("There is no such kind of party."))
    passed = {gate.language(key): gate.line(name, gate.NAME) for key, name in names.items()}
    kept = {key: name for key, name in passed.items() if name}
    if not kept:
        raise Missing(_("A party needs a name."))
    return {"kind": kind, "code": gate.name(code, CODE), "names": kept}


def _standing(standing: str) -> Standing:
    try:
        return Standing(standing)
    except ValueError:
        raise Invalid(_("There is no such role in the process.")) from None


def find_party(charter: Charter, party: int) -> Party:
    row = Party.objects.filter(charter=charter, pk=party).first()
    if row is None:
        raise NoSuch(_("There is no such party in this charter."))
    return row


def _team(charter: Charter, delegation: int) -> Delegation:
    team = Delegation.objects.filter(charter=charter, pk=delegation).first()
    if team is None:
        raise NoSuch(_("There is no such delegation in this charter."))
    return team


def _save(party: Party) -> None:
    try:
        with transaction.atomic():
            party.save()
    except IntegrityError:
        raise AlreadyThere(_("There is a party of this code.")) from None

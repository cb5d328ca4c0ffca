"""The charter's register of states and organisations, and the delegations they send."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate
from charter.actions.refusals import AlreadyThere, InUse, Invalid, Missing, NoSuch
from charter.actions.revisions import lock
from charter.models import Charter, Delegation, Party, PartyKind, PartyMembership, Standing

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
        party = Party(charter=_open(actor, charter), **entry)
        _save(party)
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
    """Correct an entry."""
    entry = _entry(kind, code, names)
    with transaction.atomic():
        row = _find(_open(actor, charter), party)
        for name, value in entry.items():
            setattr(row, name, value)
        _save(row)
    return row


def remove_party(
    *, actor: Person, charter: Charter | int, party: int, at: datetime | None = None
) -> None:
    """Take an entry out. InUse while it has a delegation."""
    with transaction.atomic():
        row = _find(_open(actor, charter), party)
        try:
            row.delete()
        except ProtectedError:
            raise InUse(_("This party has a delegation: remove that first.")) from None


def set_party_members(
    *,
    actor: Person,
    charter: Charter | int,
    organisation: int,
    members: Collection[int],
    at: datetime | None = None,
) -> None:
    """Say which parties belong to an organisation or a format; the days of those who stay stay."""
    wanted = set(members)
    with transaction.atomic():
        row = _open(actor, charter)
        holder = _find(row, organisation)
        if wanted and holder.kind == PartyKind.STATE:
            raise Invalid(_("A state has no member parties."))
        if holder.pk in wanted:
            raise Invalid(_("An organisation is not its own member."))
        if Party.objects.filter(charter=row, pk__in=wanted).count() != len(wanted):
            raise NoSuch(_("There is no such party in this charter."))
        there = PartyMembership.objects.filter(organisation=holder)
        there.exclude(member__in=wanted).delete()
        known = set(there.values_list("member", flat=True))
        PartyMembership.objects.bulk_create(
            PartyMembership(organisation=holder, member_id=member)
            for member in sorted(wanted - known)
        )


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
        row = _open(actor, charter)
        team = Delegation(charter=row, party=_find(row, party), standing=_standing(standing))
        try:
            with transaction.atomic():
                team.save(force_insert=True)
        except IntegrityError:
            raise AlreadyThere(_("This party has a delegation already.")) from None
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
        team = _team(_open(actor, charter), delegation)
        team.standing = _standing(standing)
        team.save(update_fields=["standing"])
    return team


def remove_delegation(
    *, actor: Person, charter: Charter | int, delegation: int, at: datetime | None = None
) -> None:
    """Take a delegation away. InUse while anybody sits in it."""
    with transaction.atomic():
        team = _team(_open(actor, charter), delegation)
        try:
            team.delete()
        except ProtectedError:
            raise InUse(_("There are members in this delegation.")) from None


def _open(actor: Person, charter: Charter | int) -> Charter:
    row = lock(charter)
    require(actor, row, Right.MANAGE)
    return row


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


def _find(charter: Charter, party: int) -> Party:
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

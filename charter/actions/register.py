"""The register of parties from a file: looked at first, then taken in whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import gate
from charter.actions.parties import CODE, dismiss, open_register
from charter.actions.refusals import Flawed, InUse, Refused, StaleRegister
from charter.events import RegisterChanged, announce
from charter.models import Charter, Delegation, Party, PartyMembership
from charter.queries.parties import register_values
from charter.text.register import Entry, Flaw, ReadEntry, digest
from charter.text.register_changes import Changes, Doing, Step, changes

_Membership = tuple[int, int, date | None, date | None]  # member, organisation, since, until


def preview_register(
    *,
    actor: Person,
    charter: Charter | int,
    read: Sequence[ReadEntry],
    whole: bool = False,
    at: datetime | None = None,
) -> tuple[Changes, str]:
    """What the file would change, and the digest of the register that was compared with.

    `whole`: what is not in the file would be taken out. Nothing is kept. Flawed, or InUse for what
    cannot be taken out.
    """
    with transaction.atomic():
        row, planned, standing = _planned(actor, charter, read, whole)
        tried = transaction.savepoint()
        try:
            _do(row, planned)
        finally:
            transaction.savepoint_rollback(tried)
    return planned, standing


def import_register(
    *,
    actor: Person,
    charter: Charter | int,
    read: Sequence[ReadEntry],
    whole: bool = False,
    against: str | None = None,
    at: datetime | None = None,
) -> Changes:
    """Take the file in. StaleRegister when the digest of what stands is not `against`."""
    with transaction.atomic():
        row, planned, standing = _planned(actor, charter, read, whole)
        if against is not None and against != standing:
            raise StaleRegister(planned, standing)
        _do(row, planned)
        codes = [step.entry.code for step in planned.steps if step.doing is not Doing.LEAVE]
        if codes:
            announce(RegisterChanged(row.pk, tuple(sorted(codes)), actor.pk))
    return planned


def _planned(
    actor: Person, charter: Charter | int, read: Sequence[ReadEntry], whole: bool
) -> tuple[Charter, Changes, str]:
    row = open_register(actor, charter)
    current = register_values(row)
    passed, flaws = _passed(read)
    planned = changes(current, passed, whole=whole)
    flaws += planned.flaws
    if flaws:
        raise Flawed(sorted(flaws, key=lambda flaw: flaw.line))
    return row, planned, digest(current)


def _passed(read: Sequence[ReadEntry]) -> tuple[list[ReadEntry], list[Flaw]]:
    """The entries as they may be kept, and what the gate has against them."""
    flaws: list[Flaw] = []
    passed: dict[str, ReadEntry] = {}
    for one in read:
        code = _through(one, "code", one.entry.code, lambda said: gate.name(said, CODE), flaws)
        names = {
            language: _through(
                one, f"name_{language}", name, lambda said: gate.line(said, gate.NAME), flaws
            )
            for language, name in one.entry.names.items()
        }
        if code in passed:
            flaws.append(Flaw(one.line, "code", _("This party is there twice.")))
        passed[code] = replace(one, entry=replace(one.entry, code=code, names=names))
    return list(passed.values()), flaws


def _through(
    one: ReadEntry, column: str, said: str, gated: Callable[[str], str], flaws: list[Flaw]
) -> str:
    try:
        return gated(said)
    except Refused as refused:
        flaws.append(Flaw(one.line_of(column), column, "%(said)s", {"said": refused.message}))
        return said


def _do(charter: Charter, planned: Changes) -> None:
    for step in planned.of(Doing.REMOVE):
        _remove(charter, step)
    done = (*planned.of(Doing.ADD), *planned.of(Doing.CHANGE))
    _write_parties(charter, done)
    keys = dict(Party.objects.filter(charter=charter).values_list("code", "pk"))
    _write_delegations(charter, done, keys)
    _write_memberships(charter, done, keys)


def _remove(charter: Charter, step: Step) -> None:
    party = Party.objects.get(charter=charter, code=step.entry.code)
    try:
        for team in Delegation.objects.filter(party=party):
            dismiss(team)
        party.delete()
    except (InUse, ProtectedError) as refused:
        raise _held(step, refused) from None


def _held(step: Step, refused: InUse | ProtectedError) -> InUse:
    why = refused.message if isinstance(refused, InUse) else _("It is still needed.")
    return InUse(_("%(code)s cannot be taken out. %(why)s") % {"code": step.entry.code, "why": why})


def _write_parties(charter: Charter, steps: Sequence[Step]) -> None:
    rows = {row.code: row for row in Party.objects.filter(charter=charter)}
    made, changed = [], []
    for entry in (step.entry for step in steps):
        row = rows.get(entry.code)
        (changed if row else made).append(row := row or Party(charter=charter, code=entry.code))
        row.kind, row.names = entry.kind, dict(entry.names)
    Party.objects.bulk_create(made)
    Party.objects.bulk_update(changed, ["kind", "names"], batch_size=500)


def _write_delegations(charter: Charter, steps: Sequence[Step], keys: dict[str, int]) -> None:
    teams = {team.party_id: team for team in Delegation.objects.filter(charter=charter)}
    made, changed = [], []
    for step in steps:
        team, standing = teams.get(keys[step.entry.code]), step.entry.standing
        if team is None and standing:
            key = keys[step.entry.code]
            made.append(Delegation(charter=charter, party_id=key, standing=standing))
        elif team is not None and not standing:
            try:
                dismiss(team)
            except InUse as refused:
                raise _held(step, refused) from None
        elif team is not None and team.standing != standing:
            team.standing = standing
            changed.append(team)
    Delegation.objects.bulk_create(made)
    Delegation.objects.bulk_update(changed, ["standing"], batch_size=500)


def _write_memberships(charter: Charter, steps: Sequence[Step], keys: dict[str, int]) -> None:
    """Those that are gone go first, or the days of what takes their place would meet theirs."""
    gone, made = [], []
    standing = {
        (row.member_id, row.organisation_id, row.since, row.until): row.pk
        for row in PartyMembership.objects.filter(organisation__charter=charter)
    }
    for step in steps:
        before, after = _days_of(step.before, keys), _days_of(step.after, keys)
        gone += [standing[one] for one in before - after if one in standing]
        made += [
            PartyMembership(member_id=member, organisation_id=holder, since=since, until=until)
            for member, holder, since, until in after - before
        ]
    PartyMembership.objects.filter(pk__in=gone).delete()
    PartyMembership.objects.bulk_create(made)


def _days_of(entry: Entry | None, keys: dict[str, int]) -> set[_Membership]:
    """The memberships of a party in organisations that are there."""
    return {
        (keys[entry.code], keys[one.organisation], one.days.since, one.days.until)
        for one in (entry.belongings if entry else ())
        if entry and one.organisation in keys
    }

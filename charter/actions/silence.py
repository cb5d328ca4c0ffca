"""Putting clauses, amendments or an edition under silence, and what people do with a procedure.

What happens when its deadline is over is done by `silence_expiry`. Both take the procedure's row
before the charter's, so that they wait for each other and never for ever.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate
from charter.actions.adopting import plan_adoption
from charter.actions.combining import Taking
from charter.actions.docket import Proposer, come_forward, find_open
from charter.actions.refusals import AlreadyThere, Invalid, Missing, NoSuch, Over, Stale
from charter.actions.trees import standing_unit
from charter.events import SilenceChanged, announce
from charter.models import (
    Amendment,
    ChangeState,
    Charter,
    Clause,
    Edition,
    ProposedChange,
    Rung,
    Silence,
    SilenceDeed,
    SilenceDeedKind,
    SilenceItem,
    SilenceKind,
    SilenceState,
)

INVITATION = 5_000
REASON = 2_000
MOST = 100  # clauses or amendments of one procedure
LONGEST = timedelta(days=366)  # from now to a deadline
RUNGS = tuple(rung for rung in Rung if rung != Rung.OPEN)


def open_silence(
    *,
    actor: Person,
    charter: Charter | int,
    deadline: datetime,
    clauses: Sequence[UUID] = (),
    amendments: Sequence[UUID] = (),
    edition: int | None = None,
    rung: str = Rung.AD_REFERENDUM,
    invitation: str = "",
    base: int | None = None,
    at: datetime | None = None,
) -> Silence:
    """Put clauses as they stand, amendments as they are tabled, or an edition under silence.

    `rung` is how far clauses are agreed if nobody objects. `base` is the revision in which the
    actor saw clauses or amendments: Stale when another is the head. AlreadyThere for what another
    procedure has under silence.
    """
    kind = _kind(clauses, amendments, edition)
    said = gate.letters(invitation, INVITATION).strip()
    if kind == SilenceKind.CLAUSES and rung not in RUNGS:
        raise Invalid(_("There is no such rung on the ladder of agreement."))
    with transaction.atomic():
        chair = come_forward(actor, charter, Right.SILENCE)
        now = at or timezone.now()
        if base is not None and base != chair.charter.head and kind != SilenceKind.EDITION:
            raise Stale(_("The text has changed since you saw it. Read it again first."))
        found = _under(chair, kind, clauses, amendments, edition)
        named = found[0] if kind == SilenceKind.EDITION else None
        silence = Silence.objects.create(
            charter=chair.charter,
            number=_next(chair.charter),
            kind=kind,
            invitation=said,
            rung=rung if kind == SilenceKind.CLAUSES else "",
            edition=named,
            edition_name=named.name if named else "",
            revision=named.revision.number if named else chair.charter.head,
            looked_at=chair.charter.head,
            opened_at=now,
            deadline=_deadline(deadline, now),
        )
        _put(silence, kind, found)
        log(silence, SilenceDeedKind.OPENED, actor=actor, at=now, deadline=silence.deadline)
    return silence


def extend_silence(
    *,
    actor: Person,
    charter: Charter | int,
    silence: int,
    deadline: datetime,
    note: str = "",
    at: datetime | None = None,
) -> Silence:
    """Give procedure `silence` a later deadline. Over once the one it has is past."""
    said, now = gate.line(note, REASON), at or timezone.now()
    with transaction.atomic():
        _chair, found = _running(actor, charter, silence, Right.SILENCE, now)
        later = _deadline(deadline, now)
        if later <= found.deadline:
            raise Invalid(_("A deadline is moved to a later time only."))
        found.deadline = later
        found.save(update_fields=["deadline"])
        log(found, SilenceDeedKind.EXTENDED, actor=actor, at=now, note=said, deadline=later)
    return found


def break_silence(
    *,
    actor: Person,
    charter: Charter | int,
    silence: int,
    reason: str,
    at: datetime | None = None,
) -> Silence:
    """Object in the name of the actor's delegation: the procedure ends, and all may read why.

    What counts is when the objection came in, not when its turn came. Over after the deadline,
    whether or not the adoption was carried out by then.
    """
    said, now = gate.line(reason, REASON), at or timezone.now()
    if not said:
        raise Missing(_("Say why your delegation breaks silence."))
    with transaction.atomic():
        member, found = _running(actor, charter, silence, Right.OBJECT, now)
        if member.delegation is None:
            raise Missing(_("Only a delegation can break silence."))
        found.state = SilenceState.BROKEN
        found.save(update_fields=["state"])
        log(
            found,
            SilenceDeedKind.BROKEN,
            actor=actor,
            at=now,
            note=said,
            delegation=member.delegation,
        )
    return found


def call_off_silence(
    *,
    actor: Person,
    charter: Charter | int,
    silence: int,
    note: str,
    at: datetime | None = None,
) -> Silence:
    """End a procedure without an outcome. Over once its deadline is past."""
    said, now = gate.line(note, REASON), at or timezone.now()
    if not said:
        raise Missing(_("Say why the procedure is called off."))
    with transaction.atomic():
        _chair, found = _running(actor, charter, silence, Right.MANAGE, now)
        found.state = SilenceState.CALLED_OFF
        found.save(update_fields=["state"])
        log(found, SilenceDeedKind.CALLED_OFF, actor=actor, at=now, note=said)
    return found


def log(silence: Silence, kind: SilenceDeedKind, *, at: datetime, **facts: object) -> None:
    """Append a line to the procedure's log, and tell whoever listens."""
    deed = SilenceDeed.objects.create(silence=silence, kind=kind, at=at, **facts)
    announce(SilenceChanged(silence.charter_id, silence.pk, deed.actor_id, kind.value))


def takings_of(amendments: Sequence[Amendment]) -> list[Taking]:
    """Whatever these amendments ask for, whole."""
    rows = ProposedChange.objects.filter(amendment__in=amendments, state=ChangeState.OPEN)
    versions = {one.pk: one.version for one in amendments}
    return [Taking(row.uuid, versions[row.amendment_id]) for row in rows]


def _kind(clauses: Sequence[UUID], amendments: Sequence[UUID], edition: int | None) -> SilenceKind:
    given = [
        kind
        for kind, some in (
            (SilenceKind.CLAUSES, bool(clauses)),
            (SilenceKind.AMENDMENTS, bool(amendments)),
            (SilenceKind.EDITION, edition is not None),
        )
        if some
    ]
    if not given:
        raise Missing(_("Choose what is to be put under silence."))
    if len(given) > 1:
        raise Invalid(_("Clauses, amendments and an edition have procedures of their own each."))
    if max(len(clauses), len(amendments)) > MOST:
        raise Invalid(_("These are too many for one procedure."))
    return given[0]


def _deadline(wanted: datetime, now: datetime) -> datetime:
    """The deadline to the second."""
    exact = wanted.replace(microsecond=0)
    if exact <= now:
        raise Invalid(_("The deadline must lie in the future."))
    if exact > now + LONGEST:
        raise Invalid(_("The deadline must lie within a year."))
    return exact


def _next(charter: Charter) -> int:
    last = Silence.objects.filter(charter=charter).aggregate(Max("number"))["number__max"]
    return (last or 0) + 1


def _under(
    chair: Proposer,
    kind: SilenceKind,
    clauses: Sequence[UUID],
    amendments: Sequence[UUID],
    edition: int | None,
) -> Sequence[Clause] | Sequence[Amendment] | Sequence[Edition]:
    """What is to be put under silence, each once and under no other procedure."""
    if kind == SilenceKind.CLAUSES:
        found = [standing_unit(chair.charter, one) for one in dict.fromkeys(clauses)]
        _require_free(chair.charter, items__clause__in=found)
        return found
    if kind == SilenceKind.AMENDMENTS:
        tabled = [find_open(chair, one) for one in dict.fromkeys(amendments)]
        _require_free(chair.charter, items__amendment__in=tabled)
        _require_fitting(chair, tabled)
        return tabled
    named = chair.charter.editions.select_related("revision").filter(pk=edition)
    if not named:
        raise NoSuch(_("There is no such edition in this charter."))
    _require_free(chair.charter, edition__in=named)
    return list(named)


def _require_free(charter: Charter, **what: object) -> None:
    running = Silence.objects.filter(charter=charter, state=SilenceState.RUNNING, **what)
    other = running.first()
    if other is not None:
        said = _("This is under silence already, in procedure %(silence)s.")
        raise AlreadyThere(said % {"silence": other})


def _require_fitting(chair: Proposer, amendments: Sequence[Amendment]) -> None:
    """Nobody is asked for silence on what could not be adopted."""
    takings = takings_of(amendments)
    if plan_adoption(actor=chair.person, charter=chair.charter, takings=takings).open:
        raise Invalid(_("These amendments collide, or do not fit the text. Settle that first."))


def _put(silence: Silence, kind: SilenceKind, found: Sequence[object]) -> None:
    name = {SilenceKind.CLAUSES: "clause", SilenceKind.AMENDMENTS: "amendment"}.get(kind)
    if name is not None:
        SilenceItem.objects.bulk_create(
            SilenceItem(silence=silence, **{name: one}) for one in found
        )


def _running(
    actor: Person, charter: Charter | int, number: int, right: Right, now: datetime
) -> tuple[Proposer, Silence]:
    """The actor and the procedure, locked and still open to objections. NoSuch, Over."""
    row = charter if isinstance(charter, Charter) else Charter.objects.get(pk=charter)
    require(actor, row, right)  # before anything is locked, and again under the charter's lock
    rows = Silence.objects.select_for_update(no_key=True)
    found = rows.filter(charter=row, number=number).first()
    if found is None:
        raise NoSuch(_("There is no such silence procedure in this charter."))
    member = come_forward(actor, row, right)
    if found.state != SilenceState.RUNNING:
        raise Over(_("This silence procedure is over."))
    if now >= found.deadline:
        raise Over(_("The deadline has passed: silence was kept."))
    return member, found

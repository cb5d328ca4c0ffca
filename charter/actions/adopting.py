"""Adopting amendments: whole, change by change or span by span, several in one revision.

What was left of a reworded clause stays alive as a change of its own, against the text that the
adoption made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right
from charter.actions import gate
from charter.actions.change_sets import apply_operations
from charter.actions.combining import (
    Combined,
    SettledWords,
    Taking,
    combine,
    left_out,
    takes_nothing,
)
from charter.actions.docket import Proposer, come_forward, log
from charter.actions.drafts import Draft
from charter.actions.insertions import inserting
from charter.actions.misfits import inner_first, misfits
from charter.actions.operations import Move, Operation, Reword, Strike, passed
from charter.actions.refusals import Collide, Invalid, Missing, NoSuch, Stale, TooLong
from charter.actions.remainders import record
from charter.actions.revisions import open_revision
from charter.actions.values import Words
from charter.events import AmendmentChanged, announce
from charter.models import (
    OPEN_STATUSES,
    Amendment,
    AmendmentStatus,
    Cause,
    ChangeStanding,
    ChangeState,
    Charter,
    DeedKind,
    ProposedAct,
    ProposedChange,
    Revision,
    Wording,
)

MOST = 500  # changes of one adoption


@dataclass(frozen=True, slots=True)
class Adopted:
    """What an adoption made: the revision, and the amendments it names by number."""

    revision: Revision
    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an adoption would do to words, and the changes it cannot make as they stand.

    `misfits` are insertions, moves and strikes whose place is gone or whose words have changed,
    and what another of the changes would strike or move elsewhere.
    """

    head: int
    words: tuple[Combined, ...]
    misfits: tuple[UUID, ...]

    @property
    def open(self) -> bool:
        """Whether something must be decided before it can be adopted."""
        return bool(self.misfits) or any(one.words is None for one in self.words)


class _Chosen(NamedTuple):
    taking: Taking
    change: ProposedChange


def plan_adoption(
    *,
    actor: Person,
    charter: Charter | int,
    takings: Sequence[Taking],
    settled: Sequence[SettledWords] = (),
) -> Plan:
    """What adopting these changes would do now. Nothing is kept; the same right is needed."""
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.ADOPT)
        return _plan(proposer.charter, _chosen(proposer.charter, takings), settled)


def adopt_changes(
    *,
    actor: Person,
    charter: Charter | int,
    base: int,
    takings: Sequence[Taking],
    settled: Sequence[SettledWords] = (),
    message: str = "",
    at: datetime | None = None,
) -> Adopted:
    """Make these changes of amendments on the table in one revision that names them.

    They must be those, and the text that of revision `base`, which the actor saw: else Stale.
    A change whose rival's words were settled on is not adopted and stays on the table.
    Collide, with the plan, while changes collide or do not fit and nobody has settled them.
    """
    decided = [SettledWords(one.clause, one.language, gate.words(one.words)) for one in settled]
    when = at or timezone.now()
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.ADOPT)
        if base != proposer.charter.head:
            raise Stale(_("The text has changed since you saw it."))
        chosen = _chosen(proposer.charter, takings)
        plan = _plan(proposer.charter, chosen, decided)
        if plan.open:
            raise Collide(plan)
        taken = _taken(chosen, plan, decided)
        amendments = _amendments(taken)
        if not amendments:
            raise Invalid(_("These words adopt none of the changes."))
        with open_revision(
            actor=actor,
            charter=charter,
            cause=Cause.AMENDMENT,
            message=message or naming(amendments, gate.MESSAGE),
            right=Right.ADOPT,
            at=when,
        ) as draft:
            draft.adopted = tuple(one.uuid for one in amendments)
            _make(draft, plan, chosen)
        if draft.revision is None:
            raise Invalid(_("The text says all of this already."))
        settled_by_hand = {(one.clause, one.language) for one in decided}
        record(draft, taken, plan.words, settled_by_hand)
        _dispose(proposer, amendments, draft.revision, when)
    return Adopted(draft.revision, amendments)


def _taken(chosen: Sequence[_Chosen], plan: Plan, decided: Iterable[SettledWords]) -> list[_Chosen]:
    """The changes without those that a settlement refused, and those of which no span is taken:
    these stay on the table."""
    settled = {(one.clause, one.language): one.words for one in decided}
    left: set[UUID] = set()
    for one in plan.words:
        key = one.clause, one.language
        group = [pair for pair in chosen if (pair.change.clause_id, pair.change.language) == key]
        left |= {pair.change.uuid for pair in group if takes_nothing(*pair, one.current)}
        if key in settled:
            left |= left_out(one.current, group, settled[key])
    return [one for one in chosen if one.change.uuid not in left]


def naming(amendments: Iterable[Amendment], room: int) -> str:
    """The amendments by their symbols, as many as there is room for, in characters."""
    said = ", ".join(str(one) for one in amendments)
    return said if len(said) <= room else f"{said[: room - 2].rpartition(',')[0]}, …"


def _chosen(charter: Charter, takings: Sequence[Taking]) -> list[_Chosen]:
    """The changes taken, by number of amendment and place."""
    if not takings:
        raise Missing(_("Choose what is to be adopted."))
    if len(takings) > MOST:
        raise TooLong(_("At most %(limit)d changes are adopted at once.") % {"limit": MOST}, MOST)
    if len({one.change for one in takings}) < len(takings):
        raise Invalid(_("Each change can be adopted once."))
    by_id = {one.change: one for one in takings}
    rows = ProposedChange.objects.select_related("amendment").filter(
        amendment__charter=charter, amendment__status__in=OPEN_STATUSES, uuid__in=by_id
    )
    found = {row.uuid: row for row in rows}
    if found.keys() != by_id.keys():
        raise NoSuch(_("One of these changes is not on the table."))
    for row in found.values():
        if row.state != ChangeState.OPEN or row.amendment.version != by_id[row.uuid].version:
            raise Stale(_("The amendment has changed since you saw it."))
    order = sorted(found.values(), key=lambda row: (row.amendment.number, row.place))
    return [_Chosen(by_id[row.uuid], row) for row in order]


def _plan(charter: Charter, chosen: Sequence[_Chosen], settled: Iterable[SettledWords]) -> Plan:
    decided = {(one.clause, one.language): one.words for one in settled}
    groups: dict[tuple[UUID, str], list[_Chosen]] = {}
    for one in chosen:
        if one.change.act == ProposedAct.REWORD:
            groups.setdefault((one.change.clause_id, one.change.language), []).append(one)
    current = _current(groups)
    try:
        words = tuple(
            combine(current[key], group, decided.get(key)) for key, group in groups.items()
        )
    except IndexError:
        raise Stale(_("The words have changed since you saw them.")) from None
    return Plan(charter.head, words, misfits(charter, chosen))


def _current(groups: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], Words]:
    keys = list(groups)
    rows = Wording.objects.filter(clause__in=[clause for clause, _language in keys])
    found = {(row.clause_id, row.language): Words(row.heading, row.text) for row in rows}
    return {key: found.get(key, Words()) for key in keys}


def _amendments(chosen: Iterable[_Chosen]) -> tuple[Amendment, ...]:
    found = {one.change.amendment_id: one.change.amendment for one in chosen}
    return tuple(sorted(found.values(), key=lambda row: row.number))


def _make(draft: Draft, plan: Plan, chosen: Sequence[_Chosen]) -> None:
    """Words first, strikes last, so that what names a place still finds it."""
    rewordings: dict[UUID, dict[str, Words]] = {}
    for one in plan.words:
        rewordings.setdefault(one.clause, {})[one.language] = one.words
    changes = [one.change for one in chosen if one.change.standing != ChangeStanding.MADE]
    operations: list[Operation] = [Reword(*pair) for pair in rewordings.items()]
    operations += inserting([one for one in changes if one.act == ProposedAct.INSERT])
    operations += [
        Move(one.clause_id, one.parent_id, after=one.after_id, first=one.after_id is None)
        for one in changes
        if one.act == ProposedAct.MOVE
    ]
    strikes = [one for one in changes if one.act == ProposedAct.STRIKE]
    operations += [Strike(clause) for clause in inner_first(draft.charter, strikes)]
    apply_operations(draft, draft.charter.head, [passed(one) for one in operations])


def _dispose(
    proposer: Proposer, amendments: Iterable[Amendment], revision: Revision, at: datetime
) -> None:
    """Say of each amendment what became of it, in its status, its log and to whoever listens."""
    for amendment in amendments:
        left = amendment.changes.filter(state=ChangeState.OPEN).exists()
        kind = DeedKind.PARTLY_ADOPTED if left else DeedKind.ADOPTED
        amendment.status = AmendmentStatus.PARTLY_ADOPTED if left else AmendmentStatus.ADOPTED
        amendment.version += 1
        amendment.changed_at = at
        amendment.save()
        log(amendment, kind, proposer, at, revision=revision)
        announce(AmendmentChanged(proposer.charter.pk, amendment.pk, proposer.person.pk, kind))

"""Ending the silence procedures that are due: adopted at the deadline, or failed.

The silent agreed to the words that they saw. Once these words were touched, a procedure can only
fail, and it does so at once, so that nobody waits for its deadline. Each procedure is ended in a
transaction of its own under the lock of its row; one that another machine has in hand is let be.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Person
from charter.access import Forbidden, NotVisible, Right, require
from charter.actions import gate
from charter.actions.adopting import adopt_changes, naming
from charter.actions.refusals import Collide, Refused
from charter.actions.revisions import lock
from charter.actions.silence import log, takings_of
from charter.events import RungChanged, announce
from charter.models import (
    OPEN_STATUSES,
    ChangeStanding,
    ChangeState,
    Charter,
    LadderStep,
    ProposedAct,
    ProposedChange,
    Revision,
    Silence,
    SilenceDeedKind,
    SilenceFailure,
    SilenceItem,
    SilenceKind,
    SilenceState,
    Wording,
)
from charter.queries.texts import text_at
from charter.queries.touched import touched_at


class _Failed(Exception):
    """Why a procedure cannot end well: the failure, what it is about, and which revision did it."""

    def __init__(
        self,
        failure: SilenceFailure,
        item: SilenceItem | None = None,
        revision: int | None = None,
        note: str = "",
    ) -> None:
        super().__init__(failure.value)
        self.failure, self.item, self.revision, self.note = failure, item, revision, note


# An objection counts from when it came in, and may then wait for its turn behind others.
GRACE = timedelta(seconds=15)


def end_over(now: datetime) -> int:
    """The same as `end_due`, after a time of grace for objections that came before the deadline."""
    return end_due(now, grace=GRACE)


def end_due(now: datetime, *, grace: timedelta = timedelta()) -> int:
    """End every procedure whose deadline and `grace` are over at `now`; how many ended.

    One that cannot be ended keeps no other back: its error is raised when all had their turn.
    """
    ended, broken = 0, None
    for key in _due(now - grace):
        try:
            ended += end_silence(key, now, grace=grace)
        except Exception as error:
            broken = error
    if broken is not None:
        raise broken
    return ended


def _due(now: datetime) -> list[int]:
    """Those whose deadline is over, and those whose words may have been touched since one looked.

    An amendment can be withdrawn without a revision, so amendments are looked at every time.
    """
    moved = Q(charter__head__gt=F("looked_at")) & ~Q(kind=SilenceKind.EDITION)
    found = Silence.objects.filter(state=SilenceState.RUNNING).filter(
        Q(deadline__lte=now) | moved | Q(kind=SilenceKind.AMENDMENTS)
    )
    return list(found.order_by("deadline", "pk").values_list("pk", flat=True))


def end_silence(key: int, now: datetime, *, grace: timedelta = timedelta()) -> bool:
    """End one procedure, if it and `grace` are over at `now`; whether it ended.

    It did not if another machine has it in hand, or it was extended meanwhile.
    """
    with transaction.atomic():
        rows = Silence.objects.select_for_update(skip_locked=True, no_key=True)
        silence = rows.filter(pk=key, state=SilenceState.RUNNING).first()
        if silence is None:
            return False
        due = silence.deadline + grace <= now
        charter = lock(silence.charter_id) if due else Charter.objects.get(pk=silence.charter_id)
        try:
            seen = _at_deadline(silence, charter) if due else charter.head
            _require_untouched(silence, charter, seen)
            if not due:
                silence.looked_at = charter.head
                silence.save(update_fields=["looked_at"])
                return False
            made = _adopt(silence, charter, seen, now)
        except _Failed as failed:
            _fail(silence, failed, now)
            return True
        silence.state = SilenceState.ADOPTED
        silence.save(update_fields=["state"])
        log(silence, SilenceDeedKind.ADOPTED, at=now, revision=made)
    return True


def _at_deadline(silence: Silence, charter: Charter) -> int:
    """The head when the deadline was over, which may be long ago. Amendments have to fit the text
    as it is now."""
    if silence.kind == SilenceKind.AMENDMENTS:
        return charter.head
    before = charter.revisions.filter(committed_at__lte=silence.deadline)
    last = before.order_by("-number").values_list("number", flat=True).first()
    return max(last or 0, silence.revision)


def _require_untouched(silence: Silence, charter: Charter, number: int) -> None:
    """_Failed where what is under silence was touched by revision `number`."""
    items = list(silence.items.select_related("amendment"))
    if silence.kind == SilenceKind.CLAUSES:
        _require_clauses(silence, charter, number, items)
    elif silence.kind == SilenceKind.AMENDMENTS:
        for item in items:
            _require_amendment(silence, charter, item)


def _require_clauses(
    silence: Silence, charter: Charter, number: int, items: list[SilenceItem]
) -> None:
    if number == silence.revision:
        return
    text = text_at(charter, number, charter.working_language)
    standing = {one.id for _depth, one in text.walk()}
    touched = touched_at(charter, number)
    for item in items:
        last = touched.get(item.clause_id, 0)
        if str(item.clause_id) not in standing:
            raise _Failed(SilenceFailure.STRUCK, item, last if last > silence.revision else None)
        if last > silence.revision:
            raise _Failed(SilenceFailure.CHANGED, item, last)


def _require_amendment(silence: Silence, charter: Charter, item: SilenceItem) -> None:
    if item.amendment.status not in OPEN_STATUSES:
        raise _Failed(SilenceFailure.SETTLED, item)
    later = Q(made_at__gt=silence.opened_at) | Q(gone_at__gt=silence.opened_at)
    if item.amendment.changes.filter(later).exists():
        raise _Failed(SilenceFailure.REWORKED, item)
    changes = list(item.amendment.changes.filter(state=ChangeState.OPEN))
    for change in changes:
        touched = _touched_by(silence, charter, change)
        if touched is not None:
            raise _Failed(SilenceFailure.CHANGED, item, touched)
        if change.standing == ChangeStanding.CONFLICT:
            raise _Failed(SilenceFailure.COLLIDES, item)
    if all(change.standing == ChangeStanding.MADE for change in changes):
        raise _Failed(SilenceFailure.SAID, item)


def _touched_by(silence: Silence, charter: Charter, change: ProposedChange) -> int | None:
    """The last revision since silence began that touched the words a change is about."""
    if change.act == ProposedAct.REWORD:
        rows = Wording.history.filter(clause_id=change.clause_id, language=change.language)
        last = rows.order_by("-revision_number").values_list("revision_number", flat=True).first()
    elif change.act == ProposedAct.STRIKE:
        last = touched_at(charter, charter.head).get(change.clause_id, 0)
    else:
        return None
    return last if last and last > silence.revision else None


def _adopt(silence: Silence, charter: Charter, number: int, now: datetime) -> Revision | None:
    """Carry out what nobody objected to; the revision it made, if it made one."""
    if silence.kind == SilenceKind.EDITION:
        _chair(silence, charter, Right.SILENCE)
        return None
    with override(_spoken(charter)):
        message = _message(silence)
        if silence.kind == SilenceKind.CLAUSES:
            chair = _chair(silence, charter, Right.AGREE)
            steps = LadderStep.objects.bulk_create(
                LadderStep(
                    charter=charter,
                    clause_id=item.clause_id,
                    rung=silence.rung,
                    note=message,
                    revision=number,
                    actor=chair,
                    at=now,
                )
                for item in silence.items.all()
            )
            for step in steps:
                announce(RungChanged(charter.pk, step.pk, chair.pk))
            return None
        return _adopt_amendments(silence, charter, message, now)


def _adopt_amendments(silence: Silence, charter: Charter, message: str, now: datetime) -> Revision:
    chair = _chair(silence, charter, Right.ADOPT)
    amendments = [item.amendment for item in silence.items.select_related("amendment")]
    named = naming(amendments, gate.MESSAGE - len(message) - 2)
    try:
        adopted = adopt_changes(
            actor=chair,
            charter=charter,
            base=charter.head,
            takings=takings_of(amendments),
            message=f"{message}: {named}",
            at=now,
        )
    except Collide as error:
        raise _Failed(SilenceFailure.COLLIDES) from error
    except Refused as error:
        raise _Failed(SilenceFailure.REFUSED, note=str(error.message)) from error
    return adopted.revision


def _chair(silence: Silence, charter: Charter, right: Right) -> Person:
    """In whose name it is adopted: who opened it or extended it last and may still do so."""
    for person in _chairs(silence):
        try:
            require(person, charter, right)
        except (Forbidden, NotVisible):
            continue
        return person
    raise _Failed(SilenceFailure.NOBODY)


def _chairs(silence: Silence) -> Iterator[Person]:
    kinds = (SilenceDeedKind.OPENED, SilenceDeedKind.EXTENDED)
    deeds = silence.deeds.filter(kind__in=kinds).select_related("actor").order_by("-pk")
    return (deed.actor for deed in deeds)


def _message(silence: Silence) -> str:
    ended = silence.deadline.astimezone(UTC)
    return _("By silence procedure %(silence)s, which ended on %(day)s at %(time)s UTC") % {
        "silence": silence,
        "day": date_format(ended, "j E Y"),
        "time": f"{ended:%H:%M}",
    }


def _spoken(charter: Charter) -> str:
    """The language in which the log of this charter is written when nobody is there to ask."""
    known = dict(settings.LANGUAGES)
    own = charter.working_language
    return own if own in known else settings.LANGUAGE_CODE


def _fail(silence: Silence, failed: _Failed, now: datetime) -> None:
    silence.state = SilenceState.FAILED
    silence.save(update_fields=["state"])
    rows = Revision.objects.filter(charter_id=silence.charter_id, number=failed.revision)
    log(
        silence,
        SilenceDeedKind.FAILED,
        at=now,
        failure=failed.failure,
        item=failed.item,
        revision=rows.first() if failed.revision else None,
        note=failed.note,
    )

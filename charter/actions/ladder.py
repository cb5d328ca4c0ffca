"""Moving a clause up and down the ladder of agreement. Each move is a line appended."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate
from charter.actions.refusals import Invalid, Stale
from charter.actions.revisions import lock
from charter.actions.trees import standing_unit
from charter.events import RungChanged, announce
from charter.models import Charter, LadderStep, Rung


def set_rung(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    rung: str,
    note: str = "",
    base: int | None = None,
    at: datetime | None = None,
) -> LadderStep:
    """Record how far a clause of the text is agreed.

    `base` is the revision in which the actor saw it: Stale when another is the head, for nobody
    agrees to words unseen.
    """
    if rung not in Rung.values:
        raise Invalid(_("There is no such rung on the ladder of agreement."))
    said = gate.line(note, gate.MESSAGE)
    with transaction.atomic():
        row = lock(charter)
        require(actor, row, Right.AGREE)
        if base is not None and base != row.head:
            raise Stale(_("The text has changed since you saw it. Read it again first."))
        made = LadderStep.objects.create(
            charter=row,
            clause=standing_unit(row, clause),
            rung=rung,
            note=said,
            revision=row.head,
            actor=actor,
            at=at or timezone.now(),
        )
        announce(RungChanged(row.pk, made.pk, actor.pk))
    return made

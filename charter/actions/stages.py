"""Taking a charter from one stage to another. Each step is a line appended."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import gate
from charter.actions.refusals import Invalid, Missing
from charter.events import StageChanged, announce
from charter.models import Charter, Stage, StageStep


def advance(
    charter: Charter,
    actor: Person,
    stage: str,
    *,
    note: str = "",
    reopen: bool = False,
    at: datetime | None = None,
) -> StageStep | None:
    """Have the locked charter stand at `stage`, any of them; None where it stands there already.

    The row is the caller's to save. Missing when an adopted text would be opened again without
    `reopen`, which says that this is meant.
    """
    if stage not in Stage.values:
        raise Invalid(_("There is no such stage."))
    said = gate.line(note, gate.MESSAGE)
    if stage == charter.stage:
        return None
    if charter.stage == Stage.ADOPTED and not reopen:
        raise Missing(_("Confirm that the adopted text is to be opened again."))
    was, charter.stage = charter.stage, stage
    step = StageStep.objects.create(
        charter=charter,
        was=was,
        stage=stage,
        note=said,
        revision=charter.head,
        actor=actor,
        at=at or timezone.now(),
    )
    announce(StageChanged(charter_id=charter.pk, step_id=step.pk, actor_id=actor.pk))
    return step

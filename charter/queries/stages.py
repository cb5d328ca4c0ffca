"""The stages a charter has been through, and what would open what its stage keeps closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from charter.access import Forbidden, Right, Seat
from charter.models import Charter, Stage, StageStep


@dataclass(frozen=True, slots=True)
class Step:
    """A step from one stage to another, taken when revision `revision` was the head."""

    id: int
    was: Stage
    stage: Stage
    note: str
    revision: int
    at: datetime
    by: str


def steps_of(charter: Charter) -> tuple[Step, ...]:
    """Every step, the latest first. One query."""
    rows = StageStep.objects.filter(charter=charter).select_related("actor").order_by("-pk")
    return tuple(_step(row) for row in rows)


def steps_at(charter: Charter, numbers: Iterable[int]) -> Mapping[int, tuple[Step, ...]]:
    """The steps taken while one of these revisions was the head, in their order. One query."""
    rows = StageStep.objects.filter(charter=charter, revision__in=list(numbers))
    found: dict[int, tuple[Step, ...]] = {}
    for row in rows.select_related("actor").order_by("pk"):
        found[row.revision] = (*found.get(row.revision, ()), _step(row))
    return found


def _step(row: StageStep) -> Step:
    was, stage = Stage(row.was), Stage(row.stage)
    return Step(row.pk, was, stage, row.note, row.revision, row.at, row.actor.name)


def forbidden_because(error: Forbidden) -> str:
    """Why, as a sentence for whom it was forbidden to."""
    if error.stage is None:
        return str(_("Your role in this charter does not allow it."))
    return opened_by(error.right, error.stage)


def waiting(seat: Seat, right: Right) -> str:
    """What would open to this seat a right that its role has. Empty where nothing, or more, is
    in its way than the stage."""
    return opened_by(right, seat.charter.stage) if seat.waits(right) else ""


def opened_by(right: Right, stage: str) -> str:
    """A sentence on what would open a right that this stage keeps closed."""
    if stage == Stage.ADOPTED:
        return str(_FROZEN)
    if stage == Stage.AD_REFERENDUM and right in _AD_REFERENDUM:
        return str(_AD_REFERENDUM[right])
    return str(_NOT_YET[right])


RULES: Mapping[Stage, Promise] = {
    Stage.ZERO_DRAFT: _(
        "Chair and drafters write the text; delegations comment and prepare amendments among "
        "themselves."
    ),
    Stage.CONSULTATION: _(
        "Amendments are tabled, joined and adopted; delegations take positions and make statements."
    ),
    Stage.NEGOTIATION: _(
        "The chair also notes how far clauses are agreed, and opens silence procedures."
    ),
    Stage.AD_REFERENDUM: _(
        "Only the chair writes, or adopts what is on the table; nothing new is tabled. Positions, "
        "statements and silence go on."
    ),
    Stage.ADOPTED: _(
        "The text is frozen but for corrections by the chair; comments and statements go on."
    ),
}  # what is done at each, for whoever reads the settings

_FROZEN = _(
    "The text is adopted: it is frozen but for corrections, unless the chair opens it again."
)
_AD_REFERENDUM: Mapping[Right, Promise] = {
    Right.EDIT: _(
        "The text is ad referendum: only the chair changes it now. Drafters write again once the "
        "chair goes back to the negotiation."
    ),
    Right.PROPOSE: _(
        "The text is ad referendum: nothing new is proposed unless the chair goes back to the "
        "negotiation."
    ),
    Right.TABLE: _(
        "The text is ad referendum: nothing new is tabled or joined unless the chair goes back to "
        "the negotiation."
    ),
}
_NOT_YET: Mapping[Right, Promise] = {
    Right.TABLE: _("Amendments are tabled and joined once the chair opens the consultation."),
    Right.HOLD: _("Positions are taken once the chair opens the consultation."),
    Right.DECLARE: _("Statements are made once the chair opens the consultation."),
    Right.ADOPT: _("Amendments are adopted once the consultation is open."),
    Right.AGREE: _("Clauses are agreed once the negotiation is open."),
    Right.SILENCE: _("Silence procedures are opened once the negotiation is open."),
    Right.CORRECT: _("Only an adopted text is corrected. Until then it is edited."),
}

"""What an amendment would do to the numbers of the text as it is now."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from charter.access import Seat
from charter.models import ChangeStanding, ChangeState, Charter, ProposedAct, ProposedChange
from charter.queries.amendments import changes_of
from charter.queries.keeping import LaidText, laid_text
from charter.queries.rolling import Proposals
from charter.queries.texts import forest_at, frozen_at, keep_numbers
from charter.text.effects import Effect, effect, made
from charter.text.outline import Outline
from charter.text.rolled import Proposal


def effect_of(seat: Seat, amendment: UUID, language: str) -> Effect:
    """What adopting all that the amendment still asks for would do to numbers and references.

    What does not fit the text any more is left out. Nothing where only words change: they may
    bring a reference or take one away, and no number. At most seven queries.
    """
    changes = [one for one in changes_of(amendment) if one.state == ChangeState.OPEN]
    if all(one.act == ProposedAct.REWORD for one in changes):
        return Effect()
    charter = seat.charter
    laid = laid_text(charter, charter.revisions.get(number=charter.head), language)
    return effect(laid.outline, _made(charter, laid, _proposals(laid, changes, language)))


def _proposals(laid: LaidText, changes: Sequence[ProposedChange], language: str) -> list[Proposal]:
    here = [one for one in changes if one.act != ProposedAct.REWORD or one.language == language]
    found = Proposals(laid, here, {one.amendment_id: "" for one in here}).all()
    return [
        replace(one, fits=one.fits and change.standing != ChangeStanding.CONFLICT)
        for one, change in zip(found, here, strict=True)
    ]


def _made(charter: Charter, laid: LaidText, proposals: Sequence[Proposal]) -> Outline:
    """The text with the proposals in it, and with numbers that were frozen fitted in again."""
    since = frozen_at(charter)
    if since is None:
        return made(laid.outline, proposals)
    base = forest_at(charter, None, laid.outline.language).outline()
    return keep_numbers(charter, made(base, proposals), since)

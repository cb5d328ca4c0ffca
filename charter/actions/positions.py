"""Taking a position on a clause or an amendment, and taking it back. Each is a line appended."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right
from charter.actions import gate
from charter.actions.docket import Proposer, come_forward, find_open, find_visible
from charter.actions.refusals import Invalid, Missing, NoSuch
from charter.actions.trees import find_unit, standing_unit
from charter.events import PositionTaken, announce
from charter.models import (
    HELD,
    Amendment,
    Charter,
    Clause,
    Delegation,
    Position,
    Stance,
    Visibility,
)

NOTE = 2_000


def take_position(
    *,
    actor: Person,
    charter: Charter | int,
    stance: str,
    clause: UUID | None = None,
    amendment: UUID | None = None,
    note: str = "",
    visibility: str = Visibility.ALL,
    at: datetime | None = None,
) -> Position:
    """What the actor's delegation holds on a clause of the text, or on an amendment on the table.

    Said again in the same words at the same revision, it is the position there is.
    """
    said = gate.line(note, NOTE)
    if stance not in HELD:
        raise Invalid(_("A position agrees, agrees ad referendum, reserves or objects."))
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.HOLD)
        team = _team(proposer)
        subject = _subject(proposer, clause, amendment, standing=True)
        latest = _latest(team, subject, visibility)
        now = (stance, said, proposer.charter.head)
        if latest and (latest.stance, latest.note, latest.revision) == now and clause:
            return latest
        return _append(proposer, team, subject, visibility, stance, said, at)


def withdraw_position(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID | None = None,
    amendment: UUID | None = None,
    visibility: str = Visibility.ALL,
    at: datetime | None = None,
) -> Position:
    """Hold it no longer. NoSuch when the actor's delegation holds nothing there."""
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.WITHDRAW)
        team = _team(proposer)
        subject = _subject(proposer, clause, amendment, standing=False)
        latest = _latest(team, subject, visibility)
        if latest is None or latest.stance == Stance.WITHDRAWN:
            raise NoSuch(_("Your delegation holds no position there."))
        return _append(proposer, team, subject, visibility, Stance.WITHDRAWN, "", at)


def _team(proposer: Proposer) -> Delegation:
    if proposer.delegation is None:
        raise Missing(_("Only a delegation can take a position."))
    return proposer.delegation


def _subject(
    proposer: Proposer, clause: UUID | None, amendment: UUID | None, *, standing: bool
) -> dict[str, Clause | Amendment]:
    """The clause or the amendment; `standing`: it must be in the text, or on the table."""
    if (clause is None) == (amendment is None):
        raise Invalid(_("A position is on a clause or on an amendment."))
    if amendment is not None:
        find = find_open if standing else find_visible
        return {"amendment": find(proposer, amendment)}
    find_clause = standing_unit if standing else find_unit
    return {"clause": find_clause(proposer.charter, clause)}


def _latest(team: Delegation, subject: dict, visibility: str) -> Position | None:
    if visibility not in Visibility.values:
        raise Invalid(_("A position is for everybody or for one's own delegation."))
    said = Position.objects.filter(delegation=team, visibility=visibility, **subject)
    if visibility == Visibility.DELEGATION:
        said = said.filter(circle=team.circle)
    return said.last()


def _append(
    proposer: Proposer,
    team: Delegation,
    subject: dict,
    visibility: str,
    stance: str,
    note: str,
    at: datetime | None,
) -> Position:
    made = Position.objects.create(
        charter=proposer.charter,
        delegation=team,
        circle=team.circle,
        visibility=visibility,
        stance=stance,
        note=note,
        revision=proposer.charter.head,
        actor=proposer.person,
        at=at or timezone.now(),
        **subject,
    )
    if visibility == Visibility.ALL:  # of one kept to the delegation nobody is told
        announce(PositionTaken(proposer.charter.pk, made.pk, proposer.person.pk, str(stance)))
    return made

"""Making statements, reservations and declarations, and withdrawing them. Both are appended.

A statement is a delegation's own: nobody, the chair included, makes or withdraws one for another.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right
from charter.actions import gate
from charter.actions.docket import Proposer, come_forward
from charter.actions.refusals import Invalid, Missing, NoSuch
from charter.actions.rewording import require_languages
from charter.actions.trees import standing_unit
from charter.events import StatementChanged, announce
from charter.models import Charter, Delegation, Statement, StatementKind, StatementWithdrawal

TEXT = 10_000
STANDING = 200  # statements of one delegation that are not withdrawn


def make_statement(
    *,
    actor: Person,
    charter: Charter | int,
    kind: str,
    text: str,
    clause: UUID | None = None,
    language: str = "",
    at: datetime | None = None,
) -> Statement:
    """State this for the actor's delegation on a clause of the text, or on the whole (None).

    `language` is one of the charter's, by default the working one. Missing without words.
    """
    if kind not in StatementKind.values:
        raise Invalid(_("A statement is a reservation or a declaration."))
    said = gate.letters(text, TEXT).strip()
    if not said:
        raise Missing(_("A statement says something."))
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.DECLARE)
        team = _team(proposer)
        spoken = language or proposer.charter.working_language
        require_languages(proposer.charter, [spoken])
        _require_room(team)
        last = Statement.objects.filter(charter=proposer.charter).aggregate(Max("number"))
        made = Statement.objects.create(
            charter=proposer.charter,
            number=(last["number__max"] or 0) + 1,
            delegation=team,
            clause=None if clause is None else standing_unit(proposer.charter, clause),
            kind=kind,
            language=spoken,
            text=said,
            revision=proposer.charter.head,
            actor=actor,
            at=at or timezone.now(),
        )
        announce(StatementChanged(proposer.charter.pk, made.pk, actor.pk, "made"))
    return made


def withdraw_statement(
    *,
    actor: Person,
    charter: Charter | int,
    statement: UUID,
    note: str = "",
    at: datetime | None = None,
) -> StatementWithdrawal:
    """Take a statement of the actor's delegation back; that it was made stays on record."""
    said = gate.line(note, gate.MESSAGE)
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.WITHDRAW)
        found = Statement.objects.filter(charter=proposer.charter, uuid=statement).first()
        if found is None:
            raise NoSuch(_("There is no such statement in this charter."))
        if found.delegation_id != _team(proposer).pk:
            raise Invalid(_("Only the delegation that made a statement withdraws it."))
        if StatementWithdrawal.objects.filter(statement=found).exists():
            raise Invalid(_("This statement is withdrawn already."))
        gone = StatementWithdrawal.objects.create(
            statement=found,
            note=said,
            revision=proposer.charter.head,
            actor=actor,
            at=at or timezone.now(),
        )
        announce(StatementChanged(proposer.charter.pk, found.pk, actor.pk, "withdrawn"))
    return gone


def _team(proposer: Proposer) -> Delegation:
    if proposer.delegation is None:
        raise Missing(_("Only a delegation makes statements."))
    return proposer.delegation


def _require_room(team: Delegation) -> None:
    if Statement.objects.filter(delegation=team, withdrawal=None).count() >= STANDING:
        raise Invalid(_("Your delegation has made too many statements. Withdraw some first."))

"""Naming revisions."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate
from charter.actions.refusals import AlreadyThere, InUse, NoSuch
from charter.actions.revisions import lock
from charter.events import EditionNamed, EditionWithdrawn, announce
from charter.models import Charter, Edition, SilenceState

NAME = 120
SYMBOL = 80


def name_edition(
    *,
    actor: Person,
    charter: Charter | int,
    number: int,
    name: str,
    symbol: str = "",
    at: datetime | None = None,
) -> Edition:
    """Give revision `number` a name and a document symbol. AlreadyThere when the name is taken."""
    name, symbol = gate.name(name, NAME), gate.line(symbol, SYMBOL)
    with transaction.atomic():
        row = _open(actor, charter)
        revision = row.revisions.filter(number=number).first()
        if revision is None:
            raise NoSuch(_("There is no such revision in this charter."))
        edition = Edition(
            charter=row,
            revision=revision,
            name=name,
            symbol=symbol,
            named_by=actor,
            named_at=at or timezone.now(),
        )
        _save(edition)
        _named(edition, actor)
    return edition


def rename_edition(
    *,
    actor: Person,
    charter: Charter | int,
    edition: int,
    name: str,
    symbol: str = "",
    at: datetime | None = None,
) -> Edition:
    """Correct an edition's name or symbol."""
    name, symbol = gate.name(name, NAME), gate.line(symbol, SYMBOL)
    with transaction.atomic():
        found = _find(_open(actor, charter), edition)
        found.name, found.symbol = name, symbol
        _save(found)
        _named(found, actor)
    return found


def withdraw_edition(
    *, actor: Person, charter: Charter | int, edition: int, at: datetime | None = None
) -> None:
    """Take a name off its revision, which stays as it is. InUse under silence and once adopted."""
    with transaction.atomic():
        found = _find(_open(actor, charter), edition)
        _require_free(found)
        number = found.revision.number
        found.delete()
        announce(
            EditionWithdrawn(
                charter_id=found.charter_id, edition_id=edition, number=number, actor_id=actor.pk
            )
        )


def _open(actor: Person, charter: Charter | int) -> Charter:
    row = lock(charter)
    require(actor, row, Right.MANAGE)
    return row


def _find(charter: Charter, edition: int) -> Edition:
    found = charter.editions.filter(pk=edition).first()
    if found is None:
        raise NoSuch(_("There is no such edition in this charter."))
    return found


def _require_free(edition: Edition) -> None:
    """What the table was asked about, or agreed to by silence, is not left without a name."""
    held = edition.silences.filter(state__in=(SilenceState.RUNNING, SilenceState.ADOPTED))
    silence = held.first()
    if silence is not None:
        said = _("The edition is the subject of silence procedure %(silence)s.")
        raise InUse(said % {"silence": silence})


def _named(edition: Edition, actor: Person) -> None:
    announce(
        EditionNamed(
            charter_id=edition.charter_id,
            edition_id=edition.pk,
            number=edition.revision.number,
            name=edition.name,
            symbol=edition.symbol,
            actor_id=actor.pk,
        )
    )


def _save(edition: Edition) -> None:
    try:
        with transaction.atomic():
            edition.save()
    except IntegrityError:
        raise AlreadyThere(_("There is an edition of this name.")) from None

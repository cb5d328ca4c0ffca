"""Naming revisions."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate
from charter.actions.refusals import AlreadyThere, NoSuch
from charter.actions.revisions import lock
from charter.models import Charter, Edition

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
    return found


def withdraw_edition(
    *, actor: Person, charter: Charter | int, edition: int, at: datetime | None = None
) -> None:
    """Take a name off its revision, which stays as it is."""
    with transaction.atomic():
        _find(_open(actor, charter), edition).delete()


def _open(actor: Person, charter: Charter | int) -> Charter:
    row = lock(charter)
    require(actor, row, Right.MANAGE)
    return row


def _find(charter: Charter, edition: int) -> Edition:
    found = charter.editions.filter(pk=edition).first()
    if found is None:
        raise NoSuch(_("There is no such edition in this charter."))
    return found


def _save(edition: Edition) -> None:
    try:
        with transaction.atomic():
            edition.save()
    except IntegrityError:
        raise AlreadyThere(_("There is an edition of this name.")) from None

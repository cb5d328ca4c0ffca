"""Numbers that stay as they were cited, from a revision on."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right
from charter.actions.refusals import NoSuch
from charter.actions.revisions import open_revision
from charter.actions.values import Committed
from charter.models import Cause, Charter, Clause


def freeze_numbers(
    *,
    actor: Person,
    charter: Charter | int,
    number: int,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Keep the numbers that revision `number` prints; what is inserted later becomes bis, ter.

    That the numbers were frozen is a revision itself, so an earlier text still reads as it did.
    """
    return _keep(number, actor=actor, charter=charter, message=message, at=at)


def release_numbers(
    *, actor: Person, charter: Charter | int, message: str = "", at: datetime | None = None
) -> Committed:
    """Compute all numbers anew, from this revision on."""
    return _keep(None, actor=actor, charter=charter, message=message, at=at)


def _keep(
    number: int | None,
    *,
    actor: Person,
    charter: Charter | int,
    message: str,
    at: datetime | None,
) -> Committed:
    with open_revision(
        actor=actor,
        charter=charter,
        cause=Cause.NUMBERING,
        message=message,
        right=Right.DEFINE,
        at=at,
    ) as draft:
        if number is not None and not 1 <= number <= draft.charter.head:
            raise NoSuch(_("There is no such revision."))
        root = Clause.objects.get(charter=draft.charter, parent=None)
        numeral = None if number is None else str(number)
        if root.numeral != numeral:
            root.numeral = numeral
            draft.keep(root)
    return Committed(draft.revision, root)

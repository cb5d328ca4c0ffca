"""Finding an amendment under the lock, who may touch it, and writing its log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions.refusals import Invalid, NoSuch, Stale
from charter.actions.revisions import lock
from charter.models import (
    OPEN_STATUSES,
    Amendment,
    AmendmentDeed,
    AmendmentStatus,
    Charter,
    DeedKind,
    Delegation,
    Membership,
    Revision,
)


@dataclass(frozen=True, slots=True)
class Proposer:
    """Somebody at the table with the delegation they sit with, the charter locked."""

    person: Person
    charter: Charter
    delegation: Delegation | None

    def owns(self, amendment: Amendment) -> bool:
        """Whether the amendment is their delegation's, or their own where it has none.

        A draft is its circle's alone; what is on the table is the delegation's, whoever sits in it.
        """
        if amendment.delegation_id is None:
            return amendment.author_id == self.person.pk
        if self.delegation is None or amendment.delegation_id != self.delegation.pk:
            return False
        return amendment.tabled_at is not None or amendment.circle == self.delegation.circle


def come_forward(actor: Person, charter: Charter | int, right: Right = Right.PROPOSE) -> Proposer:
    """Lock the charter and require the right; amendments are carried under the same lock."""
    locked = lock(charter)
    require(actor, locked, right)
    membership = Membership.objects.select_related("delegation__party").get(
        charter=locked, person=actor
    )
    return Proposer(actor, locked, membership.delegation)


def find_visible(proposer: Proposer, amendment: UUID, version: int | None = None) -> Amendment:
    """An amendment that the proposer may know of. NoSuch; Stale when `version` is not its own."""
    found = (
        Amendment.objects.select_related("delegation__party", "author")
        .filter(charter=proposer.charter, uuid=amendment)
        .first()
    )
    if found is None or (found.tabled_at is None and not proposer.owns(found)):
        raise NoSuch(_("There is no such amendment in this charter."))
    if version is not None and version != found.version:
        raise Stale(_("The amendment has changed since you saw it."))
    return found


def find_own(proposer: Proposer, amendment: UUID, version: int | None = None) -> Amendment:
    """An amendment of the proposer's that can still be changed: a draft or an open one."""
    found = find_visible(proposer, amendment, version)
    if not proposer.owns(found):
        raise Invalid(_("Only the delegation that proposed an amendment can change it."))
    if found.status not in (AmendmentStatus.DRAFT, *OPEN_STATUSES):
        raise Invalid(_("This amendment is settled."))
    return found


def find_open(proposer: Proposer, amendment: UUID, version: int | None = None) -> Amendment:
    """An amendment that is on the table. Invalid for a draft or a settled one."""
    found = find_visible(proposer, amendment, version)
    if found.status not in OPEN_STATUSES:
        raise Invalid(_("This amendment is not on the table."))
    return found


def log(
    amendment: Amendment,
    kind: DeedKind,
    proposer: Proposer,
    at: datetime,
    *,
    note: str = "",
    revision: Revision | None = None,
    other: Amendment | None = None,
) -> None:
    """Append a line to the amendment's log."""
    AmendmentDeed.objects.create(
        amendment=amendment,
        kind=kind,
        actor=proposer.person,
        delegation=proposer.delegation,
        at=at,
        note=note,
        revision=revision,
        other=other,
    )

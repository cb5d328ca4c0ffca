"""The life of an amendment: drafted, tabled, joined, withdrawn, rejected, superseded.

What it asks for is written by `proposals`; adopting is a revision of its own.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require
from charter.actions import gate
from charter.actions.docket import Proposer, come_forward, find_open, find_own, log
from charter.actions.refusals import AlreadyThere, Invalid, Missing, NoSuch
from charter.events import AmendmentChanged, announce
from charter.models import (
    OPEN_STATUSES,
    Amendment,
    AmendmentStatus,
    ChangeState,
    Charter,
    DeedKind,
    ProposedAct,
    ProposedChange,
    Sponsorship,
)

TITLE = 300
RATIONALE = 20_000
DRAFTS = 200  # of one delegation in one charter at a time
TABLED = 500  # likewise
ROUND = 10_000  # what is tabled starts from a version that is a multiple of this
REWORDINGS = 100  # on the table, of one clause


def draft_amendment(
    *,
    actor: Person,
    charter: Charter | int,
    title: str = "",
    rationale: str = "",
    at: datetime | None = None,
) -> Amendment:
    """Begin an amendment, written against the head, seen by the actor's delegation alone."""
    told = gate.line(title, TITLE), gate.letters(rationale, RATIONALE).strip()
    when = at or timezone.now()
    with transaction.atomic():
        proposer = come_forward(actor, charter)
        _require_room(proposer)
        amendment = Amendment.objects.create(
            charter=proposer.charter,
            title=told[0],
            rationale=told[1],
            delegation=proposer.delegation,
            circle=proposer.delegation.circle if proposer.delegation else 1,
            author=actor,
            written_against=proposer.charter.head,
            created_at=when,
            changed_at=when,
        )
        log(amendment, DeedKind.DRAFTED, proposer, when)
    return amendment


def describe_amendment(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    version: int | None = None,
    title: str,
    rationale: str,
    at: datetime | None = None,
) -> Amendment:
    """Give it another title and rationale. Stale when `version` is not the one it has.

    What is on the table goes by a title.
    """
    told = gate.line(title, TITLE), gate.letters(rationale, RATIONALE).strip()
    with transaction.atomic():
        proposer = come_forward(actor, charter)
        found = find_own(proposer, amendment, version)
        if (found.title, found.rationale) == told:
            return found
        if found.status != AmendmentStatus.DRAFT:
            _require_title(told[0])
        found.title, found.rationale = told
        touch(found, proposer, at)
    return found


def table_amendment(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    version: int | None = None,
    title: str | None = None,
    at: datetime | None = None,
) -> Amendment:
    """Put it on the table: it gets its number, and everybody who reads the charter sees it.

    There it goes by a title, which is given by now or with this.
    """
    told = None if title is None else gate.line(title, TITLE)
    when = at or timezone.now()
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.TABLE)
        found = find_own(proposer, amendment, version)
        if found.status != AmendmentStatus.DRAFT:
            raise AlreadyThere(_("This amendment is on the table already."))
        _require_place_on_the_table(proposer)
        found.title = found.title if told is None else told
        _require_title(found.title)
        changes = list(found.changes.filter(state=ChangeState.OPEN))
        if not changes:
            raise Missing(_("The amendment does not ask for any change yet."))
        require_room_on_the_clauses(proposer, changes)
        last = Amendment.objects.filter(charter=proposer.charter).aggregate(Max("number"))
        found.number = (last["number__max"] or 0) + 1
        found.status, found.tabled_at = AmendmentStatus.TABLED, when
        # From here on others read it. How often the draft was rewritten is not theirs to know.
        found.version += -found.version % ROUND
        _settled(found, DeedKind.TABLED, proposer, when)
    return found


def withdraw_amendment(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    version: int | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Amendment:
    """Take it back. What was tabled stays readable with its number."""
    said = gate.line(note, gate.MESSAGE)
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.WITHDRAW)
        found = find_own(proposer, amendment, version)
        found.status = AmendmentStatus.WITHDRAWN
        _settled(found, DeedKind.WITHDRAWN, proposer, at or timezone.now(), note=said)
    return found


def reject_amendment(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    version: int | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Amendment:
    """Record that the table did not accept it."""
    said = gate.line(note, gate.MESSAGE)
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.MANAGE)
        found = find_open(proposer, amendment, version)
        found.status = AmendmentStatus.REJECTED
        _settled(found, DeedKind.REJECTED, proposer, at or timezone.now(), note=said)
    return found


def supersede_amendment(
    *,
    actor: Person,
    charter: Charter | int,
    amendment: UUID,
    other: UUID,
    version: int | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Amendment:
    """Record that another amendment on the table took its place."""
    said = gate.line(note, gate.MESSAGE)
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.MANAGE)
        found = find_open(proposer, amendment, version)
        if other == found.uuid:
            raise Invalid(_("An amendment cannot take its own place."))
        taking = find_open(proposer, other)
        found.status = AmendmentStatus.SUPERSEDED
        when = at or timezone.now()
        _settled(found, DeedKind.SUPERSEDED, proposer, when, note=said, other=taking)
    return found


def join_amendment(
    *, actor: Person, charter: Charter | int, amendment: UUID, at: datetime | None = None
) -> Amendment:
    """Put the name of the actor's delegation under another's amendment."""
    when = at or timezone.now()
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.TABLE)
        found = find_open(proposer, amendment)
        if proposer.delegation is None:
            raise Missing(_("Only a delegation can sponsor an amendment."))
        theirs = found.sponsorships.filter(delegation=proposer.delegation, left_at=None)
        if found.delegation_id == proposer.delegation.pk or theirs.exists():
            raise AlreadyThere(_("Your delegation sponsors this amendment already."))
        Sponsorship.objects.create(amendment=found, delegation=proposer.delegation, joined_at=when)
        _settled(found, DeedKind.JOINED, proposer, when)
    return found


def leave_amendment(
    *, actor: Person, charter: Charter | int, amendment: UUID, at: datetime | None = None
) -> Amendment:
    """Take the name of the actor's delegation off another's amendment."""
    when = at or timezone.now()
    with transaction.atomic():
        proposer = come_forward(actor, charter, Right.WITHDRAW)
        found = find_open(proposer, amendment)
        left = found.sponsorships.filter(delegation=proposer.delegation, left_at=None)
        if proposer.delegation is None or not left.update(left_at=when):
            raise NoSuch(_("Your delegation is no co-sponsor of this amendment."))
        _settled(found, DeedKind.LEFT, proposer, when)
    return found


def touch(amendment: Amendment, proposer: Proposer, at: datetime | None) -> None:
    """Count a change of what the amendment says; on the table it is logged and announced.

    There it takes the right to table, too.
    """
    if amendment.status == AmendmentStatus.DRAFT:
        _keep(amendment, at or timezone.now())
    else:
        require(proposer.person, proposer.charter, Right.TABLE)
        _settled(amendment, DeedKind.REWORKED, proposer, at or timezone.now())


def _settled(
    amendment: Amendment, kind: DeedKind, proposer: Proposer, at: datetime, **more
) -> None:
    was_tabled = amendment.tabled_at is not None
    _keep(amendment, at)
    log(amendment, kind, proposer, at, **more)
    if was_tabled:  # nobody is told of a draft, not even that there was one
        announce(AmendmentChanged(proposer.charter.pk, amendment.pk, proposer.person.pk, kind))


def _require_place_on_the_table(proposer: Proposer) -> None:
    """Every open amendment is carried with every save, so there is an end to their number."""
    theirs = Amendment.objects.filter(
        charter=proposer.charter, status__in=OPEN_STATUSES, delegation=proposer.delegation
    )
    if theirs.count() >= TABLED:
        raise Invalid(_("Your delegation has too many amendments on the table."))


def _require_title(title: str) -> None:
    if not title:
        raise Missing(_("Give the amendment a title: on the table it goes by that."))


def _keep(amendment: Amendment, at: datetime) -> None:
    amendment.version += 1
    amendment.changed_at = at
    amendment.save()


def require_room_on_the_clauses(proposer: Proposer, changes: Iterable[ProposedChange]) -> None:
    """Each rewording on the table is merged with every edit of its words while others wait."""
    rivals = ProposedChange.objects.filter(
        amendment__charter=proposer.charter,
        amendment__status__in=OPEN_STATUSES,
        state=ChangeState.OPEN,
        act=ProposedAct.REWORD,
        clause__in={one.clause_id for one in changes if one.act == ProposedAct.REWORD},
    )
    counts = rivals.order_by().values("clause").annotate(total=Count("pk"))
    if counts.filter(total__gte=REWORDINGS).exists():
        raise Invalid(
            _("There are %(limit)d rewordings of one clause on the table: settle some first.")
            % {"limit": REWORDINGS}
        )


def _require_room(proposer: Proposer) -> None:
    theirs = Amendment.objects.filter(charter=proposer.charter, status=AmendmentStatus.DRAFT)
    own = (
        theirs.filter(delegation=proposer.delegation, circle=proposer.delegation.circle)
        if proposer.delegation
        else theirs.filter(delegation=None, author=proposer.person)
    )
    if own.count() >= DRAFTS:
        raise Invalid(_("Your delegation has too many drafts. Table or withdraw some first."))

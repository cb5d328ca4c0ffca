"""Amendments as a viewer may see them: what is on the table, and one's own drafts.

The number of queries depends neither on the amendments nor on what they ask for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from charter.access import Seat
from charter.models import (
    OPEN_STATUSES,
    Amendment,
    AmendmentDeed,
    AmendmentStatus,
    ChangeStanding,
    ChangeState,
    DeedKind,
    Delegation,
    ProposedAct,
    ProposedChange,
    Sponsorship,
)


class NoAmendment(LookupError):
    """The viewer knows of no such amendment."""


@dataclass(frozen=True, slots=True)
class ListedAmendment:
    """An amendment in a list. `symbol` is A-12, "" for a draft.

    `by` names the proposing delegation, or the author who sits with none; `sponsors` the
    delegations that joined. `standings` counts the open changes by how they stand. `own` says that
    the viewer's delegation, or the viewer, may change it.
    """

    uuid: UUID
    symbol: str
    title: str
    rationale: str
    status: AmendmentStatus
    by: str
    sponsors: tuple[str, ...]
    author: str
    author_id: UUID
    written_against: int
    version: int
    created_at: datetime
    tabled_at: datetime | None
    changed_at: datetime
    standings: Mapping[ChangeStanding, int]
    own: bool
    joined: bool

    @property
    def open(self) -> bool:
        """Whether it is on the table."""
        return self.status in OPEN_STATUSES

    @property
    def attribution(self) -> str:
        """Who stands behind it, the proposer first."""
        return ", ".join((self.by, *self.sponsors))


@dataclass(frozen=True, slots=True)
class ShownDeed:
    """A line of an amendment's log."""

    kind: DeedKind
    actor: str
    delegation: str
    at: datetime
    note: str
    revision: int | None
    other: str


def visible_amendments(seat: Seat) -> QuerySet[Amendment]:
    """The amendments the seat may know of: those tabled, and drafts of its own."""
    return Amendment.objects.filter(
        Q(tabled_at__isnull=False) | own(seat), charter=seat.charter
    ).select_related("delegation__party", "author")


def amendments_of(
    seat: Seat,
    language: str = "",
    statuses: Collection[str] | None = None,
    *,
    since: int | None = None,
    changed_since: datetime | None = None,
) -> list[ListedAmendment]:
    """The amendments of a charter by number, drafts last. Three queries, and one for `since`.

    `since`, a revision of the charter, and `changed_since` leave those that people have changed
    from then on, and those of which a later revision touched what they ask for.
    """
    found = visible_amendments(seat)
    if statuses is not None:
        found = found.filter(status__in=statuses)
    if since is not None:
        begun = seat.charter.revisions.values_list("committed_at", flat=True).get(number=since)
        found = found.filter(_changed(begun, since))
    if changed_since is not None:
        before = seat.charter.revisions.filter(committed_at__lt=changed_since)
        last = before.aggregate(Max("number"))["number__max"] or 0
        found = found.filter(_changed(changed_since, last))
    return _listed(seat, sorted(found, key=_order), language or seat.charter.working_language)


def _changed(moment: datetime, number: int) -> Q:
    carried = ProposedChange.objects.filter(
        amendment=OuterRef("pk"), state=ChangeState.OPEN, carried_at__gt=number
    )
    return Q(changed_at__gte=moment) | Exists(carried)


def amendment_of(seat: Seat, amendment: UUID, language: str = "") -> ListedAmendment:
    """One amendment; NoAmendment when the seat may not know of it. Three queries."""
    found = list(visible_amendments(seat).filter(uuid=amendment))
    if not found:
        raise NoAmendment(str(amendment))
    return _listed(seat, found, language or seat.charter.working_language)[0]


def changes_of(amendment: UUID, *, dropped: bool = False) -> tuple[ProposedChange, ...]:
    """What an amendment asks for, in its order; with `dropped` what it asked for before, too."""
    rows = ProposedChange.objects.filter(amendment__uuid=amendment).select_related("adopted_in")
    return tuple(rows if dropped else rows.exclude(state=ChangeState.DROPPED))


def changes_of_all(amendments: Collection[UUID]) -> tuple[ProposedChange, ...]:
    """What several amendments ask for, each in its order, with the amendment. One query."""
    rows = ProposedChange.objects.filter(amendment__uuid__in=amendments)
    rows = rows.exclude(state=ChangeState.DROPPED).select_related("adopted_in", "amendment")
    return tuple(rows.order_by("amendment", "place"))


def open_changes(
    seat: Seat,
    *,
    clause: UUID | None = None,
    act: ProposedAct | None = None,
    drafts: bool = False,
) -> tuple[ProposedChange, ...]:
    """The open changes on the table, with their amendments, by number and place. Two queries, one
    where there are no amendments: most texts have none, and every page of a text asks.

    With `drafts` those of the seat's own drafts too, behind the others.
    """
    wanted = Q(status__in=OPEN_STATUSES)
    if drafts:
        wanted |= own(seat) & Q(status=AmendmentStatus.DRAFT)
    amendments = list(seat.charter.amendments.filter(wanted).values_list("pk", flat=True))
    if not amendments:
        return ()
    rows = ProposedChange.objects.filter(
        amendment__in=amendments, state=ChangeState.OPEN
    ).select_related("amendment__delegation__party", "amendment__author")
    if clause is not None:
        rows = rows.filter(clause=clause)
    if act is not None:
        rows = rows.filter(act=act)
    return tuple(rows.order_by("amendment__number", "amendment__created_at", "place"))


def deeds_of(seat: Seat, amendment: UUID, language: str) -> tuple[ShownDeed, ...]:
    """The log of an amendment, oldest first; for others than its own people from when it was
    tabled. One query."""
    mine = Amendment.objects.filter(own(seat), charter=seat.charter)
    rows = AmendmentDeed.objects.filter(
        ~Q(kind=DeedKind.DRAFTED) | Q(amendment__in=mine),
        amendment__uuid=amendment,
        amendment__charter=seat.charter,
    ).select_related("actor", "delegation__party", "revision", "other")
    return tuple(
        ShownDeed(
            kind=DeedKind(row.kind),
            actor=row.actor.name,
            delegation=_team(row.delegation, language),
            at=row.at,
            note=row.note,
            revision=row.revision.number if row.revision else None,
            other=str(row.other) if row.other else "",
        )
        for row in rows
    )


def sponsors_by_amendment(
    amendments: Iterable[int], language: str, at: datetime | None = None
) -> dict[int, tuple[str, ...]]:
    """The delegations that had joined each amendment, now or at a time, by its key. One query."""
    rows = Sponsorship.objects.filter(amendment__in=list(amendments)).select_related(
        "delegation__party"
    )
    if at is None:
        rows = rows.filter(left_at=None)
    else:
        rows = rows.filter(Q(left_at=None) | Q(left_at__gt=at), joined_at__lte=at)
    found = defaultdict(list)
    for row in rows:
        found[row.amendment_id].append(_team(row.delegation, language))
    return {amendment: tuple(names) for amendment, names in found.items()}


def proposer(amendment: Amendment, language: str) -> str:
    """Who proposes it: the delegation, or the author who sits with none."""
    return _team(amendment.delegation, language) or amendment.author.name


def own(seat: Seat) -> Q:
    """Amendments whose drafts the seat knows: its own, and those of its delegation's circle."""
    alone = Q(delegation=None, author=seat.person)
    delegation = seat.membership.delegation_id
    if delegation is None:
        return alone
    return alone | Q(delegation=delegation, circle=F("delegation__circle"))


def _is_own(seat: Seat, amendment: Amendment) -> bool:
    if amendment.delegation_id is None:
        return amendment.author_id == seat.person.pk
    return amendment.delegation_id == seat.membership.delegation_id


def _began(seat: Seat, amendment: Amendment) -> datetime:
    """When it was drafted, for those who know the draft (see `own`); for others, when tabled."""
    team = amendment.delegation
    if _is_own(seat, amendment) and (team is None or amendment.circle == team.circle):
        return amendment.created_at
    return amendment.tabled_at or amendment.created_at


def _order(amendment: Amendment) -> tuple[bool, int, datetime]:
    return amendment.number is None, amendment.number or 0, amendment.created_at


def _listed(seat: Seat, rows: list[Amendment], language: str) -> list[ListedAmendment]:
    keys = [row.pk for row in rows]
    sponsors = Sponsorship.objects.filter(amendment__in=keys, left_at=None).select_related(
        "delegation__party"
    )
    names, joined = defaultdict(list), set()
    for one in sponsors:
        names[one.amendment_id].append(_team(one.delegation, language))
        if one.delegation_id == seat.membership.delegation_id:
            joined.add(one.amendment_id)
    standings: dict[int, dict[ChangeStanding, int]] = defaultdict(dict)
    counted = (
        ProposedChange.objects.filter(amendment__in=keys, state=ChangeState.OPEN)
        .order_by()
        .values_list("amendment", "standing")
        .annotate(Count("pk"))
    )
    for amendment, standing, count in counted:
        standings[amendment][ChangeStanding(standing)] = count
    return [
        ListedAmendment(
            uuid=row.uuid,
            symbol=f"A-{row.number}" if row.number else "",
            title=row.title,
            rationale=row.rationale,
            status=AmendmentStatus(row.status),
            by=proposer(row, language),
            sponsors=tuple(names[row.pk]),
            author=row.author.name,
            author_id=row.author.uuid,
            written_against=row.written_against,
            version=row.version,
            created_at=_began(seat, row),
            tabled_at=row.tabled_at,
            changed_at=row.changed_at,
            standings=standings[row.pk],
            own=_is_own(seat, row),
            joined=row.pk in joined,
        )
        for row in rows
    ]


def _team(delegation: Delegation | None, language: str) -> str:
    return delegation.party.name(language) if delegation else ""

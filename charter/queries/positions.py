"""What delegations hold on clauses and amendments, as a viewer may see it, and what went stale.

A position is stale once the words it was taken on have changed: of a clause, or of anything below
it, in any language; of an amendment, when what it asks for did. That is found here by comparing
with history; nothing of it is stored. What is kept to a delegation is read for its members alone,
and counts in no sum.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from charter.access import Seat
from charter.models import Charter, Party, Position, ProposedChange, Stance, Visibility
from charter.queries.parties import Entry, register
from charter.queries.touched import touched_at


@dataclass(frozen=True, slots=True)
class Held:
    """What a delegation holds on a clause or an amendment, taken at revision `revision`.

    `stale`: the words have changed since. `alone`: it is kept to its delegation. `team` is the
    delegation's name in the language asked for, `code` its party's.
    """

    id: int
    delegation: int
    team: str
    code: str
    clause: UUID | None
    amendment: UUID | None
    stance: Stance
    note: str
    alone: bool
    revision: int
    at: datetime
    by: str
    stale: bool


class Taken(Protocol):
    """What a delegation holds, as far as a sum asks; `stance` None: it is silent."""

    @property
    def stance(self) -> Stance | None: ...

    @property
    def stale(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Summed:
    """An organisation, summed up from its `members` that have a delegation, and nothing invented.

    `stances` counts what they hold for all to see, `silent` those that hold nothing; `stale` says
    how many of the positions are. `absent` members have no delegation. `own` is what its own
    delegation holds, where it has one, and is in no sum.
    """

    name: str
    code: str
    members: int
    stances: Mapping[Stance, int]
    silent: int
    stale: int
    absent: int = 0
    own: Stance | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """What is held on one thing. `own` and `own_alone` are the viewer's delegation's."""

    held: tuple[Held, ...]
    silent: tuple[str, ...]
    organisations: tuple[Summed, ...]
    own: Held | None
    own_alone: Held | None


def visible_positions(seat: Seat) -> QuerySet[Position]:
    """Every line that the seat may know of: those for all, and those kept to its delegation, by
    the circle that sits in it now."""
    mine = Q(visibility=Visibility.ALL)
    if seat.membership.delegation_id is not None:
        theirs = Q(delegation=seat.membership.delegation_id)
        mine |= theirs & Q(circle=F("delegation__circle"))
    return Position.objects.filter(mine, charter=seat.charter)


def positions_of(
    seat: Seat,
    language: str = "",
    *,
    clause: UUID | None = None,
    amendment: UUID | None = None,
    at: int | None = None,
) -> list[Held]:
    """What is held, now or as of revision `at`, on one thing or on all, by party. At most five
    queries, and mostly two."""
    rows = visible_positions(seat)
    if clause is not None:
        rows = rows.filter(clause=clause)
    if amendment is not None:
        rows = rows.filter(amendment__uuid=amendment)
    return _read(seat.charter, rows, language, at)


def public_positions(charter: Charter, language: str = "", at: int | None = None) -> list[Held]:
    """What is held for all to see, on whatever it is, now or as of revision `at`."""
    rows = Position.objects.filter(charter=charter, visibility=Visibility.ALL)
    return _read(charter, rows, language, at)


def _read(charter: Charter, rows: QuerySet[Position], language: str, at: int | None) -> list[Held]:
    number = charter.head if at is None else at
    latest = _latest(rows.filter(revision__lte=number))
    if not latest:
        return []
    clauses = touched_at(charter, number) if any(one.clause_id for one in latest) else {}
    amendments = _reworked(latest)
    language = language or charter.working_language
    names = {
        team: Party(code=one.code, names=one.names).name(language)
        for team, one in {one.delegation_id: one for one in latest}.items()
    }
    return [_held(one, names, stale=_stale(one, clauses, amendments, number)) for one in latest]


def panel_of(
    seat: Seat, language: str, *, clause: UUID | None = None, amendment: UUID | None = None
) -> Panel:
    """What is held on one thing, with who is silent and how organisations stand."""
    held = positions_of(seat, language, clause=clause, amendment=amendment)
    entries = register(seat.charter, language)
    return panel(seat, held, entries)


def panel(seat: Seat, held: Sequence[Held], entries: Sequence[Entry]) -> Panel:
    """The same of positions on one thing and of a register that were read."""
    public = {one.delegation: one for one in held if not one.alone}
    mine = seat.membership.delegation_id
    return Panel(
        held=tuple(public.values()),
        silent=tuple(
            one.name for one in entries if one.delegation_id and one.delegation_id not in public
        ),
        organisations=summed(entries, public),
        own=public.get(mine) if mine else None,
        own_alone=next((one for one in held if one.alone), None),
    )


def summed(entries: Iterable[Entry], public: Mapping[int, Taken]) -> tuple[Summed, ...]:
    """The organisations some of whose members have a delegation, by what is held on one thing.

    `public` is by delegation. Who is a member is as of the day the register was read for.
    """
    entries = tuple(entries)
    public = {team: one for team, one in public.items() if one.stance}
    teams = {one.id: one.delegation_id for one in entries if one.delegation_id}
    found = []
    for entry in entries:
        seated = [teams[member] for member in entry.member_ids if member in teams]
        if not seated:
            continue
        theirs = [public[team] for team in seated if team in public]
        own = public.get(entry.delegation_id) if entry.delegation_id else None
        stances: dict[Stance, int] = defaultdict(int)
        for one in theirs:
            stances[one.stance] += 1
        found.append(
            Summed(
                name=entry.name,
                code=entry.code,
                members=len(seated),
                stances=dict(stances),
                silent=len(seated) - len(theirs),
                stale=sum(bool(one.stale) for one in theirs),
                absent=len(entry.member_ids) - len(seated),
                own=own.stance if own else None,
            )
        )
    return tuple(found)


def _latest(rows: QuerySet[Position]) -> list[Position]:
    """The last line of each delegation on each thing for each circle, unless it took it back."""
    key = ("delegation_id", "clause_id", "amendment_id", "visibility")
    last = rows.order_by(*key, "-pk").distinct(*key).values("pk")
    standing = Position.objects.filter(pk__in=last).exclude(stance=Stance.WITHDRAWN)
    # Thousands of lines of some twenty delegations: columns of the rows beside them, no objects.
    beside = {
        "code": F("delegation__party__code"),
        "names": F("delegation__party__names"),
        "proposal": F("amendment__uuid"),
        "by": F("actor__name"),
    }
    return list(standing.annotate(**beside).order_by("code", "pk"))


def _reworked(rows: Iterable[Position]) -> Mapping[int, datetime]:
    """When what each amendment asks for changed last."""
    keys = {one.amendment_id for one in rows if one.amendment_id}
    if not keys:
        return {}
    last = Max(Greatest("made_at", Coalesce("gone_at", "made_at")))
    found = ProposedChange.objects.filter(amendment__in=keys).order_by().values("amendment")
    return dict(found.annotate(last=last).values_list("amendment", "last"))


def _stale(
    row: Position,
    clauses: Mapping[UUID, int],
    amendments: Mapping[int, datetime],
    number: int,
) -> bool:
    if row.clause_id is not None:
        return clauses.get(row.clause_id, number) > row.revision
    return amendments[row.amendment_id] > row.at


def _held(row: Position, names: Mapping[int, str], *, stale: bool) -> Held:
    return Held(
        id=row.pk,
        delegation=row.delegation_id,
        team=names[row.delegation_id],
        code=row.code,
        clause=row.clause_id,
        amendment=row.proposal,
        stance=Stance(row.stance),
        note=row.note,
        alone=row.visibility == Visibility.DELEGATION,
        revision=row.revision,
        at=row.at,
        by=row.by,
        stale=stale,
    )

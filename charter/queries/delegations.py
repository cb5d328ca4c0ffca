"""A delegation: its people, and what they did in the charter."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from charter.access import Seat
from charter.models import Charter, Comment, Delegation, Thread
from charter.queries.amendments import ListedAmendment, amendments_of, visible_amendments
from charter.queries.members import Member, members_of
from charter.queries.parties import Entry, party_of
from charter.queries.seatings import ShownSeating, seatings_of
from charter.queries.seats import Sat, seats_of
from charter.queries.word_tallies import tally_of

THREADS = 5  # the latest that are shown


class NoDelegation(LookupError):
    """The charter has no such delegation."""


@dataclass(frozen=True, slots=True)
class Work:
    """What was done from the seats of a delegation, revisions up to `counted`.

    `written` and `taken` are words in `language`; `changes` are clauses, each once a revision.
    """

    counted: int
    language: str
    revisions: int
    changes: int
    written: int
    taken: int
    threads: int
    comments: int


@dataclass(frozen=True, slots=True)
class ThreadTaken:
    """A thread that the delegation opened or spoke in. `said_at` is when it last did."""

    id: int
    quote: str
    said_at: datetime
    resolved: bool


@dataclass(frozen=True, slots=True)
class Delegated:
    """A delegation with its party, its people and what it did.

    `waiting` are those the chair named to it, whom its people have not confirmed; `may_confirm`
    says that the viewer sits in it. `seatings` is its log. `proposed` and `joined` are the
    amendments that the viewer may know of.
    """

    id: int
    party: Entry
    people: tuple[Member, ...]
    waiting: tuple[Member, ...]
    may_confirm: bool
    seatings: tuple[ShownSeating, ...]
    work: Work
    threads: tuple[ThreadTaken, ...]
    proposed: tuple[ListedAmendment, ...]
    joined: tuple[ListedAmendment, ...]


def delegation_of(seat: Seat, delegation: int, language: str) -> Delegated:
    """A delegation as the seat may see it; NoDelegation. The queries are constant in number."""
    charter = seat.charter
    team = Delegation.objects.filter(charter=charter, pk=delegation).first()
    party = party_of(charter, team.party_id, language) if team else None
    if team is None or party is None:
        raise NoDelegation(delegation)
    members = members_of(charter, language)
    people = tuple(one for one in members if one.delegation_id == team.pk)
    sat = [one for one in seats_of(charter, language) if one.delegation == team.pk]
    proposed, joined = _amendments(seat, team, language)
    return Delegated(
        id=team.pk,
        party=party,
        people=people,
        waiting=tuple(one for one in members if one.waits_for_id == team.pk),
        may_confirm=seat.membership.delegation_id == team.pk,
        seatings=seatings_of(team.pk),
        work=_work(charter, sat, language),
        threads=_threads(charter, sat),
        proposed=proposed,
        joined=joined,
    )


def _work(charter: Charter, seats: Sequence[Sat], language: str) -> Work:
    times: dict[int, list[Sat]] = defaultdict(list)
    for sat in seats:
        times[sat.person].append(sat)
    tally = tally_of(charter, language, charter.head)
    figures = [0, 0, 0, 0]
    with tally.lock:
        upto = min(charter.head, tally.number)
        columns = (tally.authors, tally.touched, tally.written, tally.taken)
        rows = zip(*(column[:upto] for column in columns), strict=True)
        for number, (author, *more) in enumerate(rows, 1):
            if any(sat.wrote(number) for sat in times.get(author, ())):
                figures = [was + by for was, by in zip(figures, (1, *more), strict=True)]
    return Work(
        upto,
        language,
        *figures,
        threads=Thread.objects.filter(
            _done(seats, "opened_by", "opened_at"), charter=charter
        ).count(),
        comments=Comment.objects.filter(
            _done(seats, "author", "written_at"), thread__charter=charter
        ).count(),
    )


def _done(seats: Sequence[Sat], person: str, at: str) -> Q:
    """What was done from these seats: columns that hold who did it, and when."""
    found = Q(pk__in=())
    for sat in seats:
        done = Q(**{person: sat.person, f"{at}__gte": sat.since})
        found |= done if sat.until is None else done & Q(**{f"{at}__lt": sat.until})
    return found


def _threads(charter: Charter, seats: Sequence[Sat]) -> tuple[ThreadTaken, ...]:
    said = Comment.objects.filter(_done(seats, "author", "written_at"), thread__charter=charter)
    mine = Q(comments__in=said.order_by().values("pk"))
    rows = Thread.objects.filter(mine).annotate(said_at=Max("comments__written_at"))
    return tuple(
        ThreadTaken(row.pk, row.quote or row.original_quote, row.said_at, bool(row.resolved_at))
        for row in rows.order_by("-said_at", "-pk")[:THREADS]
    )


def _amendments(
    seat: Seat, team: Delegation, language: str
) -> tuple[tuple[ListedAmendment, ...], tuple[ListedAmendment, ...]]:
    visible = visible_amendments(seat)
    proposed = set(visible.filter(delegation=team).values_list("uuid", flat=True))
    under = Q(sponsorships__delegation=team, sponsorships__left_at=None)
    joined = set(visible.filter(under).values_list("uuid", flat=True))
    listed = amendments_of(seat, language)
    return (
        tuple(one for one in listed if one.uuid in proposed),
        tuple(one for one in listed if one.uuid in joined),
    )

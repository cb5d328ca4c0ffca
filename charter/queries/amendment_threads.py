"""The discussion of amendments as a viewer may see it, in a constant number of queries.

What was said of a draft is seen by those who saw the draft, and by nobody else once it is tabled.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from accounts.models import Person
from charter.access import Seat
from charter.models import AmendmentComment, AmendmentThread, AnchorState, Charter, Delegation
from charter.queries.amendments import visible_amendments
from charter.queries.seats import Seats, seats_of
from charter.queries.threads import ShownComment, shown_comment


class NoAmendmentThread(LookupError):
    """The viewer knows of no such thread on the amendment."""


@dataclass(frozen=True, slots=True)
class ShownAmendmentThread:
    """A thread with its comments, the oldest first.

    `change` is the change it is about, None for the amendment as a whole, or where the change was
    dropped from a draft. `start` and `end` are code points of the words the change proposes
    (`charter.text.proposal`), equal where all of it is meant; `quote` is what stands there,
    `original_quote` what was selected. `within`: no other delegation sees it.
    """

    id: UUID
    amendment: UUID
    symbol: str
    title: str
    change: UUID | None
    language: str
    state: AnchorState
    start: int
    end: int
    quote: str
    original_quote: str
    opened_at: datetime
    resolved_by: str
    resolved_at: datetime | None
    within: bool
    comments: tuple[ShownComment, ...]

    @property
    def on_words(self) -> bool:
        """Whether it is about some of the words and those are still proposed."""
        return self.end > self.start and self.state != AnchorState.ORPHANED

    @property
    def clause(self) -> str:
        """What its card stands beside on a page."""
        return str(self.change or self.amendment)


def kept_within(person: Person, delegation: Delegation | None) -> Q:
    """The threads that somebody of this delegation may see, of amendments they may see."""
    alone = Q(amendment__delegation=None, amendment__author=person)
    if delegation is not None:
        alone |= Q(amendment__delegation=delegation, amendment__circle=delegation.circle)
    return Q(within=False, amendment__tabled_at__isnull=False) | alone


def amendment_threads_of(
    seat: Seat, language: str, *, amendment: UUID | None = None, resolved: bool | None = None
) -> tuple[ShownAmendmentThread, ...]:
    """The threads of one amendment, or of all, in the order they were opened. Three queries.

    `resolved` None gives both kinds; `language` is the one delegations are named in.
    """
    found = Q()
    if amendment is not None:
        found &= Q(amendment__uuid=amendment)
    if resolved is not None:
        found &= Q(resolved_at__isnull=not resolved)
    return _shown(seat.charter, _visible(seat, found), language)


def amendment_thread_of(
    seat: Seat, amendment: UUID, thread: UUID, language: str
) -> ShownAmendmentThread:
    """One thread of an amendment. Raises NoAmendmentThread."""
    for one in _shown(
        seat.charter, _visible(seat, Q(amendment__uuid=amendment, uuid=thread)), language
    ):
        return one
    raise NoAmendmentThread(str(thread))


def amendment_thread_counts(seat: Seat) -> tuple[int, int]:
    """How many threads that the seat may see are open, and how many resolved. One query."""
    counted = _visible(seat, Q()).aggregate(total=Count("pk"), resolved=Count("resolved_at"))
    return counted["total"] - counted["resolved"], counted["resolved"]


def _visible(seat: Seat, wanted: Q):
    return AmendmentThread.objects.filter(
        wanted,
        kept_within(seat.person, seat.membership.delegation),
        amendment__in=visible_amendments(seat),
    )


_THREAD = (
    *("pk", "uuid", "amendment__uuid", "amendment__number", "amendment__title", "change__uuid"),
    *("language", "state", "start", "end", "quote", "original_quote", "opened_at", "resolved_at"),
    *("resolved_by__name", "resolved_by__email", "within"),
)
_COMMENT = ("thread", "author", "author__uuid", "author__name", "author__email")
_COMMENT += ("written_at", "text", "mentioned")


def _shown(charter: Charter, found, language: str) -> tuple[ShownAmendmentThread, ...]:
    rows = list(found.values(*_THREAD))
    if not rows:
        return ()
    comments = _comments([row["pk"] for row in rows], seats_of(charter, language))
    return tuple(
        ShownAmendmentThread(
            id=row["uuid"],
            amendment=row["amendment__uuid"],
            symbol=f"A-{row['amendment__number']}" if row["amendment__number"] else "",
            title=row["amendment__title"],
            change=row["change__uuid"],
            language=row["language"],
            state=AnchorState(row["state"]),
            start=row["start"],
            end=row["end"],
            quote=row["quote"],
            original_quote=row["original_quote"],
            opened_at=row["opened_at"],
            resolved_by=row["resolved_by__name"] or row["resolved_by__email"] or "",
            resolved_at=row["resolved_at"],
            within=row["within"],
            comments=tuple(comments[row["pk"]]),
        )
        for row in rows
    )


def _comments(threads: Sequence[int], seats: Seats) -> Mapping[int, list[ShownComment]]:
    found: dict[int, list[ShownComment]] = defaultdict(list)
    rows = AmendmentComment.objects.filter(thread__in=threads)
    for thread, *facts in rows.values_list(*_COMMENT):
        found[thread].append(shown_comment(seats, *facts))
    return found

"""The discussion of a charter: threads with their comments, in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from charter.models import AnchorState, Charter, Comment, Thread
from charter.queries.seats import Seats, seats_of


class NoThread(LookupError):
    """The charter has no such thread."""


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A message as the page shows it. `delegation` is the one its author sat in then.

    `mentions` are the places of `text`, in code points, that name members.
    """

    author: str
    delegation: str
    at: datetime
    text: str
    mentions: tuple[tuple[int, int], ...] = ()
    author_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ShownThread:
    """A thread with its comments, the oldest first.

    `start` and `end` are code points of the clause's words in `language` as they stand now, equal
    where the whole clause is meant. `quote` is what stands there, `original_quote` what was
    selected when the thread was opened.
    """

    id: int
    clause: UUID
    language: str
    state: AnchorState
    start: int
    end: int
    quote: str
    original_quote: str
    opened_at: datetime
    resolved_by: str
    resolved_at: datetime | None
    comments: tuple[ShownComment, ...]
    resolved_by_id: UUID | None = None

    @property
    def on_words(self) -> bool:
        """Whether it is about some of the words and those still stand."""
        return self.end > self.start and self.state != AnchorState.ORPHANED


def threads_of(
    charter: Charter, language: str, *, resolved: bool | None = None, clause: UUID | None = None
) -> tuple[ShownThread, ...]:
    """The charter's threads in the order they were opened; `resolved` None gives both kinds.

    `language` is the one delegations are named in; threads of every language are given.
    """
    found = Q(charter=charter)
    if resolved is not None:
        found &= Q(resolved_at__isnull=not resolved)
    if clause is not None:
        found &= Q(clause=clause)
    return threads_where(charter, found, language)


def thread_of(charter: Charter, thread: int, language: str) -> ShownThread:
    """One thread of the charter. Raises NoThread."""
    for one in threads_where(charter, Q(charter=charter, pk=thread), language):
        return one
    raise NoThread(thread)


# Read as columns and not as rows of models, which take ten times as long to make.
_THREAD = ("pk", "clause", "language", "state", "start", "end", "quote", "original_quote")
_THREAD += ("opened_at", "resolved_at", "resolved_by__name", "resolved_by__email")
_THREAD += ("resolved_by__uuid",)
_COMMENT = ("thread", "author", "author__uuid", "author__name", "author__email")
_COMMENT += ("written_at", "text", "mentioned")


def threads_where(
    charter: Charter, wanted: Q, language: str, until: datetime | None = None
) -> tuple[ShownThread, ...]:
    """The threads wanted, with their comments, those written before `until`: three queries."""
    rows = list(Thread.objects.filter(wanted).values_list(*_THREAD))
    if not rows:
        return ()
    seats = seats_of(charter, language)
    comments: dict[int, list[ShownComment]] = defaultdict(list)
    said = Comment.objects.filter(thread__in=[row[0] for row in rows])
    if until is not None:
        said = said.filter(written_at__lt=until)
    for thread, *facts in said.values_list(*_COMMENT):
        comments[thread].append(shown_comment(seats, *facts))
    return tuple(
        ShownThread(
            id=id,
            clause=clause,
            language=tongue,
            state=AnchorState(state),
            start=start,
            end=end,
            quote=quote,
            original_quote=original,
            opened_at=opened,
            resolved_by=name or email or "",
            resolved_at=resolved,
            comments=tuple(comments[id]),
            resolved_by_id=resolver,
        )
        for id, clause, tongue, state, start, end, quote, original, *more in rows
        for opened, resolved, name, email, resolver in (more,)
    )


def shown_comment(
    seats: Seats,
    person: int,
    author: UUID,
    name: str,
    email: str,
    at: datetime,
    text: str,
    mentioned: list[list[int]],
) -> ShownComment:
    """A comment of these columns."""
    mentions = tuple((start, end) for start, end, *_persons in mentioned)
    return ShownComment(name or email, seats.name_at(at, person), at, text, mentions, author)


def counts(charter: Charter) -> tuple[int, int]:
    """How many threads are open, and how many resolved."""
    found = Thread.objects.filter(charter=charter)
    counted = found.aggregate(total=Count("pk"), resolved=Count("resolved_at"))
    return counted["total"] - counted["resolved"], counted["resolved"]

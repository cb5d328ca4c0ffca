"""The discussion of a charter: threads with their comments, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from charter.models import AnchorState, Charter, Comment, Thread
from charter.queries.history import delegations_of


class NoThread(LookupError):
    """The charter has no such thread."""


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A message as the page shows it. `delegation` is the author's, as the table sits today."""

    author: str
    delegation: str
    at: datetime
    text: str


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
    return shown(charter, Thread.objects.filter(found).select_related("resolved_by"), language)


def thread_of(charter: Charter, thread: int, language: str) -> ShownThread:
    """One thread of the charter. Raises NoThread."""
    found = Thread.objects.filter(charter=charter, pk=thread).select_related("resolved_by")
    for one in shown(charter, found, language):
        return one
    raise NoThread(thread)


def shown(charter: Charter, threads: Iterable[Thread], language: str) -> tuple[ShownThread, ...]:
    """These threads with their comments: two more queries."""
    threads = list(threads)
    if not threads:
        return ()
    delegations = delegations_of(charter, language)
    comments: dict[int, list[ShownComment]] = defaultdict(list)
    found = Comment.objects.filter(thread__in=[thread.pk for thread in threads])
    # Columns and not rows of a model, which take ten times as long to make.
    columns = ("thread", "author", "author__name", "author__email", "written_at", "text")
    for thread, author, name, email, at, text in found.values_list(*columns):
        comments[thread].append(ShownComment(name or email, delegations.get(author, ""), at, text))
    return tuple(
        ShownThread(
            id=thread.pk,
            clause=thread.clause_id,
            language=thread.language,
            state=AnchorState(thread.state),
            start=thread.start,
            end=thread.end,
            quote=thread.quote,
            original_quote=thread.original_quote,
            opened_at=thread.opened_at,
            resolved_by=str(thread.resolved_by) if thread.resolved_by else "",
            resolved_at=thread.resolved_at,
            comments=tuple(comments[thread.pk]),
        )
        for thread in threads
    )


def counts(charter: Charter) -> tuple[int, int]:
    """How many threads are open, and how many resolved."""
    found = Thread.objects.filter(charter=charter)
    counted = found.aggregate(total=Count("pk"), resolved=Count("resolved_at"))
    return counted["total"] - counted["resolved"], counted["resolved"]

"""What became of one clause: every state it was in, and how each differs from the one before."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from charter.models import Cause, Charter, Clause, ClausePrinciple, Wording
from charter.queries.history import place_changes
from charter.queries.seats import seats_of
from charter.queries.timeline import Place, Step, replay
from charter.text.brackets import counted
from charter.text.diff import diff
from charter.text.redline import Change, Spans


class NoClause(LookupError):
    """The charter has no such clause, and never had."""


@dataclass(frozen=True, slots=True)
class State:
    """A clause as one revision left it. `heading` and `text` are spans against the state before.

    `citation` is its number in that revision and `citation_before` the one it came from, "" where
    it stands, or stood, in no text. `tagged` and `untagged` name principles. `brackets` are the
    square brackets in its words, before the revision and after it.
    """

    number: int
    author: str
    delegation: str
    at: datetime
    message: str
    cause: Cause
    changes: frozenset[Change]
    citation: str
    citation_before: str
    heading: Spans
    text: Spans
    tagged: tuple[str, ...] = ()
    untagged: tuple[str, ...] = ()
    brackets: tuple[int, int] = (0, 0)
    author_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ClauseHistory:
    """States newest first. `kind`, `citation`, `heading`, `struck`: as the clause is now.

    `older` is the cursor of the next page, None at the end.
    """

    id: UUID
    kind: str
    citation: str
    heading: str
    struck: bool
    states: tuple[State, ...]
    older: int | None


def clause_history(
    charter: Charter, clause: UUID, language: str, *, before: int | None = None, limit: int = 50
) -> ClauseHistory:
    """The states of a clause below revision `before`, in one language. Raises NoClause.

    The number of queries does not depend on how many states there are.
    """
    live = charter.clauses.filter(pk=clause).first()
    if live is None:
        raise NoClause(clause)
    own = Wording.objects.filter(charter=charter, clause=clause, language=language)
    past = _Past(
        placed=_placed(clause),
        worded=_worded(own),
        tags=_tags(charter, clause, language),
    )
    shown = [number for number in past.numbers() if before is None or number < before]
    steps = replay(charter, {*shown[:limit], charter.head}, language)
    past.words = _words(own, past.read_for(steps))
    heading, _ = past.pair(charter.head)[1]
    return ClauseHistory(
        id=clause,
        kind=live.kind,
        citation=steps[charter.head].after.get(str(clause), ""),
        heading=heading,
        struck=live.struck,
        states=_states(charter, str(clause), shown[:limit], past, steps, language),
        older=shown[limit - 1] if len(shown) > limit else None,
    )


@dataclass(slots=True)
class _Past:
    """What history keeps of one clause, by revision number.

    `placed` and `worded`, in order, are the revisions that gave it a place and words; `words` are
    read of those alone that a page shows, for a clause may have had thousands.
    """

    placed: frozenset[int]
    worded: list[int]
    tags: dict[int, tuple[tuple[str, ...], tuple[str, ...]]]
    words: dict[int, tuple[str, str]] = field(default_factory=dict)

    def numbers(self) -> list[int]:
        return sorted({*self.placed, *self.worded, *self.tags}, reverse=True)

    def read_for(self, numbers: Iterable[int]) -> set[int]:
        """The revisions whose words stood before these or after them."""
        ends = (bisect_right(self.worded, number) for number in numbers)
        return {one for end in ends for one in self.worded[max(0, end - 2) : end]}

    def pair(self, number: int) -> tuple[tuple[str, str], tuple[str, str]]:
        """Heading and text before this revision, and after it."""
        at = bisect_left(self.worded, number)
        was = self.words[self.worded[at - 1]] if at else ("", "")
        return was, self.words.get(number, was)

    def changes(self, number: int, place: tuple[Place | None, Place] | None) -> frozenset[Change]:
        """What a revision did to the clause, `place` where it stood before and after."""
        found = place_changes(*place) if place else set()
        if Change.ADDED not in found:
            found |= {Change.REWORDED} if number in self.words else set()
            found |= {Change.RETAGGED} if number in self.tags else set()
        return frozenset(found)


def _states(
    charter: Charter,
    clause: str,
    numbers: list[int],
    past: _Past,
    steps: dict[int, Step],
    language: str,
) -> tuple[State, ...]:
    revisions = charter.revisions.filter(number__in=numbers).select_related("author")
    seats = seats_of(charter, language)
    states = []
    for revision in revisions.order_by("-number"):
        number, step = revision.number, steps[revision.number]
        was, now = past.pair(number)
        place = step.changed.get(UUID(clause))
        if place and place[0] == place[1] and number not in {*past.words, *past.tags}:
            continue  # its siblings were spread anew, and it with them
        tagged, untagged = past.tags.get(number, ((), ()))
        states.append(
            State(
                number=number,
                author=str(revision.author),
                author_id=revision.author.uuid,
                delegation=seats.name_of_revision(number, revision.author_id),
                at=revision.committed_at,
                message=revision.message,
                cause=Cause(revision.cause),
                changes=past.changes(number, place),
                citation=step.after.get(clause, ""),
                citation_before=step.before.get(clause, ""),
                heading=diff(was[0], now[0]),
                text=diff(was[1], now[1]),
                tagged=tagged,
                untagged=untagged,
                brackets=(counted(*was), counted(*now)),
            )
        )
    return tuple(states)


def _worded(own: QuerySet[Wording]) -> list[int]:
    # By the rows' own ids, which history is indexed by.
    rows = Wording.history.filter(id__in=own.values("id")).order_by("revision_number")
    return list(rows.values_list("revision_number", flat=True))


def _words(own: QuerySet[Wording], numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    rows = Wording.history.filter(id__in=own.values("id"), revision_number__in=numbers)
    return {
        number: (heading, text)
        for number, heading, text in rows.values_list("revision_number", "heading", "text")
    }


def _placed(clause: UUID) -> frozenset[int]:
    rows = Clause.history.filter(id=clause)
    return frozenset(rows.values_list("revision_number", flat=True))


def _tags(
    charter: Charter, clause: UUID, language: str
) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    found: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    names = {principle.pk: principle.name(language) for principle in charter.principles.all()}
    own = ClausePrinciple.objects.filter(charter=charter, clause=clause)
    rows = ClausePrinciple.history.filter(id__in=own.values("id")).order_by(
        "revision_number", "history_id"
    )
    for number, principle, withdrawn in rows.values_list(
        "revision_number", "principle_id", "withdrawn"
    ):
        found[number][withdrawn].append(names.get(principle, ""))
    return {number: (tuple(on), tuple(off)) for number, (on, off) in found.items()}

"""How near a charter was to agreement, revision by revision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from charter.models import BLOCKING, Charter, Position, Revision, Stance, Visibility
from charter.queries.keeping import Kept, laid_text
from charter.queries.touched import touched_at
from charter.text.brackets import counted
from charter.text.outline import Outline

POINTS = 12  # of the course, at most


@dataclass(frozen=True, slots=True)
class At:
    """A point of the course: what was outstanding as of revision `number`."""

    number: int
    brackets: int
    agreeing: int
    blocking: int
    stale: int


_courses: Kept[At] = Kept(1_000)


def course_of(charter: Charter, language: str, named: Iterable[int] = ()) -> tuple[At, ...]:
    """What was outstanding at the named revisions and evenly between, `POINTS` at most.

    A point is counted once per process, for a revision never changes and what was held at it does
    only while it is the head.
    """
    numbers = _numbers(charter.head, named)
    rows = list(
        Position.objects.filter(charter=charter, visibility=Visibility.ALL, clause__isnull=False)
        .order_by("pk")
        .values_list("pk", "delegation", "clause", "stance", "revision")
    )
    found = charter.revisions.filter(number__in=numbers).order_by("number")
    return tuple(_at(charter, revision, language, rows) for revision in found)


def _numbers(head: int, named: Iterable[int]) -> set[int]:
    chosen = sorted({number for number in named if 1 <= number <= head})[-(POINTS // 2) :]
    room = POINTS - len(chosen) - 1
    even = {1 + (head - 1) * step // room for step in range(room + 1)}
    return set(sorted({*chosen, *even, head})[-POINTS:]) if head else set()


def _at(charter: Charter, revision: Revision, language: str, rows: Sequence[tuple]) -> At:
    number = revision.number
    standing = {row[1:3]: row for row in rows if row[4] <= number}  # the last of each stays
    last = max((row[0] for row in standing.values()), default=0)
    key = charter.uuid, number, revision.digest, language, last
    found = _courses.get(key)
    if found is None:
        outline = laid_text(charter, revision, language).outline
        touched = touched_at(charter, number, revision.digest) if standing else {}
        found = _counted(number, outline, standing.values(), touched)
        _courses.put(key, found, 1)
    return found


def _counted(
    number: int, outline: Outline, rows: Iterable[tuple], touched: Mapping[UUID, int]
) -> At:
    """Positions on clauses that were in the text; a stale one counts as stale alone."""
    there = {clause.id: clause for _depth, clause in outline.walk()}
    counts = {"agreeing": 0, "blocking": 0, "stale": 0}
    for _pk, _team, clause, stance, revision in rows:
        if stance == Stance.WITHDRAWN or str(clause) not in there:
            continue
        fresh = touched.get(clause, number) <= revision
        kind = "blocking" if stance in BLOCKING else "agreeing"
        counts[kind if fresh else "stale"] += 1
    said = (words for clause in there.values() for words in (clause.heading, clause.text))
    return At(number=number, brackets=counted(outline.title, *said), **counts)

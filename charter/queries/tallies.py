"""Figures of every revision, counted once from the compact history and carried on from there.

A revision never changes, so neither do its figures. One process counts a charter's history once,
in order, holding only what stands after the last revision counted; a later request reads the
rows since. What is counted in one request is bounded: of a charter whose history is longer than
that, the figures reach further with each.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection

from charter.models import Charter
from charter.queries.keeping import Kept

# History rows of one table that one request counts; some two seconds' work with words, and more
# than the largest revision has.
MOST = 40_000


class Tree:
    """Which clauses stand in the text, carried from revision to revision."""

    def __init__(self) -> None:
        self.standing: set[UUID] = set()
        self.root: UUID | None = None
        self._parent: dict[UUID, UUID | None] = {}
        self._struck: set[UUID] = set()
        self._inside: dict[UUID, set[UUID]] = defaultdict(set)

    def apply(self, rows: Iterable[tuple[UUID, UUID | None, bool]]) -> tuple[set[UUID], set[UUID]]:
        """Take the clauses' new parents and strikings; those that came into the text and left it.

        The root, which holds the title, is no clause of the text.
        """
        changed = list(rows)
        for clause, parent, struck in changed:
            was = self._parent.get(clause)
            if was is not None:
                self._inside[was].discard(clause)
            self._parent[clause] = parent
            (self._struck.add if struck else self._struck.discard)(clause)
            if parent is None:
                self.root = clause
            else:
                self._inside[parent].add(clause)
        came: set[UUID] = set()
        went: set[UUID] = set()
        for clause, parent, _struck in changed:
            if parent is not None:
                self._settle(clause, came, went)
        return came - went, went - came

    def chain(self, clause: UUID) -> Iterator[UUID]:
        """A clause and all it stands in, the root last."""
        one: UUID | None = clause
        while one is not None:
            yield one
            one = self._parent.get(one)

    def inside(self, clauses: Iterable[UUID]) -> set[UUID]:
        """These clauses with all that hangs below them, struck or not."""
        found: set[UUID] = set()
        waiting = list(clauses)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self._inside.get(one, ()))
        return found

    def _settle(self, clause: UUID, came: set[UUID], went: set[UUID]) -> None:
        """Pass on to all below whether the clause stands, as far as that is news."""
        waiting = [clause]
        while waiting:
            one = waiting.pop()
            parent = self._parent[one]
            stands = one not in self._struck and (parent == self.root or parent in self.standing)
            if stands == (one in self.standing):
                continue
            if stands:
                self.standing.add(one)
                came.add(one)
            else:
                self.standing.discard(one)
                went.add(one)
            waiting.extend(self._inside.get(one, ()))


T = TypeVar("T", bound="Tally")


class Tally:
    """What is counted of one charter: up to revision `number`, whose digest vouches for all."""

    def __init__(self) -> None:
        self.number = 0
        self.digest = ""
        self.lock = Lock()

    def count(self, charter: Charter, upto: int) -> int:
        """Count the revisions after `number`, up to `upto` at most. The last one counted."""
        raise NotImplementedError

    def weight(self) -> int:
        """How much room it takes, in clauses."""
        raise NotImplementedError


class Tallies(Generic[T]):
    """The tallies of one kind that this process keeps."""

    def __init__(self, make: Callable[..., T], room: int) -> None:
        self._make = make
        self._kept: Kept[T] = Kept(room)

    def of(self, charter: Charter, *of: Hashable, upto: int) -> T:
        """The charter's tally, counted up to revision `upto` or as far as one request counts.

        What is `of` says which of the charter's, and is what it is made with. Whoever reads it
        holds its lock.
        """
        name = (charter.uuid, *of)
        tally = self._kept.get(name)
        if tally is None or not _holds(charter, tally):
            tally = self._make(*of)
        with tally.lock:
            if tally.number < upto:
                tally.number = tally.count(charter, upto)
                tally.digest = _digest(charter, tally.number)
            weight = tally.weight()
        self._kept.put(name, tally, weight)
        return tally

    def clear(self) -> None:
        self._kept.clear()


def _holds(charter: Charter, tally: Tally) -> bool:
    """Whether the tally is of this history, and not of one that another database had."""
    return tally.number == 0 or tally.digest == _digest(charter, tally.number)


def _digest(charter: Charter, number: int) -> str:
    if number == charter.head:
        return charter.digest
    found = charter.revisions.filter(number=number).values_list("digest", flat=True).first()
    return found or ""


Row = tuple[Any, ...]


def rows_since(sql: str, charter: Charter, upto: int, **bound: object) -> tuple[list[Row], int]:
    """Rows of a history in order, their revision's number first, and the last revision they are of.

    `sql` ends with its WHERE clause. At most MOST rows: where there are more, the revision that
    would be cut is left out whole, unless it is the first.
    """
    bound |= {"charter": charter.pk, "upto": upto, "most": MOST + 1}
    rows = _rows(f"{sql} ORDER BY r.number, h.history_id LIMIT %(most)s", bound)
    if len(rows) <= MOST:
        return rows, upto
    first, cut = rows[0][0], rows[-1][0]
    if first == cut:
        return _rows(f"{sql} ORDER BY h.history_id", bound | {"upto": first}), first
    return [row for row in rows if row[0] < cut], cut - 1


def _rows(sql: str, bound: dict[str, object]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return cursor.fetchall()


def by_number(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """The rows by their revision, without its number."""
    found: dict[int, list[Row]] = defaultdict(list)
    for number, *row in rows:
        found[number].append(tuple(row))
    return found


PLACES = """
SELECT r.number, h.id, h.parent_id, h.struck
FROM charter_historicalclause h JOIN charter_revision r ON r.id = h.revision_id
WHERE r.charter_id = %(charter)s AND r.number > %(since)s AND r.number <= %(upto)s
"""

"""The tree of clauses as it stood at one revision after another, replayed without the words.

A page of history cites each clause as it was cited at the time. Reading the whole text once for
each revision would do it at a cost; here the tree is read once, as of the first revision of
interest, and the few rows that changed it since are played over it.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from charter.models import ROOT, Charter, Clause, Wording
from charter.queries.texts import keep_numbers
from charter.text import numbering, outline
from charter.text.kinds import Kind
from charter.text.siblings import displaced

_AS_OF = """
SELECT live.id, was.parent_id, was.rank, was.kind, was.numeral, was.struck
FROM charter_clause live
CROSS JOIN LATERAL (
    SELECT parent_id, rank, kind, numeral, struck FROM charter_historicalclause h
    WHERE h.id = live.id AND h.revision_number <= %s
    ORDER BY h.revision_number DESC LIMIT 1
) was
WHERE live.charter_id = %s
"""


class Place(NamedTuple):
    """Where a clause stands and what it is, at one revision."""

    parent: UUID | None
    rank: str
    kind: str
    numeral: str | None
    struck: bool

    @staticmethod
    def columns() -> tuple[str, ...]:
        """The columns of a clause's history that make a place."""
        return ("parent_id", "rank", "kind", "numeral", "struck")

    @classmethod
    def of(cls, row: Any) -> "Place":
        """That of a clause, live or historical."""
        return cls(*(getattr(row, name) for name in cls.columns()))


@dataclass(frozen=True, slots=True)
class Step:
    """One revision of the replay: the tree's rows it changed, and citations on both sides.

    `changed` maps a clause to its place before (None: there was none) and after, both of one rank
    where it was only spread anew with its siblings. `before` and `after` map a clause that stands
    in the text to its citation.
    """

    number: int
    changed: dict[UUID, tuple[Place | None, Place]]
    before: dict[str, str]
    after: dict[str, str]

    def citation(self, clause: UUID) -> str:
        """The clause's citation in the revision, or in the one before for a clause it struck."""
        return self.after.get(str(clause)) or self.before.get(str(clause), "")


def replay(charter: Charter, wanted: Collection[int], language: str) -> dict[int, Step]:
    """A step for each revision number in `wanted`. Three queries, two numberings a step at most."""
    if not wanted:
        return {}
    since, at = min(wanted) - 1, max(wanted)
    places = places_at(charter, since)
    changes = _changes(charter, since, at)
    steps = {}
    citing = _Citing(charter, language)
    cited = None
    for number in sorted({*wanted, *changes}):
        if number in wanted and cited is None:
            cited = citing.citations(places)
        before = cited
        here = changes.get(number, ())
        changed = {clause: (places.get(clause), place) for clause, place in here}
        lines = _lines(places, _respread(changed)) if number in wanted else {}
        places.update(here)
        if changed:
            cited = None
        if number in wanted:
            cited = cited or citing.citations(places)
            changed |= _stayed(changed, lines, _lines(places, lines))
            steps[number] = Step(number, changed, before or {}, cited)
    return steps


_Changed = dict[UUID, tuple[Place | None, Place]]
_Lines = dict[UUID | None, list[tuple[UUID, str]]]


def _respread(changed: _Changed) -> set[UUID | None]:
    """What holds clauses that got another rank in it."""
    return {
        now.parent
        for was, now in changed.values()
        if was is not None and was.parent == now.parent and was.rank != now.rank
    }


def _lines(places: dict[UUID, Place], parents: Collection[UUID | None]) -> _Lines:
    """What stands in each of these, struck or not, with ranks, in order."""
    found: _Lines = {parent: [] for parent in parents}
    if parents:
        for clause, place in sorted(places.items(), key=lambda pair: (pair[1].rank, pair[0])):
            if place.parent in found:
                found[place.parent].append((clause, place.rank))
    return found


def _stayed(changed: _Changed, old: _Lines, new: _Lines) -> _Changed:
    """Those that got another rank and stand as before among their siblings, with one rank."""
    moved = {clause for parent in old for clause in displaced(old[parent], new[parent])}
    return {
        clause: (was._replace(rank=now.rank), now)
        for clause, (was, now) in changed.items()
        if was is not None and was.parent == now.parent and clause not in moved
    }


def places_at(charter: Charter, number: int) -> dict[UUID, Place]:
    """Where every clause stood as of a revision, struck ones too. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_AS_OF, [number, charter.pk])
        return {row[0]: Place(*row[1:]) for row in cursor.fetchall()}


def _changes(charter: Charter, since: int, at: int) -> dict[int, list[tuple[UUID, Place]]]:
    rows = (
        Clause.history.filter(
            revision__charter=charter, revision__number__gt=since, revision__number__lte=at
        )
        .order_by("revision_number", "history_id")
        .values_list("revision_number", "id", *Place.columns())
    )
    found = defaultdict(list)
    for number, clause, *place in rows:
        found[number].append((clause, Place(*place)))
    return found


class _Citing:
    """Cites the clauses of a tree; one without a number by the heading it has today."""

    def __init__(self, charter: Charter, language: str) -> None:
        self.charter = charter
        self.language = language
        self.headings = dict(
            Wording.objects.filter(charter=charter, language=language)
            .exclude(heading="")
            .values_list("clause_id", "heading")
        )

    def citations(self, places: dict[UUID, Place]) -> dict[str, str]:
        """The citation of every clause that stands in the text, in reading order."""
        below = defaultdict(list)
        root = None
        for clause, place in places.items():
            if place.kind == ROOT:
                root = clause
            elif not place.struck:
                below[place.parent].append((place.rank, clause))
        if root is None:
            return {}
        tree = outline.Outline(
            clauses=self._built(root, below, places),
            language=self.language,
            scheme=self.charter.scheme,
        )
        frozen_at = places[root].numeral
        tree = keep_numbers(self.charter, tree, int(frozen_at) if frozen_at else None)
        return {
            clause.id: citation
            for (_, clause), citation in zip(tree.walk(), numbering.citations(tree), strict=True)
        }

    def _built(
        self, parent: UUID, below: dict, places: dict[UUID, Place]
    ) -> tuple[outline.Clause, ...]:
        return tuple(
            outline.Clause(
                kind=Kind(places[clause].kind),
                id=str(clause),
                heading=self.headings.get(clause, ""),
                numeral=places[clause].numeral,
                children=self._built(clause, below, places),
            )
            for _, clause in sorted(below[parent])
        )

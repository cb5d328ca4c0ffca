"""Which articles serve which principles, as of a revision and over all of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from charter.models import Charter, Revision
from charter.queries.keeping import LaidText, laid_text
from charter.queries.tallies import PLACES, Row, Tallies, Tally, Tree, by_number, rows_since
from charter.queries.vocabulary import Entry, successor, vocabulary_at
from charter.text import coverage as matrix
from charter.text.units import Member, members


class NoPrinciple(LookupError):
    """The vocabulary had no such principle then."""


@dataclass(frozen=True, slots=True)
class CoverageAt:
    """The matrix as of a revision; `principles` are those in use then, in their order."""

    number: int
    revision: Revision | None
    language: str
    principles: tuple[Entry, ...]
    matrix: matrix.Coverage


@dataclass(frozen=True, slots=True)
class Reading:
    """The clauses of one principle in reading order, as of a revision.

    `members` are all that serve it: tagged ones and what stands in them; `tagged` are the ids of
    the former. `words` counts them all. `successor` took its place, if it was merged. `citations`
    are those of every clause of the text, by id.
    """

    number: int
    revision: Revision | None
    language: str
    principle: Entry
    successor: Entry | None
    members: tuple[Member, ...]
    tagged: frozenset[str]
    words: int
    citations: dict[str, str]


def coverage_at(charter: Charter, number: int, language: str) -> CoverageAt:
    """The matrix as of revision `number` in one language, in which words are counted.

    The number of queries depends neither on the text nor on its history.
    """
    revision, text = _text(charter, number, language)
    entries = tuple(one for one in vocabulary_at(charter, number) if not one.withdrawn)
    slugs = tuple(entry.slug for entry in entries)
    kept = text.beside.get("coverage")
    if not isinstance(kept, matrix.Coverage) or kept.principles != slugs:
        kept = text.beside["coverage"] = matrix.coverage(text.outline, slugs)
    return CoverageAt(number, revision, language, entries, kept)


def reading_of(charter: Charter, slug: str, number: int, language: str) -> Reading:
    """All clauses that serve a principle as of a revision. Raises NoPrinciple.

    A constant number of queries.
    """
    revision, text = _text(charter, number, language)
    entries = vocabulary_at(charter, number)
    entry = next((one for one in entries if one.slug == slug), None)
    if entry is None:
        raise NoPrinciple(slug)
    every = tuple(members(text.outline))
    found = tuple(one for one in every if slug in one.served)
    serving = matrix.coverage(text.outline, (slug,)).totals[slug] if found else matrix.NOTHING
    return Reading(
        number=number,
        revision=revision,
        language=language,
        principle=entry,
        successor=successor(entries, slug),
        members=found,
        tagged=frozenset(one.clause.id for one in found if slug in one.clause.principles),
        words=serving.words,
        citations={one.clause.id: one.number.citation for one in every},
    )


def _text(charter: Charter, number: int, language: str) -> tuple[Revision | None, LaidText]:
    revision = charter.revisions.select_related("author").filter(number=number).first()
    return revision, laid_text(charter, revision, language)


@dataclass(frozen=True, slots=True)
class Course:
    """How many clauses in the text carried a principle's tag, from revision to revision.

    `steps` are (revision, clauses), one for each change of the count, in order; before the first
    there were none.
    """

    slug: str
    steps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Courses:
    """The courses of all principles by slug, counted up to revision `counted`."""

    counted: int
    of: dict[str, Course]


def courses(charter: Charter, upto: int) -> Courses:
    """How coverage went up to revision `upto`. A constant number of queries."""
    tally = _tallies.of(charter, upto=upto)
    with tally.lock:
        return Courses(
            counted=min(tally.number, upto),
            of={
                slug: Course(slug, tuple(step for step in tally.steps[key] if step[0] <= upto))
                for key, slug in tally.slugs.items()
            },
        )


_TAGS = """
SELECT r.number, h.clause_id, h.principle_id, h.withdrawn
FROM charter_historicalclauseprinciple h JOIN charter_revision r ON r.id = h.revision_id
WHERE r.charter_id = %(charter)s AND r.number > %(since)s AND r.number <= %(upto)s
"""

_PRINCIPLES = """
SELECT r.number, h.id, h.slug, h.withdrawn
FROM charter_historicalprinciple h JOIN charter_revision r ON r.id = h.revision_id
WHERE r.charter_id = %(charter)s AND r.number > %(since)s AND r.number <= %(upto)s
"""


class _CoverageTally(Tally):
    """Counts, for each principle, the clauses in the text that carry its tag."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = Tree()
        self.slugs: dict[int, str] = {}
        self.steps: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._withdrawn: set[int] = set()
        self._tags: dict[UUID, set[int]] = defaultdict(set)
        self._counts: Counter[int] = Counter()

    def weight(self) -> int:
        steps = sum(len(steps) for steps in self.steps.values())
        return 1 + (len(self._tags) + len(self.tree.standing)) // 4 + steps // 20

    def count(self, charter: Charter, upto: int) -> int:
        found, last = [], upto
        for sql in (PLACES, _TAGS, _PRINCIPLES):
            rows, last = rows_since(sql, charter, last, since=self.number)
            found.append(by_number(rows))
        places, tags, principles = found
        for number in sorted({*places, *tags, *principles}):
            if number <= last:
                touched = set(self._planted(places.get(number, [])))
                touched |= set(self._tagged(tags.get(number, [])))
                touched |= set(self._named(principles.get(number, [])))
                self._step(number, touched)
        return last

    def _planted(self, rows: list[Row]) -> Iterator[int]:
        came, went = self.tree.apply(rows)
        for clauses, one in ((came, 1), (went, -1)):
            for clause in clauses:
                for principle in self._tags.get(clause, ()):
                    self._counts[principle] += one
                    yield principle

    def _tagged(self, rows: list[Row]) -> Iterator[int]:
        for clause, principle, withdrawn in rows:
            tags = self._tags[clause]
            if withdrawn == (principle not in tags):
                continue
            (tags.discard if withdrawn else tags.add)(principle)
            if clause in self.tree.standing:
                self._counts[principle] += -1 if withdrawn else 1
                yield principle

    def _named(self, rows: list[Row]) -> Iterator[int]:
        for principle, slug, withdrawn in rows:
            self.slugs[principle] = slug
            (self._withdrawn.add if withdrawn else self._withdrawn.discard)(principle)
            yield principle

    def _step(self, number: int, touched: set[int]) -> None:
        for principle in touched:
            now = 0 if principle in self._withdrawn else self._counts[principle]
            steps = self.steps[principle]
            if now != (steps[-1][1] if steps else 0):
                steps.append((number, now))


_tallies = Tallies(_CoverageTally, room=200_000)


def forget() -> None:
    """Keep nothing, like a process that has just begun."""
    _tallies.clear()

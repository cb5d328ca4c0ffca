"""The text of a charter as of any revision, as an outline.

What stands now is read from the live tables. A revision is, for each row that is live now (none
is ever removed), its last history row up to that number: one LATERAL query for each kind of thing
over the unique index on (id, revision_number), whose cost grows with the clauses and not with
their history.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from charter.models import Charter
from charter.text.freezing import frozen
from charter.text.kinds import Kind
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline
from charter.text.words import Words

# Clauses and words are put together here and not by a join: right after an import the planner knows
# nothing of the new rows, and its join of five thousand clauses took seconds.
CLAUSES_NOW = """
SELECT c.id::text, c.parent_id::text, c.kind, c.numeral
FROM charter_clause c
WHERE c.charter_id = %(charter)s AND NOT c.struck
ORDER BY c.rank, c.id
"""

WORDINGS_NOW = """
SELECT w.clause_id::text, w.heading, w.text
FROM charter_wording w
WHERE w.charter_id = %(charter)s AND w.language = %(language)s
"""

CLAUSES_THEN = """
SELECT c.id::text, c.parent_id::text, c.kind, c.numeral
FROM charter_clause live
CROSS JOIN LATERAL (
  SELECT h.id, h.parent_id, h.rank, h.kind, h.numeral, h.struck
  FROM charter_historicalclause h
  WHERE h.id = live.id AND h.revision_number <= %(number)s
  ORDER BY h.revision_number DESC LIMIT 1
) c
WHERE live.charter_id = %(charter)s AND NOT c.struck
ORDER BY c.rank, c.id
"""

WORDINGS_THEN = """
SELECT live.clause_id::text, w.heading, w.text
FROM charter_wording live
CROSS JOIN LATERAL (
  SELECT h.heading, h.text
  FROM charter_historicalwording h
  WHERE h.id = live.id AND h.revision_number <= %(number)s
  ORDER BY h.revision_number DESC LIMIT 1
) w
WHERE live.charter_id = %(charter)s AND live.language = %(language)s
"""

TAGS_NOW = """
SELECT t.clause_id::text, p.slug
FROM charter_clauseprinciple t
JOIN charter_principle p ON p.id = t.principle_id
WHERE t.charter_id = %(charter)s AND NOT t.withdrawn AND NOT p.withdrawn
ORDER BY p.rank, p.id
"""

TAGS_THEN = """
SELECT live.clause_id::text, p.slug
FROM charter_clauseprinciple live
CROSS JOIN LATERAL (
  SELECT h.withdrawn
  FROM charter_historicalclauseprinciple h
  WHERE h.id = live.id AND h.revision_number <= %(number)s
  ORDER BY h.revision_number DESC LIMIT 1
) t
JOIN (
  SELECT one.id, h.slug, h.rank, h.withdrawn
  FROM charter_principle one
  CROSS JOIN LATERAL (
    SELECT h.slug, h.rank, h.withdrawn
    FROM charter_historicalprinciple h
    WHERE h.id = one.id AND h.revision_number <= %(number)s
    ORDER BY h.revision_number DESC LIMIT 1
  ) h
  WHERE one.charter_id = %(charter)s
) p ON p.id = live.principle_id
WHERE live.charter_id = %(charter)s AND NOT t.withdrawn AND NOT p.withdrawn
ORDER BY p.rank, p.id
"""


class NoSuchRevision(LookupError):
    """The charter has no revision of that number."""


def text_at(charter: Charter, number: int | None = None, language: str = "") -> Outline:
    """The charter's text in one language ("": the working one) as of a revision.

    None is the head as the database has it now. Ids are those of the clauses, as strings; a clause
    without words in that language has empty ones. Where numbers were frozen, they are given in the
    outline. Revision 0 is the empty text before the first; NoSuchRevision past the head.
    """
    return numbered(charter, forest_at(charter, number, language))


def numbered(charter: Charter, forest: "Forest") -> Outline:
    """The forest's text, with the numbers of the revision at which they were frozen kept."""
    return keep_numbers(charter, forest.outline(), forest.frozen_at)


def keep_numbers(charter: Charter, outline: Outline, since: int | None) -> Outline:
    """The outline with the numbers that revision `since` printed; itself when that is None."""
    return frozen(outline, _printed(charter, since, outline.language)) if since else outline


def _printed(charter: Charter, number: int, language: str) -> Mapping[str, str]:
    """The number printed at each clause, by id, in a revision. Kept: revisions never change."""
    key = charter.uuid, number, language
    if key not in _PRINTED:
        while len(_PRINTED) >= _PRINTED_MOST:
            _PRINTED.pop(next(iter(_PRINTED)), None)
        outline = text_at(charter, number, language)
        places = zip(outline.walk(), labels(outline), strict=True)
        _PRINTED[key] = {clause.id: label for (_, clause), label in places}
    return _PRINTED[key]


_PRINTED: dict[tuple[UUID, int, str], Mapping[str, str]] = {}
_PRINTED_MOST = 64


class Unit(NamedTuple):
    """One clause as the database gives it, before it stands in a tree."""

    id: str
    parent: str | None
    kind: str
    numeral: str | None
    heading: str
    text: str


_NO_WORDS = ("", "")


@dataclass(frozen=True, slots=True)
class Forest:
    """All clauses of a charter that are not struck themselves, by the clause they stand in.

    `root` is None before the first revision.
    """

    root: Unit | None
    language: str
    scheme: str
    children: dict[str, list[Unit]]
    principles: dict[str, tuple[str, ...]]

    @property
    def frozen_at(self) -> int | None:
        """The revision whose numbers are kept, None where all are computed."""
        return int(self.root.numeral) if self.root and self.root.numeral else None

    def outline(self) -> Outline:
        """The text: what hangs from the root, so that nothing below a struck clause is in it."""
        title, clauses = "", ()
        if self.root is not None:
            title, clauses = self.root.heading, self._inside(self.root.id)
        return Outline(title=title, clauses=clauses, language=self.language, scheme=self.scheme)

    def _inside(self, parent: str) -> tuple[Clause, ...]:
        principles, children = self.principles, self.children
        found = []
        for id, _parent, kind, numeral, heading, text in children[parent]:
            inside = self._inside(id) if id in children else ()
            served = principles.get(id, ())
            found.append(Clause(_KINDS[kind], text, heading, id, numeral, served, inside))
        return tuple(found)


_KINDS = {kind.value: kind for kind in Kind}


def forest_at(charter: Charter, number: int | None = None, language: str = "") -> Forest:
    """The same as `text_at` before it is made an outline."""
    language = language or charter.working_language
    if number is not None and not 0 <= number <= charter.head:
        raise NoSuchRevision(number)
    bound = {"charter": charter.pk, "language": language, "number": number}
    now = number is None
    words = {row[0]: row[1:] for row in _rows(WORDINGS_NOW if now else WORDINGS_THEN, bound)}
    clauses = _rows(CLAUSES_NOW if now else CLAUSES_THEN, bound)
    units = [Unit(*row, *words.get(row[0], _NO_WORDS)) for row in clauses]
    tags = _rows(TAGS_NOW if now else TAGS_THEN, bound)
    return _planted(charter, language, units, tags)


def _rows(sql: str, bound: dict) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return cursor.fetchall()


def _planted(charter: Charter, language: str, units: list[Unit], tags: list[tuple]) -> Forest:
    children: dict[str, list[Unit]] = defaultdict(list)
    root = None
    for unit in units:
        if unit.parent is None:
            root = unit
            children[unit.id]
        else:
            children[unit.parent].append(unit)
    principles: dict[str, tuple[str, ...]] = {}
    for clause, slug in tags:
        principles[clause] = (*principles.get(clause, ()), slug)
    return Forest(root, language, charter.scheme, dict(children), principles)


def frozen_at(charter: Charter) -> int | None:
    """The revision whose numbers are kept now, None where all are computed."""
    numeral = charter.clauses.values_list("numeral", flat=True).get(parent=None)
    return int(numeral) if numeral else None


def wording_at(
    charter: Charter, clause: UUID, language: str, number: int | None = None
) -> Words | None:
    """A clause's words as of a revision; None when the clause has none in that language then."""
    sql = """
        SELECT h.heading, h.text
        FROM charter_wording live
        JOIN charter_historicalwording h ON h.id = live.id
        WHERE live.charter_id = %s AND live.clause_id = %s AND live.language = %s
          AND h.revision_number <= %s
        ORDER BY h.revision_number DESC LIMIT 1
    """
    if number is not None and not 0 <= number <= charter.head:
        raise NoSuchRevision(number)
    head = charter.head if number is None else number
    with connection.cursor() as cursor:
        cursor.execute(sql, [charter.pk, clause, language, head])
        row = cursor.fetchone()
    return Words(*row) if row else None

"""The life of sought words: in which clauses they stood, from which revision to which.

Of each sought word, history keeps when it came into a wording and when it went (`SoughtChange`).
Counting these up gives, for each clause, the revisions in which it held what is sought, and with
what became of the clause itself, those in which the text did.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise, product
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from charter.models.search import own
from charter.queries.search_words import Key, any_of
from charter.text.hits import holds, reading
from charter.text.seeking import Run, Sought

MOST_PAIRS = 4000  # of neighbours meant by two words of a phrase
CHECKED = 1000  # stays of a phrase of three words or more that are looked up in the text

Span = tuple[int, int | None]  # from a revision to the one it ends with, None: it has not ended


class Stay(NamedTuple):
    """Sought words in one wording: the revision they came in, and the one they left in, or None.

    `by_words`: they came, and left, with a change of the words; else the clause came or left.
    """

    charter: int
    clause: UUID
    language: str
    came: int
    left: int | None
    came_by_words: bool = True
    left_by_words: bool = True

    @property
    def last(self) -> int:
        """The revision in which anything last happened to it."""
        return self.left or self.came


# Materialized, so that the planner does not see the words: it takes a hundred rare ones for half of
# the history, and walks through all of it.
_CHANGES = """
WITH sought (charter_id, language, any_of{names}) AS MATERIALIZED (VALUES {places})
SELECT one.charter_id, one.clause_id, one.language, one.number{counts}
FROM sought JOIN charter_soughtchange one
  ON one.charter_id = sought.charter_id AND one.language = sought.language
 AND (one.came @@ sought.any_of OR one.gone @@ sought.any_of)
WHERE one.number <= %s
ORDER BY 1, 2, 3, 4
"""
_COUNT = """,
  length(one.came) - length(ts_delete(one.came, sought.g{0}))
  - length(one.gone) + length(ts_delete(one.gone, sought.g{0}))"""


def word_stays(sought: Mapping[Key, Sought], until: int = 2**31 - 1) -> list[Stay]:
    """When which wordings held what is sought, up to a revision, struck clauses or not."""
    if not sought:
        return []
    counted = {key: _Counted(one) for key, one in sought.items()}
    stays: list[Stay] = []
    for key, rows in groupby(_changes(counted, until), key=lambda row: row[:3]):
        charter, clause, language = key
        for came, left in counted[charter, language].spans(rows):
            stays.append(Stay(charter, clause, language, came, left))
    return _checked(stays, sought)


class _Counted:
    """What is sought as groups of words, and pairs of words, to be counted in a wording."""

    def __init__(self, sought: Sought) -> None:
        self.groups: list[list[str]] = []
        self.wanted = [self._of(run) for run in sought.wanted]
        self.without = [self._of(run) for run in sought.without]

    def _of(self, run: Run) -> range:
        first = len(self.groups)
        if len(run) == 1:
            self.groups.append(sorted(run[0]))
        for left, right in pairwise(run):
            pairs = product(sorted(left), sorted(right))
            self.groups.append([f"{a} {b}" for a, b in pairs][:MOST_PAIRS])
        return range(first, len(self.groups))

    def spans(self, rows: Iterable[tuple]) -> Iterator[Span]:
        """From the changes of one wording in order, when it held what is sought."""
        counts = [0] * len(self.groups)
        since: int | None = None
        for _charter, _clause, _language, number, *changes in rows:
            for at in range(len(counts)):
                counts[at] += changes[at]
            here = all(all(counts[at] > 0 for at in run) for run in self.wanted) and not any(
                all(counts[at] > 0 for at in run) for run in self.without
            )
            if here and since is None:
                since = number
            elif not here and since is not None:
                yield since, number
                since = None
        if since is not None:
            yield since, None


def _changes(counted: Mapping[Key, _Counted], until: int) -> list[tuple]:
    width = max(len(one.groups) for one in counted.values())
    bound: list[object] = []
    for (charter, language), one in counted.items():
        padded = one.groups + [[]] * (width - len(one.groups))
        every = {word for group in one.groups for word in group}
        bound += [charter, language, any_of(charter, every)]
        bound += [[own(charter, word) for word in group] for group in padded]
    place = "(%s::bigint, %s::text, %s::tsquery" + ", %s::text[]" * width + ")"
    sql = _CHANGES.format(
        counts="".join(_COUNT.format(at) for at in range(width)),
        names="".join(f", g{at}" for at in range(width)),
        places=", ".join([place] * len(counted)),
    )
    return _fetch(sql, [*bound, until])


_TEXTS = """
SELECT asked.clause_id, asked.language, asked.number, last.heading, last.text
FROM unnest(%s::uuid[], %s::text[], %s::int[]) AS asked (clause_id, language, number)
JOIN charter_wording live
  ON live.clause_id = asked.clause_id AND live.language = asked.language
CROSS JOIN LATERAL (
  SELECT heading, text FROM charter_historicalwording h
  WHERE h.id = live.id AND h.revision_number <= asked.number
  ORDER BY h.revision_number DESC LIMIT 1
) last
"""


def texts_of(stays: Iterable[Stay]) -> dict[tuple[UUID, str, int], tuple[str, str]]:
    """Heading and text as of the revisions in which the words came. One query."""
    asked = [(stay.clause, stay.language, stay.came) for stay in stays]
    if not asked:
        return {}
    rows = _fetch(_TEXTS, [list(column) for column in zip(*asked, strict=True)])
    return {(clause, language, number): words for clause, language, number, *words in rows}


def _checked(stays: list[Stay], sought: Mapping[Key, Sought]) -> list[Stay]:
    """Without the stays of long phrases whose pairs stood there, though apart."""
    long = {key for key, one in sought.items() if any(len(run) > 2 for run in one.wanted)}
    asked = [stay for stay in stays if (stay.charter, stay.language) in long][-CHECKED:]
    if not asked:
        return stays
    texts, wrong = texts_of(asked), set()
    for stay in asked:
        words = texts.get((stay.clause, stay.language, stay.came), ("", ""))
        readings = [reading(one, stay.language) for one in words]
        if not holds(readings, sought[stay.charter, stay.language]):
            wrong.add(stay)
    return [stay for stay in stays if stay not in wrong]


def text_stays(stays: Iterable[Stay]) -> list[Stay]:
    """The stays for as long as their clauses stood in the text, the latest first."""
    stays = list(stays)
    standing = _Standing({stay.clause for stay in stays})
    found = [
        stay._replace(
            came=max(came, since),
            left=_first(left, until),
            came_by_words=since <= came,
            left_by_words=left is not None and (until is None or left <= until),
        )
        for stay in stays
        for came, left in ((stay.came, stay.left),)
        for since, until in standing.spans(stay.clause)
        if (until is None or came < until) and (left is None or since < left)
    ]
    return sorted(found, key=lambda stay: (stay.last, stay.came), reverse=True)


_LINES = """
WITH RECURSIVE line (id) AS (
  SELECT unnest(%s::uuid[])
  UNION
  SELECT was.parent_id FROM line JOIN charter_historicalclause was ON was.id = line.id
  WHERE was.parent_id IS NOT NULL
)
SELECT was.id, was.revision_number, was.parent_id, was.struck
FROM line JOIN charter_historicalclause was ON was.id = line.id
ORDER BY was.id, was.revision_number
"""


class _Standing:
    """When clauses stood in the text: neither struck themselves, nor within what was."""

    def __init__(self, clauses: set[UUID]) -> None:
        self.states: dict[UUID, list[tuple[int, UUID | None, bool]]] = defaultdict(list)
        for clause, number, parent, struck in _fetch(_LINES, [list(clauses)]) if clauses else ():
            self.states[clause].append((number, parent, struck))
        self.found: dict[UUID, list[Span]] = {}

    def spans(self, clause: UUID) -> list[Span]:
        if clause not in self.found:
            self.found[clause] = []  # a clause is never within itself
            parts = list(self._parts(clause))
            self.found[clause] = united(parts) if len(parts) > 1 else parts
        return self.found[clause]

    def _parts(self, clause: UUID) -> Iterator[Span]:
        states = self.states[clause]
        ends = [number for number, _parent, _struck in states[1:]] + [None]
        for (number, parent, struck), end in zip(states, ends, strict=True):
            if struck:
                continue
            for since, until in self.spans(parent) if parent else [(number, None)]:
                first, last = max(number, since), _first(end, until)
                if last is None or first < last:
                    yield first, last


def united(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that meet or overlap made one."""
    out: list[Span] = []
    for since, until in sorted(spans, key=lambda span: span[0]):
        if out and (out[-1][1] is None or since <= out[-1][1]):
            first, last = out[-1]
            out[-1] = first, None if last is None or until is None else max(last, until)
        else:
            out.append((since, until))
    return out


def _first(one: int | None, other: int | None) -> int | None:
    return min((at for at in (one, other) if at is not None), default=None)


def _fetch(sql: str, bound: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return cursor.fetchall()

"""How many words came into the text and left it with each revision, in all its languages.

Words of a clause that comes or goes count whole, those of one that stays by its redline. Revisions
do not change, so what was counted once is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from charter.models import Charter, Revision
from charter.queries.keeping import Kept
from charter.queries.timeline import Step
from charter.text.counting import exchanged, words

_WORDS = """
SELECT asked.number, asked.clause, live.language,
  was.heading || ' ' || was.text, now.heading || ' ' || now.text
FROM unnest(%s::int[], %s::uuid[]) AS asked (number, clause)
JOIN charter_wording live ON live.clause_id = asked.clause
LEFT JOIN LATERAL (
  SELECT heading, text FROM charter_historicalwording h
  WHERE h.id = live.id AND h.revision_number < asked.number
  ORDER BY h.revision_number DESC LIMIT 1
) was ON true
LEFT JOIN LATERAL (
  SELECT heading, text FROM charter_historicalwording h
  WHERE h.id = live.id AND h.revision_number <= asked.number
  ORDER BY h.revision_number DESC LIMIT 1
) now ON true
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """Words that came and words that went."""

    came: int = 0
    went: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(self.came + other.came, self.went + other.went)


NOTHING = Measure()

_kept: Kept[Measure] = Kept(100_000)


def measures(
    charter: Charter,
    revisions: Iterable[Revision],
    steps: Mapping[int, Step],
    reworded: Mapping[int, Iterable[UUID]],
) -> dict[int, Measure]:
    """The measure of each revision, by number. One query at most.

    `steps` are the replayed revisions and `reworded` the clauses whose words each changed.
    """
    keys = {one.number: (charter.uuid, one.number, one.digest) for one in revisions}
    found = {number: _kept.get(key) for number, key in keys.items()}
    unknown = {number for number, measure in found.items() if measure is None}
    counted = dict.fromkeys(unknown, NOTHING)
    pairs = [
        (number, clause)
        for number in unknown
        for clause in _changed(steps[number], reworded[number])
    ]
    for number, clause, language, was, now in _rows(pairs):
        counted[number] += _measure(steps[number], str(clause), language, was or "", now or "")
    for number in unknown:
        _kept.put(keys[number], counted[number], 1)
    return {**{number: one for number, one in found.items() if one is not None}, **counted}


def _changed(step: Step, reworded: Iterable[UUID]) -> set[UUID]:
    return {UUID(one) for one in step.before.keys() ^ step.after.keys()} | set(reworded)


def _rows(pairs: list[tuple[int, UUID]]) -> list[tuple]:
    if not pairs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [[number for number, _ in pairs], [clause for _, clause in pairs]])
        return cursor.fetchall()


def _measure(step: Step, clause: str, language: str, was: str, now: str) -> Measure:
    """Of one wording; the title stands in no tree and is always there."""
    somewhere = clause in step.before or clause in step.after
    before = words(was, language) if clause in step.before or not somewhere else []
    after = words(now, language) if clause in step.after or not somewhere else []
    if before == after:
        return NOTHING
    return Measure(*exchanged(before, after))

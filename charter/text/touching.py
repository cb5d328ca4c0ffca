"""When the words of a clause, or of anything below it, changed last.

A clause is touched where its own words change, where a clause enters it, leaves it or takes another
place in it, where it is struck or restored, and wherever anything below it is touched. Its own
move, number and kind leave its words as they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a clause was put by a revision: a row of its history."""

    clause: str
    number: int
    parent: str | None
    rank: str
    struck: bool


def last_touches(
    worded: Iterable[tuple[str, int]], placements: Iterable[Placement]
) -> dict[str, int]:
    """The last revision that touched each clause; those never touched are left out.

    `worded` are the clauses with the last revision that changed their words, in whatever
    languages; `placements` all there were, those of one clause together and in order.
    """
    found: dict[str, int] = {}
    parents: dict[str, str | None] = {}
    for clause, number in worded:
        _touch(found, clause, number)
    for clause, rows in groupby(placements, key=lambda row: row.clause):
        before: Placement | None = None
        for row in rows:
            for touched in _touched(before, row):
                _touch(found, touched, row.number)
            before = row
        parents[clause] = before.parent if before else None
    _rise(found, parents)
    return found


def _touched(before: Placement | None, now: Placement) -> list[str]:
    """What a placement touches: the places that were left and taken, and who was struck."""
    touched = [now.parent] if before is None or _moved(before, now) else []
    if before is not None and before.parent != now.parent:
        touched.append(before.parent)
    if before is not None and before.struck != now.struck:
        touched.append(now.clause)
    return [one for one in touched if one is not None]


def _moved(before: Placement, now: Placement) -> bool:
    return (before.parent, before.rank) != (now.parent, now.rank)


def _touch(found: dict[str, int], clause: str, number: int) -> None:
    found[clause] = max(number, found.get(clause, 0))


def _rise(found: dict[str, int], parents: Mapping[str, str | None]) -> None:
    """Let every touch reach all that the clause stands in."""
    for clause, number in list(found.items()):
        above = parents.get(clause)
        while above is not None and found.get(above, 0) < number:
            found[above] = number
            above = parents.get(above)

"""The tree under the lock: finding clauses, checking what may stand where, placing them."""

from collections.abc import Iterable
from itertools import pairwise
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from charter.actions.drafts import Draft
from charter.actions.refusals import IsStruck, NoSuch, WouldNotNest
from charter.actions.rows import fetch
from charter.actions.whole_trees import WholeTree
from charter.models import ROOT, Charter, Clause
from charter.text import ranks
from charter.text.kinds import Kind, may_hold

# A key longer than this has been squeezed often: its siblings are spread anew.
LONG_RANK = 60


# One clause at a time, so that no plan reads a whole table for each step up.
_LINEAGE = """
FROM (
  WITH RECURSIVE up AS (
    SELECT c.*, 0 AS depth FROM charter_clause c WHERE c.charter_id = %s AND {which}
    UNION ALL
    SELECT c.*, up.depth + 1 FROM up
    CROSS JOIN LATERAL (SELECT * FROM charter_clause WHERE id = up.parent_id LIMIT 1) c
  )
  SELECT * FROM up
) line ORDER BY depth
"""
_THIS, _ROOT = _LINEAGE.format(which="c.id = %s"), _LINEAGE.format(which="c.parent_id IS NULL")


def every(charter: Charter) -> dict[UUID, Clause]:
    """All clauses of the charter by id, struck ones too."""
    rows = fetch(Clause, "FROM charter_clause WHERE charter_id = %s", [charter.pk])
    return {row.pk: row for row in rows}


def lineage(where: Charter | WholeTree, clause: UUID | str | None) -> list[Clause]:
    """The clause with this id, struck or not, and what it stands in, up to the root.

    None is the root. Looked up in the charter as the database has it, or in a tree in memory.
    NoSuch when the clause is not in this charter.
    """
    try:
        id = None if clause is None else _id(clause)
        line = where.lineage(id) if isinstance(where, WholeTree) else _fetched(where, id)
    except ValueError:
        line = []
    if not line:
        raise NoSuch(_("There is no such clause in this charter."))
    for row, parent in pairwise(line):
        row.parent = parent
    return line


def _fetched(charter: Charter, clause: UUID | None) -> list[Clause]:
    if clause is None:
        return fetch(Clause, _ROOT, [charter.pk])
    return fetch(Clause, _THIS, [charter.pk, clause])


def find_unit(charter: Charter, clause: UUID | str) -> Clause:
    """A clause, struck or not. NoSuch for the root too: it is no clause of the text."""
    found = lineage(charter, clause)[0]
    if found.parent_id is None:
        raise NoSuch(_("There is no such clause in this charter."))
    return found


def standing(where: Charter | WholeTree, clause: UUID | str | None) -> list[Clause]:
    """Like `lineage`. IsStruck when the clause is not in the text."""
    return require_standing(lineage(where, clause))


def standing_unit(where: Charter | WholeTree, clause: UUID | str) -> Clause:
    """A clause of the text as it is now. NoSuch for the root, IsStruck for what was struck."""
    line = lineage(where, clause)
    if len(line) == 1:
        raise NoSuch(_("There is no such clause in this charter."))
    return require_standing(line)[0]


def require_standing(line: list[Clause]) -> list[Clause]:
    """The lineage, when nothing in it is struck; else IsStruck."""
    if any(row.struck for row in line):
        raise IsStruck(_("This clause is not in the text. Restore it first."))
    return line


def _id(clause: UUID | str) -> UUID:
    return clause if isinstance(clause, UUID) else UUID(str(clause))


def height(clause: Clause, tree: WholeTree | None = None) -> int:
    """How many clauses stand in one line from this one downwards, itself included."""
    if tree is not None:
        return tree.height(clause.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE down (id, depth) AS ("
            " SELECT %s::uuid, 1"
            " UNION ALL"
            " SELECT c.id, down.depth + 1 FROM charter_clause c JOIN down ON c.parent_id = down.id"
            ") SELECT max(depth) FROM down",
            [clause.pk],
        )
        return cursor.fetchone()[0]


_BELOW = """
FROM (
  WITH RECURSIVE down AS (
    SELECT c.* FROM charter_clause c WHERE c.id = %s
    UNION ALL
    SELECT c.* FROM charter_clause c JOIN down ON c.parent_id = down.id
  )
  SELECT * FROM down
) inside
"""


def below(clause: Clause, tree: WholeTree | None = None) -> list[UUID]:
    """The clause and all below it, struck or not."""
    if tree is not None:
        return tree.below(clause.pk)
    return [row.pk for row in fetch(Clause, _BELOW, [clause.pk])]


def require_nesting(parent: Clause, kind: str) -> None:
    """WouldNotNest unless a clause of this kind may stand directly inside `parent`."""
    outer = None if parent.kind == ROOT else Kind(parent.kind)
    if not may_hold(outer, Kind(kind)):
        raise WouldNotNest(_("A clause of this kind cannot stand there."))


def kind_of(kind: str) -> str:
    """The kind, checked. WouldNotNest for one that a clause cannot have."""
    try:
        return Kind(kind).value
    except ValueError:
        raise WouldNotNest(_("There is no such kind of clause.")) from None


def place_for(
    where: Charter | WholeTree, parent: UUID | None, after: UUID | None, before: UUID | None
) -> tuple[list[Clause], Clause | None]:
    """The lineage of the clause to stand in, and the sibling named by `after` or `before`.

    A sibling says where, so `parent` may be left out with one; naming both, they must agree.
    IsStruck when what is to hold the clause is not in the text.
    """
    if after is not None and before is not None:
        raise WouldNotNest(_("Say after which clause or before which, not both."))
    named = after if after is not None else before
    if named is None:
        return standing(where, parent), None
    sibling, *line = lineage(where, named)
    if not line:
        raise NoSuch(_("There is no such clause in this charter."))
    if parent is not None and line[0].pk != lineage(where, parent)[0].pk:
        raise NoSuch(_("That clause stands elsewhere by now."))
    return require_standing(line), sibling


def rank_in(
    draft: Draft, parent: Clause, moved: Clause | None, sibling: Clause | None, *, behind: bool
) -> str:
    """A rank in `parent` behind `sibling` or ahead of it; without one, behind all.

    Struck siblings keep their places too. Siblings whose ranks have grown long are spread anew.
    """
    line = [row for row in inside(draft, parent) if moved is None or row.pk != moved.pk]
    if sibling is None:
        place = len(line)
    else:
        place = next(at for at, row in enumerate(line) if row.pk == sibling.pk) + behind
    if moved is not None and moved.parent_id == parent.pk and _lies_at(line, place, moved.rank):
        return moved.rank
    rank = squeezed(line, place)
    if rank is not None and len(rank) <= LONG_RANK:
        return rank
    keys = ranks.spread(len(line) + 1)
    free = keys.pop(place)
    for row, key in zip(line, keys, strict=True):
        row.rank = key
    draft.keep(*line)
    return free


def inside(draft: Draft, parent: Clause) -> list[Clause]:
    """What stands directly in `parent`, struck or not, in order."""
    if draft.tree is not None:
        return draft.tree.children(parent.pk)
    return list(Clause.objects.filter(parent=parent).order_by("rank", "id"))


def first_in(draft: Draft, parent: Clause) -> Clause | None:
    """The first clause of those that stand directly in `parent`, struck or not."""
    return next(iter(inside(draft, parent)), None)


def squeezed(line: list[Clause], place: int) -> str | None:
    """A rank between the neighbours of `place`; None when they leave no room."""
    low = line[place - 1].rank if place else None
    high = line[place].rank if place < len(line) else None
    if low is not None and high is not None and low >= high:
        return None
    return ranks.between(low, high)


def _lies_at(line: list[Clause], place: int, rank: str) -> bool:
    low = line[place - 1].rank if place else ""
    return low < rank and (place == len(line) or rank < line[place].rank)


def fits(parent: Clause, children: Iterable[str]) -> bool:
    """Whether clauses of these kinds may stand in `parent` as it is."""
    outer = None if parent.kind == ROOT else Kind(parent.kind)
    return all(may_hold(outer, Kind(kind)) for kind in children)

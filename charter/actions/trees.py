"""The tree under the lock: finding clauses, checking what may stand where, placing them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from charter.actions.drafts import Draft
from charter.actions.refusals import IsStruck, NoSuch, WouldNotNest
from charter.models import ROOT, Charter, Clause
from charter.text import ranks
from charter.text.kinds import Kind, may_hold

# A key longer than this has been squeezed often: its siblings are spread anew.
LONG_RANK = 60


def find(charter: Charter, clause: UUID | str | None) -> Clause:
    """The clause with this id, struck or not; the root for None. NoSuch when it is not here."""
    rows = Clause.objects.filter(charter=charter)
    try:
        return rows.get(parent=None) if clause is None else rows.get(pk=UUID(str(clause)))
    except (Clause.DoesNotExist, ValueError):
        raise NoSuch(_("There is no such clause in this charter.")) from None


def find_unit(charter: Charter, clause: UUID | str) -> Clause:
    """Like `find`, and the root does not count: it is no clause of the text."""
    found = find(charter, clause)
    if found.parent_id is None:
        raise NoSuch(_("There is no such clause in this charter."))
    return found


def ancestry(clause: Clause) -> list[tuple[UUID, bool]]:
    """The clause and what it stands in, from the inside out: ids, and whether each is struck."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE up (id, parent_id, struck, depth) AS ("
            " SELECT id, parent_id, struck, 0 FROM charter_clause WHERE id = %s"
            " UNION ALL"
            " SELECT c.id, c.parent_id, c.struck, up.depth + 1"
            " FROM charter_clause c JOIN up ON c.id = up.parent_id"
            ") SELECT id, struck FROM up ORDER BY depth",
            [clause.pk],
        )
        return cursor.fetchall()


def height(clause: Clause) -> int:
    """How many clauses stand in one line from this one downwards, itself included."""
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


def require_standing(clause: Clause) -> list[UUID]:
    """The ids of the clause and of what it stands in. IsStruck when it is not in the text."""
    line = ancestry(clause)
    if any(struck for _id, struck in line):
        raise IsStruck(_("This clause is not in the text. Restore it first."))
    return [id for id, _struck in line]


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


def parent_for(
    charter: Charter, parent: UUID | None, after: UUID | None, before: UUID | None
) -> tuple[Clause, Clause | None]:
    """The clause to stand in, and the sibling named by `after` or `before`.

    A sibling says where, so `parent` may be left out with one; naming both, they must agree.
    """
    if after is not None and before is not None:
        raise WouldNotNest(_("Say after which clause or before which, not both."))
    named = after if after is not None else before
    if named is None:
        return find(charter, parent), None
    sibling = find_unit(charter, named)
    holder = find(charter, sibling.parent_id if parent is None else parent)
    if sibling.parent_id != holder.pk:
        raise NoSuch(_("That clause stands elsewhere by now."))
    return holder, sibling


def rank_in(
    draft: Draft, parent: Clause, moved: Clause | None, sibling: Clause | None, *, behind: bool
) -> str:
    """A rank in `parent` behind `sibling` or ahead of it; without one, behind all.

    Struck siblings keep their places too. Siblings whose ranks have grown long are spread anew.
    """
    line = [
        row
        for row in Clause.objects.filter(parent=parent).order_by("rank", "id")
        if moved is None or row.pk != moved.pk
    ]
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

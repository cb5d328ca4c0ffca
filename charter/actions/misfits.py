"""The changes of an adoption that cannot be made: as they stand, or beside the others.

What is adopted is in the text afterwards. So a change does not fit where its place is gone, and
not either where another of them strikes what it is about, or moves that elsewhere.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from charter.actions.combining import Taking
from charter.actions.whole_trees import WholeTree
from charter.models import ChangeStanding, Charter, ProposedAct, ProposedChange

Chosen = Sequence[tuple[Taking, ProposedChange]]


def misfits(charter: Charter, chosen: Chosen) -> tuple[UUID, ...]:
    """Those of these changes that do not fit, in their order."""
    torn = [change for _, change in chosen if change.standing == ChangeStanding.CONFLICT]
    if not torn and all(change.act == ProposedAct.REWORD for _, change in chosen):
        return ()
    outcome = _Outcome(charter)
    alone = {change.pk for taking, change in chosen if outcome.has_no_place(taking, change)}
    rest = [change for _, change in chosen if change.pk not in alone]
    apart = outcome.moved_apart(rest)
    carried_off = outcome.carried_off([one for one in rest if one.pk not in apart])
    left = alone | apart | carried_off
    return tuple(change.uuid for _, change in chosen if change.pk in left)


def inner_first(charter: Charter, strikes: Iterable[ProposedChange]) -> list[UUID]:
    """What these strike, each clause once, and what stands in another ahead of that."""
    clauses = list(dict.fromkeys(one.clause_id for one in strikes))
    if len(clauses) < 2:
        return clauses
    tree = WholeTree(charter)
    return sorted(clauses, key=lambda clause: -len(tree.lineage(clause)))


class _Outcome:
    """The tree as the changes would leave it."""

    def __init__(self, charter: Charter) -> None:
        self.tree = WholeTree(charter)
        self.moves: dict[UUID, ProposedChange] = {}

    def has_no_place(self, taking: Taking, change: ProposedChange) -> bool:
        """Whether it cannot be made by itself; words can, where a person settles them."""
        if change.standing != ChangeStanding.CONFLICT:
            return False
        if change.act == ProposedAct.REWORD:
            return any(row.struck for row in self.tree.lineage(change.clause_id))
        return not (change.act == ProposedAct.STRIKE and taking.anyway)

    def moved_apart(self, changes: Iterable[ProposedChange]) -> set[int]:
        """The moves that those ahead of them leave no place for. The others are made."""
        return {
            change.pk
            for change in changes
            if change.act == ProposedAct.MOVE and not self._move(change)
        }

    def _move(self, change: ProposedChange) -> bool:
        before = self.moves.setdefault(change.clause_id, change)
        holder, *around = self.tree.lineage(change.parent_id)
        row = self.tree.lineage(change.clause_id)[0]
        behind = self.tree.lineage(change.after_id)[0] if change.after_id else None
        if (
            _spot(before) != _spot(change)
            or row in (holder, *around)
            or (behind and behind.parent_id != holder.pk)
        ):
            return False
        row.parent = holder
        self.tree.put(row)
        return True

    def carried_off(self, changes: Sequence[ProposedChange]) -> set[int]:
        """What is about a clause that others strike, with all it stands in, or puts one in it."""
        struck = {one.clause_id for one in changes if one.act == ProposedAct.STRIKE}
        return {
            one.pk
            for one in changes
            if one.act != ProposedAct.STRIKE
            and any(row.pk in struck for row in self.tree.lineage(one.clause_id or one.parent_id))
        }


def _spot(change: ProposedChange) -> tuple[UUID, UUID | None]:
    return change.parent_id, change.after_id

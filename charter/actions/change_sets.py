"""Many operations committed as one revision, or none of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import clauses, trees
from charter.actions.drafts import Draft
from charter.actions.operations import (
    Insert,
    Move,
    Named,
    New,
    Operation,
    Restore,
    Strike,
    Tag,
    passed,
)
from charter.actions.refusals import AlreadyThere, Missing, NoSuch, Refused, TooLong
from charter.actions.revisions import open_revision
from charter.actions.rewording import change, require_base
from charter.actions.whole_trees import WholeTree
from charter.models import Cause, Charter, Clause, Revision

R = TypeVar("R")

MOST = 500  # operations of one change set

_CAUSES = {
    Insert: Cause.INSERT,
    Strike: Cause.STRIKE,
    Restore: Cause.RESTORE,
    Move: Cause.MOVE,
    Tag: Cause.TAG,
}


@dataclass(frozen=True, slots=True)
class CommittedSet:
    """What came of a change set; `revision` None: there was nothing to change.

    `clauses` has for each operation the id of its clause, `named` the new ones by the names given
    to them. `merged` says that somebody else's words were combined with the ones given.
    """

    revision: Revision | None
    clauses: tuple[UUID, ...]
    named: Mapping[str, UUID] = field(default_factory=dict)
    merged: bool = False


def commit_changes(
    *,
    actor: Person,
    charter: Charter | int,
    base: int,
    operations: Sequence[Operation],
    message: str = "",
    at: datetime | None = None,
) -> CommittedSet:
    """Do the operations in this order, as seen in revision `base`, and commit them as one revision.

    Words are merged with what others changed since, each as `change_clause` does it. A refusal says
    in `operation` which one it is about, from 0, and nothing is done. StaleWording too where a
    clause is to be struck whose words have changed, StaleClause where somebody has moved it, or
    made its kind or number another.
    """
    if not operations:
        raise Missing(_("A change set needs operations."))
    if len(operations) > MOST:
        raise TooLong(_("A change set has at most %(limit)d operations.") % {"limit": MOST}, MOST)
    gated = [_told(nth, passed, one) for nth, one in enumerate(operations)]
    with open_revision(
        actor=actor, charter=charter, cause=_cause(gated), message=message, at=at
    ) as draft:
        work = apply_operations(draft, base, gated)
    return CommittedSet(
        draft.revision,
        tuple(row.pk for row in work.rows),
        work.named,
        work.merged and draft.revision is not None,
    )


def apply_operations(draft: Draft, base: int, operations: Sequence[Operation]) -> "Work":
    """Do operations that have passed the gate in an open revision, as seen in revision `base`."""
    require_base(draft, base)
    if len(operations) > 1:
        draft.tree = WholeTree(draft.charter)
    work = Work(draft, base)
    for nth, one in enumerate(operations):
        _told(nth, work.do, one)
    return work


def _cause(operations: Sequence[Operation]) -> Cause:
    """That of all operations where they are of one kind."""
    kinds = {type(one) for one in operations}
    return _CAUSES.get(kinds.pop(), Cause.EDIT) if len(kinds) == 1 else Cause.EDIT


def _told(nth: int, do: Callable[[Operation], R], operation: Operation) -> R:
    """Do it; a refusal is told which operation it is about."""
    try:
        return do(operation)
    except Refused as refused:
        refused.operation = nth
        raise


class Work:
    """The operations done so far, and the clauses they have named."""

    def __init__(self, draft: Draft, base: int) -> None:
        self.draft, self.base = draft, base
        self.rows: list[Clause] = []
        self.named: dict[str, UUID] = {}
        self.merged = False

    def do(self, operation: Operation) -> None:
        found = self._resolved(operation)
        match found:
            case Insert():
                row = self._insert(found)
            case Strike():
                own = found.clause in self.named.values()
                row = clauses.strike(self.draft, found, None if own else self.base)
            case Restore():
                row = clauses.restore(self.draft, found)
            case Move():
                row = clauses.move(self.draft, found, self.base)
            case _:
                row = trees.standing(self.draft.where, found.clause)[0]
                self.merged |= change(self.draft, row, found, self.base)
        self.rows.append(row)

    def _insert(self, wanted: Insert) -> Clause:
        if wanted.name and wanted.name in self.named:
            raise AlreadyThere(_("Two new clauses are given the same name."))
        row = clauses.insert(self.draft, wanted)
        if wanted.name:
            self.named[wanted.name] = row.pk
        return row

    def _resolved(self, operation: Operation) -> Operation:
        """The operation with the ids of clauses in the place of names."""
        ids = {
            part: self._id(getattr(operation, part))
            for part in ("clause", "parent", "after", "before")
            if isinstance(getattr(operation, part, None), New)
        }
        return replace(operation, **ids) if ids else operation

    def _id(self, named: Named) -> UUID:
        if isinstance(named, UUID):
            return named
        if named.name not in self.named:
            raise NoSuch(_("No operation before this one inserts a clause of this name."))
        return self.named[named.name]

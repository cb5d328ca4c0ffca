"""Inserting, striking, restoring and moving clauses; `rewording` changes what they say.

Each is done to an open `Draft` by a value of `operations`, so that one save and a change set are
the same work. Clauses are named by their ids by then.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import gate, tagging, trees
from charter.actions.drafts import Draft
from charter.actions.operations import Insert, Move, Restore, Strike, given_numeral, passed
from charter.actions.planting import require_depth, require_room
from charter.actions.refusals import IsStruck, NoSuch, WouldNotNest
from charter.actions.revisions import open_revision
from charter.actions.rewording import (
    change_clause,
    require_base,
    require_languages,
    require_unchanged,
)
from charter.actions.staleness import require_unmoved
from charter.actions.values import Committed, Spot, Words
from charter.models import Cause, Charter, Clause, Wording

__all__ = [
    "change_clause",
    "given_numeral",
    "insert_clause",
    "move_clause",
    "restore_clause",
    "strike_clause",
]


def insert_clause(
    *,
    actor: Person,
    charter: Charter | int,
    kind: str,
    words: Mapping[str, Words],
    parent: UUID | None = None,
    after: UUID | None = None,
    before: UUID | None = None,
    numeral: str | None = None,
    principles: Collection[str] = (),
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Put a new clause into `parent` (None: the top level), behind or ahead of a sibling or last.

    `words` are by language. Refuses a kind that cannot stand there, a parent that is struck.
    """
    wanted = passed(Insert(kind, words, parent, after, before, numeral, tuple(principles)))
    with open_revision(
        actor=actor, charter=charter, cause=Cause.INSERT, message=message, at=at
    ) as draft:
        row = insert(draft, wanted)
    return Committed(draft.revision, row)


def strike_clause(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    base: int | None = None,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Take the clause out of the text with all below it. It stays citable and can come back.

    With `base`, StaleWording where words of it have changed since that revision, unseen.
    """
    with open_revision(
        actor=actor, charter=charter, cause=Cause.STRIKE, message=message, at=at
    ) as draft:
        row = strike(draft, Strike(clause), base)
    return Committed(draft.revision, row)


def restore_clause(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Put a struck clause back where it stood. IsStruck when what it stood in is struck too."""
    with open_revision(
        actor=actor, charter=charter, cause=Cause.RESTORE, message=message, at=at
    ) as draft:
        row = restore(draft, Restore(clause))
    return Committed(draft.revision, row)


def move_clause(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    parent: UUID | None,
    after: UUID | None = None,
    before: UUID | None = None,
    base: int | None = None,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Move the clause, with all below it, into `parent` (None: the top level).

    It lands behind or ahead of the sibling named, else last. WouldNotNest into itself. With `base`,
    StaleClause where somebody has moved it elsewhere since that revision.
    """
    with open_revision(
        actor=actor, charter=charter, cause=Cause.MOVE, message=message, at=at
    ) as draft:
        if base is not None:
            require_base(draft, base)
        row = move(draft, Move(clause, parent, after, before), base)
    return Committed(draft.revision, row)


def insert(draft: Draft, wanted: Insert) -> Clause:
    """The new clause in the draft."""
    require_languages(draft.charter, wanted.words)
    line, sibling = trees.place_for(draft.where, wanted.parent, wanted.after, wanted.before)
    holder = line[0]
    if wanted.first:
        sibling = trees.first_in(draft, holder)
    require_depth(len(line))
    trees.require_nesting(holder, wanted.kind)
    require_room(draft.charter, 1, there=None if draft.tree is None else len(draft.tree))
    rank = trees.rank_in(draft, holder, None, sibling, behind=wanted.after is not None)
    row = Clause(
        charter=draft.charter,
        parent=holder,
        rank=rank,
        kind=wanted.kind,
        numeral=wanted.numeral,
    )
    draft.keep(row)
    if draft.tree is not None:
        draft.tree.put(row)
    for language, one in wanted.words.items():
        wording = Wording(charter=draft.charter, clause=row, language=language)
        draft.wordings[row.pk, language], draft.said[row.pk, language] = wording, one
        if one:
            draft.reword(wording, gate.balanced(one))
    tags = draft.tags[row.pk] = {}
    draft.tagged[row.pk] = frozenset(wanted.principles)
    if wanted.principles:
        known = tagging.vocabulary(draft)
        tagging.set_tags(draft, row, tags, tagging.named(known, set(wanted.principles)))
    return row


def strike(draft: Draft, wanted: Strike, base: int | None) -> Clause:
    """The clause, struck in the draft."""
    row = trees.standing_unit(draft.where, wanted.clause)
    if base is not None and base < draft.charter.head:
        require_unchanged(draft, row, base)
    row.struck = True
    draft.keep(row)
    return row


def restore(draft: Draft, wanted: Restore) -> Clause:
    """The clause, back in the text of the draft."""
    row, *around = trees.lineage(draft.where, wanted.clause)
    if not around:
        raise NoSuch(_("There is no such clause in this charter."))
    if any(outer.struck for outer in around):
        raise IsStruck(_("What this clause stands in is struck. Restore that first."))
    if row.struck:
        trees.require_nesting(row.parent, row.kind)
        row.struck = False
        draft.keep(row)
    return row


def move(draft: Draft, wanted: Move, base: int | None) -> Clause:
    """The clause at its new place in the draft; StaleClause when it was moved since `base`."""
    row = trees.standing_unit(draft.where, wanted.clause)
    line, sibling = trees.place_for(draft.where, wanted.parent, wanted.after, wanted.before)
    holder = line[0]
    if wanted.first:
        sibling = trees.first_in(draft, holder)
    if any(outer.pk == row.pk for outer in line):
        raise WouldNotNest(_("A clause cannot stand inside itself."))
    require_depth(len(line) + trees.height(row, draft.tree) - 1)
    trees.require_nesting(holder, row.kind)
    _place(draft, row, holder, sibling, base, behind=wanted.after is not None)
    return row


def _place(
    draft: Draft,
    row: Clause,
    holder: Clause,
    sibling: Clause | None,
    base: int | None,
    *,
    behind: bool,
) -> None:
    if sibling is not None and sibling.pk == row.pk:
        return
    rank = trees.rank_in(draft, holder, row, sibling, behind=behind)
    if (row.parent_id, row.rank) != (holder.pk, rank):
        require_unmoved(draft, row, base, _spot(draft, row, holder, rank))
        draft.moved.add(row.pk)
        row.parent, row.rank = holder, rank
        draft.keep(row)
        if draft.tree is not None:
            draft.tree.put(row)


def _spot(draft: Draft, row: Clause, holder: Clause, rank: str) -> Spot:
    """Where the clause would stand among those that are in the text."""
    ahead = [
        one.pk
        for one in trees.inside(draft, holder)
        if one.rank < rank and not one.struck and one.pk != row.pk
    ]
    return Spot(holder.pk if holder.parent_id else None, ahead[-1] if ahead else None)

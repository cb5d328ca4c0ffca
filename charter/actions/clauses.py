"""Inserting, striking, restoring and moving clauses; `rewording` changes what they say."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import gate, tagging, trees
from charter.actions.drafts import Draft
from charter.actions.planting import require_depth, require_room
from charter.actions.refusals import IsStruck, NoSuch, WouldNotNest
from charter.actions.revisions import open_revision
from charter.actions.rewording import change_clause, require_languages
from charter.actions.values import Committed, Words
from charter.models import Cause, Charter, Clause, Wording

__all__ = ["change_clause", "insert_clause", "move_clause", "restore_clause", "strike_clause"]


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
    kind, numeral = trees.kind_of(kind), given_numeral(numeral)
    given = {language: gate.words(one) for language, one in words.items()}
    with open_revision(
        actor=actor, charter=charter, cause=Cause.INSERT, message=message, at=at
    ) as draft:
        require_languages(draft.charter, given)
        line, sibling = trees.place_for(draft.charter, parent, after, before)
        holder = line[0]
        require_depth(len(line))
        trees.require_nesting(holder, kind)
        require_room(draft.charter, 1)
        rank = trees.rank_in(draft, holder, None, sibling, behind=after is not None)
        row = Clause(charter=draft.charter, parent=holder, rank=rank, kind=kind, numeral=numeral)
        draft.keep(row)
        for language, one in given.items():
            if one:
                wording = Wording(charter=draft.charter, clause=row, language=language)
                draft.reword(wording, one)
        if principles:
            tagging.set_tags(
                draft, row, {}, tagging.named(tagging.vocabulary(draft), set(principles))
            )
    return Committed(draft.revision, row)


def strike_clause(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Take the clause out of the text with all below it. It stays citable and can come back."""
    with open_revision(
        actor=actor, charter=charter, cause=Cause.STRIKE, message=message, at=at
    ) as draft:
        row = trees.standing_unit(draft.charter, clause)
        row.struck = True
        draft.keep(row)
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
        row, *around = trees.lineage(draft.charter, clause)
        if not around:
            raise NoSuch(_("There is no such clause in this charter."))
        if any(outer.struck for outer in around):
            raise IsStruck(_("What this clause stands in is struck. Restore that first."))
        if row.struck:
            trees.require_nesting(row.parent, row.kind)
            row.struck = False
            draft.keep(row)
    return Committed(draft.revision, row)


def move_clause(
    *,
    actor: Person,
    charter: Charter | int,
    clause: UUID,
    parent: UUID | None,
    after: UUID | None = None,
    before: UUID | None = None,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Move the clause, with all below it, into `parent` (None: the top level).

    It lands behind or ahead of the sibling named, else last. WouldNotNest into itself.
    """
    with open_revision(
        actor=actor, charter=charter, cause=Cause.MOVE, message=message, at=at
    ) as draft:
        row = trees.standing_unit(draft.charter, clause)
        line, sibling = trees.place_for(draft.charter, parent, after, before)
        holder = line[0]
        if any(outer.pk == row.pk for outer in line):
            raise WouldNotNest(_("A clause cannot stand inside itself."))
        require_depth(len(line) + trees.height(row) - 1)
        trees.require_nesting(holder, row.kind)
        _place(draft, row, holder, sibling, behind=after is not None)
    return Committed(draft.revision, row)


def _place(
    draft: Draft, row: Clause, holder: Clause, sibling: Clause | None, *, behind: bool
) -> None:
    if sibling is not None and sibling.pk == row.pk:
        return
    rank = trees.rank_in(draft, holder, row, sibling, behind=behind)
    if (row.parent_id, row.rank) != (holder.pk, rank):
        row.parent, row.rank = holder, rank
        draft.keep(row)


def given_numeral(numeral: str | None) -> str | None:
    """A number given by the text: at most 80 characters of one line. None: it is computed."""
    return None if numeral is None else gate.line(numeral, 80)

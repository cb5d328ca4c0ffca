"""Principles made one, and one made two. Either is a single revision and can be undone.

A merged principle keeps its own tags while it is withdrawn, as any withdrawn one does: restored,
it has its clauses again.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.actions import vocabulary
from charter.actions.drafts import Draft
from charter.actions.refusals import Invalid, Missing, NoSuch
from charter.actions.values import Committed
from charter.models import Charter, ClausePrinciple, Principle


def merge_principles(
    *,
    actor: Person,
    charter: Charter | int,
    principle: str,
    into: str,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Have `into` take the place of `principle`, which is withdrawn and points to it.

    Every clause that serves the one serves the other from then on, struck clauses too.
    """
    with vocabulary.opened(actor, charter, message, at) as draft:
        line = vocabulary.line_of(draft)
        row, other = vocabulary.named(line, principle), vocabulary.named(line, into)
        if row is other:
            raise Invalid(_("A principle cannot be merged into itself."))
        if row.withdrawn or other.withdrawn:
            raise Invalid(_("One of the principles is withdrawn: restore it first."))
        tags = _tags(draft, row)
        _put(draft, other, [tag.clause_id for tag in tags.values() if not tag.withdrawn])
        row.withdrawn, row.merged_into = True, other.slug
        draft.keep(row)
    return Committed(draft.revision)


def split_principle(
    *,
    actor: Person,
    charter: Charter | int,
    principle: str,
    clauses: Collection[UUID],
    names: Mapping[str, str],
    definitions: Mapping[str, str] | None = None,
    colour: str = vocabulary.COLOUR,
    slug: str = "",
    both: bool = False,
    message: str = "",
    at: datetime | None = None,
) -> Committed:
    """Take a new principle out of `principle`, behind which it stands, with some of its clauses.

    The clauses serve the new one instead of the old, or both of them.
    """
    with vocabulary.opened(actor, charter, message, at) as draft:
        line = vocabulary.line_of(draft)
        row = vocabulary.named(line, principle)
        if row.withdrawn:
            raise Invalid(_("One of the principles is withdrawn: restore it first."))
        made = vocabulary.entry(
            draft, line, names=names, definitions=definitions or {}, colour=colour, slug=slug
        )
        chosen = _chosen(draft, row, clauses)
        vocabulary.place(draft, line, made, row.slug)
        made.pk, made.split_from = _key(), row.slug
        draft.keep(made)
        _put(draft, made, [tag.clause_id for tag in chosen])
        if not both:
            for tag in chosen:
                tag.withdrawn = True
            draft.keep(*chosen)
    return Committed(draft.revision)


def _tags(draft: Draft, principle: Principle) -> dict[UUID, ClausePrinciple]:
    """The tags of a principle by clause, withdrawn ones too."""
    found = ClausePrinciple.objects.filter(charter=draft.charter, principle=principle)
    return {tag.clause_id: tag for tag in found}


def _chosen(draft: Draft, principle: Principle, clauses: Collection[UUID]) -> list[ClausePrinciple]:
    if not clauses:
        raise Missing(_("Choose at least one clause."))
    tags = _tags(draft, principle)
    wanted = [tags.get(clause) for clause in dict.fromkeys(clauses)]
    if any(tag is None or tag.withdrawn for tag in wanted):
        raise NoSuch(_("One of the clauses does not serve this principle."))
    return [tag for tag in wanted if tag is not None]


def _put(draft: Draft, principle: Principle, clauses: Collection[UUID]) -> None:
    """Tag the clauses with a principle, as far as they are not."""
    there = _tags(draft, principle)
    for clause in clauses:
        tag = there.get(clause)
        if tag is None:
            tag = ClausePrinciple(charter=draft.charter, clause_id=clause, principle=principle)
            draft.keep(tag)
        elif tag.withdrawn:
            tag.withdrawn = False
            draft.keep(tag)


def _key() -> int:
    """The next principle's key: its tags, written in the same revision, name it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('charter_principle', 'id'))")
        return cursor.fetchone()[0]

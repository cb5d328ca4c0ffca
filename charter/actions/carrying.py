"""Keeps open amendments beside the text as it moves: how each proposed change stands to the head.

Every carrying starts from the words a change was written against, so nothing drifts. What it finds
is kept with the change; a change that does not fit any more is a conflict for its sponsor to
rework, and never dropped or put in another place.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection

from charter.actions.carrying_places import ABOVE, Tree
from charter.actions.drafts import Draft
from charter.actions.rows import fetch
from charter.actions.waiting import ALIVE
from charter.events import AmendmentsCarried, announce
from charter.models import (
    Amendment,
    ChangeStanding,
    ChangeState,
    Charter,
    Clause,
    ProposedAct,
    ProposedChange,
    Wording,
)
from charter.text.amending import Standing, carry

_CONFLICT, _CLEAN, _AROUND, _MADE = (
    ChangeStanding.CONFLICT,
    ChangeStanding.CLEAN,
    ChangeStanding.AROUND,
    ChangeStanding.MADE,
)

# The open changes that name a clause whose words or place a revision touched, or what it stands in;
# strikes around it too, for they take along all that stands in their clause. No others: what is to
# be put in at the top level stands as it did, whatever is said below it.
_TOUCHED = """
FROM charter_proposedchange WHERE state = %s
  AND amendment_id IN (SELECT id FROM charter_amendment WHERE charter_id = %s AND status = ANY(%s))
  AND (clause_id = ANY(%s) OR parent_id = ANY(%s) OR after_id = ANY(%s)
       OR act = 'strike' AND clause_id = ANY(%s))
ORDER BY id
"""
_BELOW = """
WITH RECURSIVE down (id) AS (
  SELECT unnest(%s::uuid[])
  UNION SELECT c.id FROM charter_clause c JOIN down ON c.parent_id = down.id
) SELECT id FROM down
"""
# What clauses stood in before the last change of theirs.
_LEFT = """
SELECT was.parent_id FROM charter_clause live
CROSS JOIN LATERAL (
  SELECT parent_id FROM charter_historicalclause h
  WHERE h.id = live.id ORDER BY h.revision_number DESC OFFSET 1 LIMIT 1
) was
WHERE live.id = ANY(%s) AND was.parent_id IS DISTINCT FROM live.parent_id
"""


def carry_amendments(draft: Draft) -> None:
    """Carry the open changes that a revision touches to the text it makes."""
    clauses, words, holders = _changed(draft)
    if not (clauses or words):
        return
    holders |= _ids(_LEFT, clauses)
    below, around = _ids(_BELOW, clauses), _ids(ABOVE, words | holders)
    bound = [list(named) for named in (below | words, below | holders, below, around)]
    changes = fetch(ProposedChange, _TOUCHED, [ChangeState.OPEN, draft.charter.pk, ALIVE, *bound])
    if changes:
        before = {change.pk: change.standing for change in changes}
        settle(changes, draft.charter)
        _keep(changes)
        _tell(draft, [one for one in changes if before[one.pk] != _CONFLICT])


def _tell(draft: Draft, changes: Iterable[ProposedChange]) -> None:
    """Announce which of these, that stood well before, do not any more.

    None of an amendment that this very revision adopts: its sponsors hear what became of it.
    """
    adopted = set(draft.adopted)
    torn = {one.amendment_id for one in changes if one.standing == _CONFLICT}
    if adopted and torn:
        torn -= set(Amendment.objects.filter(uuid__in=adopted).values_list("pk", flat=True))
    if torn:
        announce(
            AmendmentsCarried(
                charter_id=draft.charter.pk,
                number=draft.charter.head,
                amendment_ids=tuple(sorted(torn)),
                actor_id=draft.actor.pk,
            )
        )


def settle(changes: Sequence[ProposedChange], charter: Charter) -> None:
    """Set how each change stands to the text under the lock, in a constant number of queries."""
    tree = Tree(charter, changes)
    said = _said(changes)
    for change in changes:
        change.carried_at = charter.head
        match change.act:
            case ProposedAct.REWORD:
                _settle_words(change, tree, said)
            case ProposedAct.INSERT:
                change.standing = tree.insertion(change)
            case ProposedAct.STRIKE:
                change.standing = tree.strike(change)
            case ProposedAct.MOVE:
                change.standing = tree.move(change)


def _settle_words(
    change: ProposedChange, tree: Tree, said: Mapping[tuple[UUID, str], Wording]
) -> None:
    wording = said.get((change.clause_id, change.language))
    there = tree.stands(change.clause_id)
    now = (wording.heading, wording.text) if wording else ("", "")
    heading, text = (
        carry(base, proposed, current if there else None, change.language)
        for base, proposed, current in zip(
            (change.base_heading, change.base_text), (change.heading, change.text), now, strict=True
        )
    )
    both = {heading.standing, text.standing}
    if Standing.CONFLICT in both:
        change.standing = _CONFLICT
    elif (heading.text, text.text) == now:
        change.standing = _MADE
    else:
        same = now == (change.base_heading, change.base_text)
        change.standing = _CLEAN if same else _AROUND
    change.carried_heading = heading.text or ""
    change.carried_text = text.text or ""


def _said(changes: Iterable[ProposedChange]) -> dict[tuple[UUID, str], Wording]:
    clauses = {change.clause_id for change in changes if change.act == ProposedAct.REWORD}
    source = "FROM charter_wording WHERE clause_id = ANY(%s)"
    rows = fetch(Wording, source, [list(clauses)]) if clauses else []
    return {(row.clause_id, row.language): row for row in rows}


def _changed(draft: Draft) -> tuple[set[UUID], set[UUID], set[UUID]]:
    """The clauses of a committed draft whose place changed, those whose words did, and what the
    former stand in."""
    clauses, words, holders = set(), set(), set()
    for model, _new, rows in draft.batches():
        if model is Clause:
            clauses.update(row.pk for row in rows)
            holders.update(row.parent_id for row in rows if row.parent_id)
        elif model is Wording:
            words.update(row.clause_id for row in rows)
    return clauses, words, holders


def _ids(query: str, clauses: Collection[UUID]) -> set[UUID]:
    if not clauses:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(query, [list(clauses)])
        return {row[0] for row in cursor.fetchall()}


def _keep(changes: Sequence[ProposedChange]) -> None:
    columns = [
        [change.pk for change in changes],
        [change.standing for change in changes],
        [change.carried_at for change in changes],
        [change.carried_heading for change in changes],
        [change.carried_text for change in changes],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, columns)


_KEEP = """
UPDATE charter_proposedchange live
SET standing = given.standing, carried_at = given.number,
    carried_heading = given.heading, carried_text = given.text
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::text[], %s::text[])
  AS given (id, standing, number, heading, text)
WHERE live.id = given.id
"""

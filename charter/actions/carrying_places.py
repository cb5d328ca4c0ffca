"""Where the clauses that proposed changes name stand by now, and how the changes stand to that."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import connection

from charter.actions.rows import fetch
from charter.models import ChangeStanding, Charter, Clause, ProposedAct, ProposedChange

# The clauses given, and all that they stand in.
ABOVE = """
WITH RECURSIVE up (id) AS (
  SELECT unnest(%s::uuid[])
  UNION SELECT c.parent_id FROM charter_clause c JOIN up ON c.id = up.id
        WHERE c.parent_id IS NOT NULL
) SELECT id FROM up
"""


class Tree:
    """The part of the tree that some changes name, as it stands under the lock."""

    def __init__(self, charter: Charter, changes: Sequence[ProposedChange]) -> None:
        named = {
            clause
            for change in changes
            for clause in (change.clause_id, change.parent_id, change.after_id)
            if clause
        }
        source = f"FROM charter_clause WHERE id IN ({ABOVE})"
        self.rows = {row.pk: row for row in fetch(Clause, source, [list(named)])}
        self.charter = charter
        self.moved = _moved_since(changes)
        self.filled = _filled_since(changes)
        self.there = _there_already(changes)

    def stands(self, clause: UUID) -> bool:
        """Whether the clause is in the text."""
        return not any(row.struck for row in self._line(clause))

    def insertion(self, change: ProposedChange) -> ChangeStanding:
        if not self.stands(change.parent_id):
            return ChangeStanding.CONFLICT
        return self._behind(change)

    def strike(self, change: ProposedChange) -> ChangeStanding:
        if not self.stands(change.clause_id):
            return ChangeStanding.MADE
        if change.pk in self.filled:
            return ChangeStanding.CONFLICT
        return ChangeStanding.AROUND if change.pk in self.moved else ChangeStanding.CLEAN

    def move(self, change: ProposedChange) -> ChangeStanding:
        if not self.stands(change.clause_id) or not self.stands(change.parent_id):
            return ChangeStanding.CONFLICT
        if any(row.pk == change.clause_id for row in self._line(change.parent_id)):
            return ChangeStanding.CONFLICT
        if change.pk in self.there:
            return ChangeStanding.MADE
        if change.pk in self.moved:
            return ChangeStanding.CONFLICT
        return self._behind(change)

    def _behind(self, change: ProposedChange) -> ChangeStanding:
        if change.after_id is None:
            return ChangeStanding.CLEAN
        after = self.rows[change.after_id]
        if after.parent_id != change.parent_id:
            return ChangeStanding.CONFLICT
        return ChangeStanding.AROUND if after.struck else ChangeStanding.CLEAN

    def _line(self, clause: UUID) -> Iterable[Clause]:
        at: UUID | None = clause
        while at is not None:
            row = self.rows[at]
            yield row
            at = row.parent_id


_ASKED = """
WITH RECURSIVE asked (id, clause, base) AS (
  SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::int[])
)
"""


def _moved_since(changes: Sequence[ProposedChange]) -> set[int]:
    """The changes whose clause stood elsewhere, or at another rank, when they were written."""
    return _found(
        changes,
        {ProposedAct.MOVE, ProposedAct.STRIKE},
        """
        SELECT asked.id FROM asked JOIN charter_clause live ON live.id = asked.clause
        CROSS JOIN LATERAL (
          SELECT parent_id, rank FROM charter_historicalclause h
          WHERE h.id = asked.clause AND h.revision_number <= asked.base
          ORDER BY h.revision_number DESC LIMIT 1
        ) was
        WHERE (was.parent_id, was.rank) IS DISTINCT FROM (live.parent_id, live.rank)
        """,
    )


def _filled_since(changes: Sequence[ProposedChange]) -> set[int]:
    """The changes that would strike words written after they were, or clauses that came in since:
    put in, moved there or restored."""
    return _found(
        changes,
        {ProposedAct.STRIKE},
        """
        , down (id, clause, base, under) AS (
          SELECT id, clause, base, NULL::uuid FROM asked
          UNION
          SELECT down.id, c.id, down.base, c.parent_id
          FROM charter_clause c JOIN down ON c.parent_id = down.clause WHERE NOT c.struck
        )
        SELECT DISTINCT down.id FROM down
        LEFT JOIN LATERAL (
          SELECT parent_id, struck FROM charter_historicalclause h
          WHERE h.id = down.clause AND h.revision_number <= down.base
          ORDER BY h.revision_number DESC LIMIT 1
        ) was ON true
        LEFT JOIN down held ON held.id = down.id AND held.clause = was.parent_id
        WHERE EXISTS (
          SELECT FROM charter_wording w JOIN charter_historicalwording h ON h.id = w.id
          WHERE w.clause_id = down.clause AND h.revision_number > down.base
        ) OR (down.under IS NOT NULL AND (was.struck IS NOT FALSE OR held.id IS NULL))
        """,
    )


def _there_already(changes: Sequence[ProposedChange]) -> set[int]:
    """The moves whose clause stands by now where they would have it."""
    asked = [change for change in changes if change.act == ProposedAct.MOVE and change.pk]
    if not asked:
        return set()
    columns = [
        [change.pk for change in asked],
        [change.clause_id for change in asked],
        [change.parent_id for change in asked],
        [change.after_id for change in asked],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_IN_PLACE, columns)
        return {row[0] for row in cursor.fetchall()}


_IN_PLACE = """
SELECT asked.id
FROM unnest(%s::bigint[], %s::uuid[], %s::uuid[], %s::uuid[]) asked (id, clause, parent, after)
JOIN charter_clause live ON live.id = asked.clause AND live.parent_id = asked.parent
WHERE asked.after IS NOT DISTINCT FROM (
  SELECT before.id FROM charter_clause before
  WHERE before.parent_id = live.parent_id AND (before.rank, before.id) < (live.rank, live.id)
  ORDER BY before.rank DESC, before.id DESC LIMIT 1
)
"""


def _found(changes: Sequence[ProposedChange], acts: Collection[str], query: str) -> set[int]:
    asked = [change for change in changes if change.act in acts and change.pk is not None]
    if not asked:
        return set()
    ids = [change.pk for change in asked]
    clauses = [change.clause_id for change in asked]
    bases = [change.base for change in asked]
    with connection.cursor() as cursor:
        cursor.execute(_ASKED + query, [ids, clauses, bases])
        return {row[0] for row in cursor.fetchall()}

"""The last revision in which the words of each clause, or of anything below it, changed.

What a delegation holds and what the chair has noted of a clause is compared with it, so that no
save pays for either. Two queries whose cost grows with the clauses and their moves and not with
the edits; a revision never changes, so its answer is kept.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection

from charter.models import Charter
from charter.queries.keeping import ROOM, Kept
from charter.queries.points import digest_at
from charter.text.touching import Placement, last_touches

_WORDED = """
SELECT live.clause_id::text, h.revision_number
FROM charter_wording live
CROSS JOIN LATERAL (
  SELECT h.revision_number FROM charter_historicalwording h
  WHERE h.id = live.id AND h.revision_number <= %(number)s
  ORDER BY h.revision_number DESC LIMIT 1
) h
WHERE live.charter_id = %(charter)s
"""

_PLACED = """
SELECT h.id::text, h.revision_number, h.parent_id::text, h.rank, h.struck
FROM charter_clause live
JOIN charter_historicalclause h ON h.id = live.id AND h.revision_number <= %(number)s
WHERE live.charter_id = %(charter)s
ORDER BY h.id, h.revision_number
"""

_kept: Kept[Mapping[UUID, int]] = Kept(10 * ROOM)


def touched_at(charter: Charter, number: int, digest: str = "") -> Mapping[UUID, int]:
    """As of revision `number`, by clause; a clause that is not in it was not there yet.

    `digest` is the revision's, which is looked up where it is not given.
    """
    digest = digest or digest_at(charter, number)
    key = charter.uuid, number, digest
    found = _kept.get(key)
    if found is None:
        found = _read(charter, number)
        _kept.put(key, found, len(found) or 1)
    return found


def _read(charter: Charter, number: int) -> Mapping[UUID, int]:
    bound = {"charter": charter.pk, "number": number}
    with connection.cursor() as cursor:
        cursor.execute(_WORDED, bound)
        worded = cursor.fetchall()
        cursor.execute(_PLACED, bound)
        placed = [Placement(*row) for row in cursor.fetchall()]
    return {UUID(clause): last for clause, last in last_touches(worded, placed).items()}

"""One effect however often a request is repeated: its answer, kept in the effect's transaction.

`claim` inserts the row of the key. Whoever comes second waits in PostgreSQL for the first one's
transaction: if that commits, the row holds the answer; if it rolls back, there is no row, and the
second one does the work. So there is never an effect without its answer or an answer without its
effect, whenever a process dies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import OperationalError, connection
from django.utils import timezone
from psycopg.errors import LockNotAvailable
from psycopg.types.json import Jsonb

from accounts.models import Person
from charter.models import KeptAnswer

KEPT = timedelta(days=1)
PATIENCE = 10_000  # milliseconds a repeat waits for the first request


class StillBusy(Exception):
    """The first request with this key has not come to its end within PATIENCE."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to the request, and to which request by its fingerprint."""

    fingerprint: str
    status: int
    headers: Mapping[str, str]
    body: str
    charter_id: int | None


_CLAIM = """
INSERT INTO charter_keptanswer AS kept
  (person_id, route, key, fingerprint, status, headers, body, made_at)
VALUES (%(person)s, %(route)s, %(key)s, %(fingerprint)s, 0, '{}', '', %(now)s)
ON CONFLICT (person_id, route, key) DO UPDATE
SET fingerprint = excluded.fingerprint, status = 0, headers = '{}', body = '', charter_id = NULL,
    made_at = excluded.made_at
WHERE kept.made_at < %(old)s
RETURNING id
"""

_WAIT = "SELECT current_setting('lock_timeout'), set_config('lock_timeout', %s, true)"

_KEEP = """
UPDATE charter_keptanswer SET status = %s, headers = %s, body = %s, charter_id = %s WHERE id = %s
"""

# Rows that another request is forgetting already are left to it.
_FORGET = """
DELETE FROM charter_keptanswer WHERE id IN (
  SELECT id FROM charter_keptanswer WHERE made_at < %s LIMIT 100 FOR UPDATE SKIP LOCKED
)
"""


def claim(person: Person, route: str, key: str, fingerprint: str) -> int | Answered:
    """The row to keep this request's answer in, or what the same request was answered before.

    Inside a transaction, which must hold the effect too. Raises StillBusy.
    """
    now = timezone.now()
    bound = {
        "person": person.pk,
        "route": route,
        "key": key,
        "fingerprint": fingerprint,
        "now": now,
        "old": now - KEPT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [now - KEPT])
        cursor.execute(_WAIT, [f"{PATIENCE}ms"])
        (before, _now) = cursor.fetchone()
        try:
            cursor.execute(_CLAIM, bound)
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise StillBusy from None
            raise
        row = cursor.fetchone()
        cursor.execute(_WAIT, [before])
    if row:
        return row[0]
    found = KeptAnswer.objects.get(person=person, route=route, key=key)
    return Answered(found.fingerprint, found.status, found.headers, found.body, found.charter_id)


def keep(row: int, answered: Answered) -> None:
    """Keep the answer for the next KEPT; the caller's transaction commits it with the effect."""
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            [
                answered.status,
                Jsonb(dict(answered.headers)),
                answered.body,
                answered.charter_id,
                row,
            ],
        )

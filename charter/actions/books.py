"""Keeping the credits of a charter's words, so that no process plays a long history again.

Nothing here is of the charter: what is kept follows from its history, and is found again without.
"""

from django.db import connection

from charter.models import Charter
from charter.queries import books

_KEEP = """
INSERT INTO charter_keptbook AS kept (charter_id, language, number, digest, body)
VALUES (%(charter)s, %(language)s, %(number)s, %(digest)s, %(body)s)
ON CONFLICT (charter_id, language, number) DO UPDATE
SET digest = excluded.digest, body = excluded.body
WHERE kept.digest <> excluded.digest
"""


def keep_books(charter: Charter, language: str) -> int:
    """Keep the books that took long to play since this was called last; how many.

    Asks nothing of the database when there is none, so it may follow every reading.
    """
    rows = books.worth_keeping(charter, language)
    for row in rows:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, {"charter": charter.pk, "language": language, **row})
    return len(rows)

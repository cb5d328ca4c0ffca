"""Who was in the room, and when: one row for a person and a charter, written once a minute."""

from datetime import datetime, timedelta

from django.db import connection

from accounts.models import Person
from charter.models import Presence

OFTEN = timedelta(minutes=1)  # a row is not written again before


def be_seen(*, person: Person, slug: str, at: datetime) -> None:
    """The person is in the room of a charter, if they sit in it and want to be seen there.

    One statement, which does nothing when the row is younger than OFTEN.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [at, slug, person.pk, at - OFTEN])


def be_unseen(*, person: Person) -> None:
    """Keep nothing of where the person was."""
    Presence.objects.filter(person=person).delete()


_SEEN = """
INSERT INTO charter_presence AS there (charter_id, person_id, seen_at)
SELECT charter.id, person.id, %s
FROM charter_charter charter
JOIN charter_membership seat ON seat.charter_id = charter.id
JOIN accounts_person person ON person.id = seat.person_id
WHERE charter.slug = %s AND person.id = %s AND person.is_active AND person.shows_presence
ON CONFLICT (charter_id, person_id) DO UPDATE SET seen_at = EXCLUDED.seen_at
WHERE there.seen_at <= %s
"""

"""A stamp of all that a charter's pages show, as one person may see them.

Words, tree, tags and vocabulary change with the head alone, which is in the charter's row. Threads,
comments, editions, seats, parties and people's names change without a revision. PostgreSQL hashes
the rows of all of them in one statement. Comments are never rewritten, so their ids will do;
everybody's name is in it, as any of them may have written a revision.
"""

from django.db import connection

from accounts.models import Person

_STAMP = """
SELECT charter.digest, hash_record_extended(charter, 0), hash_record_extended(seat, 0),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_thread one
   WHERE one.charter_id = charter.id),
  (SELECT sum(hashint8extended(said.id, 0)) FROM charter_comment said
   JOIN charter_thread one ON one.id = said.thread_id WHERE one.charter_id = charter.id),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_edition one
   WHERE one.charter_id = charter.id),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_membership one
   WHERE one.charter_id = charter.id),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_delegation one
   WHERE one.charter_id = charter.id),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_party one
   WHERE one.charter_id = charter.id),
  (SELECT sum(hashtextextended(one.email, hashtextextended(one.name, one.id)))
   FROM accounts_person one)
FROM charter_charter charter
JOIN charter_membership seat ON seat.charter_id = charter.id
WHERE charter.slug = %s AND seat.person_id = %s
"""


def stamp_for(person: Person, slug: str) -> tuple[object, ...] | None:
    """Equal for as long as none of it changes; None when the person has no seat in the charter.

    One query. Read it before what it stands for, which can then only be newer.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [slug, person.pk])
        return cursor.fetchone()

"""A stamp of all that a charter's pages show besides its revisions.

Words, tree, tags and vocabulary change with the head alone. Threads, comments, editions, seats,
parties and people's names change without a revision; here their rows are hashed by PostgreSQL in
one statement. Comments are never rewritten, so their ids will do; everybody's name is in it, as
any of them may have written a revision.
"""

from django.db import connection

from charter.models import Charter

_STAMP = """
SELECT
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_thread one
   WHERE one.charter_id = %(charter)s),
  (SELECT sum(hashint8extended(said.id, 0)) FROM charter_comment said
   JOIN charter_thread one ON one.id = said.thread_id WHERE one.charter_id = %(charter)s),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_edition one
   WHERE one.charter_id = %(charter)s),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_membership one
   WHERE one.charter_id = %(charter)s),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_delegation one
   WHERE one.charter_id = %(charter)s),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_party one
   WHERE one.charter_id = %(charter)s),
  (SELECT sum(hashtextextended(one.email, hashtextextended(one.name, one.id)))
   FROM accounts_person one)
"""


def stamp_of(charter: Charter) -> tuple[object, ...]:
    """Equal for as long as none of it changes; one query. Read it before what it stands for."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, {"charter": charter.pk})
        return cursor.fetchone()

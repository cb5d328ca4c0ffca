"""A stamp of all that a charter's pages show, as one person may see them.

Words, tree, tags and vocabulary change with the head alone, which is in the charter's row. Threads,
comments, editions, seats, parties and people's names change without a revision. PostgreSQL hashes
the rows of all of them in one statement. Comments, positions and steps of ladder and stage are
never rewritten, so their ids or their number will do; what is kept to a delegation is left out, so
that no stamp tells of it, and a draft is in the stamps of those alone who see it. Everybody's name
is in it, as any of them may have written a revision. The count of unread notices stands in the head
of every page.
"""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from accounts.models import Person
from charter.queries.notices import UNREAD

_STAMP = f"""
SELECT charter.head, charter.digest, hash_record_extended(charter, 0),
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
  (SELECT sum(hash_record_extended(tie, 0)) FROM charter_partymembership tie
   JOIN charter_party one ON one.id = tie.organisation_id WHERE one.charter_id = charter.id),
  (SELECT count(*) FROM charter_position one
   WHERE one.charter_id = charter.id AND one.visibility = 'all'),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_amendment one
   WHERE one.charter_id = charter.id AND one.tabled_at IS NOT NULL),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_silence one
   WHERE one.charter_id = charter.id),
  (SELECT count(*) FROM charter_ladderstep one WHERE one.charter_id = charter.id),
  (SELECT count(*) FROM charter_stagestep one WHERE one.charter_id = charter.id),
  (SELECT sum(hashtextextended(one.email, hashtextextended(one.name, one.id)))
   FROM accounts_person one),
  (SELECT sum(hash_record_extended(one, 0)) FROM charter_amendment one
   LEFT JOIN charter_delegation team ON team.id = one.delegation_id
   WHERE one.charter_id = charter.id AND one.status = 'draft'
   AND (one.delegation_id IS NULL AND one.author_id = seat.person_id
        OR one.delegation_id = seat.delegation_id AND one.circle = team.circle)),
  hash_record_extended(seat, 0), ({UNREAD}),
  (SELECT count(*) FROM charter_silence one
   WHERE one.charter_id = charter.id AND one.state = 'running'
   AND one.deadline <= clock_timestamp())
FROM charter_charter charter
JOIN charter_membership seat ON seat.charter_id = charter.id
WHERE charter.slug = %(slug)s AND seat.person_id = %(person)s
"""  # noqa: S608


class Stamp(NamedTuple):
    """Equal for as long as nothing of it changes.

    `shared` is of what everybody in the charter sees, `drafts` of those that the person sees, None
    without any, `own` of the seat, of what waits for the person, and of the hour: a silence whose
    deadline is over reads otherwise, though nobody has ended it.
    """

    shared: tuple[object, ...]
    drafts: object
    own: tuple[object, ...]

    @property
    def head(self) -> object:
        """The charter's last revision."""
        return self.shared[0]


def stamp_for(person: Person | AnonymousUser, slug: str) -> Stamp | None:
    """None when the person has no seat in the charter.

    One query. Read it before what it stands for, which can then only be newer.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, {"slug": slug, "person": person.pk})
        row = cursor.fetchone()
    return row and Stamp(row[:-4], row[-4], row[-3:])

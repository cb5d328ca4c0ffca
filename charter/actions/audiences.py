"""Who is told of what: queries of persons, with the clause and the amendment each is told about.

`actions.telling` puts them into its one statement and binds their parameters.
"""

# Those who follow one of some clauses, or something it stands in; of several the nearest.
_FOLLOWERS = """
WITH RECURSIVE up (touched, at, steps) AS (
  SELECT id, id, 0 FROM ({touched}) AS touched (id)
  UNION ALL
  SELECT up.touched, above.parent_id, up.steps + 1
  FROM up JOIN charter_clause above ON above.id = up.at WHERE above.parent_id IS NOT NULL
)
SELECT DISTINCT ON (following.person_id, up.touched)
  following.person_id, following.clause_id, NULL::bigint
FROM up JOIN charter_following following ON following.clause_id = up.at
ORDER BY following.person_id, up.touched, up.steps
"""

# The clauses a revision gave other words or another place, and those that it took them out of.
_REVISED = """
SELECT clause_id FROM charter_historicalwording WHERE revision_id = ({revision})
UNION
SELECT id FROM charter_historicalclause WHERE revision_id = ({revision})
UNION
SELECT was.parent_id FROM charter_historicalclause moved
CROSS JOIN LATERAL (
  SELECT h.parent_id FROM charter_historicalclause h
  WHERE h.id = moved.id AND h.revision_number < moved.revision_number
  ORDER BY h.revision_number DESC LIMIT 1
) was
WHERE moved.revision_id = ({revision}) AND was.parent_id IS NOT NULL
  AND was.parent_id <> moved.parent_id
"""
_MADE = "SELECT id FROM charter_revision WHERE charter_id = %(charter)s AND number = %(number)s"
EDITED = _FOLLOWERS.replace("{touched}", _REVISED.replace("{revision}", _MADE))

# The clauses that the open changes of an amendment name.
_ASKED = """
SELECT named.id FROM charter_proposedchange asked
CROSS JOIN unnest(ARRAY[asked.clause_id, asked.parent_id]) AS named (id)
WHERE asked.amendment_id = %(amendment)s AND asked.state = 'open' AND named.id IS NOT NULL
"""
_ONCE = """
SELECT DISTINCT ON (follower.person) follower.person, follower.clause, %(amendment)s::bigint
FROM ({followers}) AS follower (person, clause, nothing) ORDER BY follower.person
"""
AMENDED = _ONCE.replace("{followers}", _FOLLOWERS.replace("{touched}", _ASKED))

# Those whose amendments these are: the delegation, of a draft only the circle that wrote it, or an
# author who sits with none.
OWNERS = """
SELECT seat.person_id, NULL::uuid, asked.id
FROM charter_amendment asked
JOIN charter_membership seat ON seat.charter_id = asked.charter_id
LEFT JOIN charter_delegation team ON team.id = seat.delegation_id
WHERE asked.id = ANY(%(amendments)s) AND (
  (asked.delegation_id = seat.delegation_id
   AND (asked.tabled_at IS NOT NULL OR asked.circle = team.circle))
  OR (asked.delegation_id IS NULL AND asked.author_id = seat.person_id)
)
"""
SPONSORS = """
SELECT seat.person_id, NULL::uuid, joined.amendment_id
FROM charter_sponsorship joined
JOIN charter_membership seat ON seat.delegation_id = joined.delegation_id
WHERE joined.amendment_id = ANY(%(amendments)s) AND joined.left_at IS NULL
"""

WRITERS = """
SELECT DISTINCT author_id, %(clause)s::uuid, NULL::bigint FROM charter_comment
WHERE thread_id = %(thread)s AND NOT author_id = ANY(%(but)s)
"""
AMENDMENT_WRITERS = """
SELECT DISTINCT author_id, NULL::uuid, NULL::bigint FROM charter_amendmentcomment
WHERE thread_id = %(amendment_thread)s AND NOT author_id = ANY(%(but)s)
"""
NAMED = "SELECT unnest(%(named)s::bigint[]), %(clause)s::uuid, NULL::bigint"
EVERYBODY = """
SELECT person_id, NULL::uuid, NULL::bigint FROM charter_membership WHERE charter_id = %(charter)s
"""
# All who speak for a delegation, and the chairs.
DELEGATES = """
SELECT person_id, NULL::uuid, NULL::bigint FROM charter_membership
WHERE charter_id = %(charter)s AND (delegation_id IS NOT NULL OR role = 'chair')
"""
# Of those, whoever has not been told of this very deadline.
UNTOLD = f"""
SELECT delegate.* FROM ({DELEGATES}) AS delegate (person, clause, amendment)
WHERE NOT EXISTS (
  SELECT FROM charter_notice told
  WHERE told.person_id = delegate.person AND told.charter_id = %(charter)s
    AND told.kind = %(kind)s AND told.about = %(about)s
)
"""  # noqa: S608
ONE = "SELECT %(person)s::bigint, NULL::uuid, NULL::bigint"
# Those whose word somebody waits for.
ASKED_FOR = """
SELECT mate.person_id, NULL::uuid, NULL::bigint
FROM charter_membership waiting
JOIN charter_membership mate ON mate.delegation_id = waiting.waits_for_id
WHERE waiting.charter_id = %(charter)s AND waiting.person_id = %(person)s
"""

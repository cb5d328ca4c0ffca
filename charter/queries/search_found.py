"""What is found, before it is shown: in the text, in its history, in the discussion.

Each source is one query, however much there is; whoever asks has seen to it that the charters may
be seen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from charter.models import Charter
from charter.queries.search_past import Span, Stay, text_stays, united, word_stays
from charter.queries.search_words import Key, Meant, tsquery
from charter.text.seeking import Sought

MOST = 20_000  # found of one kind; nobody turns so many pages
RANKED = 200  # words and signs of a query by which matches are ranked; more take too long


@dataclass(frozen=True, slots=True)
class Found:
    """One place where what is sought stands, in one language.

    `number`, `person` and `at` are of the revision that wrote the words or of the comment; for a
    stay, of what last happened to it. `rank` is higher for a better match. `thread` is the id of
    the one that a comment on an amendment stands in, None for all else.
    """

    charter: int
    clause: UUID
    language: str
    number: int
    person: int
    at: datetime
    rank: float = 0.0
    stay: Stay | None = None
    comment: int = 0
    thread: UUID | None = None

    @property
    def key(self) -> str:
        """What tells it from all else that the same search finds.

        It goes out in cursors. The key of a comment on an amendment would count those on drafts.
        """
        if self.thread:
            return f"{self.thread}.{self.person}.{self.at.timestamp():.6f}"
        came = self.stay.came if self.stay else 0
        return f"{self.clause}.{self.language}.{came}.{self.comment}"


# Materialized, for the planner takes many rare words for much of the text.
_LIVE = """
WITH sought (charter_id, language, words) AS MATERIALIZED (
  SELECT charter_id, language, query::tsquery
  FROM unnest(%(charters)s::bigint[], %(languages)s::text[], %(queries)s::text[])
    AS given (charter_id, language, query))
SELECT one.charter_id, one.clause_id, one.language, one.number, revision.author_id,
       revision.committed_at, round(
         CASE WHEN numnode(sought.words) <= %(ranked)s
              THEN ts_rank(one.words, sought.words) ELSE 0 END::numeric, 2)
FROM sought
JOIN charter_soughtwording one
  ON one.charter_id = sought.charter_id AND one.language = sought.language
 AND one.words @@ sought.words
JOIN charter_revision revision
  ON revision.charter_id = one.charter_id AND revision.number = one.number
LIMIT %(most)s
"""

# Each by the index: for a thousand of them a join would read all revisions.
_AUTHORS = """
SELECT asked.charter_id, asked.number, one.author_id, one.committed_at
FROM unnest(%s::bigint[], %s::int[]) AS asked (charter_id, number)
CROSS JOIN LATERAL (
  SELECT author_id, committed_at FROM charter_revision revision
  WHERE revision.charter_id = asked.charter_id AND revision.number = asked.number LIMIT 1
) one
"""

_WRITTEN = """
SELECT asked.clause_id, asked.language, last.revision_number
FROM unnest(%s::uuid[], %s::text[]) AS asked (clause_id, language)
JOIN charter_wording live
  ON live.clause_id = asked.clause_id AND live.language = asked.language
CROSS JOIN LATERAL (
  SELECT revision_number FROM charter_historicalwording h
  WHERE h.id = live.id AND h.revision_number <= %s
  ORDER BY h.revision_number DESC LIMIT 1
) last
"""

_SAID = """
WITH sought (charter_id, words) AS MATERIALIZED (
  SELECT charter_id, query::tsquery
  FROM unnest(%(charters)s::bigint[], %(queries)s::text[]) AS given (charter_id, query))
SELECT one.charter_id, thread.clause_id, thread.language, thread.opened_at_revision,
       said.author_id, said.written_at, said.id, NULL::uuid
FROM sought
JOIN charter_soughtcomment one
  ON one.charter_id = sought.charter_id AND one.words @@ sought.words
JOIN charter_comment said ON said.id = one.comment_id
JOIN charter_thread thread ON thread.id = said.thread_id
UNION ALL
SELECT one.charter_id, place.clause_id, coalesce(nullif(thread.language, ''), place.language),
       amendment.written_against, said.author_id, said.written_at, said.id, thread.uuid
FROM sought
JOIN charter_soughtamendmentcomment one
  ON one.charter_id = sought.charter_id AND one.words @@ sought.words
JOIN charter_amendmentcomment said ON said.id = one.comment_id
JOIN charter_amendmentthread thread ON thread.id = said.thread_id AND NOT thread.within
JOIN charter_amendment amendment ON amendment.id = thread.amendment_id
CROSS JOIN LATERAL (
  SELECT coalesce(change.clause_id, change.after_id, change.parent_id) AS clause_id,
         change.language
  FROM charter_proposedchange change
  WHERE change.amendment_id = amendment.id
  ORDER BY change.id IS DISTINCT FROM thread.change_id, change.place LIMIT 1
) place
ORDER BY 6 DESC, 8 NULLS FIRST, 7 DESC
LIMIT %(most)s
"""


def in_text(meant: Meant) -> list[Found]:
    """The wordings that hold it as they stand, those of struck clauses too."""
    if not meant.texts:
        return []
    rows = _fetch(
        _LIVE,
        {
            "charters": [charter for charter, _language in meant.texts],
            "languages": [language for _charter, language in meant.texts],
            "queries": [tsquery(key[0], sought) for key, sought in meant.texts.items()],
            "ranked": RANKED,
            "most": MOST,
        },
    )
    return [Found(*row[:6], rank=float(row[6])) for row in rows]


def in_text_at(charter: Charter, meant: Meant, number: int) -> list[Found]:
    """The wordings that held it in a revision, whether or not their clauses stood in the text."""
    here = [stay for stay in word_stays(meant.texts, number) if stay.left is None][:MOST]
    asked = [[stay.clause for stay in here], [stay.language for stay in here], number]
    written = {(clause, lang): at for clause, lang, at in _fetch(_WRITTEN, asked)}
    places = {(stay.clause, stay.language) for stay in here} & set(written)
    authors = _authors((charter.pk, written[place]) for place in places)
    return [
        Found(charter.pk, *place, written[place], *authors[charter.pk, written[place]])
        for place in places
    ]


def in_past(sought: Mapping[Key, Sought]) -> list[Found]:
    """Each time that it stood in the text, what happened last first."""
    stays = text_stays(word_stays(sought))[:MOST]
    authors = _authors((stay.charter, stay.last) for stay in stays)
    return [
        Found(
            stay.charter,
            stay.clause,
            stay.language,
            stay.last,
            *authors[stay.charter, stay.last],
            stay=stay,
        )
        for stay in stays
    ]


def in_discussion(meant: Meant) -> list[Found]:
    """The comments that hold it, the last one first."""
    if not meant.comments:
        return []
    rows = _fetch(
        _SAID,
        {
            "charters": list(meant.comments),
            "queries": [tsquery(key, sought) for key, sought in meant.comments.items()],
            "most": MOST,
        },
    )
    return [Found(*row[:6], comment=row[6], thread=row[7]) for row in rows]


def spans_of(found: Iterable[Found]) -> list[Span]:
    """The revisions of one charter in which any of these stays held it."""
    return united((one.stay.came, one.stay.left) for one in found if one.stay)


def _authors(asked: Iterable[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, datetime]]:
    pairs = list(set(asked))
    if not pairs:
        return {}
    rows = _fetch(_AUTHORS, [list(column) for column in zip(*pairs, strict=True)])
    return {(charter, number): (author, at) for charter, number, author, at in rows}


def _fetch(sql: str, bound: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return cursor.fetchall()

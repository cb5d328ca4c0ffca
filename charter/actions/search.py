"""Brings what is kept for searching up to date with the history and the comments.

A save pays nothing for being found later: whoever searches first after it has its words looked
through, a row of history each, before anything is sought. Only what is made of other rows is
written, so this takes no right and makes no revision.
"""

from collections.abc import Iterable, Sequence, Set
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from charter.models import Charter
from charter.models.search import lexeme
from charter.text.hits import Reading, reading
from charter.text.spelling import Place, plain, trigrams, words

BATCH = 2000  # rows of history looked through in one transaction
# A tsvector holds a megabyte, and the words with their pairs are three times the text.
MOST_BYTES = 300_000
SHORT = 70_000  # code points, which are never too many bytes
_EMPTY = Reading("", ())
_GAP = 10  # between the places of heading and text, so that they are no neighbours
_LAST_PLACE = 16_000  # PostgreSQL counts places no further

_BEHIND = """
SELECT one.id FROM charter_charter one
LEFT JOIN charter_searchstate state ON state.charter_id = one.id
WHERE one.id = ANY(%(charters)s) AND (coalesce(state.number, 0) < one.head
  OR EXISTS (
    SELECT FROM charter_thread thread
    JOIN charter_comment said ON said.thread_id = thread.id
    LEFT JOIN charter_soughtcomment kept ON kept.comment_id = said.id
    WHERE thread.charter_id = one.id AND kept.comment_id IS NULL)
  OR EXISTS (
    SELECT FROM charter_amendment amendment
    JOIN charter_amendmentthread thread ON thread.amendment_id = amendment.id
    JOIN charter_amendmentcomment said ON said.thread_id = thread.id
    LEFT JOIN charter_soughtamendmentcomment kept ON kept.comment_id = said.id
    WHERE amendment.charter_id = one.id AND NOT thread.within AND kept.comment_id IS NULL))
"""


class _Row(NamedTuple):
    """A state of a wording, and the one before it ("" where there was none)."""

    number: int
    clause: UUID
    language: str
    heading: str
    text: str
    heading_before: str
    text_before: str


_ROWS = """
SELECT revision.number, now.clause_id, now.language, now.heading, now.text,
       coalesce(was.heading, ''), coalesce(was.text, '')
FROM charter_revision revision
JOIN charter_historicalwording now ON now.revision_id = revision.id
LEFT JOIN LATERAL (
  SELECT earlier.heading, earlier.text FROM charter_historicalwording earlier
  WHERE earlier.id = now.id AND earlier.revision_number < now.revision_number
  ORDER BY earlier.revision_number DESC LIMIT 1
) was ON true
WHERE revision.charter_id = %(charter)s AND revision.number > %(since)s
  AND revision.number <= %(until)s
ORDER BY revision.number
"""

# As many whole revisions as hold a batch of rows, at least one.
_UNTIL = """
SELECT max(number) FROM (
  SELECT revision.number, sum(count(now.history_id)) OVER (ORDER BY revision.number) AS rows,
         row_number() OVER (ORDER BY revision.number) AS at
  FROM (
    SELECT id, number FROM charter_revision
    WHERE charter_id = %(charter)s AND number > %(since)s ORDER BY number LIMIT %(batch)s
  ) revision
  LEFT JOIN charter_historicalwording now ON now.revision_id = revision.id
  GROUP BY revision.number
) counted WHERE rows <= %(batch)s OR at = 1
"""

_KEEP_WORDING = """
INSERT INTO charter_soughtwording AS kept (charter_id, clause_id, language, number, words)
SELECT %s, * FROM unnest(%s::uuid[], %s::text[], %s::int[], %s::tsvector[])
ON CONFLICT (clause_id, language)
DO UPDATE SET number = excluded.number, words = excluded.words
"""

_KEEP_CHANGES = """
INSERT INTO charter_soughtchange (charter_id, clause_id, language, number, came, gone)
SELECT %s, * FROM unnest(%s::uuid[], %s::text[], %s::int[], %s::tsvector[], %s::tsvector[])
"""

_KEEP_WORDS = """
INSERT INTO charter_soughtword (charter_id, language, form, plain, stem, plain_stem, trigrams)
SELECT %s, language, form, plain, charter_stem(language, form), charter_stem(language, plain),
       trigrams
FROM unnest(%s::text[], %s::text[], %s::text[], %s::tsvector[])
  AS given (language, form, plain, trigrams)
WHERE NOT EXISTS (
  SELECT FROM charter_soughtword known
  WHERE known.charter_id = %s AND known.language = given.language AND known.form = given.form
)
"""

_COMMENTS = """
SELECT said.id, said.text FROM charter_thread thread
JOIN charter_comment said ON said.thread_id = thread.id
LEFT JOIN charter_soughtcomment kept ON kept.comment_id = said.id
WHERE thread.charter_id = %s AND kept.comment_id IS NULL
ORDER BY said.id LIMIT %s
"""

_KEEP_COMMENTS = """
INSERT INTO charter_soughtcomment (charter_id, comment_id, words)
SELECT %s, * FROM unnest(%s::bigint[], %s::tsvector[])
"""

# Those on amendments that all may read: what is kept to a delegation is not kept here.
_ON_AMENDMENTS = """
SELECT said.id, said.text FROM charter_amendment amendment
JOIN charter_amendmentthread thread ON thread.amendment_id = amendment.id
JOIN charter_amendmentcomment said ON said.thread_id = thread.id
LEFT JOIN charter_soughtamendmentcomment kept ON kept.comment_id = said.id
WHERE amendment.charter_id = %s AND NOT thread.within AND kept.comment_id IS NULL
ORDER BY said.id LIMIT %s
"""

_KEEP_ON_AMENDMENTS = """
INSERT INTO charter_soughtamendmentcomment (charter_id, comment_id, words)
SELECT %s, * FROM unnest(%s::bigint[], %s::tsvector[])
"""


def catch_up(charters: Iterable[Charter]) -> None:
    """Keep for searching whatever these charters' history and discussion have that is not yet.

    One query when there is nothing to do. Who comes while another does it waits for the end of it.
    """
    by_key = {charter.pk: charter for charter in charters}
    if not by_key:
        return
    for (charter,) in _fetch(_BEHIND, {"charters": list(by_key)}):
        while _texts(by_key[charter]):
            pass
        while _comments(by_key[charter], _COMMENTS, _KEEP_COMMENTS):
            pass
        while _comments(by_key[charter], _ON_AMENDMENTS, _KEEP_ON_AMENDMENTS):
            pass


def _texts(charter: Charter) -> bool:
    """Look through the next batch of history; whether there was any."""
    with transaction.atomic():
        since = _lock(charter)
        bound = {"charter": charter.pk, "since": since, "batch": BATCH}
        ((until,),) = _fetch(_UNTIL, bound)
        if until is None:
            return False
        rows = [_Row(*row) for row in _fetch(_ROWS, bound | {"until": until})]
        _keep_texts(charter, rows)
        _run("UPDATE charter_searchstate SET number = %s WHERE charter_id = %s", until, charter.pk)
    return True


def _lock(charter: Charter) -> int:
    """The last revision looked through; nobody else looks on until the transaction ends."""
    _run("INSERT INTO charter_searchstate VALUES (%s, 0) ON CONFLICT DO NOTHING", charter.pk)
    sql = "SELECT number FROM charter_searchstate WHERE charter_id = %s FOR UPDATE"
    ((number,),) = _fetch(sql, [charter.pk])
    return number


def _keep_texts(charter: Charter, rows: Sequence[_Row]) -> None:
    live: dict[tuple[UUID, str], tuple[int, tuple[Reading, Reading]]] = {}
    last: dict[tuple[UUID, str], Set[str]] = {}
    changes, forms = [], set()
    for row in rows:
        place, now = (row.clause, row.language), _readings(row.heading, row.text, row.language)
        before = last.get(place)
        if before is None:
            before = _terms(_readings(row.heading_before, row.text_before, row.language))
        here = last[place] = _terms(now)
        live[place] = row.number, now
        came, gone = here - before, before - here
        changes.append((row, _lexemes(charter.pk, came), _lexemes(charter.pk, gone)))
        forms |= {(row.language, term) for term in came if " " not in term}
    _keep_words(charter, forms)
    if live:
        clauses, languages = zip(*live, strict=True)
        numbers = [number for number, _readings in live.values()]
        vectors = [_vector(charter.pk, *readings) for _number, readings in live.values()]
        _run(_KEEP_WORDING, charter.pk, list(clauses), list(languages), numbers, vectors)
    if changes:
        _run(
            _KEEP_CHANGES,
            charter.pk,
            [row.clause for row, _came, _gone in changes],
            [row.language for row, _came, _gone in changes],
            [row.number for row, _came, _gone in changes],
            [came for _row, came, _gone in changes],
            [gone for _row, _came, gone in changes],
        )


def _comments(charter: Charter, source: str, keep: str) -> bool:
    """Look through the next batch of comments of one source; whether there was any.

    People write in whatever language they share, so the words are kept in each of the charter's.
    """
    with transaction.atomic():
        _lock(charter)
        rows = _fetch(source, [charter.pk, BATCH])
        said = [(id, Reading(text, tuple(words(text)))) for id, text in rows]
        if not said:
            return False
        languages = {charter.working_language, *charter.languages}
        forms = {word.form for _id, one in said for word in _read(one)}
        _keep_words(charter, {(language, form) for language in languages for form in forms})
        vectors = [_vector(charter.pk, _EMPTY, one) for _id, one in said]
        _run(keep, charter.pk, [id for id, _one in said], vectors)
    return True


def _keep_words(charter: Charter, forms: set[tuple[str, str]]) -> None:
    given = sorted(forms)
    if given:
        _run(
            _KEEP_WORDS,
            charter.pk,
            [language for language, _form in given],
            [form for _language, form in given],
            [plain(form) for _language, form in given],
            [_lexemes(charter.pk, trigrams(plain(form))) for _language, form in given],
            charter.pk,
        )


def _readings(heading: str, text: str, language: str) -> tuple[Reading, Reading]:
    return (
        reading(heading, language) if heading else _EMPTY,
        reading(text, language) if text else _EMPTY,
    )


def _read(one: Reading) -> Sequence[Place]:
    """The words that are kept: all of them, but in a text whose words would be too many bytes."""
    if len(one.text) <= SHORT or len(one.text.encode()) <= MOST_BYTES:
        return one.words
    return [word for word in one.words if word.end <= SHORT]


def _terms(readings: tuple[Reading, Reading]) -> set[str]:
    """The words of heading and text, and each two neighbours of either as one."""
    found = set()
    for one in readings:
        forms = [word.form for word in _read(one)]
        found.update(forms, map(" ".join, pairwise(forms)))
    return found


def _vector(charter: int, heading: Reading, text: Reading) -> str:
    """Words with their places, as PostgreSQL writes a tsvector."""
    first = len(heading.words) + _GAP
    return " ".join(
        f"{lexeme(charter, word.form)}:{min(at, _LAST_PLACE)}{weight}"
        for one, weight, start in ((heading, "A", 1), (text, "B", first))
        for at, word in enumerate(_read(one), start)
    )


def _lexemes(charter: int, terms: Set[str]) -> str:
    return " ".join(lexeme(charter, term) for term in terms)


def _fetch(sql: str, bound: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return cursor.fetchall()


def _run(sql: str, *bound: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)

"""The discussion as it stood at an earlier revision, as far as what is kept allows.

A thread keeps where its words stand now, what they were at first, and when it was opened and
resolved last. So its place in an earlier text is found by carrying it back to those words, as it
was carried on from them. A thread that was resolved and opened again counts as open all the while,
and words it was put on by hand count as those it always had.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import connection
from django.db.models import Q

from charter.models import AnchorState, Charter, Revision
from charter.queries.keeping import laid_text
from charter.queries.threads import NoThread, ShownThread, threads_where
from charter.text import anchors
from charter.text.quotes import bare
from charter.text.redline import Row, after

_STOOD = """
SELECT one.id, one.prefix, one.suffix, coalesce(stood.text, '')
FROM charter_thread one
JOIN charter_wording live ON live.clause_id = one.clause_id AND live.language = one.language
LEFT JOIN LATERAL (
  SELECT h.text FROM charter_historicalwording h
  WHERE h.id = live.id AND h.revision_number <= one.anchored_at
  ORDER BY h.revision_number DESC LIMIT 1
) stood ON true
WHERE one.id = ANY(%s)
"""


def threads_then(
    charter: Charter, revision: Revision, language: str, rows: Iterable[Row]
) -> dict[UUID, tuple[ShownThread, ...]]:
    """The threads that were open while `revision` was the head, with what had been said, by clause.

    `rows` are the clauses of that revision in this language.
    """
    found = _opened_by(charter, revision, language, _still_open(revision))
    placed = _placed([one for one in found if _about_words(one, language)], rows)
    by_clause = defaultdict(list)
    for thread in found:
        by_clause[thread.clause].append(_unresolved(placed.get(thread.id, thread)))
    return {clause: tuple(threads) for clause, threads in by_clause.items()}


def threads_as_of(
    charter: Charter,
    revision: Revision,
    language: str,
    *,
    resolved: bool | None = None,
    clause: UUID | None = None,
    thread: int | None = None,
) -> tuple[ShownThread, ...]:
    """The same of every language, each at its place in the words of its own, in the order opened.

    `resolved` True gives those that were settled by then, None both kinds; `clause` and `thread`
    narrow them down. `language` is the one delegations are named in.
    """
    still = _still_open(revision)
    found = _opened_by(
        charter,
        revision,
        language,
        Q() if resolved is None else ~still if resolved else still,
        Q() if clause is None else Q(clause=clause),
        Q() if thread is None else Q(pk=thread),
    )
    placed: dict[int, ShownThread] = {}
    for own in sorted({one.language for one in found if one.original_quote}):
        about = [one for one in found if _about_words(one, own)]
        placed |= _placed(about, laid_text(charter, revision, own).redline.rows)
    then = (placed.get(one.id, one) for one in found)
    return tuple(
        one if one.resolved_at and one.resolved_at <= revision.committed_at else _unresolved(one)
        for one in then
    )


def thread_as_of(charter: Charter, thread: int, revision: Revision, language: str) -> ShownThread:
    """One thread as it stood while `revision` was the head. NoThread if it was not opened yet."""
    for one in threads_as_of(charter, revision, language, thread=thread):
        return one
    raise NoThread(thread)


def _still_open(revision: Revision) -> Q:
    return Q(resolved_at=None) | Q(resolved_at__gt=revision.committed_at)


def _opened_by(
    charter: Charter, revision: Revision, language: str, *narrower: Q
) -> list[ShownThread]:
    """The threads there were while `revision` was the head, with what had been said in them."""
    behind = (
        charter.revisions.filter(number=revision.number + 1).values_list("committed_at").first()
    )
    wanted = Q(charter=charter, opened_at_revision__lte=revision.number)
    for one in narrower:
        wanted &= one
    found = threads_where(charter, wanted, language, until=behind and behind[0])
    return [thread for thread in found if thread.comments]


def _unresolved(thread: ShownThread) -> ShownThread:
    return replace(thread, resolved_by="", resolved_by_id=None, resolved_at=None)


def _about_words(thread: ShownThread, language: str) -> bool:
    return thread.language == language and bool(thread.original_quote)


def _placed(threads: Sequence[ShownThread], rows: Iterable[Row]) -> dict[int, ShownThread]:
    """The threads at their places in the earlier texts; all on one wording by one comparison."""
    if not threads:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STOOD, [[thread.id for thread in threads]])
        stood = {id: more for id, *more in cursor.fetchall()}
    about = {str(thread.clause) for thread in threads}
    texts = {row.id: after(row.text) for row in rows if row.id in about}
    together = defaultdict(list)
    for thread in threads:
        prefix, suffix, old = stood[thread.id]
        anchor = anchors.Anchor(thread.start, thread.end, thread.quote, prefix, suffix)
        together[thread.clause, old].append((thread, anchor))
    return {
        thread.id: thread
        for (clause, old), pairs in together.items()
        for thread in _carried_back(pairs, old, texts.get(str(clause), ""))
    }


def _carried_back(
    pairs: Sequence[tuple[ShownThread, anchors.Anchor]], old: str, text: str
) -> Iterator[ShownThread]:
    language = pairs[0][0].language
    places = anchors.carry_all([anchor for _, anchor in pairs], old, text, language)
    for (thread, anchor), place in zip(pairs, places, strict=True):
        if place.state == "orphaned" or text[place.start : place.end] != thread.original_quote:
            first = anchors.locate(replace(anchor, quote=thread.original_quote), text)
            place = first if first.state in ("exact", "moved") else place
        quote = text[place.start : place.end]
        yield replace(
            thread,
            start=place.start,
            end=place.end,
            quote=quote,
            state=_state(place, quote, thread),
        )


def _state(place: anchors.Carried, quote: str, thread: ShownThread) -> AnchorState:
    """What had become of the words by then."""
    if place.state == "orphaned":
        return AnchorState.ORPHANED
    same = bare(quote) == bare(thread.original_quote)
    return AnchorState.EXACT if same else AnchorState.CHANGED

"""Keeps threads on their words when the words change.

All threads of a wording are carried by one comparison of its two texts, read and written in one
statement each: this happens while everybody else who writes to the charter waits.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from django.db import connection

from charter.actions.drafts import Draft
from charter.actions.rows import fetch
from charter.models import AnchorState, Thread, Wording
from charter.text import anchors

# Words that more clauses have come to say at once have no one place to go to.
_SEVERAL = 8

_ON_WORDS = "FROM charter_thread WHERE clause_id = ANY(%s) AND quote <> ''"


def carry_threads(draft: Draft) -> None:
    """Carry the anchors of all threads on the wordings this revision changed, resolved or not."""
    changed = {key: pair for key, pair in draft.reworded.items() if pair[0] != pair[1]}
    if not changed:
        return
    on_words = defaultdict(list)
    for thread in fetch(Thread, _ON_WORDS, [[clause for clause, _ in changed]]):
        on_words[thread.clause_id, thread.language].append(thread)
    carried = []
    for key, threads in on_words.items():
        if key in changed:
            carried += _carry(threads, *changed[key], draft.charter.head)
    _follow([thread for thread in carried if thread.state == AnchorState.ORPHANED], draft)
    if carried:
        _keep(carried)


def anchor(thread: Thread, text: str, start: int, end: int, number: int) -> None:
    """Put the thread on `text[start:end]` of the wording as of revision `number`."""
    made = anchors.make(text, start, end)
    thread.start, thread.end = made.start, made.end
    thread.quote, thread.prefix, thread.suffix = made.quote, made.prefix, made.suffix
    thread.anchored_at = number


def carry_on(thread: Thread, texts: list[tuple[int, str]]) -> None:
    """Carry a thread through the wordings that followed: `(revision, text)`, oldest first.

    The first is the one it is anchored in.
    """
    for (_, old), (number, new) in pairwise(texts):
        if old != new:
            _carry([thread], old, new, number)


def _carry(threads: Sequence[Thread], old: str, new: str, number: int) -> list[Thread]:
    """Carry the threads of one wording; those of which something is to be kept."""
    lost = [thread for thread in threads if thread.state == AnchorState.ORPHANED]
    standing = [thread for thread in threads if thread.state != AnchorState.ORPHANED]
    for thread, place in _places(standing, old, new):
        if place.state == "orphaned":
            thread.state = AnchorState.ORPHANED
        else:
            _put(thread, place, new, number)
    return standing + _found_again(lost, new, number)


def _found_again(lost: Sequence[Thread], new: str, number: int) -> list[Thread]:
    """Puts back threads whose words have returned just as they were.

    A wrong anchor is worse than an orphan, so likeness is not enough.
    """
    by_text = defaultdict(list)
    returned = [thread for thread in lost if anchors.occurs(thread.quote, new)]
    for thread, text in zip(returned, _texts_they_stood_in(returned), strict=True):
        by_text[text].append(thread)
    found = []
    for text, threads in by_text.items():
        for thread, place in _places(threads, text, new):
            if place.state in ("exact", "moved"):
                _put(thread, place, new, number)
                found.append(thread)
    return found


def _follow(lost: Sequence[Thread], draft: Draft) -> None:
    """Puts threads that lost their words on the clause these went to in the same revision."""
    arrivals = _arrivals(draft) if lost else {}
    for thread in lost:
        quote = anchors.bare(thread.quote)
        texts = {
            clause: text
            for (clause, language), (text, now, before) in arrivals.items()
            if language == thread.language and quote in now and quote not in before
        }
        if 0 < len(texts) <= _SEVERAL:
            found = anchors.search(_anchor_of(thread), texts)
            if found:
                thread.clause_id = found[0]
                _put(thread, found[1], texts[found[0]], draft.charter.head)


def _arrivals(draft: Draft) -> dict[tuple[UUID, str], tuple[str, str, str]]:
    """Every wording this revision wrote: its text, bare, and bare as it was before."""
    return {
        (row.clause_id, row.language): (
            row.text,
            anchors.bare(row.text),
            anchors.bare(draft.reworded.get((row.clause_id, row.language), ("", ""))[0]),
        )
        for model, _, rows in draft.batches()
        if model is Wording
        for row in rows
    }


def _places(threads: Sequence[Thread], old: str, new: str) -> list[tuple[Thread, anchors.Carried]]:
    made = [_anchor_of(thread) for thread in threads]
    language = threads[0].language if threads else ""
    return list(zip(threads, anchors.carry_all(made, old, new, language), strict=True))


def _anchor_of(thread: Thread) -> anchors.Anchor:
    return anchors.Anchor(thread.start, thread.end, thread.quote, thread.prefix, thread.suffix)


def _put(thread: Thread, place: anchors.Carried, text: str, number: int) -> None:
    moved = place.state == "moved" or thread.state == AnchorState.MOVED
    anchor(thread, text, place.start, place.end, number)
    if thread.quote != thread.original_quote:
        thread.state = AnchorState.CHANGED
    else:
        thread.state = AnchorState.MOVED if moved else AnchorState.EXACT


def _texts_they_stood_in(threads: Sequence[Thread]) -> list[str]:
    """For each thread the text of the last revision in which it still had its words."""
    if not threads:
        return []
    asked = [
        [thread.clause_id for thread in threads],
        [thread.language for thread in threads],
        [thread.anchored_at for thread in threads],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_STOOD_IN, asked)
        return [text or "" for (text,) in cursor.fetchall()]


_STOOD_IN = """
SELECT stood.text
FROM unnest(%s::uuid[], %s::text[], %s::int[])
  WITH ORDINALITY AS asked (clause, language, at, place)
LEFT JOIN LATERAL (
  SELECT text FROM charter_historicalwording
  WHERE clause_id = asked.clause AND language = asked.language AND revision_number <= asked.at
  ORDER BY revision_number DESC LIMIT 1
) AS stood ON true
ORDER BY asked.place
"""


def _keep(threads: Sequence[Thread]) -> None:
    columns = [
        [thread.pk for thread in threads],
        [thread.clause_id for thread in threads],
        [thread.start for thread in threads],
        [thread.end for thread in threads],
        [thread.quote for thread in threads],
        [thread.prefix for thread in threads],
        [thread.suffix for thread in threads],
        [str(thread.state) for thread in threads],
        [thread.anchored_at for thread in threads],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, columns)


_KEEP = """
UPDATE charter_thread live
SET clause_id = given.clause, start = given.start, "end" = given."end",
    quote = given.quote, prefix = given.prefix, suffix = given.suffix,
    state = given.state, anchored_at = given.number
FROM unnest(
  %s::bigint[], %s::uuid[], %s::int[], %s::int[], %s::text[], %s::text[], %s::text[], %s::text[],
  %s::int[]
) AS given (id, clause, start, "end", quote, prefix, suffix, state, number)
WHERE live.id = given.id
"""

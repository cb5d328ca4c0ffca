"""Keeps threads on their words when the words change."""

from itertools import pairwise

from charter.actions.drafts import Draft
from charter.actions.rows import fetch
from charter.models import AnchorState, Thread, Wording
from charter.text import anchors

_FIELDS = ["start", "end", "quote", "prefix", "suffix", "state", "anchored_at"]

_ON_WORDS = "FROM charter_thread WHERE clause_id = ANY(%s) AND quote <> ''"


def carry_threads(draft: Draft) -> None:
    """Carry the anchors of all threads on the wordings this revision changed, resolved or not."""
    changed = {key: pair for key, pair in draft.reworded.items() if pair[0] != pair[1]}
    if not changed:
        return
    carried = []
    for thread in fetch(Thread, _ON_WORDS, [[clause for clause, _ in changed]]):
        pair = changed.get((thread.clause_id, thread.language))
        if pair:
            _carry(thread, *pair, draft.charter.head)
            carried.append(thread)
    if carried:
        Thread.objects.bulk_update(carried, _FIELDS)


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
            _carry(thread, old, new, number)


def _carry(thread: Thread, old: str, new: str, number: int) -> None:
    if thread.state == AnchorState.ORPHANED:
        old = _words_it_stood_on(thread)
    made = anchors.Anchor(thread.start, thread.end, thread.quote, thread.prefix, thread.suffix)
    carried = anchors.carry(made, old, new, thread.language)
    gone = carried.state == "orphaned"
    # What was lost comes back only as it was: a wrong anchor is worse than an orphan.
    if thread.state == AnchorState.ORPHANED and carried.state not in ("exact", "moved"):
        gone = True
    if gone:
        thread.state = AnchorState.ORPHANED
        return
    moved = carried.state == "moved" or thread.state == AnchorState.MOVED
    anchor(thread, new, carried.start, carried.end, number)
    if thread.quote != thread.original_quote:
        thread.state = AnchorState.CHANGED
    else:
        thread.state = AnchorState.MOVED if moved else AnchorState.EXACT


def _words_it_stood_on(thread: Thread) -> str:
    """The text of the last revision in which the thread still had its words."""
    return (
        Wording.history.filter(
            clause_id=thread.clause_id,
            language=thread.language,
            revision_number__lte=thread.anchored_at,
        )
        .order_by("-revision_number")
        .values_list("text", flat=True)
        .first()
        or ""
    )

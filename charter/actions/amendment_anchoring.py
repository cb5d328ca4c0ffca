"""Keeps the threads of an amendment on the words it proposes while its sponsors rework them."""

from collections.abc import Sequence

from charter.models import AmendmentThread, AnchorState, ProposedChange
from charter.queries.proposed_words import parts_of
from charter.text import anchors
from charter.text.proposal import whole

_PLACE = ("change", "start", "end", "quote", "prefix", "suffix", "state")


def words_of(change: ProposedChange) -> str:
    """What places in a change are counted in: all the words it proposes."""
    return whole(parts_of(change))


def anchor(thread: AmendmentThread, text: str, start: int, end: int) -> None:
    """Put the thread on `text[start:end]` of the words of its change."""
    made = anchors.make(text, start, end)
    thread.start, thread.end, thread.quote = made.start, made.end, made.quote
    thread.prefix, thread.suffix = made.prefix, made.suffix


def carry_over(old: ProposedChange, new: ProposedChange) -> None:
    """Give the threads of a change to the one that takes its place, on the words these became.

    `old` is as it was before, be it the same row.
    """
    threads = list(AmendmentThread.objects.filter(change=old.pk))
    if not threads:
        return
    was, now = words_of(old), words_of(new)
    on_words = [one for one in threads if one.quote]
    lost = [one for one in on_words if one.state == AnchorState.ORPHANED]
    standing = [one for one in on_words if one.state != AnchorState.ORPHANED]
    _follow(standing, was, now, new.language)
    _find_again(lost, now)
    for thread in threads:
        thread.change = new
    AmendmentThread.objects.bulk_update(threads, _PLACE)


def let_go(change: ProposedChange) -> None:
    """Take the threads of a change that leaves a draft without a trace off its words."""
    AmendmentThread.objects.filter(change=change).update(
        change=None, start=0, end=0, quote="", prefix="", suffix="", state=AnchorState.ORPHANED
    )


def _follow(threads: Sequence[AmendmentThread], was: str, now: str, language: str) -> None:
    made = [_anchor_of(thread) for thread in threads]
    for thread, place in zip(threads, anchors.carry_all(made, was, now, language), strict=True):
        if place.state == "orphaned":
            thread.state = AnchorState.ORPHANED
        else:
            _put(thread, place, now)


def _find_again(threads: Sequence[AmendmentThread], now: str) -> None:
    """Threads whose words have returned just as they were; likeness is not enough."""
    for thread in threads:
        place = anchors.locate(_anchor_of(thread), now)
        if place.state in ("exact", "moved"):
            _put(thread, place, now)


def _anchor_of(thread: AmendmentThread) -> anchors.Anchor:
    return anchors.Anchor(thread.start, thread.end, thread.quote, thread.prefix, thread.suffix)


def _put(thread: AmendmentThread, place: anchors.Carried, text: str) -> None:
    moved = place.state == "moved" or thread.state == AnchorState.MOVED
    anchor(thread, text, place.start, place.end)
    if thread.quote != thread.original_quote:
        thread.state = AnchorState.CHANGED
    else:
        thread.state = AnchorState.MOVED if moved else AnchorState.EXACT

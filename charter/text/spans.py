"""The words that differ between two wordings, as spans that rebuild both.

Exact: without its insertions a diff is the base, without its deletions the new text. Readable:
whole words, deletions before insertions, a rewritten phrase as one block. Long texts are narrowed
to the paragraphs and sentences that differ (`regions`), their words aligned (`align`), each change
laid where it reads best (`changes`), and islands between changes given up (`coalesce`).
"""

from collections.abc import Iterator

from charter.text.align import Hunk
from charter.text.changes import changes
from charter.text.coalesce import coalesced
from charter.text.redline import Op, Span
from charter.text.regions import regions
from charter.text.worded import Worded, worded

Piece = tuple[Op, str]


def diff(base: str, new: str, language: str = "") -> tuple[Span, ...]:
    """The spans between two wordings; `language` is a BCP 47 tag, or "" when not known.

    No span is empty, and no two adjacent ones have the same operation.
    """
    spans: list[Span] = []
    op: Op = "equal"
    held: list[str] = []
    for kind, text in pieces(base, new, language):
        if kind != op:
            if held:
                spans.append(Span(op, "".join(held)))
                held = []
            op = kind
        held.append(text)
    if held:
        spans.append(Span(op, "".join(held)))
    return tuple(spans)


def pieces(base: str, new: str, language: str = "", fine: bool = False) -> Iterator[Piece]:
    """The same in smaller pieces, never empty; `fine` gives up no island between changes."""
    at = 0
    for b0, b1, n0, n1 in regions(base, new):
        if b0 > at:
            yield "equal", base[at:b0]
        old, young = worded(base[b0:b1], language), worded(new[n0:n1], language)
        for piece in within(old, young, fine):
            if piece[1]:
                yield piece
        at = b1
    if at < len(base):
        yield "equal", base[at:]


def within(base: Worded, new: Worded, fine: bool = False) -> list[Piece]:
    """The pieces of texts that are short or differ throughout, empty ones among them."""
    hunks = changes(base, new)
    if not fine:
        hunks = coalesced(base, new, hunks)
    pieces: list[Piece] = []
    b = n = 0
    for hunk in _to_the_ends(base, new, hunks):
        if hunk[0] > b:
            pieces += _unchanged(base, new, b, hunk[0], n)
        pieces += _changed(base, new, hunk)
        _, b, _, n = hunk
    return pieces


def _to_the_ends(base: Worded, new: Worded, hunks: list[Hunk]) -> list[Hunk]:
    """The changes, with an empty one where white space begins or ends the text."""
    words, others = len(base.words), len(new.words)
    if not hunks or (hunks[0][0] and hunks[0][2] and (base.gap(0) or new.gap(0))):
        hunks = [(0, 0, 0, 0), *hunks]
    if hunks[-1][1] < words and hunks[-1][3] < others:
        hunks = [*hunks, (words, words, others, others)]
    return hunks


def _unchanged(base: Worded, new: Worded, start: int, end: int, new_start: int) -> list[Piece]:
    """Words that stand in both texts, though perhaps with other white space between them."""
    new_end = new_start + end - start
    old = base.part(start, end)
    if old == new.part(new_start, new_end):
        return [("equal", old)]
    pieces: list[Piece] = [("equal", base.words[start])]
    for at, other in zip(range(start + 1, end), range(new_start + 1, new_end), strict=True):
        was, now = base.gap(at), new.gap(other)
        pieces += _parted(was, now, len(was), len(was), len(now), len(now))
        pieces.append(("equal", base.words[at]))
    return pieces


def _changed(base: Worded, new: Worded, hunk: Hunk) -> list[Piece]:
    """A change with the white space on both sides of it."""
    b0, b1, n0, n1 = hunk
    lead, tail, new_lead, new_tail = base.gap(b0), base.gap(b1), new.gap(n0), new.gap(n1)
    old, young = base.part(b0, b1), new.part(n0, n1)
    if lead == new_lead and tail == new_tail and old and young:
        return [("equal", lead), ("delete", old), ("insert", young), ("equal", tail)]
    # Where a side has no words, the white space before and behind them is the same.
    old = lead + old + tail if old else lead
    young = new_lead + young + new_tail if young else new_lead
    return _parted(old, young, len(lead), len(tail), len(new_lead), len(new_tail))


def _parted(
    old: str, young: str, lead: int, tail: int, new_lead: int, new_tail: int
) -> list[Piece]:
    """A change between the white space that two runs share at their ends."""
    head = _alike(old[:lead], young[:new_lead])
    if head < max(lead, new_lead) and old[len(old) - tail :] == young[len(young) - new_tail :]:
        head = 0  # white space that is the same behind the change is better kept whole there
    old_tail = old[max(head, len(old) - tail) :]
    new_end = young[max(head, len(young) - new_tail) :]
    same = _alike(old_tail[::-1], new_end[::-1])
    return [
        ("equal", old[:head]),
        ("delete", old[head : len(old) - same]),
        ("insert", young[head : len(young) - same]),
        ("equal", old[len(old) - same :]),
    ]


def _alike(one: str, other: str) -> int:
    """How many characters two runs of white space share at their beginning."""
    if one == other:
        return len(one)
    if "\r" in one or "\r" in other:
        return 0  # a line feed stays with the carriage return before it
    shared = 0
    while one[shared : shared + 1] == other[shared : shared + 1]:
        shared += 1
    return shared

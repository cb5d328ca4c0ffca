"""The words that differ between two wordings, as spans that rebuild both.

Exact: without its insertions a diff is the base, without its deletions the new text. Readable:
whole words, deletions before insertions, a rewritten phrase as one block. Long texts are narrowed
to the paragraphs and sentences that differ (`regions`), their words aligned (`align`), each change
laid where it reads best (`changes`), and islands between changes given up (`coalesce`).
"""

from collections.abc import Iterator

from charter.text.align import Hunk, Worded, worded
from charter.text.changes import changes
from charter.text.coalesce import coalesced
from charter.text.compare import clean, compare
from charter.text.redline import Op, Redline, Span
from charter.text.regions import regions

__all__ = ["Redline", "Span", "clean", "compare", "diff", "pieces"]

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
        hunks = changes(old, young)
        yield from _pieces(old, young, hunks if fine else coalesced(old, young, hunks))
        at = b1
    if at < len(base):
        yield "equal", base[at:]


def _pieces(base: Worded, new: Worded, hunks: list[Hunk]) -> Iterator[Piece]:
    b = n = 0
    for b0, b1, n0, n1 in _to_the_ends(base, new, hunks):
        if b0 > b:
            yield from _unchanged(base, new, b, b0, n)
        yield from _changed(
            base.text[base.ends[b0 - 1] if b0 else 0 : base.start(b1)],
            new.text[new.ends[n0 - 1] if n0 else 0 : new.start(n1)],
            (len(base.gap(b0)), len(base.gap(b1)), len(new.gap(n0)), len(new.gap(n1))),
        )
        b, n = b1, n1


def _to_the_ends(base: Worded, new: Worded, hunks: list[Hunk]) -> list[Hunk]:
    """The changes with an empty one at either end of the text, for the white space there."""
    words, others = len(base.words), len(new.words)
    if not hunks or hunks[0][0] or hunks[0][2]:
        hunks = [(0, 0, 0, 0), *hunks]
    if hunks[-1][1] < words or hunks[-1][3] < others:
        hunks = [*hunks, (words, words, others, others)]
    return hunks


def _unchanged(base: Worded, new: Worded, start: int, end: int, new_start: int) -> Iterator[Piece]:
    """Words that stand in both texts, though perhaps with other white space between them."""
    new_end = new_start + end - start
    old = base.text[base.starts[start] : base.ends[end - 1]]
    if old == new.text[new.starts[new_start] : new.ends[new_end - 1]]:
        yield "equal", old
        return
    for at, other in zip(range(start, end), range(new_start, new_end), strict=True):
        if at > start:
            yield from _space(base.gap(at), new.gap(other))
        yield "equal", base.words[at]


def _space(old: str, young: str) -> Iterator[Piece]:
    yield from _changed(old, young, (len(old), len(old), len(young), len(young)))


def _changed(old: str, young: str, gaps: tuple[int, int, int, int]) -> Iterator[Piece]:
    """A change with the white space around it, which is equal as far as it can be."""
    head = _alike(old[: gaps[0]], young[: gaps[2]])
    if head < max(gaps[0], gaps[2]) and old[len(old) - gaps[1] :] == young[len(young) - gaps[3] :]:
        head = 0  # white space that is the same behind the change is better kept whole there
    old_tail = old[max(head, len(old) - gaps[1]) :]
    young_tail = young[max(head, len(young) - gaps[3]) :]
    tail = _alike(old_tail[::-1], young_tail[::-1])
    if head:
        yield "equal", old[:head]
    if head < len(old) - tail:
        yield "delete", old[head : len(old) - tail]
    if head < len(young) - tail:
        yield "insert", young[head : len(young) - tail]
    if tail:
        yield "equal", old[len(old) - tail :]


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

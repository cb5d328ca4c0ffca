"""The changes from one wording to another as edits that cut no square bracket written by hand."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from charter.text.align import Hunk
from charter.text.brackets import Place, brackets
from charter.text.spans import diff


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the base from `start` to `end` give way to `text`."""

    start: int
    end: int
    text: str


def edits_of(base: str, text: str, language: str = "") -> tuple[Edit, ...]:
    """The edits that make `text` of the base, in order; none touches another or cuts a bracket."""
    hunks: list[Hunk] = []
    b = n = 0
    for span in diff(base, text, language):
        old = b + len(span.text) * (span.op != "insert")
        new = n + len(span.text) * (span.op != "delete")
        if span.op != "equal":
            _add(hunks, (b, old, n, new))
        b, n = old, new
    if "[" in base or "[" in text:
        hunks = _whole_brackets(hunks, brackets(base), brackets(text))
    return tuple(Edit(b0, b1, text[n0:n1]) for b0, b1, n0, n1 in hunks)


def _add(hunks: list[Hunk], hunk: Hunk) -> None:
    """Append a change; one that touches the last is made one with it."""
    hunks.append(_joined(hunks.pop(), hunk) if hunks and _touch(hunks[-1], hunk) else hunk)


def _whole_brackets(hunks: list[Hunk], old: Sequence[Place], new: Sequence[Place]) -> list[Hunk]:
    """The changes, widened until none has one end of a square bracket without the other."""
    within_old, within_new = _Partners(old), _Partners(new)
    whole: list[Hunk] = []
    waiting = hunks[::-1]
    while waiting:
        hunk = waiting.pop()
        while whole and _touch(whole[-1], hunk):
            hunk = _joined(whole.pop(), hunk)
        wide = _widened(hunk, hunks, within_old, within_new)
        if wide == hunk:
            whole.append(hunk)
            continue
        while waiting and _touch(wide, waiting[-1]):
            wide = _joined(wide, waiting.pop())
        waiting.append(wide)
    return whole


def _touch(one: Hunk, following: Hunk) -> bool:
    return one[1] >= following[0] and one[3] >= following[2]


def _joined(one: Hunk, other: Hunk) -> Hunk:
    return (
        min(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        max(one[3], other[3]),
    )


def _widened(hunk: Hunk, hunks: Sequence[Hunk], old: "_Partners", new: "_Partners") -> Hunk:
    """The change with the partners of the brackets' ends in it, `hunks` being all changes."""
    b0, b1 = old.reach(hunk[0], hunk[1])
    n0, n1 = new.reach(hunk[2], hunk[3])
    beside = _across_from(b0, hunks, 0), _across_from(b1, hunks, 0)
    hunk = _joined(hunk, (b0, b1, *beside))
    beside = _across_from(n0, hunks, 2), _across_from(n1, hunks, 2)
    return _joined(hunk, (*beside, n0, n1))


class _Partners:
    """The ends of the square brackets of a text, and where their partners stand.

    Kept as a segment tree, for a text may be all brackets and each change asks.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        pairs = [(place.start, place.end - 1) for place in places]
        ends = sorted((*pairs, *((last, first) for first, last in pairs)))
        self.at = [end for end, _ in ends]
        partners = [partner for _, partner in ends]
        self.first, self.last = [0] * len(ends) + partners, [0] * len(ends) + partners
        for node in range(len(ends) - 1, 0, -1):
            self.first[node] = min(self.first[2 * node : 2 * node + 2])
            self.last[node] = max(self.last[2 * node : 2 * node + 2])

    def reach(self, start: int, end: int) -> tuple[int, int]:
        """This part of the text, widened to the partners of the ends that stand in it."""
        size = len(self.at)
        low, high = size + bisect_left(self.at, start), size + bisect_left(self.at, end)
        while low < high:
            for node in ({low} if low % 2 else set()) | ({high - 1} if high % 2 else set()):
                start, end = min(start, self.first[node]), max(end, self.last[node] + 1)
            low, high = (low + 1) // 2, high // 2
        return start, end


def _across_from(at: int, hunks: Sequence[Hunk], side: int) -> int:
    """The place in the other text of one in the base (`side` 0) or in the new text (2).

    Within a change it is the end of the change.
    """
    other = 2 - side
    before = bisect_left(hunks, at, key=lambda hunk: hunk[side]) - 1
    if before < 0:
        return at
    hunk = hunks[before]
    return hunk[other + 1] if at < hunk[side + 1] else at + hunk[other + 1] - hunk[side + 1]

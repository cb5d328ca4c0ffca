"""Word alignment: which words of one text stand in the other.

The engine is the longest common subsequence by bit-parallel Indel distance (rapidfuzz; Hyyrö 2004)
after equal ends are taken off. Where its matrix would grow past a bound, runs of words that occur
once in each text divide the work first (patience diff, Bram Cohen), and as a last resort position
does.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

from rapidfuzz.distance import Indel

# Words [0:1] of the base give way to words [2:3] of the new text.
Hunk = tuple[int, int, int, int]

# Cells of one matrix of the engine: about 10 ms and 4 MB.
_CELLS = 30_000_000


def aligned(base: Sequence[Hashable], new: Sequence[Hashable]) -> list[Hunk]:
    """The changed runs between two sequences, in order and not touching.

    As few items change as possible, as long as the sequences are not both long and repetitive.
    """
    found: list[Hunk] = []
    for b0, b1, n0, n1 in _divided(base, new):
        at_base, at_new = b0, n0
        for block in Indel.editops(base[b0:b1], new[n0:n1]).as_matching_blocks():
            if b0 + block.a > at_base or n0 + block.b > at_new:
                _add(found, (at_base, b0 + block.a, at_new, n0 + block.b))
            at_base, at_new = b0 + block.a + block.size, n0 + block.b + block.size
    return found


def _add(found: list[Hunk], hunk: Hunk) -> None:
    if found and found[-1][1] == hunk[0] and found[-1][3] == hunk[2]:
        found[-1] = (found[-1][0], hunk[1], found[-1][2], hunk[3])
    else:
        found.append(hunk)


def _divided(base: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Hunk]:
    """Pairs of stretches small enough for the engine; what lies between them is equal."""
    todo: list[Hunk] = [(0, len(base), 0, len(new))]
    while todo:
        b0, b1, n0, n1 = trimmed(base, new, todo.pop())
        if b0 == b1 and n0 == n1:
            continue
        if (b1 - b0) * (n1 - n0) <= _CELLS:
            yield b0, b1, n0, n1
        else:
            todo.extend(reversed(_halved(base, new, (b0, b1, n0, n1))))


def trimmed(base: Sequence[Hashable], new: Sequence[Hashable], hunk: Hunk) -> Hunk:
    """A pair of stretches without their equal ends."""
    b0, b1, n0, n1 = hunk
    same = _shared(base, new, b0, n0, min(b1 - b0, n1 - n0))
    b0, n0 = b0 + same, n0 + same
    while b1 > b0 and n1 > n0 and base[b1 - 1] == new[n1 - 1]:
        b1, n1 = b1 - 1, n1 - 1
    return b0, b1, n0, n1


def _shared(base: Sequence[Hashable], new: Sequence[Hashable], b: int, n: int, most: int) -> int:
    for same in range(most):
        if base[b + same] != new[n + same]:
            return same
    return most


def _halved(base: Sequence[Hashable], new: Sequence[Hashable], hunk: Hunk) -> list[Hunk]:
    """The stretches between anchors: runs of four items, else items, that occur once in each."""
    b0, b1, n0, n1 = hunk
    for run in (4, 1):
        anchors = _anchors(base[b0:b1], new[n0:n1], run)
        if anchors:
            corners = [(b0 + b, n0 + n) for b, n in anchors]
            starts, ends = [(b0, n0), *corners], [*corners, (b1, n1)]
            return [(s[0], e[0], s[1], e[1]) for s, e in zip(starts, ends, strict=True)]
    middle = (b0 + b1) // 2, (n0 + n1) // 2
    return [(b0, middle[0], n0, middle[1]), (middle[0], b1, middle[1], n1)]


def _anchors(base: Sequence[Hashable], new: Sequence[Hashable], run: int) -> list[tuple[int, int]]:
    """Pairs of places of runs that occur once in each, as many as keep their order."""
    base_runs = list(zip(*(base[k:] for k in range(run)), strict=False))
    new_runs = list(zip(*(new[k:] for k in range(run)), strict=False))
    base_count, new_count = Counter(base_runs), Counter(new_runs)
    place = {item: at for at, item in enumerate(new_runs) if new_count[item] == 1}
    pairs = [
        (at, place[item])
        for at, item in enumerate(base_runs)
        if item in place and base_count[item] == 1
    ]
    return _ascending(pairs)


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs whose second places ascend (patience sorting)."""
    tops: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(chosen[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        chosen[pile : pile + 1] = [at]
    chain: list[tuple[int, int]] = []
    at = chosen[-1] if chosen else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]

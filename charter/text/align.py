"""Word alignment: which words of one text stand in the other.

The engine is the longest common subsequence by bit-parallel Indel distance (rapidfuzz; Hyyrö 2004)
after equal ends are taken off. Where its matrix would grow past a bound, runs of words that occur
once in each text divide the work first (patience diff, Bram Cohen), and as a last resort position
does.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from math import isqrt

from rapidfuzz.distance import Indel

from charter.text.ascent import longest_ascent

# Words [0:1] of the base give way to words [2:3] of the new text.
Hunk = tuple[int, int, int, int]

# Cells of one matrix of the engine: about 10 ms and 4 MB.
_CELLS = 30_000_000

# Anchors are runs of four items, else single items, that occur once in each stretch. They are
# looked for so many times over, since each time may find one only.
_RUNS, _LEVELS = (4, 1), 6


def aligned(base: Sequence[Hashable], new: Sequence[Hashable]) -> list[Hunk]:
    """The changed runs between two sequences, in order and not touching.

    As few items change as possible, as long as the sequences are not both long and repetitive.
    """
    if len(base) * len(new) <= _CELLS:
        return _engine(base, new)
    found: list[Hunk] = []
    for b0, b1, n0, n1 in _divided(base, new):
        for i, j, k, m in _engine(base[b0:b1], new[n0:n1]):
            _add(found, (b0 + i, b0 + j, n0 + k, n0 + m))
    return found


def _engine(base: Sequence[Hashable], new: Sequence[Hashable]) -> list[Hunk]:
    found: list[Hunk] = []
    at = to = 0
    for block in Indel.editops(base, new).as_matching_blocks():
        start, new_start = block.a, block.b
        if start > at or new_start > to:
            found.append((at, start, to, new_start))
        at, to = start + block.size, new_start + block.size
    return found


def _add(found: list[Hunk], hunk: Hunk) -> None:
    if found and found[-1][1] == hunk[0] and found[-1][3] == hunk[2]:
        found[-1] = (found[-1][0], hunk[1], found[-1][2], hunk[3])
    else:
        found.append(hunk)


def _divided(base: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Hunk]:
    """Pairs of stretches small enough for the engine; what lies between them is equal."""
    todo: list[tuple[Hunk, int]] = [((0, len(base), 0, len(new)), 0)]
    while todo:
        hunk, level = todo.pop()
        b0, b1, n0, n1 = trimmed(base, new, hunk)
        if b0 == b1 and n0 == n1:
            continue
        if (b1 - b0) * (n1 - n0) <= _CELLS:
            yield b0, b1, n0, n1
        else:
            runs = _RUNS if level < _LEVELS else ()
            parts = _parted(base, new, (b0, b1, n0, n1), runs)
            todo.extend((part, level + 1) for part in reversed(parts))


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


def _parted(
    base: Sequence[Hashable], new: Sequence[Hashable], hunk: Hunk, runs: Sequence[int]
) -> list[Hunk]:
    """The stretches between anchors, else as many as the engine needs, by position."""
    b0, b1, n0, n1 = hunk
    found = (_anchors(base[b0:b1], new[n0:n1], run) for run in runs)
    anchors = next(filter(None, found), [])
    if not anchors:
        parts = isqrt((b1 - b0) * (n1 - n0) // _CELLS) + 1
        anchors = [
            ((b1 - b0) * part // parts, (n1 - n0) * part // parts) for part in range(1, parts)
        ]
    corners = [(b0 + b, n0 + n) for b, n in anchors]
    starts, ends = [(b0, n0), *corners], [*corners, (b1, n1)]
    return [(s[0], e[0], s[1], e[1]) for s, e in zip(starts, ends, strict=True)]


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
    return [pairs[at] for at in longest_ascent([place for _, place in pairs])]

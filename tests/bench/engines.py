"""The engines a redline could be made with, each on the same words: what aligns them how fast.

Each gives the runs that changed between two lists of words, as `charter.text.align.aligned` does:
words [0:1] of the one give way to words [2:3] of the other.

Google's diff-match-patch in C++ is not among them: its wheel installs a package named `tests`. It
was measured apart, on words mapped to characters; see the decision in charter/README.md.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher

import cydifflib
from rapidfuzz.distance import Indel

from charter.text.align import Hunk, trimmed
from charter.text.ascent import longest_ascent

Words = list[str]
Engine = Callable[[Words, Words], list[Hunk]]


def difflib(base: Words, new: Words) -> list[Hunk]:
    return _changed(SequenceMatcher(None, base, new, autojunk=False).get_opcodes())


def difflib_compiled(base: Words, new: Words) -> list[Hunk]:
    return _changed(cydifflib.SequenceMatcher(None, base, new, autojunk=False).get_opcodes())


def rapidfuzz(base: Words, new: Words) -> list[Hunk]:
    return _between(
        (block.a, block.b, block.size) for block in Indel.editops(base, new).as_matching_blocks()
    )


def myers(base: Words, new: Words) -> list[Hunk]:
    """The greedy algorithm of E. Myers, An O(ND) Difference Algorithm (1986), in Python."""
    start, end, new_start, new_end = trimmed(base, new, (0, len(base), 0, len(new)))
    old, young = base[start:end], new[new_start:new_end]
    furthest = {1: 0}
    rounds: list[dict[int, int]] = []
    for edits in range(len(old) + len(young) + 1):
        rounds.append(dict(furthest))
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (
                diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1]
            )
            x = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            y = x - diagonal
            while x < len(old) and y < len(young) and old[x] == young[y]:
                x, y = x + 1, y + 1
            furthest[diagonal] = x
            if x >= len(old) and y >= len(young):
                path = _walked_back(rounds, len(old), len(young))
                middle = [(start + x, new_start + y, size) for x, y, size in path]
                ends = (0, 0, start), (end, new_end, len(base) - end)
                return _between([ends[0], *middle, ends[1], (len(base), len(new), 0)])
    raise AssertionError("deleting and inserting everything is always a way")


def patience(base: Words, new: Words) -> list[Hunk]:
    """Words that occur once in each text divide the work (Bram Cohen); rapidfuzz does the rest."""
    once = [Counter(words) for words in (base, new)]
    places = {word: at for at, word in enumerate(new) if once[1][word] == 1}
    pairs = [
        (at, places[word]) for at, word in enumerate(base) if word in places and once[0][word] == 1
    ]
    kept = [pairs[at] for at in longest_ascent([place for _, place in pairs])]
    return _between(_filled(base, new, kept, rapidfuzz))


def histogram(base: Words, new: Words) -> list[Hunk]:
    """The longest run whose words are rarest divides the work (Shawn Pearce, JGit), in Python."""
    found: list[tuple[int, int, int]] = []
    todo = [(0, len(base), 0, len(new))]
    while todo:
        b0, b1, n0, n1 = trimmed(base, new, todo.pop())
        counts = Counter(base[b0:b1])
        places: dict[str, list[int]] = {}
        for at in range(b0, b1):
            places.setdefault(base[at], []).append(at)
        best, run = (65, 0), None
        for y in range(n0, n1):
            for x in places.get(new[y], ()):
                i, j = x, y
                rarest = counts[base[x]]
                while i > b0 and j > n0 and base[i - 1] == new[j - 1]:
                    i, j = i - 1, j - 1
                    rarest = min(rarest, counts[base[i]])
                size = x - i
                while i + size < b1 and j + size < n1 and base[i + size] == new[j + size]:
                    rarest = min(rarest, counts[base[i + size]])
                    size += 1
                if (rarest, -size) < best:
                    best, run = (rarest, -size), (i, j, size)
        if run:
            i, j, size = run
            found.append(run)
            todo += [(b0, i, n0, j), (i + size, b1, j + size, n1)]
    return _between(_with_equal_ends(base, new, sorted(found)))


ENGINES: dict[str, Engine] = {
    "rapidfuzz Indel (C++)": rapidfuzz,
    "difflib (Python)": difflib,
    "difflib compiled (cydifflib)": difflib_compiled,
    "Myers (Python)": myers,
    "patience, then rapidfuzz": patience,
    "histogram (Python)": histogram,
}


def _changed(ops: Iterable[tuple[str, int, int, int, int]]) -> list[Hunk]:
    return [(i, j, k, m) for op, i, j, k, m in ops if op != "equal"]


def _between(blocks: Iterable[tuple[int, int, int]]) -> list[Hunk]:
    """What lies between equal runs, which are in order; the last of them ends both texts."""
    found: list[Hunk] = []
    at = to = 0
    for start, new_start, size in blocks:
        if start > at or new_start > to:
            found.append((at, start, to, new_start))
        at, to = start + size, new_start + size
    return found


def _walked_back(rounds: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    blocks = []
    for edits in range(len(rounds) - 1, -1, -1):
        furthest, diagonal = rounds[edits], x - y
        down = diagonal == -edits or (
            diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1]
        )
        before = diagonal + 1 if down else diagonal - 1
        from_x = furthest[before] if edits else 0
        from_y = from_x - before if edits else 0
        start = (from_x, from_y + 1) if down else (from_x + 1, from_y)
        if not edits:
            start = 0, 0
        if x > start[0]:
            blocks.append((*start, x - start[0]))
        x, y = from_x, from_y
    return blocks[::-1]


def _filled(
    base: Words, new: Words, anchors: list[tuple[int, int]], engine: Engine
) -> Iterator[tuple[int, int, int]]:
    """Equal runs of texts that are the same at some anchors, and between them as an engine says."""
    b = n = 0
    for x, y in [*anchors, (len(base), len(new))]:
        at, to = b, n
        for i, j, _, m in engine(base[b:x], new[n:y]):
            yield at, to, b + i - at
            at, to = b + j, n + m
        yield at, to, x - at
        if x < len(base):
            yield x, y, 1
        b, n = x + 1, y + 1
    yield len(base), len(new), 0


def _with_equal_ends(
    base: Words, new: Words, runs: list[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Equal runs, and what is the same at both ends of what lies between them."""
    at = to = 0
    for x, y, size in [*runs, (len(base), len(new), 0)]:
        start, end, _, new_end = trimmed(base, new, (at, x, to, y))
        yield at, to, start - at
        yield end, new_end, x - end
        yield x, y, size
        at, to = x + size, y + size

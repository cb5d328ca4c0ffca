"""Readability: short runs of equal words between changes give way to one larger change.

A sequence matcher leaves a rewritten phrase as confetti: "of", "the" and a comma standing between
deleted and inserted words. Such an island is given up where the changes around it outweigh it,
cheapest first, and in a lightly edited text only as long as the redline stays within a tenth of
the smallest possible one. An island never reaches over the end of a sentence.
"""

from heapq import heappop, heappush
from itertools import pairwise
from math import inf

from charter.text.align import Hunk
from charter.text.changes import ends_sentence
from charter.text.worded import Worded

# A longer run of words is not an island whatever surrounds it.
_LONGEST = 12

# The changed words around an island must outnumber its own so many times: one of under three words,
# and a longer one.
_SHORT, _LONG = 3.0, 6.0

# Below the first share of changed words a text is lightly edited and a redline may exceed the
# smallest by a tenth; from the second share on it is rewritten and may be as large as it must.
_LIGHT_TEXT, _REWRITTEN_TEXT, _ALLOWANCE = 0.25, 0.4, 0.1


def coalesced(base: Worded, new: Worded, hunks: list[Hunk]) -> list[Hunk]:
    """The changes with islands between them given up."""
    if len(hunks) < 2:
        return hunks
    hunks = _slid_together(base, new, hunks)
    islands = [_island(base, left[1], right[0]) for left, right in pairwise(hunks)]
    if all(island == inf for island in islands):
        return hunks
    return _Islands(base, new, hunks, islands).given_up()


def _slid_together(base: Worded, new: Worded, hunks: list[Hunk]) -> list[Hunk]:
    """Joins neighbours where one can be shifted to the other without changing more words."""
    out = [hunks[0]]
    for right in hunks[1:]:
        left = out[-1]
        apart = right[0] - left[1]
        if apart < 3 and _shifts(base, new, left, apart):
            out[-1] = (left[0] + apart, right[1], left[2] + apart, right[3])
        elif apart < 3 and _shifts(base, new, right, -apart):
            out[-1] = (left[0], right[1] - apart, left[2], right[3] - apart)
        else:
            out.append(right)
    return out


def _shifts(base: Worded, new: Worded, hunk: Hunk, step: int) -> bool:
    """Whether a pure insertion or deletion could as well stand `step` words further on."""
    b0, b1, n0, n1 = hunk
    if b0 < b1 and n0 < n1:
        return False
    words, start, end = (new.words, n0, n1) if b0 == b1 else (base.words, b0, b1)
    if step < 0:
        start, end = start + step, end + step
    return words[start : start + abs(step)] == words[end : end + abs(step)]


class _Islands:
    """The runs of equal words between the changes of one text; number i follows change i."""

    def __init__(self, base: Worded, new: Worded, hunks: list[Hunk], weight: list[float]) -> None:
        self.hunks = hunks
        self.weight = weight
        self.given = [False] * (len(hunks) - 1)
        # Of changes joined to a block the first and the last know each other and the size.
        self.size = [
            _weight(base.words[b0:b1]) + _weight(new.words[n0:n1]) for b0, b1, n0, n1 in hunks
        ]
        self.first = list(range(len(hunks)))
        self.last = list(range(len(hunks)))
        changed = sum(b1 - b0 + n1 - n0 for b0, b1, n0, n1 in hunks)
        self.left = _allowance(changed, len(base.words) + len(new.words))
        self.queue: list[tuple[int, float, int]] = []

    def given_up(self) -> list[Hunk]:
        """The changes that are left, with the islands not worth keeping in them."""
        for at in range(len(self.weight)):
            self._consider(at)
        while self.queue:
            cost, _, at = heappop(self.queue)
            if not self.given[at] and cost <= self.left:
                self.left -= cost
                self._give_up(at)
        starts = [0, *(at + 1 for at, given in enumerate(self.given) if not given)]
        return [
            (self.hunks[at][0], end[1], self.hunks[at][2], end[3])
            for at, end in ((at, self.hunks[self.last[at]]) for at in starts)
        ]

    def _consider(self, at: int) -> None:
        around = self.size[at] + self.size[at + 1]
        needed = self.weight[at] * (_SHORT if self.weight[at] < 3 else _LONG)
        if needed <= around and self.weight[at] < inf:
            cost = 2 * (self.hunks[at + 1][0] - self.hunks[at][1])
            heappush(self.queue, (cost, needed / around if around else 1, at))

    def _give_up(self, at: int) -> None:
        self.given[at] = True
        first, last = self.first[at], self.last[at + 1]
        self.size[first] = self.size[last] = self.size[at] + self.size[at + 1]
        self.first[last], self.last[first] = first, last
        if first and not self.given[first - 1]:
            self._consider(first - 1)
        if last < len(self.given) and not self.given[last]:
            self._consider(last)


def _allowance(changed: int, words: int) -> float:
    """How many more words than the fewest possible a redline may show as changed."""
    share = changed / words
    if share >= _REWRITTEN_TEXT:
        return inf
    excess = max(0.0, share - _LIGHT_TEXT) / (_REWRITTEN_TEXT - _LIGHT_TEXT)
    return changed * (_ALLOWANCE + excess)


def _weight(words: list[str]) -> float:
    """How much words count: a punctuation mark a quarter."""
    return sum(1.0 if word[0].isalnum() else 0.25 for word in words)


def _island(base: Worded, start: int, end: int) -> float:
    """The weight of a run of equal words; infinite where it must stand."""
    if end - start > _LONGEST or ends_sentence(base, start, end):
        return inf
    return _weight(base.words[start:end])

"""Readability: short runs of equal words between changes give way to one larger change.

A sequence matcher leaves a rewritten phrase as confetti: "of", "the" and a comma standing between
deleted and inserted words. Such an island is given up where the changes on its two sides are at
least as large, cheapest first, and in a lightly edited text only as long as the redline stays near
the smallest possible one. An island never reaches over the end of a sentence.

Measured against the best that any alignment can do (all islands and changed words weighed against
each other in one table), this loses a hundredth of the words.
"""

from itertools import pairwise
from math import inf

from charter.text.align import Hunk
from charter.text.changes import ends_sentence
from charter.text.worded import Worded

# A longer run of words and marks is not an island whatever surrounds it.
_LONGEST = 6

# An island of under three words gives way to as many changed words around it, a longer one only in
# a rewritten text and to so many times as many.
_BRIEF, _LONG_TIMES = 3.0, 8.0

# A punctuation mark counts for so much of a word.
_MARK = 0.25

# Below the first share of changed words a text is lightly edited and a redline may exceed the
# smallest by so much; from the second share on it is rewritten and may be as large as it must.
_LIGHT_TEXT, _REWRITTEN_TEXT, _ALLOWANCE = 0.25, 0.4, 0.13


def coalesced(base: Worded, new: Worded, hunks: list[Hunk]) -> list[Hunk]:
    """The changes with islands between them given up."""
    if not _any_near(hunks):
        return hunks
    hunks = _slid_together(base, new, hunks)
    left = _allowance(hunks, len(base.words) + len(new.words))
    given: set[int] = set()
    for cost, _, at in sorted(_islands(base, new, hunks, left == inf)):
        if cost > left:
            break
        left -= cost
        given.add(at)
    return _joined(hunks, given) if given else hunks


def _any_near(hunks: list[Hunk]) -> bool:
    return any(right[0] - left[1] <= _LONGEST for left, right in pairwise(hunks))


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


def _allowance(hunks: list[Hunk], words: int) -> float:
    """How many more words than the fewest possible a redline may show as changed."""
    changed = sum(b1 - b0 + n1 - n0 for b0, b1, n0, n1 in hunks)
    share = changed / words
    if share >= _REWRITTEN_TEXT:
        return inf
    excess = max(0.0, share - _LIGHT_TEXT) / (_REWRITTEN_TEXT - _LIGHT_TEXT)
    return 2 * round(changed * (_ALLOWANCE + excess) / 2)  # an equal word costs two


def _islands(
    base: Worded, new: Worded, hunks: list[Hunk], rewritten: bool
) -> list[tuple[int, int, int]]:
    """The runs worth giving up: changed words each costs, less those around it, its place."""
    found: list[tuple[int, int, int]] = []
    for at, (left, right) in enumerate(pairwise(hunks)):
        start, end = left[1], right[0]
        if end - start > _LONGEST:
            continue
        needed = max(1.0, _weight(base.words[start:end]))  # marks alone draw nothing in
        if needed >= _BRIEF:
            needed *= _LONG_TIMES if rewritten else inf
        around = start - left[0] + left[3] - left[2] + right[1] - end + right[3] - right[2]
        # Words are weighed only where their number leaves a doubt.
        doubtful = around * _MARK < needed
        if doubtful and needed > _size(base, new, left) + _size(base, new, right):
            continue
        if not rewritten and _recased(base, new, left) and _recased(base, new, right):
            continue
        if not ends_sentence(base, start, end):
            found.append((2 * (end - start), -around, at))
    return found


def _recased(base: Worded, new: Worded, hunk: Hunk) -> bool:
    """Whether words only became capital or small ones: that is best seen word by word."""
    b0, b1, n0, n1 = hunk
    return b1 - b0 == n1 - n0 and all(
        was.casefold() == now.casefold()
        for was, now in zip(base.words[b0:b1], new.words[n0:n1], strict=True)
    )


def _size(base: Worded, new: Worded, hunk: Hunk) -> float:
    b0, b1, n0, n1 = hunk
    return _weight(base.words[b0:b1]) + _weight(new.words[n0:n1])


def _weight(words: list[str]) -> float:
    """How much words count: a punctuation mark less."""
    return sum([1.0 if word[0].isalnum() else _MARK for word in words])


def _joined(hunks: list[Hunk], given: set[int]) -> list[Hunk]:
    """The changes with those numbered joined to the next."""
    out = [hunks[0]]
    for at, right in enumerate(hunks[1:]):
        if at in given:
            left = out[-1]
            out[-1] = (left[0], right[1], left[2], right[3])
        else:
            out.append(right)
    return out

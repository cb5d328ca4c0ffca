"""Readability: short runs of equal words between changes give way to one larger change.

A sequence matcher leaves a rewritten phrase as confetti: "of", "the" and a comma standing between
deleted and inserted words. Such an island is given up when the changes around it outweigh it.
"""

from charter.text.align import Hunk, Worded
from charter.text.changes import ends_sentence


def coalesced(base: Worded, hunks: list[Hunk]) -> list[Hunk]:
    """The changes with the islands between them given up, the least worthy first."""
    if len(hunks) < 2:
        return hunks
    out = [hunks[0]]
    for hunk in hunks[1:]:
        out.append(hunk)
        while len(out) > 1 and _joins(base, out[-2], out[-1]):
            right, left = out.pop(), out.pop()
            out.append((left[0], right[1], left[2], right[3]))
    return out


def _joins(base: Worded, left: Hunk, right: Hunk) -> bool:
    island = base.words[left[1] : right[0]]
    weight = sum(word.isalnum() for word in island)
    if ends_sentence(base, left[1], right[0]):
        return False
    return weight * 4 <= _size(left) + _size(right)


def _size(hunk: Hunk) -> int:
    return hunk[1] - hunk[0] + hunk[3] - hunk[2]

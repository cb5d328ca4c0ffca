"""What changed between two wordings: runs of words, laid where a reader would look for them."""

import re

from charter.text.abbreviations import closes
from charter.text.align import Hunk, aligned
from charter.text.worded import Worded

# How good a place is for the edge of a change.
_EDGE, _PARAGRAPH, _SENTENCE, _PHRASE, _SPACE, _NONE = 6, 5, 4, 2, 1, 0

_SENTENCE_ENDS = frozenset(".!?…。！？؟।۔")
_UNSPACED_ENDS = frozenset("。！？")
_MAY_END = re.compile(f"[\\n{''.join(_SENTENCE_ENDS)}]")
_PHRASE_ENDS = frozenset(",;:、，；：،؛)»”")

# Before and after the line feed of a list, as against that of a wrapped line.
_LIST_ENDS = _SENTENCE_ENDS | frozenset(":;：；")
_LIST_MARKS = frozenset("-*+•–—#|>§")

# A run is not shifted further than this many words: repetitive texts stay linear.
_REACH = 100


def changes(base: Worded, new: Worded) -> list[Hunk]:
    """The fewest words that changed; a run that could stand in several places in the best one."""
    found = aligned(base.words, new.words)
    floor = 0
    for at, (b0, b1, n0, n1) in enumerate(found):
        if b0 == b1 or n0 == n1:
            ceiling = found[at + 1][0] - 1 if at + 1 < len(found) else len(base.words)
            step = _best(base, new, (b0, b1, n0, n1), floor, ceiling)
            found[at] = (b0 + step, b1 + step, n0 + step, n1 + step)
        floor = found[at][1] + 1
    return found


def _best(base: Worded, new: Worded, hunk: Hunk, floor: int, ceiling: int) -> int:
    """How far to shift a pure insertion or deletion so that it begins and ends most naturally."""
    b0, b1, n0, n1 = hunk
    side, start, end = (new, n0, n1) if b0 == b1 else (base, b0, b1)
    words = side.words
    low, lowest = 0, max(floor - b0, -_REACH)
    while low > lowest and words[start + low - 1] == words[end + low - 1]:
        low -= 1
    high, highest = 0, min(ceiling - b1, _REACH)
    while high < highest and words[start + high] == words[end + high]:
        high += 1
    if low == high:
        return 0
    return max(
        range(low, high + 1),
        key=lambda step: break_before(side, start + step) + break_before(side, end + step),
    )


def break_before(side: Worded, at: int) -> int:
    """How strong a break the text has before word `at`, from none to the end of the text."""
    if at == 0 or at == len(side.words):
        return _EDGE
    gap = side.gap(at)
    if "\n" in gap:
        return _PARAGRAPH
    last = side.words[at - 1]
    if last in _SENTENCE_ENDS and (gap or last in _UNSPACED_ENDS):
        return _SENTENCE
    if gap and closes(last, side.words[at]):
        return _SENTENCE
    if last in _PHRASE_ENDS:
        return _PHRASE
    return _SPACE if gap else _NONE


def ends_unit(side: Worded, at: int) -> bool:
    """Whether a sentence, a paragraph or the text ends before word `at`."""
    return break_before(side, at) >= _SENTENCE


def ends_sentence(side: Worded, start: int, end: int) -> bool:
    """Whether a sentence ends before one of the words from `start` to `end`.

    A single line feed is taken for a wrapped line, unless a list or a heading begins after it.
    """
    if start > 0 and end < len(side.words):
        near = side.text[side.start(start - 1) : side.start(end)]
        if not _MAY_END.search(near):
            return False
    return any(_sentence_before(side, at) for at in range(start, end + 1))


def _sentence_before(side: Worded, at: int) -> bool:
    strength = break_before(side, at)
    if strength != _PARAGRAPH:
        return strength > _PHRASE
    first = side.words[at]
    wrapped = side.gap(at).count("\n") == 1 and side.words[at - 1] not in _LIST_ENDS
    return not wrapped or first in _LIST_MARKS or first[0].isdigit()

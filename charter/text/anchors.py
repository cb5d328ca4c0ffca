"""Anchors: a range of words that a comment is about, carried from text to text.

`carry` follows the words through the diff of two texts. `locate` looks for them in a text whose
history is not known, by quote, context and position, as the Web Annotation Data Model (W3C 2017)
selects text. White space is never a difference. Every guess has a minimum score: a wrong anchor is
worse than an orphan.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeVar

from charter.text.quotes import Place, bare, close_likeness, closest, likeness, nearest, occurrences
from charter.text.spans import pieces

CONTEXT = 32

State = Literal["exact", "moved", "changed", "orphaned"]

# What must be left of a quote where the diff leads to: the share of its letters in words that were
# not touched, and the likeness of the whole. Without such words the likeness must be a close one;
# with most of them there is no need to look elsewhere.
_UNTOUCHED, _LIKE, _CLOSE, _MOSTLY = 0.33, 0.5, 0.6, 0.7

# How much context must agree where the same words stand in another place: a little where the words
# are new there, much where they stood there before.
_ARRIVED, _STANDING = 0.4, 0.75

# So many words that occur only once in either text are known without their context.
_UNMISTAKABLE = 4

# An edited quote is recognised elsewhere only when it is long and nearly the same.
_LONG, _NEARLY = 24, 0.8

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A range of a text in code points, its words, and up to 32 code points on either side."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """Where an anchor stands in another text.

    exact: the quoted words stand unchanged in their place, which edits before them may have
    shifted. moved: unchanged, but in another place than the one the diff leads to or, for `locate`,
    the position tells. changed: edited; the range holds what has become of them. orphaned: gone;
    `start == end` is where they stood. `score` says how much of the quote was found, from 0 to 1.
    """

    state: State
    start: int
    end: int
    score: float = 1.0


def make(text: str, start: int, end: int) -> Anchor:
    """An anchor on `text[start:end]`. ValueError when that is no range of the text."""
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{start} to {end} is no range of a text of {len(text)} characters")
    before, behind = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Anchor(start, end, text[start:end], before, behind)


def carry(anchor: Anchor, old: str, new: str, language: str = "") -> Carried:
    """The anchor, made on `old`, in `new`, the text that `old` became."""
    if old[anchor.start : anchor.end] != anchor.quote:
        return locate(anchor, new)
    changes = _changes(old, new, language)
    start, end, untouched = changes.place(anchor.start, anchor.end)
    start, end = _trimmed(new, start, end)
    found = new[start:end]
    if bare(found) == bare(anchor.quote):
        return Carried("exact", start, end)
    moved = _unmistakable(anchor, old, new)
    if moved:
        return moved
    left = untouched / (len(bare(anchor.quote)) or 1)
    if left < _MOSTLY:
        moved = _elsewhere(anchor, new, start, changes)
        if moved:
            return moved
    like = likeness(anchor.quote, found)
    enough = left >= _UNTOUCHED and like >= _LIKE
    if enough or close_likeness(anchor.quote, found) >= _CLOSE:
        return Carried("changed", start, end, like)
    return Carried("orphaned", start, start, like)


def locate(anchor: Anchor, text: str) -> Carried:
    """The anchor in a text of which nothing else is known."""
    place = min(anchor.start, len(text))
    if not anchor.quote.strip():
        return Carried("orphaned", place, place, 0.0)
    found = [_judged(anchor, text, *each) for each in occurrences(anchor.quote, text)]
    if found:
        best = nearest(found, anchor.start)
        return Carried("exact" if best.start == anchor.start else "moved", best.start, best.end)
    guess = closest(anchor.quote, text, anchor.start)
    if guess.score >= _CLOSE:
        return Carried("changed", guess.start, guess.end, guess.score)
    return Carried("orphaned", place, place, guess.score)


def search(anchor: Anchor, texts: Mapping[Key, str]) -> tuple[Key, Carried] | None:
    """The one text of several to which the quoted words have moved, unchanged.

    Words as short as one, or the same in several texts, need the context they had.
    """
    found: list[tuple[float, Key, Place]] = []
    for key, text in texts.items():
        for each in occurrences(anchor.quote, text) if anchor.quote.strip() else ():
            place = _judged(anchor, text, *each)
            found.append((place.score, key, place))
    found.sort(key=lambda each: -each[0])
    least = _STANDING if len(found) > 1 or len(anchor.quote.split()) < 3 else _ARRIVED
    if not found or found[0][0] < least or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    _, key, place = found[0]
    return key, Carried("moved", place.start, place.end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the white space at its ends."""
    found = text[start:end]
    if not found.strip():
        return start, start
    return start + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())


def _judged(anchor: Anchor, text: str, start: int, end: int) -> Place:
    """A place with how well the words around it fit the context of the anchor."""
    before = bare(text[max(0, start - CONTEXT) : start])
    behind = bare(text[end : end + CONTEXT])
    left, right = bare(anchor.prefix), bare(anchor.suffix)
    # A quote at the end of its text has nothing on that side; that says little either way.
    scores = [
        likeness(left[-len(before) :] if before else left, before) if left else 0.5,
        likeness(right[: len(behind)] if behind else right, behind) if right else 0.5,
    ]
    return Place(start, end, sum(scores) / 2)


def _unmistakable(anchor: Anchor, old: str, new: str) -> Carried | None:
    """The only place of a quote that is long enough to know it by its words alone."""
    if len(anchor.quote.split()) < _UNMISTAKABLE:
        return None
    places = list(occurrences(anchor.quote, new))
    if len(places) != 1 or len(list(occurrences(anchor.quote, old))) != 1:
        return None
    return Carried("moved", *places[0])


def _elsewhere(anchor: Anchor, new: str, start: int, changes: "_Changes") -> Carried | None:
    """The quote in another place than the diff leads to, where that is beyond doubt."""
    if not anchor.quote.strip():
        return None
    found = []
    for each in occurrences(anchor.quote, new):
        place = _judged(anchor, new, *each)
        arrived = changes.arrived(place.start, place.end)
        if place.score >= (_ARRIVED if arrived else _STANDING):
            found.append(place)
    if found:
        best = nearest(found, start)
        return Carried("moved", best.start, best.end)
    if len(anchor.quote) >= _LONG:
        guess = closest(anchor.quote, new, start)
        if guess.score >= _NEARLY and changes.arrived(guess.start, guess.end):
            return Carried("changed", guess.start, guess.end, guess.score)
    return None


class _Changes:
    """The blocks of two texts in order: equal ones, and changed ones in between."""

    def __init__(self, old: str, new: str, language: str) -> None:
        self.old, self.new = old, new
        self.blocks: list[tuple[int, int, int, int, bool]] = []
        b = n = 0
        for op, text in pieces(old, new, language, fine=True):
            b1 = b + (len(text) if op != "insert" else 0)
            n1 = n + (len(text) if op != "delete" else 0)
            last = self.blocks[-1] if self.blocks else None
            if last and last[4] == (op == "equal"):
                self.blocks[-1] = (last[0], b1, last[2], n1, last[4])
            else:
                self.blocks.append((b, b1, n, n1, op == "equal"))
            b, n = b1, n1
        self.starts = [block[0] for block in self.blocks]
        self.new_starts = [block[2] for block in self.blocks]

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """The range of the new text that took the place of a range of the old one.

        With it the number of its letters that stand in words which were not touched.
        """
        if not self.blocks:
            return 0, 0, 0
        at, to = self._block(start), self._block(max(start, end - 1))
        first, last = self.blocks[at], self.blocks[to]
        if at == to and not first[4]:
            return *self._within(first, start, end), 0
        new_start = self._edge(first, start, first[1], True)
        new_end = self._edge(last, last[0], end, False)
        untouched = sum(
            len(bare(self.old[max(start, b0) : min(end, b1)]))
            for b0, b1, _, _, equal in self.blocks[at : to + 1]
            if equal
        )
        return new_start, max(new_start, new_end), untouched

    def _block(self, at: int) -> int:
        """The block that holds the character at a place of the old text."""
        return max(0, bisect_right(self.starts, at) - 1)

    def _within(
        self, block: tuple[int, int, int, int, bool], start: int, end: int
    ) -> tuple[int, int]:
        """What became of a range all of which was changed in one go."""
        b0, b1, n0, n1, _ = block
        if start == b0 and end == b1:
            return n0, n1
        guess = closest(self.old[start:end], self.new[n0:n1], start - b0)
        if guess.score < _CLOSE:
            return n0, n0
        return n0 + guess.start, n0 + guess.end

    def _edge(
        self, block: tuple[int, int, int, int, bool], start: int, end: int, first: bool
    ) -> int:
        """Where the range begins, or ends, in a block of which it holds only a part."""
        b0, b1, n0, n1, equal = block
        if equal:
            return n0 + start - b0 if first else n0 + end - b0
        if (start, end) == (b0, b1):
            return n0 if first else n1
        guess = closest(self.old[start:end], self.new[n0:n1], n1 - n0 if first else 0)
        if guess.score < _CLOSE:
            return n1 if first else n0
        return n0 + (guess.start if first else guess.end)

    def arrived(self, start: int, end: int) -> bool:
        """Whether most of a range of the new text was not in its place before."""
        at = max(0, bisect_right(self.new_starts, start) - 1)
        fresh = 0
        while at < len(self.blocks) and self.blocks[at][2] < end:
            _, _, n0, n1, equal = self.blocks[at]
            fresh += 0 if equal else min(end, n1) - max(start, n0)
            at += 1
        return 2 * fresh > end - start


@lru_cache(maxsize=8)
def _changes(old: str, new: str, language: str) -> _Changes:
    # All the anchors of a text are carried one after another.
    return _Changes(old, new, language)

"""Anchors: a range of words that a comment is about, carried from text to text.

`carry` follows the words through the diff of two texts. `locate` looks for them in a text whose
history is not known, by quote, context and position, as the Web Annotation Data Model (W3C 2017)
selects text. White space is never a difference. Every guess has a minimum score: a wrong anchor is
worse than an orphan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from charter.text.blocks import CLOSE, Blocks, blocks
from charter.text.quotes import (
    Effort,
    Place,
    bare,
    close_likeness,
    closest,
    likeness,
    nearest,
    occurrences,
)

__all__ = [
    "Anchor", "Carried", "State", "bare", "carry", "carry_all", "locate", "make", "occurs", "search"
]  # fmt: skip

CONTEXT = 32

State = Literal["exact", "moved", "changed", "orphaned"]

# What must be left of a quote where the diff leads to: the share of its letters in words that were
# not touched, and the likeness of the whole. Without such words the likeness must be a close one;
# with most of them there is no need to look elsewhere.
_UNTOUCHED, _LIKE, _MOSTLY = 0.33, 0.5, 0.7

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
    return _carried(anchor, blocks(old, new, language), Effort())


def carry_all(
    anchors: Sequence[Anchor], old: str, new: str, language: str = ""
) -> tuple[Carried, ...]:
    """Every anchor, made on `old`, in `new`.

    The texts are compared once, and all guesses together are bounded: hundreds of anchors take
    little longer than one.
    """
    effort = Effort()
    return tuple([_carried(anchor, blocks(old, new, language), effort) for anchor in anchors])


def _carried(anchor: Anchor, changes: Blocks, effort: Effort) -> Carried:
    old, new = changes.old, changes.new
    if old[anchor.start : anchor.end] != anchor.quote:
        return _located(anchor, new, effort)
    start, end, untouched = changes.place(anchor.start, anchor.end, effort)
    start, end = _trimmed(new, start, end)
    found = new[start:end]
    if bare(found) == bare(anchor.quote):
        return Carried("exact", start, end)
    moved = _unmistakable(anchor, old, new)
    if moved:
        return moved
    left = untouched / (len(bare(anchor.quote)) or 1)
    if left < _MOSTLY:
        moved = _elsewhere(anchor, start, changes, effort)
        if moved:
            return moved
    like = likeness(anchor.quote, found)
    enough = left >= _UNTOUCHED and like >= _LIKE
    if enough or close_likeness(anchor.quote, found) >= CLOSE:
        return Carried("changed", start, end, like)
    return Carried("orphaned", start, start, like)


def locate(anchor: Anchor, text: str) -> Carried:
    """The anchor in a text of which nothing else is known."""
    return _located(anchor, text, Effort())


def _located(anchor: Anchor, text: str, effort: Effort) -> Carried:
    place = min(anchor.start, len(text))
    if not anchor.quote.strip():
        return Carried("orphaned", place, place, 0.0)
    found = [_judged(anchor, text, *each) for each in occurrences(anchor.quote, text)]
    if found:
        best = nearest(found, anchor.start)
        return Carried("exact" if best.start == anchor.start else "moved", best.start, best.end)
    guess = closest(anchor.quote, text, anchor.start, CLOSE, effort)
    if guess.score >= CLOSE:
        return Carried("changed", guess.start, guess.end, guess.score)
    return Carried("orphaned", place, place, guess.score)


def occurs(quote: str, text: str) -> bool:
    """Whether the words of a quote stand in a text at all, with any white space between them."""
    return next(occurrences(quote, text), None) is not None


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


def _elsewhere(anchor: Anchor, start: int, changes: Blocks, effort: Effort) -> Carried | None:
    """The quote in another place than the diff leads to, where that is beyond doubt."""
    new = changes.new
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
        guess = closest(anchor.quote, new, start, _NEARLY, effort)
        if guess.score >= _NEARLY and changes.arrived(guess.start, guess.end):
            return Carried("changed", guess.start, guess.end, guess.score)
    return None

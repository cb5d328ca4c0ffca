"""Anchors: a range of words that a comment is about, carried from text to text.

`carry` follows the words through a diff, `locate` looks for them in a text whose base is not known,
by quote, context and position as the Web Annotation Data Model (W3C 2017) selects text. White space
does not count as a difference. Every guess has a minimum score: a wrong anchor is worse than an
orphan.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from charter.text.diff import pieces

CONTEXT = 32

State = Literal["exact", "moved", "changed", "orphaned"]

# The least share of a quote that must be found again.
_SAME_PLACE = 0.5
_ELSEWHERE = 0.8


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

    exact: the quoted words stand unchanged where they stood, though edits before them may have
    shifted them. moved: unchanged, but in another place. changed: edited; the range holds what has
    become of them. orphaned: gone; `start == end` is where they stood. `score` is the share of the
    quote that is there, from 0 to 1.
    """

    state: State
    start: int
    end: int
    score: float = 1.0


def make(text: str, start: int, end: int) -> Anchor:
    """An anchor on `text[start:end]`. ValueError when that is not a range of the text."""
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{start} to {end} is not a range of a text of {len(text)} characters")
    return Anchor(
        start,
        end,
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def carry(anchor: Anchor, old: str, new: str, language: str = "") -> Carried:
    """The anchor, made on `old`, in the text that `old` became."""
    if old[anchor.start : anchor.end] != anchor.quote:
        return locate(anchor, new)
    place = _mapped(anchor, old, new, language)
    found = new[place.start : place.end]
    if _bare(found) == _bare(anchor.quote):
        return Carried("exact", place.start, place.end)
    if place.score >= _SAME_PLACE:
        return place
    elsewhere = _search(anchor, new, place.start)
    if elsewhere:
        return elsewhere
    return Carried("orphaned", place.start, place.start, place.score)


def locate(anchor: Anchor, text: str) -> Carried:
    """The anchor in a text of which only the words are known."""
    return _search(anchor, text, anchor.start) or Carried(
        "orphaned", min(anchor.start, len(text)), min(anchor.start, len(text)), 0.0
    )


def _bare(text: str) -> str:
    return " ".join(text.split())


def _mapped(anchor: Anchor, old: str, new: str, language: str) -> Carried:
    """The range that took the place of the quote, by the diff, and how much of it is left."""
    at = there = 0
    start = end = -1
    kept = 0
    for op, text in pieces(old, new, language):
        size = len(text)
        if op == "insert":
            if start >= 0 and at < anchor.end:
                end = there + size
            there += size
            continue
        low, high = max(at, anchor.start), min(at + size, anchor.end)
        if low < high or (anchor.start == anchor.end and at <= anchor.start <= at + size):
            if start < 0:
                start = there + (low - at if op == "equal" else 0)
            end = there + (high - at if op == "equal" else 0)
            if op == "equal":
                kept += len(text[low - at : high - at].replace(" ", ""))
        at += size
        if op == "equal":
            there += size
    whole = len(anchor.quote.replace(" ", "")) or 1
    return Carried("changed", max(start, 0), max(end, start, 0), kept / whole)


def _search(anchor: Anchor, text: str, hint: int) -> Carried | None:
    if not anchor.quote.strip():
        return None
    best = max(
        (
            (_context(anchor, text, start, end), -abs(start - hint), start, end)
            for start, end in _occurrences(anchor.quote, text)
        ),
        default=None,
    )
    if best is None:
        return None
    return Carried("exact" if best[2] == hint else "moved", best[2], best[3])


def _occurrences(quote: str, text: str) -> Iterator[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    for match in re.finditer(pattern, text):
        yield match.span()


def _context(anchor: Anchor, text: str, start: int, end: int) -> float:
    """How well the words around a place fit the context of the anchor, from 0 to 1."""
    before = text[max(0, start - CONTEXT) : start]
    behind = text[end : end + CONTEXT]
    left = Indel.normalized_similarity(_bare(anchor.prefix), _bare(before))
    right = Indel.normalized_similarity(_bare(anchor.suffix), _bare(behind))
    return (left + right) / 2

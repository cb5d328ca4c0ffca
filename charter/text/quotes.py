"""Finding quoted words in a text: as they are, or as they are now after an edit."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import partial_ratio_alignment

# A guess near the place where the words are expected may be so much worse than one far from it.
_HANDICAP = 0.05

# Whole words are preferred to parts of words that are so much more like the quote.
_WHOLE = 0.15

# A quote of fewer characters is brief.
_BRIEF = 8

_EDGE = re.compile(r"\b")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a text in code points, and how well it fits, from 0 to 1."""

    start: int
    end: int
    score: float


def bare(text: str) -> str:
    """The text with every run of white space made one space, and none at its ends."""
    return " ".join(text.split())


def likeness(one: str, other: str) -> float:
    """The share of letters that two texts have in common in order, whatever their white space."""
    return Indel.normalized_similarity(bare(one), bare(other))


def close_likeness(one: str, other: str) -> float:
    """The same, counting only letters in runs, since any two texts share single ones.

    A run is three letters, in a brief quote two, and of ideographs one.
    """
    one, other = bare(one), bare(other)
    if one == other:
        return 1.0
    least = 1 if _IDEOGRAPH.search(one) else 2 if len(one) < _BRIEF else 3
    blocks = Indel.editops(one, other).as_matching_blocks()
    return 2 * sum(block.size for block in blocks if block.size >= least) / (len(one) + len(other))


def occurrences(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a quote stand in a text, with any white space between them."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    return (match.span() for match in re.finditer(pattern, text))


def nearest(places: Iterable[Place], at: int) -> Place:
    """The best of several places; of equally good ones the one nearest to a position."""
    return max(places, key=lambda place: (round(place.score, 2), -abs(place.start - at)))


def closest(quote: str, text: str, at: int) -> Place:
    """The words of a text most like a quote, by preference near a position."""
    reach = len(quote) // 2 + 1
    near = _best(quote, text, max(0, at - reach), at + len(quote) + reach)
    far = _best(quote, text, 0, len(text))
    return near if near.score >= far.score - _HANDICAP else far


def _best(quote: str, text: str, low: int, high: int) -> Place:
    window = text[low:high]
    found = partial_ratio_alignment(quote, window) if quote and window else None
    if found is None or found.dest_start == found.dest_end:
        return Place(low, low, 0.0)
    start, end = low + found.dest_start, low + found.dest_end
    rough = Place(start, end, close_likeness(quote, text[start:end]))
    words = max(_whole_words(quote, text, start, end), key=lambda place: place.score, default=rough)
    return words if words.score >= rough.score - _WHOLE else rough


def _whole_words(quote: str, text: str, start: int, end: int) -> Iterator[Place]:
    """Ranges about a rough one that begin and end at the edges of words."""
    margin = 24
    low = max(0, start - margin)
    starts = [match.start() for match in _EDGE.finditer(text, low, start + margin)]
    ends = [match.start() for match in _EDGE.finditer(text, max(0, end - margin), end + margin)]
    for first in starts:
        for last in ends:
            if 2 * abs(last - first - len(quote)) > len(quote):
                continue
            found = text[first:last]
            if found and not found[0].isspace() and not found[-1].isspace():
                yield Place(first, last, close_likeness(quote, found))

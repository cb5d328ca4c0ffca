"""Finding quoted words in a text: as they are, or as they are now after an edit."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import partial_ratio_alignment

from charter.text.align import aligned

# A guess near the place where the words are expected may be so much worse than one far from it.
_HANDICAP = 0.05

# Whole words are preferred to parts of words that are so much more like the quote.
_WHOLE = 0.15

# A quote of fewer characters is brief.
_BRIEF = 8

# A longer quote is not guessed at: a search takes the square of its length.
_LONGEST = 1_000

# Texts whose lengths have a larger product are compared by words and not by letters, and not
# searched through for what is alike.
_CELLS = 30_000_000

# So many edges of words about each end of a rough range are tried, and so far from it.
_EDGES, _MARGIN = 16, 24

_EDGE = re.compile(r"\b")
_WORD = re.compile(r"\S+")
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
    if len(one) * len(other) > _CELLS:
        return _shared_words(one, other)
    least = 1 if _IDEOGRAPH.search(one) else 2 if len(one) < _BRIEF else 3
    blocks = Indel.editops(one, other).as_matching_blocks()
    return 2 * sum(block.size for block in blocks if block.size >= least) / (len(one) + len(other))


def _shared_words(one: str, other: str) -> float:
    words = one.split(" ")
    changed = sum(
        len(word) + 1
        for start, end, *_ in aligned(words, other.split(" "))
        for word in words[start:end]
    )
    return 2 * max(0, len(one) - changed) / (len(one) + len(other))


def occurrences(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a quote stand in a text, with any white space between them."""
    wanted, flat = bare(quote), bare(text)
    found = flat.find(wanted) if wanted else -1
    if found < 0:
        return
    spans = [match.span() for match in _WORD.finditer(text)]
    starts, at = [], 0  # of the words in the bare text
    for start, end in spans:
        starts.append(at)
        at += end - start + 1
    while found >= 0:
        last = found + len(wanted) - 1
        first_word, last_word = bisect_right(starts, found) - 1, bisect_right(starts, last) - 1
        yield (
            spans[first_word][0] + found - starts[first_word],
            spans[last_word][0] + last - starts[last_word] + 1,
        )
        found = flat.find(wanted, last + 1)


def nearest(places: Iterable[Place], at: int) -> Place:
    """The best of several places; of equally good ones the one nearest to a position."""
    return max(places, key=lambda place: (round(place.score, 2), -abs(place.start - at)))


def closest(quote: str, text: str, at: int) -> Place:
    """The words of a text most like a quote, by preference near a position.

    There are none, at a score of 0, for a quote that is very long; for a long one in a very long
    text only those near.
    """
    if len(quote) > _LONGEST:
        return Place(min(at, len(text)), min(at, len(text)), 0.0)
    reach = len(quote) // 2 + 1
    near = _best(quote, text, max(0, at - reach), at + len(quote) + reach)
    if len(quote) * len(text) > _CELLS:
        return near
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
    starts = _edges(text, start)
    ends = _edges(text, end)
    for first in starts:
        for last in ends:
            if 2 * abs(last - first - len(quote)) > len(quote):
                continue
            found = text[first:last]
            if found and not found[0].isspace() and not found[-1].isspace():
                yield Place(first, last, close_likeness(quote, found))


def _edges(text: str, about: int) -> list[int]:
    """The edges of words nearest to a place, in order."""
    low, high = max(0, about - _MARGIN), about + _MARGIN
    found = [match.start() for match in _EDGE.finditer(text, low, high)]
    return sorted(sorted(found, key=lambda at: abs(at - about))[:_EDGES])

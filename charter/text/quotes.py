"""Finding quoted words in a text: as they are, or as they are now after an edit."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

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

# All that is spent on guesses for the anchors of one text, about half a second: letters of a quote
# times letters searched, and once more for every 64 letters of the quote.
_EFFORT = 1_000_000_000

# What a guess may gain when it is laid on whole words.
_GAIN = 0.1

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


@dataclass(slots=True)
class Effort:
    """What is left to spend on guesses."""

    left: int = _EFFORT

    def spend(self, quote: int, letters: int) -> bool:
        """Whether a quote of this length may be looked for in so many letters."""
        cost = quote * letters * (1 + quote // 64)
        if quote * letters > _CELLS or cost > self.left:
            return False
        self.left -= cost
        return True


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


@dataclass(frozen=True, slots=True)
class _Flat:
    """A bare text, where its words stand in the text, and where they begin in the bare one."""

    bare: str
    spans: list[tuple[int, int]]
    starts: list[int]


@lru_cache(maxsize=8)
def _flat(text: str) -> _Flat:
    # All the anchors of a text are looked for one after another.
    spans = [match.span() for match in _WORD.finditer(text)]
    starts, at = [], 0
    for start, end in spans:
        starts.append(at)
        at += end - start + 1
    return _Flat(bare(text), spans, starts)


def occurrences(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a quote stand in a text, with any white space between them."""
    wanted = bare(quote)
    if not wanted:
        return
    flat = _flat(text)
    spans, starts = flat.spans, flat.starts
    found = flat.bare.find(wanted)
    while found >= 0:
        last = found + len(wanted) - 1
        first_word, last_word = bisect_right(starts, found) - 1, bisect_right(starts, last) - 1
        yield (
            spans[first_word][0] + found - starts[first_word],
            spans[last_word][0] + last - starts[last_word] + 1,
        )
        found = flat.bare.find(wanted, last + 1)


def nearest(places: Iterable[Place], at: int) -> Place:
    """The best of several places; of equally good ones the one nearest to a position."""
    return max(places, key=lambda place: (round(place.score, 2), -abs(place.start - at)))


def closest(quote: str, text: str, at: int, least: float, effort: Effort) -> Place:
    """The words of a text most like a quote, by preference near a position.

    There are none, at a score of 0, where no score could reach `least`, and for a quote that is
    very long; for a long one in a very long text only those near, and none once the effort allowed
    is spent.
    """
    nowhere = Place(min(at, len(text)), min(at, len(text)), 0.0)
    reach = len(quote) // 2 + 1
    if len(quote) > _LONGEST or not effort.spend(len(quote), len(quote) + 2 * reach):
        return nowhere
    near = _best(quote, text, max(0, at - reach), at + len(quote) + reach, least)
    if not effort.spend(len(quote), len(text)):
        return near or nowhere
    far = _best(quote, text, 0, len(text), least)
    if near is None or far is None:
        return near or far or nowhere
    return near if near.score >= far.score - _HANDICAP else far


def _best(quote: str, text: str, low: int, high: int, least: float) -> Place | None:
    window = text[low:high]
    if not quote or not window:
        return None
    found = partial_ratio_alignment(quote, window, score_cutoff=100 * (least - _GAIN))
    if found is None or found.dest_start == found.dest_end:
        return None
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

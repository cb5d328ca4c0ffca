"""Words that left a text, so that they are known again where they come back.

A run of words is known by any four of them in a row and then followed both ways as far as it is
the same. Few words in a row are said by anybody: only a run that is long enough counts, and in the
wording it was taken from a shorter one does, or a whole sentence.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from charter.text.abbreviations import closes
from charter.text.changes import ends_unit
from charter.text.worded import Worded

# Words in a row, without their punctuation, that are the same words again: in the wording they
# left, and in another one, where a whole sentence, or all that left, may be as short as in the
# first. Of the phrases that stand in several articles of the Constitution of the United States,
# most are of five to seven words.
WITHIN, ELSEWHERE = 4, 8

_STOPS = frozenset(".!?…。！？؟।۔")

_KEYS = WITHIN  # words that make a key
_PLACES = 8  # of one key; four words that have left more often tell nothing apart
_REACH = 120  # words of a sentence on either side of those that left
_ROOM = 500_000  # words kept; what leaves after so many is forgotten

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Departed(Generic[C]):
    """Words that one revision took from a wording, each with what is known of it.

    Those [first, last) went; with the others, which stayed, they made whole sentences.
    """

    revision: int
    key: Hashable
    words: Sequence[str]
    known: Sequence[C]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Return(Generic[C]):
    """The words [start, end) of a text are those of `source` from its word `first` on."""

    start: int
    end: int
    source: Departed[C]
    first: int


class Pool(Generic[C]):
    """All that left. It only grows, by revision, so that it serves every earlier one too.

    `written` gives the revision that wrote a word, of what is known of it.
    """

    def __init__(self, written: Callable[[C], int]) -> None:
        self.written = written
        self.through = 0  # the last revision that added to it
        self.size = 0
        self.all: list[Departed[C]] = []
        self._places: dict[int, list[tuple[int, int]]] = {}

    def add(self, departed: Departed[C]) -> None:
        """Keep a run, if it is long enough and not one that left many times before."""
        words, first, last = departed.words, departed.first, departed.last
        if last - first < _KEYS or self.size + len(words) > _ROOM:
            return
        number, kept = len(self.all), False
        for at in range(first, last - _KEYS + 1):
            places = self._places.setdefault(hash(tuple(words[at : at + _KEYS])), [])
            if len(places) < _PLACES:
                places.append((number, at))
                kept = True
        if kept:
            self.all.append(departed)
            self.size += len(words)

    def returns(
        self, text: Worded, start: int, end: int, key: Hashable, revision: int
    ) -> Iterator[Return[C]]:
        """What is back among the words [start, end) that `revision` brought to the wording `key`.

        In order and apart. The longest run counts; of equal ones the one that left in this very
        revision, then the one that was written first, then the one that left first.
        """
        at = floor = start
        while at + _KEYS <= end:
            places = self._places.get(hash(tuple(text.words[at : at + _KEYS])), ())
            sources = ((self.all[number], place) for number, place in places)
            found = (
                _clipped(_followed(text, floor, at, end, source, place), text)
                for source, place in sources
                if source.revision <= revision
            )
            counting = [one for one in found if _counts(one, text, key)]
            if not counting:
                at += 1
                continue
            best = max(counting, key=lambda one: self._rank(one, revision))
            yield best
            at = floor = best.end

    def _rank(self, found: Return[C], revision: int) -> tuple[int, bool, int]:
        first = self.written(found.source.known[found.first])
        return found.end - found.start, found.source.revision == revision, -first


def _followed(
    text: Worded, floor: int, at: int, end: int, source: Departed[C], place: int
) -> Return[C]:
    """The run around word `at`, which stands at `place` of the source."""
    words, others = text.words, source.words
    stop = min(end, at + len(others) - place)
    shift = place - at
    until = at
    while until < stop and words[until] == others[until + shift]:
        until += 1
    bottom = max(floor, -shift)
    while at > bottom and words[at - 1] == others[at - 1 + shift]:
        at -= 1
    return Return(at, until, source, at + shift)


def _clipped(found: Return[C], text: Worded) -> Return[C]:
    """The run without words that stayed where they were, unless it is whole sentences with them."""
    source, last = found.source, found.first + found.end - found.start
    if source.first <= found.first and last <= source.last:
        return found
    if _begins(found, text) and _ends(found, text, last):
        return found
    before, after = max(0, source.first - found.first), max(0, last - source.last)
    return Return(found.start + before, found.end - after, source, found.first + before)


def _begins(found: Return[C], text: Worded) -> bool:
    source = found.source.words
    begins = found.first == 0 or _stops(source, found.first)
    return begins or ends_unit(text, found.start)


def _ends(found: Return[C], text: Worded, last: int) -> bool:
    source = found.source.words
    ends = last == len(source) or _stops(source, last)
    return ends or ends_unit(text, found.end)


def _stops(words: Sequence[str], at: int) -> bool:
    """Whether a sentence ends before word `at`, which is neither the first nor past the last."""
    return words[at - 1] in _STOPS or closes(words[at - 1], words[at])


def _counts(found: Return[C], text: Worded, key: Hashable) -> bool:
    words = sum(word[0].isalnum() for word in text.words[found.start : found.end])
    if words < WITHIN:
        return False
    if words >= ELSEWHERE or found.source.key == key:
        return True
    last = found.first + found.end - found.start
    all_left = found.first == found.source.first, last == found.source.last
    return (all_left[0] or _begins(found, text)) and (all_left[1] or _ends(found, text, last))


def sentences(words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """The sentences that hold the words [first, last), from the first word to past the last.

    Just these words where a sentence goes on for too long.
    """
    begin, stop = first, last
    while begin and not _stops(words, begin):
        begin -= 1
        if first - begin > _REACH:
            return first, last
    while stop < len(words) and not _stops(words, stop):
        stop += 1
        if stop - last > _REACH:
            return first, last
    return begin, stop


def longest(text: Worded, at: int, end: int, sources: Sequence[Departed[C]]) -> Return[C] | None:
    """The longest run of words from `at` on that stands in one of these; the first of equal ones.

    It has a word, and not only marks.
    """
    best: Return[C] | None = None
    for source in sources:
        for first in range(len(source.words)):
            until = at
            while (
                until < end
                and first + until - at < len(source.words)
                and text.words[until] == source.words[first + until - at]
            ):
                until += 1
            if until > (best.end if best else at):
                best = Return(at, until, source, first)
    says = best is not None and any(word[0].isalnum() for word in text.words[at : best.end])
    return best if says else None

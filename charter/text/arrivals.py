"""Words that came to a wording: which of them were there before, and who is credited with them.

By the second of the rules in `blame`. What left is in a `Pool`; a revision that restores an earlier
state also looks among what stood in the places it changed.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from charter.text.departed import WITHIN, Departed, Pool, Return, longest
from charter.text.stretches import Carried, Credit, Gone, Key, Piece
from charter.text.worded import Worded, worded


@dataclass(slots=True)
class Arrivals:
    """What one revision brings. `restores` is the earlier one whose state it says it brings back.

    `stood` is what stood in all places of a wording that it changes.
    """

    pool: Pool[Credit]
    revision: int
    restores: int | None
    language: str
    stood: Sequence[Gone] = ()

    @property
    def seeks(self) -> bool:
        """Whether there is anything that may be back."""
        return self.pool.size > 0 or self.restores is not None

    def pieces(
        self,
        key: Key,
        text: str,
        whole: Worded | None,
        start: int,
        end: int,
        gone: tuple[Gone, ...],
    ) -> list[Piece]:
        """The stretches of the words [start, end) of a wording, in code points, that came.

        The first of them knows what had `gone` from there. `whole` has the words of the wording
        where any may be back.
        """
        said = text[start:end].strip()
        past = tuple([one for one in gone if one.text != said])
        pieces = self._back(key, text, whole, start, end, gone)
        if not pieces:
            return [(end - start, Credit(self.revision, None, past))]
        length, credit = pieces[0]
        return [(length, Credit(credit.revision, credit.carried, past)), *pieces[1:]]

    def _back(
        self,
        key: Key,
        text: str,
        whole: Worded | None,
        start: int,
        end: int,
        gone: tuple[Gone, ...],
    ) -> list[Piece]:
        """The stretches of words that came, if any of them are back."""
        if whole is None or (self.restores is None and not may_count(text[start:end])):
            return []
        new = Credit(self.revision)
        pieces: list[Piece] = []
        at = start
        first, last = inside(whole, start, end)
        for back in self._returns(whole, first, last, key, gone):
            if whole.start(back.start) > at and back.start > first:
                pieces.append((whole.start(back.start) - at, new))
                at = whole.start(back.start)
            for word, credit in enumerate(self._carried(back, key), start=back.start):
                until = whole.start(word + 1) if word + 1 < last else end
                pieces.append((until - at, credit))
                at = until
        if pieces and at < end:
            pieces.append((end - at, new))
        return pieces

    def _returns(
        self, whole: Worded, first: int, last: int, key: Key, past: Sequence[Gone]
    ) -> Iterator[Return[Credit]]:
        """The words [first, last) that are back, in order and apart: those that anybody may bring,
        and of the rest what stood in their place in the state that the revision restores."""
        at = first
        for back in self.pool.returns(whole, first, last, key, self.revision):
            yield from self._restored(whole, at, back.start, key, past)
            yield back
            at = back.end
        yield from self._restored(whole, at, last, key, past)

    def _restored(
        self, whole: Worded, first: int, last: int, key: Key, past: Sequence[Gone]
    ) -> Iterator[Return[Credit]]:
        if self.restores is None:
            return
        sources = [
            _source(one, key, self.language)
            # What stood in this place is surer than what stood elsewhere in the wording, and what
            # left first since then is what stood there.
            for one in dict.fromkeys((*reversed(past), *reversed(self.stood)))
            if one.revision > self.restores and one.by
        ]
        at = first
        while at < last:
            best = longest(whole, at, last, sources)
            if best is not None:
                yield best
            at = best.end if best is not None else at + 1

    def _carried(self, back: Return[Credit], key: Key) -> Iterator[Credit]:
        """The credit of each word that is back."""
        source = back.source
        stayed = source.key == key and source.revision == self.revision
        carried = Carried(self.revision, source.key, source.revision)
        for credit in source.known[back.first : back.first + back.end - back.start]:
            yield Credit(credit.revision, credit.carried if stayed else carried)


def _source(gone: Gone, key: Key, language: str) -> Departed[Credit]:
    """Words that stood in a place, each with who wrote it."""
    read = worded(gone.text, language)
    ends = list(accumulate(length for length, _revision in gone.by))
    credits = [Credit(revision) for _length, revision in gone.by]
    known = [
        credits[min(bisect_right(ends, read.start(at)), len(ends) - 1)]
        for at in range(len(read.words))
    ]
    return Departed(gone.revision, key, read.words, known, 0, len(read.words))


def may_count(text: str) -> bool:
    """Whether a text may hold as many words as count: a quick look before the words are read."""
    return len(text) >= WITHIN and (not text.isascii() or text.count(" ") >= WITHIN - 2)


def inside(text: Worded, start: int, end: int) -> tuple[int, int]:
    """The words that stand wholly between two places of a text, from the first to past the last."""
    first = bisect_right(text.ends, start)
    while first < len(text.words) and text.start(first) < start:
        first += 1
    last = bisect_right(text.ends, end)
    return first, max(first, last)

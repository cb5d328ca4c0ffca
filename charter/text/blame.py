"""Who wrote which words of a text: for every run, the revision that brought it.

A text is one or several wordings, each under a key, and has a state after every revision. Between
two states of a wording the house's own redline (`diff`) says what stayed, went and came, so a run
never cuts a word, and what blame credits to a revision is what that revision's redline shows.

1. Words that stayed keep their revision; so do the words of a wording that did not change, whatever
   became of its place in the text.
2. Words that came are credited to the revision that brought them, unless they are a run of words
   that left before, or leave in the same revision, in this wording or another one, or with a
   wording that leaves the text whole. Such a run is credited, word by word, to the revisions it was
   credited to when it left, and says so (`Run.carried`). Marks that stood behind it, such as a full
   stop that another sentence kept, count as its own. It must be equal word by word, of at least
   `departed.WITHIN` words in the wording it left, and elsewhere of `departed.ELSEWHERE` words, or a
   whole sentence, or all that left at once, of `WITHIN`; a whole sentence also where some of its
   words stayed behind. A revision that says it restores an earlier state brings back what stood in
   the place then, however short. Words that are copied while they go on
   standing elsewhere are credited to who copied them: somebody decided that the text says them
   twice.
3. A run remembers what stood in its place before, newest first, and so many times as
   `stretches.DEPTH` says (`Run.gone`). Where words stand no more and none came instead, there is an
   empty run, credited to the revision that took them away.
4. White space belongs to the words before it. Where nothing but white space or marks of emphasis
   came or went, nobody wrote anything.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from charter.text.departed import WITHIN, Departed, Pool, Return, longest, sentences
from charter.text.spans import diff
from charter.text.stretches import (
    NOBODY,
    Carried,
    Credit,
    Gone,
    Key,
    Part,
    Piece,
    parted,
    put,
    says,
    stretch,
)
from charter.text.worded import Worded, worded


@dataclass(frozen=True, slots=True)
class Run:
    """The words [start, end) of a wording, in code points, and the revision that brought them."""

    start: int
    end: int
    revision: int
    carried: Carried | None = None
    gone: tuple[Gone, ...] = ()


def blame(states: Sequence[tuple[int, str]], language: str = "") -> tuple[Run, ...]:
    """The runs of the last state of one wording. States are revision numbers, ascending, and words.

    The runs follow one another without a gap from the beginning to the end; empty ones are places
    where words stood. No states, or no words ever: no runs.
    """
    book = Book(language)
    for revision, words in states:
        book.turn(revision, {None: words})
    return book.runs(None)


class Book:
    """The credits of all wordings of a text, revision by revision.

    `pieces` are the stretches of each wording in `texts`, `pool` holds what left. A fork goes on by
    itself and shares that, so that one history may be played from several revisions on. Not for two
    threads at once.
    """

    def __init__(self, language: str = "") -> None:
        self.language = language
        self.revision = 0
        self.restores: int | None = None
        self._stood: list[Gone] = []
        self.texts: dict[Key, str] = {}
        self.pieces: dict[Key, tuple[Piece, ...]] = {}
        self.pool: Pool[Credit] = Pool(lambda credit: credit.revision)

    def fork(self) -> "Book":
        """The same as it stands now."""
        other = Book(self.language)
        other.revision, other.pool = self.revision, self.pool
        other.texts, other.pieces = dict(self.texts), dict(self.pieces)
        return other

    @property
    def departed(self) -> int:
        """How many words that left it knows, with all its forks."""
        return self.pool.size

    def turn(
        self,
        revision: int,
        words: Mapping[Key, str],
        left: Iterable[Key] = (),
        restores: int | None = None,
    ) -> None:
        """Play the next revision: the wordings it changed, and those that left the text with it.

        A wording that left keeps its credits, for it may come back. `restores` is the revision
        whose state this one says it brings back.
        """
        self.revision, self.restores = revision, restores
        changed = [
            (key, parted(self.pieces.get(key, ()), diff(old, text, self.language)))
            for key, text in words.items()
            if text != (old := self.texts.get(key, ""))
        ]
        if revision > self.pool.through:
            self.pool.through = revision
            for key, parts in changed:
                self._depart(key, parts)
            for key in left:
                if key in self.texts:
                    self._leave(
                        key, worded(self.texts[key], self.language), 0, len(self.texts[key])
                    )
        for key, parts in changed:
            self.pieces[key] = self._written(key, words[key], parts)
            self.texts[key] = words[key]

    def runs(self, key: Key) -> tuple[Run, ...]:
        """The runs of one wording; none when it has, and had, no words."""
        text = self.texts.get(key, "")
        found: list[tuple[int, int, Credit]] = []
        at = until = 0
        for length, credit in self.pieces.get(key, ()):
            until += length
            end = _past_space(text, until) if until else 0
            if length and end == at:
                continue  # nothing but the white space behind the words before it
            if found and length and found[-1][0] < at and credit.joins(found[-1][2]):
                found[-1] = found[-1][0], end, found[-1][2]
            else:
                found.append((at, end, credit))
            at = end
        return tuple(Run(s, e, one.revision, one.carried, one.gone) for s, e, one in found)

    def _depart(self, key: Key, parts: list[Part]) -> None:
        if not any(_long(part.gone) for part in parts):
            return
        whole = worded(self.texts[key], self.language)  # a long wording is not remembered
        at = 0
        for part in parts:
            if _long(part.gone):
                self._leave(key, whole, at, at + len(part.gone))
            at += sum([length for length, _ in part.pieces])

    def _leave(self, key: Key, whole: Worded, start: int, end: int) -> None:
        """Note words that leave a wording, with the marks behind them, which may have stayed."""
        first, last = _inside(whole, start, end)
        while last < len(whole.words) and not whole.words[last][0].isalnum():
            last += 1
        begin, stop = sentences(whole.words, first, last)
        known, at, pieces = [], 0, iter(self.pieces[key])
        credit = NOBODY
        for word in range(begin, stop):
            while at <= whole.start(word):
                length, credit = next(pieces)
                at += length
            known.append(credit)
        words = whole.words[begin:stop]
        self.pool.add(Departed(self.revision, key, words, known, first - begin, last - begin))

    def _written(self, key: Key, text: str, parts: list[Part]) -> tuple[Piece, ...]:
        """The stretches of a wording after the revision."""
        if self.restores is not None:
            changed = [part for part in parts if not part.same]
            self._stood = [one for part in changed for one in part.past(self.revision)]
        out: list[Piece] = []
        at = 0
        whole: Worded | None = None
        seeks = self.pool.size or self.restores is not None
        if seeks and not all(part.same for part in parts):
            whole = worded(text, self.language)
        for part in parts:
            if part.same:
                put(out, part.pieces)
                at += sum([length for length, _ in part.pieces])
                continue
            came = text[at : at + part.came]
            gone = part.past(self.revision)
            if says(came):
                put(out, self._fresh(key, text, whole, at, at + part.came, gone))
            else:
                stretch(out, part.came)
                if says(part.gone):
                    out.append((0, Credit(self.revision, None, gone)))
                else:
                    out.extend(piece for piece in part.pieces if not piece[0])
            at += part.came
        if out and out[0][1] is NOBODY:
            out[0] = out[0][0], Credit(self.revision)
        return tuple(out)

    def _fresh(
        self,
        key: Key,
        text: str,
        whole: Worded | None,
        start: int,
        end: int,
        gone: tuple[Gone, ...],
    ) -> list[Piece]:
        """The stretches of words that came, the first of which knows what stood there."""
        new = Credit(self.revision)
        pieces: list[Piece] = []
        at = start
        restoring = self.restores is not None
        if whole is not None and (restoring or _long(text[start:end])):
            first, last = _inside(whole, start, end)
            for back in self._returns(whole, first, last, key, gone):
                if whole.start(back.start) > at and back.start > first:
                    pieces.append((whole.start(back.start) - at, new))
                    at = whole.start(back.start)
                for word, credit in enumerate(self._carried(back, key), start=back.start):
                    until = whole.start(word + 1) if word + 1 < last else end
                    pieces.append((until - at, credit))
                    at = until
        if at < end:
            pieces.append((end - at, new))
        said = text[start:end].strip()
        gone = tuple(one for one in gone if one.text != said)
        length, credit = pieces[0]
        return [(length, Credit(credit.revision, credit.carried, gone)), *pieces[1:]]

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
            for one in dict.fromkeys((*reversed(past), *reversed(self._stood)))
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


def _past_space(text: str, at: int) -> int:
    """The first place from `at` on without white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _long(text: str) -> bool:
    """Whether a text may hold as many words as count: a quick look before the words are read."""
    return len(text) >= WITHIN and (not text.isascii() or text.count(" ") >= WITHIN - 2)


def _inside(text: Worded, start: int, end: int) -> tuple[int, int]:
    """The words that stand wholly between two places of a text, from the first to past the last."""
    first = bisect_right(text.ends, start)
    while first < len(text.words) and text.start(first) < start:
        first += 1
    last = bisect_right(text.ends, end)
    return first, max(first, last)

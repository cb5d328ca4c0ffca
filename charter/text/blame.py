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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from charter.text.arrivals import Arrivals, inside, may_count
from charter.text.departed import Departed, Pool, sentences
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
        self.revision = revision
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
        arrivals = Arrivals(self.pool, revision, restores, self.language)
        for key, parts in changed:
            self.pieces[key] = self._written(key, words[key], parts, arrivals)
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
        if not any(may_count(part.gone) for part in parts):
            return
        whole = worded(self.texts[key], self.language)  # a long wording is not remembered
        at = 0
        for part in parts:
            if may_count(part.gone):
                self._leave(key, whole, at, at + len(part.gone))
            at += sum([length for length, _ in part.pieces])

    def _leave(self, key: Key, whole: Worded, start: int, end: int) -> None:
        """Note words that leave a wording, with the marks behind them, which may have stayed."""
        first, last = inside(whole, start, end)
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

    def _written(
        self, key: Key, text: str, parts: list[Part], arrivals: Arrivals
    ) -> tuple[Piece, ...]:
        """The stretches of a wording after the revision."""
        if arrivals.restores is not None:
            changed = [part for part in parts if not part.same]
            arrivals.stood = [one for part in changed for one in part.past(self.revision)]
        out: list[Piece] = []
        at = 0
        whole: Worded | None = None
        if arrivals.seeks and not all(part.same for part in parts):
            whole = worded(text, self.language)
        for part in parts:
            if part.same:
                put(out, part.pieces)
                at += sum([length for length, _ in part.pieces])
                continue
            came = text[at : at + part.came]
            gone = part.past(self.revision)
            if says(came):
                put(out, arrivals.pieces(key, text, whole, at, at + part.came, gone))
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


def _past_space(text: str, at: int) -> int:
    """The first place from `at` on without white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at

"""Three-way merge of wordings, word by word; a conflict is a value, and nothing is lost.

Changes of different words combine, the same change made twice is made once, changes of the same
words or insertions at the same place come back as conflicts with both sides and the base. The rules
of where two changes meet are in `weave.collide`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from charter.text.align import Hunk
from charter.text.changes import ends_unit
from charter.text.placing import Edit, Many, merge_many
from charter.text.regions import overlaid
from charter.text.weave import collide, gap, settled, spacing, stable, strand
from charter.text.worded import Splice, Worded, edited, reworded, worded

__all__ = ["Chunk", "Conflict", "Edit", "Many", "Merged", "Origin", "merge", "merge_many"]

Origin = Literal["base", "ours", "theirs", "both"]

# Changes no further than this many words from a conflict are shown as part of it.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that are settled, and whose they are: unchanged, of one side, the same on both."""

    text: str
    origin: Origin = "base"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Words that both sides changed, each in its own way; `start` and `end` in the base.

    Offsets are code points. White space around the words is included where the sides differ in it,
    so putting any of the three in the place of the conflict gives a well-spaced text.
    """

    base: str
    ours: str
    theirs: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged wording in reading order: settled words and conflicts where they stand."""

    chunks: tuple[Chunk | Conflict, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts in reading order."""
        return tuple(chunk for chunk in self.chunks if isinstance(chunk, Conflict))

    @property
    def text(self) -> str | None:
        """The merged wording; None while there are conflicts."""
        return None if self.conflicts else self.with_choices(())

    def with_choices(self, choices: Sequence[str]) -> str:
        """The wording with these words in the place of the conflicts, one for each, in order.

        ValueError when there are more or fewer choices than conflicts.
        """
        left = list(choices)
        if len(left) != len(self.conflicts):
            raise ValueError(f"{len(self.conflicts)} conflicts but {len(left)} choices")
        return "".join(
            chunk.text if isinstance(chunk, Chunk) else left.pop(0) for chunk in self.chunks
        )


def merge(base: str, ours: str, theirs: str, language: str = "") -> Merged:
    """Both sides' changes to the base, combined; `language` is a BCP 47 tag or ""."""
    if ours == theirs or theirs == base:
        return _whole(ours, "base" if ours == base else "both" if ours == theirs else "ours")
    if ours == base:
        return _whole(theirs, "theirs")
    chunks: list[Chunk | Conflict] = []
    at = 0
    for start, end, sides in overlaid(base, (ours, theirs)):
        chunks.append(Chunk(base[at:start]))
        chunks.extend(_merged(base[start:end], sides, start, language))
        at = end
    chunks.append(Chunk(base[at:]))
    return Merged(tuple(_joined(chunks)))


def _whole(text: str, origin: Origin) -> Merged:
    return Merged((Chunk(text, origin),) if text else ())


def _joined(chunks: Sequence[Chunk | Conflict]) -> Iterator[Chunk | Conflict]:
    held: Chunk | None = None
    for chunk in chunks:
        if isinstance(chunk, Conflict):
            if held:
                yield held
            held = None
            yield chunk
        elif held and held.origin == chunk.origin:
            held = Chunk(held.text + chunk.text, held.origin)
        elif chunk.text:
            if held:
                yield held
            held = chunk
    if held:
        yield held


def _merged(
    base: str, sides: dict[int, list[Splice]], offset: int, language: str
) -> Iterator[Chunk | Conflict]:
    if len(sides) == 1:
        number, edits = next(iter(sides.items()))
        yield Chunk(edited(base, edits), "theirs" if number else "ours")
    elif sides[0] == sides[1]:
        yield Chunk(edited(base, sides[0]), "both")
    else:
        yield from _Weaving(base, sides[0], sides[1], offset, language).chunks()


# Words [0:1] of the base, changed by these hunks of ours and of theirs.
_Meeting = tuple[int, int, list[Hunk], list[Hunk]]


class _Weaving:
    """A stretch of text that both sides changed."""

    def __init__(
        self,
        base: str,
        ours: list[Splice],
        theirs: list[Splice],
        offset: int,
        language: str,
    ) -> None:
        self.base = worded(base, language)
        self.sides = tuple(
            strand(self.base, reworded(self.base, edits, language), number)
            for number, edits in enumerate((ours, theirs))
        )
        self.respaced = [each for each in self.sides if each.respaced]
        self.offset = offset

    def chunks(self) -> Iterator[Chunk | Conflict]:
        """The stretch in reading order."""
        at, lead = 0, gap(self.base, self.respaced, 0)
        for meeting in self._widened():
            start, end = meeting[:2]
            if start > at:
                yield Chunk(lead + stable(self.base, self.respaced, at, start))
                lead = gap(self.base, self.respaced, start)
            chunks, lead = self._meeting(meeting, lead)
            yield from chunks
            at = end
        words = len(self.base.words)
        if at < words:
            yield Chunk(lead + stable(self.base, self.respaced, at, words))
            lead = gap(self.base, self.respaced, words)
        yield Chunk(lead)

    def _meetings(self) -> Iterator[_Meeting]:
        """The changes of both sides, those that collide together."""
        ours, theirs = self.sides
        every = sorted(
            [(hunk[:2], 0, hunk) for hunk in ours.hunks]
            + [(hunk[:2], 1, hunk) for hunk in theirs.hunks]
        )
        held: tuple[list[Hunk], list[Hunk]] = ([], [])
        for _, side, hunk in every:
            if not any(
                collide(self.base, self.sides[side], hunk, self.sides[1 - side], other)
                for other in reversed(held[1 - side])  # the last is the likeliest
            ):
                if held[0] or held[1]:
                    yield _met(held)
                held = ([], [])
            held[side].append(hunk)
        if held[0] or held[1]:
            yield _met(held)

    def _widened(self) -> Iterator[_Meeting]:
        """The meetings, with changes very near to a conflict drawn into it."""
        run: list[_Meeting] = []
        for meeting in self._meetings():
            if run and not self._near(run[-1], meeting):
                yield from self._drawn(run)
                run = []
            run.append(meeting)
        yield from self._drawn(run)

    def _near(self, left: _Meeting, right: _Meeting) -> bool:
        start, end = left[1], right[0]
        if end - start > _NEAR:
            return False
        return start == end or not any(ends_unit(self.base, at) for at in range(start, end + 1))

    def _drawn(self, run: list[_Meeting]) -> list[_Meeting]:
        """Meetings each near to the next: one as soon as any of them is a conflict."""
        if len(run) < 2 or not any(map(self._conflicting, run)):
            return run
        ours = [hunk for meeting in run for hunk in meeting[2]]
        theirs = [hunk for meeting in run for hunk in meeting[3]]
        return [(run[0][0], run[-1][1], ours, theirs)]

    def _conflicting(self, meeting: _Meeting) -> bool:
        _, _, ours, theirs = meeting
        return bool(ours and theirs) and self._words(meeting, 0) != self._words(meeting, 1)

    def _range(self, meeting: _Meeting, side: int) -> tuple[int, int]:
        """The words that one side has in the place of a meeting."""
        start, end, *hunks = meeting
        first, last = hunks[side][0], hunks[side][-1]
        return first[2] - (first[0] - start), last[3] + (end - last[1])

    def _words(self, meeting: _Meeting, side: int) -> list[str]:
        first, last = self._range(meeting, side)
        return self.sides[side].new.words[first:last]

    def _meeting(self, meeting: _Meeting, lead: str) -> tuple[list[Chunk | Conflict], str]:
        """What stands where changes meet, and the white space that follows."""
        start, end, ours, theirs = meeting
        if self._conflicting(meeting):
            return self._conflict(meeting, lead)
        makers = [each for each in self.sides if meeting[2 + each.number]]
        parts = [(each.new, *self._range(meeting, each.number)) for each in makers]
        lead, after = spacing(self.base, self.respaced, start, end, parts, lead)
        words = settled("", (new.part(first, last) for new, first, last in parts))
        if not words:
            return [], after
        origin: Origin = "both" if ours and theirs else "ours" if ours else "theirs"
        return [Chunk(lead), Chunk(words, origin)], after

    def _conflict(self, meeting: _Meeting, lead: str) -> tuple[list[Chunk | Conflict], str]:
        start, end = meeting[:2]
        after = gap(self.base, self.respaced, end)
        texts = [self.base, self.sides[0].new, self.sides[1].new]
        ranges = [(start, end), self._range(meeting, 0), self._range(meeting, 1)]
        parts = [text.part(*place) for text, place in zip(texts, ranges, strict=True)]
        before, behind = _loose(texts, ranges) if not all(parts) else (False, False)
        if before or behind:
            parts = [
                _spaced(text, first, last, before, behind)
                for text, (first, last) in zip(texts, ranges, strict=True)
            ]
        first = self.base.start(start) - (len(self.base.gap(start)) if before else 0)
        conflict = Conflict(
            parts[0], parts[1], parts[2], self.offset + first, self.offset + first + len(parts[0])
        )
        return [Chunk("" if before else lead), conflict], "" if behind else after


def _met(held: tuple[list[Hunk], list[Hunk]]) -> _Meeting:
    every = held[0] + held[1]
    return min(hunk[0] for hunk in every), max(hunk[1] for hunk in every), held[0], held[1]


def _loose(texts: list[Worded], ranges: list[tuple[int, int]]) -> tuple[bool, bool]:
    """Whether the white space before and behind a conflict depends on the side chosen.

    Where a side has no words the space before them is the one behind them and counts once.
    """
    places = list(zip(texts, ranges, strict=True))
    before = len({text.gap(first) for text, (first, _) in places}) > 1
    behind = {
        "" if first == last and not before else text.gap(last) for text, (first, last) in places
    }
    return before, len(behind) > 1


def _spaced(text: Worded, first: int, last: int, before: bool, behind: bool) -> str:
    if first == last:
        return text.gap(first) if before and behind else ""
    lead = text.gap(first) if before else ""
    return lead + text.part(first, last) + (text.gap(last) if behind else "")

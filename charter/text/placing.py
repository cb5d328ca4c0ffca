"""Many versions of one base in one text: what can be placed, and what collides.

Versions are taken in their order: a change is placed unless it collides with one that is placed
already (`weave.collide`), and then it is handed back with the number of its version.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from charter.text.align import Hunk
from charter.text.redline import Op
from charter.text.regions import overlaid
from charter.text.spans import within
from charter.text.weave import Strand, collide, gap, spacing, stable, strand
from charter.text.worded import Splice, reworded, worded


@dataclass(frozen=True, slots=True)
class Run:
    """Words of the base, or words placed or struck by versions, with their numbers."""

    op: Op
    text: str
    versions: tuple[int, ...] = ()


_Run = tuple[Op, str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one version: `before`, at `start` to `end` of the base, gives way to `after`."""

    version: int
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Many:
    """All versions in one text. Versions are numbered from 0 in the order they were given."""

    runs: tuple[Run, ...]
    unplaced: tuple[Edit, ...]

    @property
    def text(self) -> str:
        """The base with every placed change made."""
        return "".join(run.text for run in self.runs if run.op != "delete")

    @property
    def collisions(self) -> dict[int, tuple[Edit, ...]]:
        """What could not be placed, by version."""
        numbers = dict.fromkeys(edit.version for edit in self.unplaced)
        return {
            number: tuple(edit for edit in self.unplaced if edit.version == number)
            for number in numbers
        }


def merge_many(base: str, versions: Sequence[str], language: str = "") -> Many:
    """Every change of several versions that overlaps no other, and the list of the rest."""
    runs: list[_Run] = []
    unplaced: list[Edit] = []
    at = 0
    for start, end, changed in overlaid(base, versions):
        runs.append(("equal", base[at:start], ()))
        if len(changed) == 1:
            version, edits = changed.popitem()
            runs.extend(_alone(base[start:end], version, edits, language))
        else:
            stretch = _Stretch(base[start:end], changed, start, language)
            runs.extend(stretch.runs())
            unplaced.extend(stretch.unplaced)
        at = end
    runs.append(("equal", base[at:], ()))
    return Many(tuple(_joined(runs)), tuple(sorted(unplaced, key=lambda edit: edit.version)))


def _alone(base: str, version: int, edits: list[Splice], language: str) -> Iterator[_Run]:
    """The changes of the only version that has any here."""
    numbers = (version,)
    at = 0
    for start, end, text in edits:
        yield "equal", base[at:start], ()
        old, new = worded(base[start:end], language), worded(text, language)
        for op, words in within(old, new, fine=True):
            yield op, words, () if op == "equal" else numbers
        at = end
    yield "equal", base[at:], ()


def _joined(runs: Sequence[_Run]) -> Iterator[Run]:
    """Runs of the same kind and versions made one, those without words left out."""
    op: Op = "equal"
    numbers: tuple[int, ...] = ()
    held = ""
    for kind, text, versions in runs:
        if not text:
            continue
        if kind == op and versions == numbers:
            held = held + text if held else text
            continue
        if held:
            yield Run(op, held, numbers)
        op, numbers, held = kind, versions, text
    if held:
        yield Run(op, held, numbers)


@dataclass(slots=True)
class _Change:
    hunk: Hunk
    strand: Strand
    versions: list[int]


class _Stretch:
    """A stretch of the base that some versions changed."""

    def __init__(
        self, base: str, versions: dict[int, list[Splice]], offset: int, language: str
    ) -> None:
        self.base = worded(base, language)
        self.offset = offset
        self.placed: list[_Change] = []
        self.unplaced: list[Edit] = []
        self.strands = [
            strand(self.base, reworded(self.base, edits, language), number)
            for number, edits in versions.items()
        ]
        self.respaced = [each for each in self.strands if each.respaced]
        for each in self.strands:
            for hunk in each.hunks:
                self._place(_Change(hunk, each, [each.number]))

    def _place(self, change: _Change) -> None:
        """Puts a change among those placed, or hands it back where it meets another."""
        hunk, mine = change.hunk, change.strand
        near = self._near(hunk)
        for other in near:
            if mine.same(hunk, other.strand, other.hunk):
                other.versions.append(mine.number)
                return
        if any(collide(self.base, mine, hunk, other.strand, other.hunk) for other in near):
            self.unplaced.append(self._edit(hunk, mine))
            mine.drop(hunk)
            return
        insort(self.placed, change, key=lambda each: each.hunk[:2])

    def _near(self, hunk: Hunk) -> list[_Change]:
        """The placed changes that touch the same words of the base."""
        first = bisect_left(self.placed, hunk[0], key=lambda each: each.hunk[1])
        return list(takewhile(lambda each: each.hunk[0] <= hunk[1], self.placed[first:]))

    def _edit(self, hunk: Hunk, mine: Strand) -> Edit:
        b0, b1, n0, n1 = hunk
        start = self.base.start(b0)
        end = self.base.ends[b1 - 1] if b1 > b0 else start
        return Edit(
            mine.number,
            self.offset + start,
            self.offset + end,
            self.base.part(b0, b1),
            mine.new.part(n0, n1),
        )

    def runs(self) -> Iterator[_Run]:
        """The base with the placed changes, in reading order."""
        at, lead = 0, gap(self.base, self.respaced, 0)
        for change in self.placed:
            b0, b1, n0, n1 = change.hunk
            versions = tuple(change.versions)
            if b0 > at:
                yield "equal", lead + stable(self.base, self.respaced, at, b0), ()
                lead = gap(self.base, self.respaced, b0)
            part = (change.strand.new, n0, n1)
            lead, after = spacing(self.base, self.respaced, b0, b1, [part], lead)
            if n0 < n1:
                yield "equal", lead, ()
                yield "delete", self.base.part(b0, b1), versions
                yield "insert", change.strand.new.part(n0, n1), versions
            else:
                kept = self.base.gap(b1)
                struck = lead + self.base.part(b0, b1) + (kept if kept != after else "")
                yield "delete", struck, versions
            at, lead = b1, after
        words = len(self.base.words)
        yield "equal", lead + stable(self.base, self.respaced, at, words), ()
        if at < words:
            yield "equal", gap(self.base, self.respaced, words), ()

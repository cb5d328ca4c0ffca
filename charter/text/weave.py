"""Several versions of one base laid over one another, word by word.

A strand is one version with its changes to the base. Words are merged by changes; the white space
between words is merged on its own, so re-wrapped lines never stand in the way of changed words.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from charter.text.align import Hunk
from charter.text.changes import changes, ends_unit
from charter.text.worded import Worded


@dataclass(frozen=True, slots=True)
class Strand:
    """A version: its words and its changes to the base.

    `silent` are the places of the base, before a word, of whose white space this version says
    nothing, because it inserted or deleted words there or because a change there was not placed.
    `respaced` is whether it has other white space than the base between any words of the base.
    """

    number: int
    new: Worded
    hunks: list[Hunk]
    stops: list[int]
    silent: set[int]
    respaced: bool

    def index(self, at: int) -> int:
        """The place among this version's words of base word `at`, which it has not changed."""
        before = bisect_right(self.stops, at)
        return at + (self.hunks[before - 1][3] - self.hunks[before - 1][1] if before else 0)

    def gap(self, at: int) -> str | None:
        """The white space before base word `at`; None where this version says nothing of it."""
        after = bisect_right(self.stops, at)
        if at in self.silent or (after < len(self.hunks) and self.hunks[after][0] < at):
            return None
        return self.new.gap(self.index(at))

    def drop(self, hunk: Hunk) -> None:
        """Leaves a change of this version out of account."""
        self.silent.update(hunk[:2])

    def part(self, start: int, end: int) -> str | None:
        """This version's text of base words it has not changed; None where it has."""
        after = bisect_right(self.stops, start)
        if after < len(self.hunks) and self.hunks[after][0] < end:
            return None
        first = self.index(start)
        return self.new.part(first, first + end - start)

    def same(self, hunk: Hunk, other: "Strand", theirs: Hunk) -> bool:
        """Whether another version made the very same change."""
        return (
            hunk[:2] == theirs[:2]
            and self.new.words[hunk[2] : hunk[3]] == other.new.words[theirs[2] : theirs[3]]
        )


def strand(base: Worded, new: Worded, number: int) -> Strand:
    """A version compared with its base."""
    hunks = changes(base, new)
    one_sided = {at for b0, b1, n0, n1 in hunks if b0 == b1 or n0 == n1 for at in (b0, b1)}
    stops = [hunk[1] for hunk in hunks]
    return Strand(number, new, hunks, stops, one_sided, _respaced(base, new, hunks))


def _respaced(base: Worded, new: Worded, hunks: list[Hunk]) -> bool:
    b = n = 0
    words, others = len(base.words), len(new.words)
    silent = False
    for b0, b1, n0, n1 in [*hunks, (words, words, others, others)]:
        start, new_start = (base.start(b), new.start(n)) if silent else (base.end(b), new.end(n))
        silent = (b0 == b1) != (n0 == n1)
        stop, new_stop = (base.end(b0), new.end(n0)) if silent else (base.start(b0), new.start(n0))
        if base.text[start:stop] != new.text[new_start:new_stop]:
            return True
        b, n = b1, n1
    return False


def collide(base: Worded, one: Strand, a: Hunk, other: Strand, b: Hunk) -> bool:
    """Whether two versions changed the same words, or the same place between two words.

    Neighbouring words may be changed by different hands. An insertion at the edge of another
    change collides with it ("may" -> "may not" against "may" -> "shall"), unless it is a whole
    sentence or line that stands beside one struck or only partly changed.
    """
    if a[0] == a[1] and b[0] == b[1]:
        return a[0] == b[0]
    if a[0] < a[1] and b[0] < b[1]:
        return a[0] < b[1] and b[0] < a[1]
    if b[0] == b[1]:
        one, a, other, b = other, b, one, a
    place = a[0]
    if not b[0] <= place <= b[1]:
        return False
    if b[0] < place < b[1]:
        return True
    whole = ends_unit(base, place) and ends_unit(one.new, a[2]) and ends_unit(one.new, a[3])
    replaced = b[2] < b[3] and ends_unit(base, b[0]) and ends_unit(base, b[1])
    return not whole or replaced


def settled(old: str, others: Iterable[str]) -> str:
    """White space out of several versions: the changed one; of different ones the larger."""
    changed = [gap for gap in others if gap != old]
    if len(changed) < 2:
        return changed[0] if changed else old
    return max(changed, key=lambda gap: (gap.count("\n"), len(gap), gap))


def gap(base: Worded, strands: Sequence[Strand], at: int) -> str:
    """The white space before base word `at` in the merged text."""
    old = base.gap(at)
    if not strands:
        return old
    changed = [found for each in strands if (found := each.gap(at)) is not None and found != old]
    return settled(old, changed) if changed else old


# The words from [1] to [2] of a version.
Part = tuple[Worded, int, int]


def spacing(
    base: Worded, strands: Sequence[Strand], start: int, end: int, parts: Sequence[Part], lead: str
) -> tuple[str, str]:
    """The white space before and behind words put in the place of some of the base.

    `parts` are those words in the version, or versions, that have them; `lead` is the white space
    due before them.
    """
    old, tail = base.gap(start), base.gap(end)
    before = settled(old, [new.gap(first) for new, first, _ in parts])
    behind = settled(tail, [new.gap(last) for new, _, last in parts])
    merged = gap(base, strands, end)
    if start == end:
        if before == old:
            return lead, behind
        return before, merged if behind == old else behind
    if any(first < last for _, first, last in parts):
        return lead, merged
    # Of deleted words the space before them or the space behind them went along.
    if behind == old and (old != tail or lead != old):
        return lead, lead
    return lead, merged if behind == tail else behind


def stable(base: Worded, strands: Sequence[Strand], start: int, end: int) -> str:
    """Base words in which no change was placed, from the first to the last of them."""
    old = base.part(start, end)
    if all(each.part(start, end) == old for each in strands):
        return old
    return "".join(_rewrapped(base, strands, start, end))


def _rewrapped(base: Worded, strands: Sequence[Strand], start: int, end: int) -> Iterator[str]:
    yield base.words[start]
    for at in range(start + 1, end):
        yield gap(base, strands, at)
        yield base.words[at]

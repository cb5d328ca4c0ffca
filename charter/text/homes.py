"""Which clauses of a text stand where they stood, in reading order under what held them.

A level of headings that came or went moves nobody: a clause is held by the nearest one around it
that both texts have, be it within a Part that is new, or within one that was dissolved. A heading
put into a unit, or taken from between two, moves nobody either: what stood behind it in the unit
before goes on from there. But Parts, chapters and sections only group: what leaves an article that
is struck for one that is new has moved.

Of the clauses one home has in both texts, the longest run that kept its order stands still, of
equally long ones the one with the most clauses directly in what they stood in; the others have
moved, as has whatever came from another home.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from charter.text.ascent import heaviest_ascent, longest_ascent
from charter.text.kinds import Kind
from charter.text.laid import Laid

_GROUPS = frozenset({Kind.PART, Kind.CHAPTER, Kind.SECTION})


class Homes:
    """The clauses of two texts by what holds them in both.

    Places are those in `Outline.walk()`, -1 is the text itself. `lines` has, by the old place of a
    home, the old places of what it held, in reading order, with those that were struck or left it;
    `at` gives for an old place its home and where in that line it stands. `still` are the new
    places of clauses that did not move.
    """

    def __init__(
        self, old: Laid, new: Laid, to_old: dict[int, int], to_new: dict[int, int]
    ) -> None:
        self.to_old, self.to_new = {-1: -1, **to_old}, {-1: -1, **to_new}
        self._old, self._new = _Side(old, self.to_new), _Side(new, self.to_old)
        self._taken: dict[int, list[int]] = defaultdict(list)
        self._fell: dict[int, list[int]] = defaultdict(list)
        homes = {at: self._home(at) for at in to_old}
        self.lines: dict[int, list[int]] = defaultdict(list)
        self.at: dict[int, tuple[int, int]] = {}
        for place, home in enumerate(self._old.homes):
            common = homes.get(self.to_new.get(place, -1))
            line = self.lines[home if common is None else common]
            self.at[place] = (home if common is None else common), len(line)
            line.append(place)
        self.still = self._standing(homes)

    def taken(self, unit: int) -> list[int]:
        """New places of what a new unit took over from the one before it, without a move."""
        return [at for at in self._taken.get(unit, ()) if at in self.still]

    def fell(self, unit: int) -> list[int]:
        """New places of what a struck unit left to the one before it, without a move."""
        return [at for at in self._fell.get(unit, ()) if at in self.still]

    def depth(self, old: int) -> int:
        """How many struck clauses an old one stood in, within its home."""
        home = self.at[old][0]
        return sum(1 for _ in self._old.above(old)) if home == self._old.homes[old] else 0

    def _home(self, new: int) -> int | None:
        """The old place of what holds a clause in both texts; None where that is not the same."""
        was, now = self._old.homes[self.to_old[new]], self._new.homes[new]
        if self._new.is_within_one(new) and self._old.is_within_one(self.to_old[new]):
            return None
        if self.to_new[was] == now:
            return was
        for unit in self._new.above(new):
            if self._new.is_open(self.to_new[was], unit):
                self._taken[unit].append(new)
                return was
        for unit in self._old.above(self.to_old[new]):
            if self._old.is_open(self.to_old[now], unit):
                self._fell[unit].append(new)
                return self.to_old[now]
        return None

    def _standing(self, homes: dict[int, int | None]) -> set[int]:
        held: dict[int, list[int]] = defaultdict(list)
        for new, home in sorted(homes.items()):
            if home is not None:
                held[home].append(new)
        still: set[int] = set()
        for line in held.values():
            order = [self.at[self.to_old[new]][1] for new in line]
            still.update(line[at] for at in self._kept_order(line, order))
        return still

    def _kept_order(self, line: list[int], order: list[int]) -> Iterable[int]:
        if all(one < other for one, other in pairwise(order)):
            return range(len(line))
        firm = [self._firmness(new) for new in line]
        if len(set(firm)) == 1:
            return longest_ascent(order)
        most = len(line) + 1
        weights = (1, most * most, most * most + most)
        return heaviest_ascent(order, [weights[one] for one in firm])

    def _firmness(self, new: int) -> int:
        """How surely a clause stands: 2 directly in what it stood in, 1 where that is still there
        or was there before, 0 where one unit gave way to another."""
        was, now = self._old.text.parents[self.to_old[new]], self._new.text.parents[new]
        if was not in self.to_new and now not in self.to_old:
            return 0
        return 1 + (self.to_new.get(was) == now)


class _Side:
    """One of the texts; `kept` has the places of the clauses that the other one has too."""

    def __init__(self, text: Laid, kept: Collection[int]) -> None:
        self.text, self.kept = text, kept
        self.homes: list[int] = []  # the nearest kept clause around each, or the text
        self.before: list[int | None] = []  # the nearest kept sibling before each
        self.last: dict[int, int] = {}  # the last kept clause that each one holds
        for at, parent in enumerate(text.parents):
            self.homes.append(parent if parent in kept else self.homes[parent])
            self.before.append(self.last.get(parent))
            if at in kept:
                self.last[parent] = at

    def above(self, at: int) -> Iterator[int]:
        """The clauses around one that the other text does not have, as far as its home."""
        parent = self.text.parents[at]
        while parent not in self.kept:
            yield parent
            parent = self.text.parents[parent]

    def is_within_one(self, at: int) -> bool:
        """Whether it stands in an article, or a clause of one, that the other text has not."""
        return any(self.text.clauses[unit].kind not in _GROUPS for unit in self.above(at))

    def is_open(self, home: int, unit: int) -> bool:
        """Whether what stood in `unit` would stand in `home` if `unit` were not there."""
        place = self.before[unit]
        while place is not None and place != home:
            place = self.last.get(place)
        return place is not None

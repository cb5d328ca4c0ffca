"""Which clause of one text is which of another, where a text comes without ids.

In this order: clauses with the same words, by their surroundings where several have them; units by
what they hold and by number; similar words in the same place; similar words anywhere. A clause is
continued once at most. Everything is near-linear: candidates come from exact words, from a few
neighbours, or from an index of rare words.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from charter.text.adapting import kept_kind, numerals_kept, reshaped
from charter.text.kinds import Kind
from charter.text.laid import Laid, Shape, skeleton
from charter.text.likeness import Index, Weights
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline

IN_PLACE = 0.2  # likeness of the only two clauses left between the same neighbours
IN_PARENT = 0.45  # of two clauses under one parent
ANYWHERE = 0.55  # of two clauses in different parents
SAME_UNIT = 0.3  # share of the words of a unit that its continuation holds

_CROWD = 4_000  # pairs of leftover siblings that are all compared; beyond, the index proposes


def match(before: Outline, after: Outline) -> Outline:
    """`after` with the ids of the clauses of `before` that its clauses are; "" for new ones.

    Ids that `after` brings and `before` has are kept. Where only the form differs, `after` takes
    the form of `before`: numbers stay computed or given while they print the same, and a unit's
    first words are its own or its first paragraph's, as they were.
    """
    found = pairs(before, after)
    shaped = reshaped(before, after, found)
    if shaped is not after:
        after, found = shaped, pairs(before, shaped)
    old = [clause for _, clause in before.walk()]
    old_labels, new_labels = labels(before), labels(after)
    places = iter(range(len(new_labels)))

    def named(clause: Clause, holder: Kind | None) -> Clause:
        place = next(places)
        children = tuple([named(child, clause.kind) for child in clause.children])
        if place not in found:
            return replace(clause, id="", children=children)
        was = old[found[place]]
        same = old_labels[found[place]] == new_labels[place]
        kind = kept_kind(was, clause, holder) if same else clause.kind
        return replace(clause, id=was.id, kind=kind, children=children)

    clauses = tuple([named(clause, None) for clause in after.clauses])
    return numerals_kept(before, after, replace(after, clauses=clauses), found)


def pairs(before: Outline, after: Outline) -> dict[int, int]:
    """Places in `after.walk()` of clauses that continue one of `before`, with its place there."""
    return _Pairing(Laid(before), Laid(after)).found()


class _Pairing:
    def __init__(self, old: Laid, new: Laid) -> None:
        self.old, self.new = old, new
        self.to_old: dict[int, int] = {-1: -1}
        self.to_new: dict[int, int] = {-1: -1}

    def found(self) -> dict[int, int]:
        if self.old.clauses and self.new.clauses:
            self._by_id()
            self._by_words()
            self.weights = Weights(self.old.bags + self.new.bags)
            for _ in range(4):
                count = len(self.to_old)
                self._units()
                self._repeated(anywhere=False)
                self._siblings()
                if len(self.to_old) == count:
                    break
            self._repeated(anywhere=True)
            self._elsewhere()
            self._units()
            self._siblings()
            self._by_number()
            self._by_skeleton()
            self._siblings()
        return {new: old for new, old in self.to_old.items() if new >= 0}

    def _pair(self, old: int, new: int) -> bool:
        if old in self.to_new or new in self.to_old:
            return False
        self.to_new[old], self.to_old[new] = new, old
        return True

    def _by_id(self) -> None:
        places = {clause.id: at for at, clause in enumerate(self.old.clauses) if clause.id}
        for new, clause in enumerate(self.new.clauses):
            if clause.id in places:
                self._pair(places[clause.id], new)

    def _by_words(self) -> None:
        """Clauses whose words occur once in either text, and their equal neighbours."""
        for old, new in self._equal():
            if len(old) == len(new) == 1 and self._pair(old[0], new[0]):
                self._spread(old[0], new[0])

    def _equal(self) -> list[tuple[list[int], list[int]]]:
        """Unpaired places with the same words in both texts."""
        groups: dict[tuple[str, str, bool], tuple[list[int], list[int]]] = {}
        for at in range(len(self.old.clauses)):
            if at not in self.to_new and any((words := self.old.words(at))[:2]):
                groups.setdefault(words, ([], []))[0].append(at)
        for at in range(len(self.new.clauses)):
            if at not in self.to_old and (words := self.new.words(at)) in groups:
                groups[words][1].append(at)
        return [group for group in groups.values() if group[1]]

    def _spread(self, old: int, new: int) -> None:
        """From a sure pair to the neighbours on both sides, while their words are equal."""
        for step in (-1, 1):
            left, right = self.old.sibling(old, step), self.new.sibling(new, step)
            while left is not None and right is not None:
                words = self.old.words(left)
                if words != self.new.words(right) or not any(words[:2]):
                    break
                if not self._pair(left, right):
                    break
                left, right = self.old.sibling(left, step), self.new.sibling(right, step)

    def _repeated(self, anywhere: bool) -> None:
        """Words that several clauses have: by parent, then by number, then in order."""
        for old, new in self._equal():
            by_parent: dict[int, list[int]] = defaultdict(list)
            for place in old:
                by_parent[self.old.parents[place]].append(place)
            for place in new:
                parent = self.to_old.get(self.new.parents[place])
                line = by_parent.get(parent, []) if parent is not None else []
                self._first(line, place)
            if anywhere:
                for place in new:
                    if place not in self.to_old:
                        self._first(old, place)

    def _first(self, line: list[int], new: int) -> None:
        """Pair with the first of `line` that has the same number, else with the first free one."""
        line[:] = [old for old in line if old not in self.to_new]
        label = self.new.labels[new]
        same = next((old for old in line[:50] if self.old.labels[old] == label), None)
        old = same if same is not None else next(iter(line), None)
        if old is not None and self._pair(old, new):
            self._spread(old, new)

    def _units(self) -> None:
        """Units by the words they hold: what became of the greater part of one is that one."""
        votes: dict[tuple[int, int], float] = defaultdict(float)
        for new, old in self.to_old.items():
            if new < 0:
                continue
            weight = 1.0 + min(self.old.bags[old].total(), self.new.bags[new].total())
            left, right = self.old.parents[old], self.new.parents[new]
            for share in (1.0, 0.5):
                if left < 0 or right < 0:
                    break
                votes[left, right] += weight * share
                left, right = self.old.parents[left], self.new.parents[right]
        for (old, new), weight in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            if old in self.to_new or new in self.to_old or not self._kindred(old, new):
                continue
            smaller = min(self.old.whole[old].total(), self.new.whole[new].total())
            if weight >= SAME_UNIT * smaller:
                self._pair(old, new)

    def _kindred(self, old: int, new: int) -> bool:
        return self.old.titled(old) == self.new.titled(new)

    def _siblings(self) -> None:
        """Clauses left under the same parent: similar words, the nearest place first."""
        for new_parent, old_parent in list(self.to_old.items()):
            old = [at for at in self.old.children[old_parent] if at not in self.to_new]
            new = [at for at in self.new.children[new_parent] if at not in self.to_old]
            if old and new:
                self._leftover(old, new)

    def _leftover(self, old: list[int], new: list[int]) -> None:
        gaps: dict[int | None, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for at in old:
            gaps[self._gap(self.old, self.to_new, at, new=False)][0].append(at)
        for at in new:
            gaps[self._gap(self.new, self.to_old, at, new=True)][1].append(at)
        found: list[tuple[float, int, int]] = []
        for lefts, rights in gaps.values():
            for left, right in self._candidates(lefts, rights):
                likeness = self._likeness(left, right)
                alone = len(lefts) == len(rights) == 1
                same = self.old.labels[left] == self.new.labels[right] != ""
                if likeness >= (IN_PLACE if alone or same else IN_PLACE + 0.1):
                    found.append((likeness + 0.1 * same, left, right))
        self._take(found)
        old = [at for at in old if at not in self.to_new]
        new = [at for at in new if at not in self.to_old]
        self._take(
            [
                (likeness, left, right)
                for left, right in self._candidates(old, new)
                if (likeness := self._likeness(left, right)) >= IN_PARENT
            ]
        )

    def _gap(self, text: Laid, paired: dict[int, int], at: int, new: bool) -> int | None:
        """Names the gap between paired siblings that a clause stands in, by the old one before."""
        line = text.children[text.parents[at]]
        for place in range(text.order[at] - 1, max(-1, text.order[at] - 60), -1):
            other = paired.get(line[place])
            if other is not None:
                return other if new else line[place]
        return None

    def _candidates(self, old: list[int], new: list[int]) -> Iterator[tuple[int, int]]:
        """Pairs worth comparing: all of a few, near ones and those of the index of many."""
        if len(old) * len(new) <= _CROWD:
            yield from ((left, right) for left in old for right in new)
            return
        index = Index(self.old.whole, old, self.weights)
        for at, right in enumerate(new):
            near = set(index.near(self.new.whole[right], 4))
            centre = at * len(old) // len(new)
            near.update(old[max(0, centre - 2) : centre + 3])
            yield from ((left, right) for left in sorted(near))

    def _likeness(self, old: int, new: int) -> float:
        if not self._kindred(old, new):
            return 0.0
        own = self.weights.likeness(self.old.bags[old], self.new.bags[new])
        if not self.old.titled(old):
            return own
        headings = self.old.clauses[old].heading, self.new.clauses[new].heading
        whole = self.weights.likeness(self.old.whole[old], self.new.whole[new])
        return max(own, whole) if all(headings) else whole

    def _take(self, found: list[tuple[float, int, int]]) -> None:
        """Pair the most similar first."""
        found.sort(key=lambda entry: (-entry[0], abs(entry[1] - entry[2]), entry[1], entry[2]))
        for _, old, new in found:
            self._pair(old, new)

    def _elsewhere(self) -> None:
        """Clauses that moved to another parent and were reworded on the way."""
        free = [at for at in range(len(self.old.clauses)) if at not in self.to_new]
        index = Index(self.old.whole, free, self.weights)
        found = []
        for new in range(len(self.new.clauses)):
            if new in self.to_old or self.new.whole[new].total() < 4:
                continue
            for old in index.near(self.new.whole[new], 6):
                likeness = self._likeness(old, new)
                if likeness >= ANYWHERE:
                    found.append((likeness, old, new))
        self._take(found)

    def _by_number(self) -> None:
        """Units left in the same place with the same number, whatever they say now."""
        for new_parent, old_parent in list(self.to_old.items()):
            numbered = {
                (self.old.labels[at], self.old.clauses[at].kind): at
                for at in self.old.children[old_parent]
                if at not in self.to_new and self.old.titled(at) and self.old.labels[at]
            }
            for at in self.new.children[new_parent]:
                old = numbered.get((self.new.labels[at], self.new.clauses[at].kind))
                if old is not None and at not in self.to_old:
                    self._pair(old, at)

    def _by_skeleton(self) -> None:
        """Units left under the same parent that hold the same kinds and numbers, in this order.

        Words that were all translated, or garbled, are still the words of these clauses.
        """
        for new_parent, old_parent in list(self.to_old.items()):
            if new_parent >= 0 and self.new.titled(new_parent) and self.new.children[new_parent]:
                self._garbled(old_parent, new_parent)
            shapes: dict[Shape, list[int]] = defaultdict(list)
            for at in self.old.children[old_parent]:
                if at not in self.to_new and self.old.titled(at):
                    shapes[skeleton(self.old, at)].append(at)
            for at in self.new.children[new_parent] if shapes else ():
                if at in self.to_old or not self.new.titled(at):
                    continue
                shape = skeleton(self.new, at)
                if len(shape) > 3 and shapes.get(shape):
                    self._parallel(shapes[shape].pop(0), at)

    def _garbled(self, old: int, new: int) -> None:
        """The clauses of a unit of which none is known by its words, if their numbers agree."""
        inside = [*self.old.children[old]], [*self.new.children[new]]
        if any(at in self.to_new for at in inside[0]) or any(at in self.to_old for at in inside[1]):
            return
        shape = skeleton(self.new, new)[1:]
        if len(shape) > 2 and shape == skeleton(self.old, old)[1:]:
            self._parallel(old, new)

    def _parallel(self, old: int, new: int) -> None:
        """Pair two clauses, and what they hold, number by number."""
        self._pair(old, new)
        lefts = [at for at in self.old.children[old] if self.old.labels[at]]
        rights = [at for at in self.new.children[new] if self.new.labels[at]]
        for left, right in zip(lefts, rights, strict=False):
            self._parallel(left, right)

"""Clauses known again by words that are similar, and units by the clauses they hold.

Everything is near-linear: candidates come from a few neighbours, or from an index of rare words.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from charter.text.laid import Laid
from charter.text.likeness import Index
from charter.text.pairing import Pairs

IN_PLACE = 0.2  # likeness of the only two clauses left between the same neighbours
IN_PARENT = 0.45  # of two clauses under one parent
ANYWHERE = 0.55  # of two clauses in different parents
RETITLED = 0.35  # of two units in one place under headings that have little in common
RECAST = 0.8  # of a paragraph and a unit without a heading that it became, or that became it
SAME_UNIT = 0.3  # share of the words of a unit that its continuation holds

_CROWD = 4_000  # pairs of leftover siblings that are all compared; beyond, the index proposes


def units(known: Pairs) -> None:
    """Units by the words they hold: what became of the greater part of one is that one."""
    votes: dict[tuple[int, int], float] = defaultdict(float)
    for new, old in known.to_old.items():
        if new < 0:
            continue
        weight = 1.0 + min(known.old.bags[old].total(), known.new.bags[new].total())
        left, right = known.old.parents[old], known.new.parents[new]
        for share in (1.0, 0.5):
            if left < 0 or right < 0:
                break
            votes[left, right] += weight * share
            left, right = known.old.parents[left], known.new.parents[right]
    for (old, new), weight in sorted(votes.items(), key=partial(_firmness, known)):
        if old in known.to_new or new in known.to_old or not known.kindred(old, new):
            continue
        smaller = min(known.old.whole[old].total(), known.new.whole[new].total())
        if weight >= SAME_UNIT * smaller:
            known.pair(old, new)


def _firmness(known: Pairs, vote: tuple[tuple[int, int], float]) -> tuple[float, int, int]:
    """The heaviest vote first; one for a unit of another kind counts for half."""
    (old, new), weight = vote
    same = known.old.clauses[old].kind is known.new.clauses[new].kind
    return -weight if same else -weight / 2, old, new


def siblings(known: Pairs) -> None:
    """Clauses left under the same parent: similar words, the nearest place first."""
    for new_parent, old_parent in list(known.to_old.items()):
        old = [at for at in known.old.children[old_parent] if at not in known.to_new]
        new = [at for at in known.new.children[new_parent] if at not in known.to_old]
        if old and new:
            _leftover(known, old, new)


def _leftover(known: Pairs, old: list[int], new: list[int]) -> None:
    gaps: dict[int | None, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for at in old:
        gaps[_gap(known, known.old, known.to_new, at, new=False)][0].append(at)
    for at in new:
        gaps[_gap(known, known.new, known.to_old, at, new=True)][1].append(at)
    found: list[tuple[float, int, int]] = []
    for lefts, rights in gaps.values():
        for left, right in _candidates(known, lefts, rights):
            likeness = known.likeness(left, right)
            alone = len(lefts) == len(rights) == 1
            same = known.old.labels[left] == known.new.labels[right] != ""
            least = IN_PLACE if alone or same else IN_PLACE + 0.1
            if likeness >= (RETITLED if known.retitled(left, right) else least):
                found.append((likeness + 0.1 * same, left, right))
    known.take(found)
    old = [at for at in old if at not in known.to_new]
    new = [at for at in new if at not in known.to_old]
    known.take(
        [
            (likeness, left, right)
            for left, right in _candidates(known, old, new)
            if (likeness := known.likeness(left, right)) >= IN_PARENT
        ]
    )


def _gap(known: Pairs, text: Laid, paired: dict[int, int], at: int, new: bool) -> int | None:
    """Names the gap between paired siblings that a clause stands in, by the old one before."""
    line = text.children[text.parents[at]]
    for place in range(text.order[at] - 1, max(-1, text.order[at] - 60), -1):
        other = paired.get(line[place])
        if other is not None:
            return other if new else line[place]
    return None


def _candidates(known: Pairs, old: list[int], new: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: all of a few, near ones and those of the index of many."""
    if len(old) * len(new) <= _CROWD:
        yield from ((left, right) for left in old for right in new)
        return
    index = Index(known.old.whole, old, known.weights)
    for at, right in enumerate(new):
        near = set(index.near(known.new.whole[right], 4))
        centre = at * len(old) // len(new)
        near.update(old[max(0, centre - 2) : centre + 3])
        yield from ((left, right) for left in sorted(near))


def elsewhere(known: Pairs) -> None:
    """Clauses that moved to another parent and were reworded on the way."""
    free = [at for at in range(len(known.old.clauses)) if at not in known.to_new]
    index = Index(known.old.whole, free, known.weights)
    found = []
    for new in range(len(known.new.clauses)):
        if new in known.to_old or known.new.whole[new].total() < 4:
            continue
        for old in index.near(known.new.whole[new], 6):
            likeness = known.likeness(old, new)
            if likeness >= ANYWHERE:
                found.append((likeness, old, new))
    known.take(found)


def recast(known: Pairs) -> None:
    """Paragraphs that became units of the same words in their place ("Section 2."), and back."""
    found: list[tuple[float, int, int]] = []
    for new_parent, old_parent in list(known.to_old.items()):
        old = [at for at in known.old.children[old_parent] if at not in known.to_new]
        new = [at for at in known.new.children[new_parent] if at not in known.to_old]
        for left, right in _candidates(known, old, new) if old and new else ():
            headed = known.old.clauses[left].heading or known.new.clauses[right].heading
            bags = known.old.bags[left], known.new.bags[right]
            if headed or known.kindred(left, right) or min(bag.total() for bag in bags) < 4:
                continue
            likeness = known.weights.likeness(*bags)
            if likeness >= RECAST:
                found.append((likeness, left, right))
    known.take(found)

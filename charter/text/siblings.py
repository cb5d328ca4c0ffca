"""Orders of siblings: which of them stand elsewhere than before, and where one comes back to.

A sibling is a pair of what it is and its rank. Ranks say little by themselves: siblings whose
ranks have grown long are spread anew without anyone being moved.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

from charter.text import ranks
from charter.text.compare import standing

K = TypeVar("K", bound=Hashable)

LONG = 60  # characters of a rank, after which a line is spread anew


def displaced(old: Sequence[tuple[K, str]], new: Sequence[tuple[K, str]]) -> set[K]:
    """Those of both lines that changed their place among the others of both.

    Lines are in order. Who kept the rank has not moved; of the rest, as few as will do.
    """
    was = dict(old)
    place = {one: at for at, (one, _rank) in enumerate(old)}
    both = [(one, rank) for one, rank in new if one in was]
    fixed = [one for one, rank in both if was[one] == rank]
    fixed_places = sorted(place[one] for one in fixed)
    gaps: dict[int, list[K]] = defaultdict(list)
    moved: set[K] = set()
    passed = 0
    for one, rank in both:
        if was[one] == rank:
            passed += 1
        elif bisect_left(fixed_places, place[one]) == passed:
            gaps[passed].append(one)
        else:
            moved.add(one)
    for gap in gaps.values():
        kept = standing([place[one] for one in gap])
        moved.update(one for at, one in enumerate(gap) if at not in kept)
    return moved


def put_back(line: Sequence[K], old: Sequence[K], back: Collection[K]) -> list[K]:
    """`line` with each of `back` where it stood in `old`: behind the nearest one before it there.

    Without one it comes ahead of the nearest one after it, else last. `line` has none of `back`,
    and `old` has them all.
    """
    found = list(line)
    there = set(line)
    for at, one in enumerate(old):
        if one not in back:
            continue
        before = next((other for other in reversed(old[:at]) if other in there), None)
        after = next((other for other in old[at + 1 :] if other in there), None)
        if before is not None:
            found.insert(found.index(before) + 1, one)
        elif after is not None:
            found.insert(found.index(after), one)
        else:
            found.append(one)
        there.add(one)
    return found


def ranked(order: Sequence[K], given: Mapping[K, str], loose: Collection[K]) -> dict[K, str]:
    """A rank for each of `order`: the one `given`, as long as those of `loose` fit in between.

    One that does not gets another; where there is no room, all do.
    """
    found: dict[K, str] = {}
    low: str | None = None
    for at, one in enumerate(order):
        rank = given[one]
        if one in loose:
            high = next((given[other] for other in order[at + 1 :] if other not in loose), None)
            if low is not None and high is not None and low >= high:
                break
            if (low is not None and rank <= low) or (high is not None and rank >= high):
                rank = ranks.between(low, high)
        elif low is not None and rank <= low:
            break
        found[one] = low = rank
    if len(found) < len(order) or any(len(rank) > LONG for rank in found.values()):
        return dict(zip(order, ranks.spread(len(order)), strict=True))
    return found

"""What kept its order among places that did not all."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence


def longest_ascent(places: Sequence[int]) -> list[int]:
    """Positions in `places` of one longest strictly ascending run (patience sorting, Schensted)."""
    tops: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        pile = bisect_left(tops, place)
        before.append(chosen[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        chosen[pile : pile + 1] = [at]
    run: list[int] = []
    at = chosen[-1] if chosen else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]


def heaviest_ascent(places: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Positions in `places` of one strictly ascending run of the greatest weight (Fenwick 1994).

    Places are not negative, weights positive.
    """
    size = max(places, default=0) + 2
    tree = [-1] * size  # by place: the end of the heaviest run that ends in its range
    total: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        ends = (tree[node] for node in _below(place))
        last = max((end for end in ends if end >= 0), key=total.__getitem__, default=-1)
        total.append(weights[at] + (total[last] if last >= 0 else 0))
        before.append(last)
        node = place + 1
        while node < size:
            if tree[node] < 0 or total[tree[node]] < total[at]:
                tree[node] = at
            node += node & -node
    at = max(range(len(places)), key=total.__getitem__, default=-1)
    run: list[int] = []
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]


def _below(place: int) -> Iterator[int]:
    """The nodes of the tree that together hold all lower places."""
    while place:
        yield place
        place -= place & -place

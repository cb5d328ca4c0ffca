"""What kept its order among places that did not all."""

from bisect import bisect_left
from collections.abc import Sequence


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

"""Clauses known again by their words, which are the same, and by where several have them."""

from collections import defaultdict, deque
from itertools import islice

from charter.text.pairing import Pairs

_NEAR = 50  # clauses with the same words of which one with the same number is preferred


def by_id(known: Pairs) -> None:
    """Clauses that bring the id they had."""
    places = {clause.id: at for at, clause in enumerate(known.old.clauses) if clause.id}
    for new, clause in enumerate(known.new.clauses):
        if clause.id in places:
            known.pair(places[clause.id], new)


def by_words(known: Pairs) -> None:
    """Clauses whose words occur once in either text, and their equal neighbours."""
    for old, new in _equal(known):
        if len(old) == len(new) == 1 and known.pair(old[0], new[0]):
            _spread(known, old[0], new[0])


def _equal(known: Pairs) -> list[tuple[list[int], list[int]]]:
    """Unpaired places with the same words in both texts."""
    groups: dict[tuple[str, str, bool], tuple[list[int], list[int]]] = {}
    for at in range(len(known.old.clauses)):
        if at not in known.to_new and any((words := known.old.words(at))[:2]):
            groups.setdefault(words, ([], []))[0].append(at)
    for at in range(len(known.new.clauses)):
        if at not in known.to_old and (words := known.new.words(at)) in groups:
            groups[words][1].append(at)
    return [group for group in groups.values() if group[1]]


def _spread(known: Pairs, old: int, new: int) -> None:
    """From a sure pair to the neighbours on both sides, while their words are equal."""
    for step in (-1, 1):
        left, right = known.old.sibling(old, step), known.new.sibling(new, step)
        while left is not None and right is not None:
            words = known.old.words(left)
            if words != known.new.words(right) or not any(words[:2]):
                break
            if not known.pair(left, right):
                break
            left, right = known.old.sibling(left, step), known.new.sibling(right, step)


def repeated(known: Pairs, anywhere: bool) -> None:
    """Words that several clauses have: by parent, then by number, then in order."""
    for old, new in _equal(known):
        by_parent: dict[int, deque[int]] = defaultdict(deque)
        for place in old:
            by_parent[known.old.parents[place]].append(place)
        for place in new:
            parent = known.to_old.get(known.new.parents[place])
            if parent is not None and parent in by_parent:
                _first(known, by_parent[parent], place)
        if anywhere:
            line = deque(old)
            for place in new:
                if place not in known.to_old:
                    _first(known, line, place)


def _first(known: Pairs, line: deque[int], new: int) -> None:
    """Pair with the first of `line` that has the same number, else with the first free one."""
    while line and line[0] in known.to_new:
        line.popleft()
    label = known.new.labels[new]
    free = [old for old in islice(line, _NEAR) if old not in known.to_new]
    old = next((old for old in free if known.old.labels[old] == label), free[0] if free else None)
    if old is not None and known.pair(old, new):
        _spread(known, old, new)

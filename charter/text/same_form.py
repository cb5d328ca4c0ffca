"""Clauses whose words tell nothing, known again by their place and their numbers."""

from collections import defaultdict

from charter.text.laid import Shape, skeleton
from charter.text.pairing import Pairs


def by_number(known: Pairs) -> None:
    """Units left in the same place with the same number, whatever they say now."""
    for new_parent, old_parent in list(known.to_old.items()):
        numbered = {
            (known.old.labels[at], known.old.clauses[at].kind): at
            for at in known.old.children[old_parent]
            if at not in known.to_new and known.old.titled(at) and known.old.labels[at]
        }
        for at in known.new.children[new_parent]:
            old = numbered.get((known.new.labels[at], known.new.clauses[at].kind))
            if old is not None and at not in known.to_old and not known.retitled(old, at):
                known.pair(old, at)


def by_skeleton(known: Pairs) -> None:
    """Units left under the same parent that hold the same kinds and numbers, in this order.

    Words that were all translated, or garbled, are still the words of these clauses.
    """
    for new_parent, old_parent in list(known.to_old.items()):
        if new_parent >= 0 and known.new.titled(new_parent) and known.new.children[new_parent]:
            _garbled(known, old_parent, new_parent)
        shapes: dict[Shape, list[int]] = defaultdict(list)
        for at in known.old.children[old_parent]:
            if at not in known.to_new and known.old.titled(at):
                shapes[skeleton(known.old, at)].append(at)
        for at in known.new.children[new_parent] if shapes else ():
            if at in known.to_old or not known.new.titled(at):
                continue
            shape = skeleton(known.new, at)
            if len(shape) > 3 and shapes.get(shape):
                _parallel(known, shapes[shape].pop(0), at)


def _garbled(known: Pairs, old: int, new: int) -> None:
    """The clauses of a unit of which none is known by its words, if their numbers agree."""
    inside = [*known.old.children[old]], [*known.new.children[new]]
    if any(at in known.to_new for at in inside[0]) or any(at in known.to_old for at in inside[1]):
        return
    shape = skeleton(known.new, new)[1:]
    if len(shape) > 2 and shape == skeleton(known.old, old)[1:]:
        _parallel(known, old, new)


def _parallel(known: Pairs, old: int, new: int) -> None:
    """Pair two clauses, and what they hold, number by number."""
    known.pair(old, new)
    lefts = [at for at in known.old.children[old] if known.old.labels[at]]
    rights = [at for at in known.new.children[new] if known.new.labels[at]]
    for left, right in zip(lefts, rights, strict=False):
        _parallel(known, left, right)

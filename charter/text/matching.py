"""Knows the clauses of a text again: which clause of an earlier text each one is.

A file carries no identities, so they are found by what a careful reader goes by, the surest sign
first: the same words; the same heading; the children it holds; similar words, the better the nearer
they stand; and at last the same number at the same place. No clause is paired twice, and a clause
like no other is new. Similar words are looked for only among clauses that share rare words, an
inverted index as in plagiarism detection, so that the work grows with the text and not its square.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from rapidfuzz.distance import Indel

from charter.text.align import aligned
from charter.text.kinds import Kind
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline
from charter.text.tokens import tokens

# Similarity of two lists of words is 2 × common / total. Below the first a pair is not believed
# wherever it stands; without a sign of its place it has to reach the second.
_IN_PLACE, _ELSEWHERE = 0.4, 0.6
# What the signs of a place are worth when candidates are ranked.
_SAME_PARENT, _SAME_LABEL, _SAME_HEADING, _BETWEEN = 0.15, 0.1, 0.2, 0.1
# A word in more clauses than this tells them apart no longer.
_RARE = 12
_CANDIDATES = 6
# A clause shorter than this is not known again by similar words outside its place.
_FEW_WORDS = 6


@dataclass(slots=True)
class _Unit:
    """A clause of one side with what it is recognised by."""

    at: int
    clause: Clause
    label: str
    parent: int
    words: tuple[str, ...]
    mate: int = -1
    children: list[int] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """Whether it goes by its number or heading, as an article does and a recital does not."""
        return self.clause.kind not in (Kind.RECITAL, Kind.PARAGRAPH, Kind.POINT)


def match(before: Outline, after: Outline) -> Outline:
    """`after` with the ids of the clauses of `before` on those clauses that are the same.

    A clause of `after` that is new has the id "". Ids that `after` brings and `before` knows are
    kept. Clauses of `before` without an id are paired too, so that no other is taken for them.
    """
    found = {young.at: old.clause.id for old, young in _paired(before, after)}
    order = count()

    def named(clause: Clause) -> Clause:
        at = next(order)
        children = tuple(named(child) for child in clause.children)
        return replace(clause, id=found.get(at, ""), children=children)

    return replace(after, clauses=tuple(named(clause) for clause in after.clauses))


def pairs(before: Outline, after: Outline) -> dict[int, int]:
    """The same as places in reading order, from 0: place in `after` -> place in `before`."""
    return {young.at: old.at for old, young in _paired(before, after)}


def _paired(before: Outline, after: Outline) -> Iterator[tuple[_Unit, _Unit]]:
    old, new = _units(before), _units(after)
    _by_id(old, new)
    _by_key(old, new, lambda unit: (unit.clause.kind, unit.words) if unit.words else None)
    _by_key(old, new, _whole(old, new))
    _by_key(old, new, _heading)
    for _ in range(2):
        _by_children(old, new)
        _by_similar_words(old, new)
    _by_number(old, new)
    _by_similar_words(old, new)
    for unit in new:
        if unit.mate >= 0:
            yield old[unit.mate], unit


def _units(outline: Outline) -> list[_Unit]:
    units: list[_Unit] = []
    open_at: list[int] = []
    for at, ((depth, clause), label) in enumerate(
        zip(outline.walk(), labels(outline), strict=True)
    ):
        del open_at[depth:]
        parent = open_at[-1] if open_at else -1
        if parent >= 0:
            units[parent].children.append(at)
        units.append(_Unit(at, clause, label, parent, _words(clause, outline.language)))
        open_at.append(at)
    return units


def _words(clause: Clause, language: str) -> tuple[str, ...]:
    said = f"{clause.heading}\n{clause.text}".casefold()
    return tuple(word for word in tokens(said, language) if any(map(str.isalnum, word)))


def _pair(old: _Unit, new: _Unit) -> None:
    old.mate, new.mate = new.at, old.at


def _free(units: list[_Unit]) -> Iterator[_Unit]:
    return (unit for unit in units if unit.mate < 0)


def _by_id(old: list[_Unit], new: list[_Unit]) -> None:
    known = {unit.clause.id: unit for unit in old if unit.clause.id}
    for unit in new:
        same = known.get(unit.clause.id)
        if unit.clause.id and same and same.mate < 0:
            _pair(same, unit)


def _by_key(old: list[_Unit], new: list[_Unit], key: Callable[[_Unit], object | None]) -> None:
    """Pair clauses with equal keys: those in order first, so that repeated ones keep their place.

    None is no key. What is equal but out of order is paired only when nothing else is equal to it.
    """
    there = [(unit, key(unit)) for unit in _free(old)]
    here = [(unit, key(unit)) for unit in _free(new)]
    there = [(unit, value) for unit, value in there if value is not None]
    here = [(unit, value) for unit, value in here if value is not None]
    numbers: dict[object, int] = {}
    left = [numbers.setdefault(value, len(numbers)) for _, value in there]
    right = [numbers.setdefault(value, len(numbers)) for _, value in here]
    once, once_new = Counter(left), Counter(right)
    for at, young in _in_order(left, right):
        _pair(there[at][0], here[young][0])
    place = {value: at for at, value in enumerate(right) if once_new[value] == 1}
    for at, value in enumerate(left):
        if once[value] == 1 and value in place:
            one, other = there[at][0], here[place[value]][0]
            if one.mate < 0 and other.mate < 0:
                _pair(one, other)


def _in_order(left: list[int], right: list[int]) -> Iterator[tuple[int, int]]:
    """Places of a longest common subsequence: all between the hunks that `aligned` gives."""
    b = n = 0
    for b0, b1, n0, n1 in [*aligned(left, right), (len(left), len(left), len(right), len(right))]:
        yield from zip(range(b, b0), range(n, n0), strict=True)
        b, n = b1, n1


def _heading(unit: _Unit) -> object | None:
    heading = " ".join(unit.clause.heading.casefold().split())
    return (unit.clause.kind, heading) if heading and unit.named else None


def _whole(old: list[_Unit], new: list[_Unit]) -> Callable[[_Unit], object | None]:
    """A key for clauses without words of their own: all the words they hold."""
    held: dict[int, int] = {}
    for units in (old, new):
        for unit in reversed(units):
            below = tuple(held[id(units[child])] for child in unit.children)
            held[id(unit)] = hash((unit.clause.kind, unit.words, below))

    def key(unit: _Unit) -> object | None:
        return None if unit.words or not unit.children else (unit.clause.kind, held[id(unit)])

    return key


def _by_children(old: list[_Unit], new: list[_Unit]) -> None:
    """Pair clauses that hold the same children, those that share most words first."""
    shared: Counter[tuple[int, int]] = Counter()
    for unit in reversed(new):
        if unit.mate < 0 or unit.parent < 0:
            continue
        parent, was = new[unit.parent], old[unit.mate].parent
        if parent.mate < 0 and was >= 0 and old[was].mate < 0:
            shared[was, parent.at] += 1 + len(unit.words)
    for (was, now), _weight in shared.most_common():
        one, other = old[was], new[now]
        if one.mate < 0 and other.mate < 0 and one.named == other.named:
            _pair(one, other)


def _by_similar_words(old: list[_Unit], new: list[_Unit]) -> None:
    """Pair clauses whose words are alike, best first."""
    ranked: list[tuple[float, int, int]] = []
    gaps = _gaps(old)
    candidates = _index(old)
    for unit in _free(new):
        for at in _candidates(unit, old, new, candidates):
            worth = _worth(old[at], unit, old, new, gaps)
            if worth:
                ranked.append((-worth, at, unit.at))
    for _rank, at, young in sorted(ranked):
        if old[at].mate < 0 and new[young].mate < 0:
            _pair(old[at], new[young])


def _worth(
    one: _Unit, other: _Unit, old: list[_Unit], new: list[_Unit], gaps: list[tuple[int, int]]
) -> float:
    """How much speaks for a pair; 0 when too little does."""
    if not one.words or not other.words or one.named != other.named:
        return 0.0
    place = _same_parent(one, other, old, new)
    between = _between(other, new, gaps[one.at])
    need = _IN_PLACE if place or between else _ELSEWHERE
    if need == _ELSEWHERE and min(len(one.words), len(other.words)) < _FEW_WORDS:
        return 0.0
    alike = Indel.normalized_similarity(one.words, other.words)
    if one.clause.heading and one.clause.heading == other.clause.heading:
        alike += _SAME_HEADING
    if alike < need:
        return 0.0
    label = bool(one.label) and one.label == other.label
    return alike + place * _SAME_PARENT + label * _SAME_LABEL + between * _BETWEEN


def _same_parent(one: _Unit, other: _Unit, old: list[_Unit], new: list[_Unit]) -> bool:
    if one.parent < 0 or other.parent < 0:
        return one.parent == other.parent
    return new[other.parent].mate == one.parent


def _gaps(old: list[_Unit]) -> list[tuple[int, int]]:
    """For each clause the places in the new text of the nearest paired ones around it."""
    lows, last = [], -1
    for unit in old:
        lows.append(last)
        last = unit.mate if unit.mate >= 0 else last
    highs, last = [], 1 << 62
    for unit in reversed(old):
        highs.append(last)
        last = unit.mate if unit.mate >= 0 else last
    return list(zip(lows, reversed(highs), strict=True))


def _between(other: _Unit, new: list[_Unit], gap: tuple[int, int]) -> bool:
    return gap[0] < other.at < gap[1]


def _index(old: list[_Unit]) -> dict[str, list[int]]:
    """The unpaired clauses in which each word stands that is rare enough to tell them apart."""
    places: dict[str, list[int]] = defaultdict(list)
    for unit in _free(old):
        for word in set(unit.words):
            places[word].append(unit.at)
    return {word: where for word, where in places.items() if len(where) <= _RARE}


def _candidates(
    unit: _Unit, old: list[_Unit], new: list[_Unit], index: dict[str, list[int]]
) -> set[int]:
    """Where in the old text this clause may have stood: by rare words, and in the same place."""
    votes: Counter[int] = Counter()
    for word in set(unit.words):
        votes.update(index.get(word, ()))
    found = {at for at, _ in votes.most_common(_CANDIDATES)}
    parent = new[unit.parent].mate if unit.parent >= 0 else -1
    if parent >= 0:
        found.update(_nearest(unit, new[unit.parent], old[parent], old))
    return found


def _nearest(unit: _Unit, parent: _Unit, was: _Unit, old: list[_Unit]) -> Iterator[int]:
    """The unpaired children of the old parent about as far down as this one is in the new."""
    if not was.children:
        return
    depth = parent.children.index(unit.at) if len(parent.children) < 200 else 0
    for at in was.children[max(0, depth - 3) : depth + 4]:
        if old[at].mate < 0:
            yield at


def _by_number(old: list[_Unit], new: list[_Unit]) -> None:
    """Pair what is left of articles and the like when kind, number and parent are the same.

    Of two texts with nothing in common under "Article 5" a reader still says that Article 5
    changed. Among paragraphs, which come and go, the number says nothing by itself.
    """
    there: dict[object, list[_Unit]] = defaultdict(list)
    for unit in _free(old):
        if unit.named and unit.label:
            there[unit.clause.kind, unit.label, unit.parent].append(unit)
    for unit in _free(new):
        parent = new[unit.parent].mate if unit.parent >= 0 else -1
        if not unit.named or not unit.label or (unit.parent >= 0 and parent < 0):
            continue
        same = there.get((unit.clause.kind, unit.label, parent))
        if same and len(same) == 1 and same[0].mate < 0:
            _pair(same[0], unit)

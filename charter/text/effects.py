"""What proposals would do to the numbers of a text, and to the references that print them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from charter.text.inline import references
from charter.text.numbering import Number, numbers
from charter.text.outline import Clause, Outline
from charter.text.rolled import Proposal

_ORDER = ("reword", "insert", "move", "strike")  # what names a place still finds it


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A clause that is cited otherwise in two texts; "" where it does not stand."""

    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Affected:
    """A reference in the words of a clause, which prints something else in the later text.

    `citation` is the clause's there. `before` and `after` are what the reference prints, "" where
    the clause it leads to does not stand in the text.
    """

    id: str
    citation: str
    target: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Effect:
    """How two texts differ in their numbers. A clause cited otherwise only because what it stands
    in is, is not named."""

    renumbered: tuple[Renumbered, ...] = ()
    references: tuple[Affected, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.renumbered or self.references)


def effect(before: Outline, after: Outline) -> Effect:
    """What became of numbers and references between two texts of one charter.

    In the order of `after`, then what is only in `before`. Clauses are known by their ids.
    """
    was, now = _laid(before), _laid(after)
    return Effect(tuple(_renumbered(was, now)), tuple(_affected(was, now)))


def made(base: Outline, proposals: Sequence[Proposal]) -> Outline:
    """The text as it would be with all of these made; those that do not fit are left out.

    Clauses put in are called new-1, new-2 … in the order of the proposals. Numbers that are kept
    from a frozen text are for the caller to fit in again.
    """
    text = _Making(base)
    for act in _ORDER:
        for one in proposals:
            if one.act == act and one.fits:
                text.make(one)
    return text.outline()


@dataclass(frozen=True, slots=True)
class _Place:
    clause: Clause
    parent: str
    number: Number


def _laid(outline: Outline) -> dict[str, _Place]:
    found: dict[str, _Place] = {}
    path: list[str] = []
    for (depth, clause), number in zip(outline.walk(), numbers(outline), strict=True):
        del path[depth:]
        found[clause.id] = _Place(clause, path[-1] if path else "", number)
        path.append(clause.id)
    return found


def _renumbered(was: Mapping[str, _Place], now: Mapping[str, _Place]) -> Iterator[Renumbered]:
    for id, place in now.items():
        old = was.get(id)
        if old is None:
            if place.parent in was or place.parent == "":
                yield Renumbered(id, "", place.number.citation)
        elif old.number.citation != place.number.citation and not _follows(old, place, was, now):
            yield Renumbered(id, old.number.citation, place.number.citation)
    for id, place in was.items():
        if id not in now and (place.parent in now or place.parent == ""):
            yield Renumbered(id, place.number.citation, "")


def _follows(
    old: _Place, new: _Place, was: Mapping[str, _Place], now: Mapping[str, _Place]
) -> bool:
    """Whether a clause is cited otherwise only because the clause it stands in is."""
    if old.parent != new.parent or old.number.label != new.number.label or not old.parent:
        return False
    before, after = was[old.parent].number.citation, now[new.parent].number.citation
    return before != after


def _affected(was: Mapping[str, _Place], now: Mapping[str, _Place]) -> Iterator[Affected]:
    for id, place in now.items():
        for target in dict.fromkeys(_named(place.clause)):
            old, new = (
                side[target].number.citation if target in side else "" for side in (was, now)
            )
            if old != new:
                yield Affected(id, place.number.citation, target, old, new)


def _named(clause: Clause) -> Iterator[str]:
    for words in (clause.heading, clause.text):
        if "(#" in words:
            yield from references(words)


class _Making:
    """A text in the making: clauses without their children, and the order of these."""

    def __init__(self, base: Outline) -> None:
        self.base, self.title = base, base.title
        self.clauses: dict[str, Clause] = {}
        self.inside: dict[str, list[str]] = {"": []}
        self.parents: dict[str, str] = {}
        self.last: dict[tuple[str, str], str] = {}
        self.count = 0
        for clause in base.clauses:
            self._add(clause, clause.id, "", len(self.inside[""]))

    def outline(self) -> Outline:
        return replace(self.base, title=self.title, clauses=self._children(""))

    def make(self, one: Proposal) -> None:
        if one.act == "insert":
            self._insert(one)
        elif one.act == "reword" and not one.clause:
            self.title = one.heading
        elif one.clause not in self.clauses:
            return
        elif one.act == "reword":
            clause = self.clauses[one.clause]
            self.clauses[one.clause] = replace(clause, heading=one.heading, text=one.text)
        elif one.act == "move":
            self._move(one)
        else:
            self._take_out(one.clause)
            del self.clauses[one.clause]

    def _insert(self, one: Proposal) -> None:
        place = one.parent, one.after
        at = self._at(one.parent, self.last.get(place, one.after))
        if at is None:
            return
        for nth, clause in enumerate(one.planted, start=at):
            self.last[place] = self._plant(clause, one.parent, nth)

    def _plant(self, clause: Clause, parent: str, at: int) -> str:
        self.count += 1
        id = f"new-{self.count}"
        self._add(replace(clause, children=()), id, parent, at)
        for nth, child in enumerate(clause.children):
            self._plant(child, id, nth)
        return id

    def _move(self, one: Proposal) -> None:
        around = one.parent
        while around:
            if around == one.clause:
                return
            around = self.parents.get(around, "")
        if self._at(one.parent, one.after) is None or one.after == one.clause:
            return
        self._take_out(one.clause)
        self.inside[one.parent].insert(self._at(one.parent, one.after) or 0, one.clause)
        self.parents[one.clause] = one.parent

    def _at(self, parent: str, after: str) -> int | None:
        """Where in `parent` stands what comes behind `after`; None where there is no such place."""
        siblings = self.inside.get(parent)
        if siblings is None or (parent and parent not in self.clauses):
            return None
        if not after:
            return 0
        return siblings.index(after) + 1 if after in siblings else None

    def _take_out(self, id: str) -> None:
        self.inside[self.parents[id]].remove(id)

    def _add(self, clause: Clause, id: str, parent: str, at: int) -> None:
        self.clauses[id] = replace(clause, id=id, children=())
        self.inside[parent].insert(at, id)
        self.inside[id] = []
        self.parents[id] = parent
        for nth, child in enumerate(clause.children):
            self._add(child, child.id, id, nth)

    def _children(self, parent: str) -> tuple[Clause, ...]:
        return tuple(
            replace(self.clauses[id], children=self._children(id)) for id in self.inside[parent]
        )

"""The units a text is surveyed by: its articles, and what stands in none of them.

Every clause belongs to one unit: the nearest article, preamble or annex it is or stands in; without
one, the nearest section, chapter or part; else it is a unit of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from charter.text.kinds import Kind
from charter.text.numbering import Number, numbers
from charter.text.outline import Clause, Outline

_UNITS = frozenset({Kind.ARTICLE, Kind.PREAMBLE, Kind.ANNEX})
_WIDER = frozenset({Kind.SECTION, Kind.CHAPTER, Kind.PART})


@dataclass(frozen=True, slots=True)
class Member:
    """A clause with its number, and those it stands in from the outermost inwards."""

    clause: Clause
    number: Number
    above: "tuple[Member, ...]"

    @property
    def served(self) -> tuple[str, ...]:
        """The principles it serves by a tag of its own or of a clause it stands in."""
        found = dict.fromkeys(self.clause.principles)
        for member in reversed(self.above):
            found |= dict.fromkeys(member.clause.principles)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause that stands for its unit, and all the unit's clauses in reading order."""

    head: Member
    members: tuple[Member, ...]


def members(outline: Outline) -> Iterator[Member]:
    """Every clause of a text in reading order, with its number and what it stands in."""
    path: list[Member] = []
    for (depth, clause), number in zip(outline.walk(), numbers(outline), strict=True):
        del path[depth:]
        member = Member(clause, number, tuple(path))
        yield member
        path.append(member)


def units(outline: Outline) -> tuple[Unit, ...]:
    """The units in reading order; a part that has neither words nor tags of its own is none."""
    found: dict[int, tuple[Member, list[Member]]] = {}
    kept: dict[int, Member] = {}
    for member in members(outline):
        head = _head(member)
        kept[id(member)] = member  # so that no other takes its place in memory
        found.setdefault(id(head), (head, []))[1].append(member)
    return tuple(
        Unit(head, tuple(inside)) for head, inside in found.values() if _says(head, inside)
    )


def _head(member: Member) -> Member:
    line = (member, *reversed(member.above))
    for kinds in (_UNITS, _WIDER):
        for one in line:
            if one.clause.kind in kinds:
                return one
    return line[-1]


def _says(head: Member, inside: list[Member]) -> bool:
    if head.clause.kind in _UNITS and not _holds_articles(head.clause):
        return True
    return len(inside) > 1 or bool(head.clause.text or head.clause.principles)


def _holds_articles(clause: Clause) -> bool:
    return any(one.kind is Kind.ARTICLE for depth, one in clause.walk() if depth)

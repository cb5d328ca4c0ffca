"""A whole text with all that is open in it: every clause rolled, proposed clauses in their place.

Whatever cannot stand in its place any more is listed with the clause or the text it belongs to, and
never left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from charter.text.alternatives import as_alternatives
from charter.text.bracketed import Rival, Rolling
from charter.text.outline import Clause, Outline
from charter.text.rolling import roll

Act = Literal["reword", "insert", "strike", "move"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change that somebody asks for, of the text as it stands.

    * reword: `clause` ("" is the title) is to have this heading and text;
    * insert: `planted` is to stand in `parent` ("": the top level) behind `after` ("": first);
    * strike: `clause` is to go with all below it;
    * move: `clause` is to stand in `parent` behind `after`.

    One that does not `fit` the text any more is shown whole beside it, not word by word.
    """

    label: str
    act: Act
    clause: str = ""
    heading: str = ""
    text: str = ""
    parent: str = ""
    after: str = ""
    planted: tuple[Clause, ...] = ()
    fits: bool = True


@dataclass(frozen=True, slots=True)
class RolledClause:
    """A clause with what is open in it.

    `planted` numbers the proposed clauses from 1, in reading order, and is 0 for one of the text;
    `proposed_by` names those who would put it in, and is empty for what stands inside such a one.
    """

    clause: Clause
    heading: Rolling
    text: Rolling
    children: "tuple[RolledClause, ...]" = ()
    proposed_by: tuple[str, ...] = ()
    planted: int = 0
    strikes: tuple[Proposal, ...] = ()
    moves: tuple[Proposal, ...] = ()
    misfits: tuple[Proposal, ...] = ()

    @property
    def open(self) -> bool:
        """Whether anything about the clause itself is in dispute."""
        return bool(
            self.heading.brackets
            or self.text.brackets
            or self.proposed_by
            or self.strikes
            or self.moves
            or self.misfits
        )

    def walk(self, depth: int = 0) -> "Iterator[tuple[int, RolledClause]]":
        """The clause and all below it in reading order, each with its depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class RolledText:
    """A whole text with what is open in it.

    `unplaced` are proposals that name no clause, or a place, of this text, or that do not fit its
    title any more.
    """

    base: Outline
    title: Rolling
    clauses: tuple[RolledClause, ...]
    unplaced: tuple[Proposal, ...] = ()

    def walk(self) -> Iterator[tuple[int, RolledClause]]:
        """Every clause in reading order with its depth, proposed ones in their places."""
        for clause in self.clauses:
            yield from clause.walk()

    def outline(self) -> Outline:
        """The words of the base, and the proposed clauses in their places with ids of their own."""
        return replace(self.base, clauses=tuple(_plain(one) for one in self.clauses))

    @property
    def brackets(self) -> int:
        """The places in dispute: in words, proposed clauses, strikes, moves and misfits."""
        count = self.title.brackets + len(self.unplaced)
        for _, one in self.walk():
            count += one.heading.brackets + one.text.brackets + bool(one.proposed_by)
            count += len(one.strikes) + len(one.moves) + len(one.misfits)
        return count


def _plain(one: RolledClause) -> Clause:
    return replace(one.clause, children=tuple(_plain(child) for child in one.children))


def roll_text(base: Outline, proposals: Sequence[Proposal]) -> RolledText:
    """The text with every proposal in its place."""
    return _Rolled(base, proposals).text()


@dataclass(slots=True)
class _Asked:
    """What is proposed of one clause."""

    rewordings: list[Proposal] = field(default_factory=list)
    strikes: list[Proposal] = field(default_factory=list)
    moves: list[Proposal] = field(default_factory=list)


class _Rolled:
    def __init__(self, base: Outline, proposals: Sequence[Proposal]) -> None:
        self.base = base
        self.planted = 0
        self.asked: Mapping[str, _Asked] = defaultdict(_Asked)
        self.insertions: dict[tuple[str, str], dict[tuple[Clause, ...], list[str]]] = {}
        self.unplaced: list[Proposal] = []
        standing = {clause.id: clause for _, clause in base.walk()}
        tops = {clause.id for clause in base.clauses}
        for one in proposals:
            if one.act == "insert":
                self._insert(one, standing, tops)
            elif one.clause in standing or (one.act == "reword" and not one.clause and one.fits):
                self._ask(one)
            else:
                self.unplaced.append(one)

    def text(self) -> RolledText:
        title, _ = self._words("", self.base.title, "")
        clauses = self._inside("", self.base.clauses)
        return RolledText(self.base, title, clauses, tuple(self.unplaced))

    def _insert(self, one: Proposal, standing: Mapping[str, Clause], tops: set[str]) -> None:
        holder = standing.get(one.parent)
        there = holder is not None or not one.parent
        inside = {child.id for child in holder.children} if holder else tops
        if one.fits and there and (not one.after or one.after in inside):
            place = self.insertions.setdefault((one.parent, one.after), {})
            place.setdefault(one.planted, []).append(one.label)
        else:
            self.unplaced.append(one)

    def _ask(self, one: Proposal) -> None:
        asked = self.asked[one.clause]
        {"reword": asked.rewordings, "strike": asked.strikes, "move": asked.moves}[one.act].append(
            one
        )

    def _words(self, clause: str, heading: str, text: str) -> tuple[Rolling, Rolling]:
        fitting = [one for one in self.asked[clause].rewordings if one.fits]
        language = self.base.language
        # Headings and words would count their alternatives apart: only words are written as such.
        return (
            roll(heading, [Rival(one.heading, one.label) for one in fitting], language),
            as_alternatives(
                roll(text, [Rival(one.text, one.label) for one in fitting], language), language
            ),
        )

    def _inside(self, parent: str, clauses: Iterable[Clause]) -> tuple[RolledClause, ...]:
        found = list(self._put_in(parent, ""))
        for clause in clauses:
            found.append(self._rolled(clause))
            found += self._put_in(parent, clause.id)
        return tuple(found)

    def _rolled(self, clause: Clause) -> RolledClause:
        heading, text = self._words(clause.id, clause.heading, clause.text)
        asked = self.asked[clause.id]
        return RolledClause(
            clause=clause,
            heading=heading,
            text=text,
            children=self._inside(clause.id, clause.children),
            strikes=tuple(asked.strikes),
            moves=tuple(asked.moves),
            misfits=tuple(one for one in asked.rewordings if not one.fits),
        )

    def _put_in(self, parent: str, after: str) -> Iterator[RolledClause]:
        for planted, labels in self.insertions.get((parent, after), {}).items():
            for clause in planted:
                yield self._new(clause, tuple(labels))

    def _new(self, clause: Clause, labels: tuple[str, ...]) -> RolledClause:
        self.planted += 1
        return RolledClause(
            clause=replace(clause, id=f"new-{self.planted}"),
            planted=self.planted,
            proposed_by=labels,
            heading=roll(clause.heading, (), self.base.language),
            text=roll(clause.text, (), self.base.language),
            children=tuple(self._new(child, ()) for child in clause.children),
        )

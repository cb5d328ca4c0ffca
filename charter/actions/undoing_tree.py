"""The part of an undoing that is about the tree: what stands in the text, where, as what."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from charter.actions import trees
from charter.actions.drafts import Draft
from charter.actions.refusals import Act, Hindrance, Why
from charter.actions.settling import Settled
from charter.models import ROOT, Clause
from charter.queries.deeds import Deed
from charter.queries.states import words_of_many
from charter.queries.timeline import Place, places_at
from charter.text.siblings import displaced, put_back, ranked

_Tree = dict[UUID, Place]


class TreeBack:
    """Takes back what a revision did to clauses. `rows` are all there are, as they will be.

    `made` are the clauses that the revision made, `going` those that leave the text again.
    """

    def __init__(self, draft: Draft, number: int, deeds: list[Deed], settled: Settled) -> None:
        self.draft = draft
        self.number = number
        self.deeds = deeds
        self.settled = settled
        self.rows = trees.every(draft.charter)
        self.made = {deed.after.id for deed in deeds if deed.made}
        self.going: set[UUID] = set()
        self.hindrances: list[Hindrance] = []

    def run(self) -> None:
        """Change the rows, give the changed ones to the draft, and note what is in the way."""
        if not self.deeds:
            return
        self.now: _Tree = {key: Place.of(row) for key, row in self.rows.items()}
        self.before = places_at(self.draft.charter, self.number - 1)
        changed = {deed.after.id: Place.of(deed.after) for deed in self.deeds}
        self.after: _Tree = {**self.before, **changed}
        self._take_out()
        touched = [*self._put_in(), *self._recast(), *self._move_back()]
        self._strike()
        for row, act in touched:
            self._check(row, act)
        self.draft.keep(*(row for key, row in self.rows.items() if Place.of(row) != self.now[key]))

    def stands(self, clause: UUID) -> bool:
        """Whether the clause is in the text once all this is done."""
        return not any(row.struck for row in self._line(self.rows[clause]))

    def _hindered(self, act: Act, why: Why, subject: UUID) -> bool:
        """Note what is in the way of an act, unless a person has decided that it is none."""
        hindrance = Hindrance(act, why, str(subject))
        if self.settled.forces(hindrance):
            return False
        self.hindrances.append(hindrance)
        return True

    def _left(self, act: Act, subject: UUID) -> bool:
        return f"{act}:{subject}" in self.settled.left

    def _take_out(self) -> None:
        """Choose what leaves the text: clauses made or brought back, and not changed since."""
        came = [
            deed
            for deed in self.deeds
            if not deed.after.struck and (deed.made or deed.before.struck)
        ]
        going = [
            deed
            for deed in came
            if not self.rows[deed.after.id].struck and not self._left(Act.STRIKE, deed.after.id)
        ]
        self.going = {deed.after.id for deed in going}
        with_it = self._going_along()
        stood = [key for key in with_it if not self._came_since(key)]
        then, head = (words_of_many(stood, at) for at in (self.number, self.draft.charter.head))
        changed = {
            with_it[clause]
            for clause, code in {*then, *head}
            if then.get((clause, code)) != head.get((clause, code))
        }
        for deed in going:
            row = self.rows[deed.after.id]
            if (row.kind, row.numeral) != (deed.after.kind, deed.after.numeral):
                changed.add(row.pk)
        for key in sorted(changed):
            self._hindered(Act.STRIKE, Why.CHANGED, key)

    def _going_along(self) -> dict[UUID, UUID]:
        """What leaves the text, all that stands in what goes among it: with which of `going`."""
        inside: dict[UUID | None, list[UUID]] = defaultdict(list)
        for row in self.rows.values():
            if not row.struck and row.pk not in self.going:
                inside[row.parent_id].append(row.pk)
        found = {key: key for key in self.going}
        waiting = list(self.going)
        while waiting:
            key = waiting.pop()
            for child in inside[key]:
                found[child] = found[key]
                waiting.append(child)
        return found

    def _strike(self) -> None:
        """Strike what goes, with what stood in it. What came into it since is in the way."""
        along = self._going_along().items()
        filled = {goes_with for key, goes_with in along if self._came_since(key)}
        for key in sorted(filled):
            self._hindered(Act.STRIKE, Why.FILLED, key)
        for key in self.going:
            if self.rows[key].parent_id not in self.going:
                self.rows[key].struck = True

    def _came_since(self, key: UUID) -> bool:
        """Whether a clause that goes along stood elsewhere, or nowhere, after the revision."""
        if key in self.going:
            return False
        then = self.after.get(key)
        return then is None or then.struck or then.parent != self.rows[key].parent_id

    def _put_in(self) -> Iterator[tuple[Clause, Act]]:
        """Bring back what was struck."""
        for deed in self.deeds:
            row = self.rows[deed.after.id]
            was_struck = deed.after.struck and not deed.made and not deed.before.struck
            if was_struck and row.struck and not self._left(Act.RETURN, row.pk):
                row.struck = False
                yield row, Act.RETURN

    def _recast(self) -> Iterator[tuple[Clause, Act]]:
        """Give back kinds and numbers."""
        for deed in self.deeds:
            for name, act in (("kind", Act.KIND), ("numeral", Act.NUMBER)):
                if deed.made:
                    continue
                row = self.rows[deed.after.id]
                was, base, now = (getattr(one, name) for one in (deed.before, deed.after, row))
                if was == base or now == was or self._left(act, row.pk):
                    continue
                if now != base and self._hindered(act, Why.CHANGED, row.pk):
                    continue
                setattr(row, name, was)
                yield row, act

    def _move_back(self) -> Iterator[tuple[Clause, Act]]:
        back: dict[UUID, set[UUID]] = defaultdict(set)
        lines = _Lines(self.before, self.after, self.now)
        for deed in self.deeds:
            key = deed.after.id
            if deed.made or lines.same(key, "before", "after") or self._left(Act.PLACE, key):
                continue
            if lines.same(key, "before", "now"):
                continue
            stayed = lines.same(key, "after", "now")
            if not stayed and (key in self.going or self._hindered(Act.PLACE, Why.ELSEWHERE, key)):
                continue
            back[self.before[key].parent].add(key)
        every = set().union(*back.values()) if back else set()
        for parent, keys in back.items():
            self._order(parent, keys, every, lines)
        for key in every:
            yield self.rows[key], Act.PLACE

    def _order(self, parent: UUID, keys: set[UUID], every: set[UUID], lines: "_Lines") -> None:
        """Place `keys` in the parent as they stood; their old ranks, if these still say so."""
        line = [key for key, _rank in lines.line("now", parent) if key not in every]
        order = put_back(line, [key for key, _rank in lines.line("before", parent)], keys)
        given = {key: (self.before if key in keys else self.now)[key].rank for key in order}
        for key, rank in ranked(order, given, keys).items():
            row = self.rows[key]
            row.parent_id, row.rank = parent, rank

    def _check(self, row: Clause, act: Act) -> None:
        """What goes back must still fit there, and be in the text."""
        if row.struck or row.kind == ROOT:
            return
        line = list(self._line(row))
        children = {
            one.kind for one in self.rows.values() if one.parent_id == row.pk and not one.struck
        }
        if (
            line[-1].kind != ROOT
            or not trees.fits(line[1], [row.kind])
            or not trees.fits(row, children)
        ):
            self._hindered(act, Why.UNFIT, row.pk)
        elif any(outer.struck for outer in line[1:]) and act in (Act.RETURN, Act.PLACE):
            self._hindered(act, Why.STRUCK, row.pk)

    def _line(self, row: Clause) -> Iterator[Clause]:
        """The clause and what it stands in, up to the root; short of it where that is a circle."""
        seen: set[UUID] = set()
        while row.pk not in seen:
            seen.add(row.pk)
            yield row
            if row.parent_id is None:
                return
            row = self.rows[row.parent_id]


class _Lines:
    """The siblings of three trees: "before" and "after" the revision, and "now"."""

    def __init__(self, before: _Tree, after: _Tree, now: _Tree) -> None:
        self.trees = {"before": before, "after": after, "now": now}
        self._lines = {name: _lines(tree) for name, tree in self.trees.items()}
        self._displaced: dict[tuple[str, str, UUID], set[UUID]] = {}

    def line(self, tree: str, parent: UUID | None) -> list[tuple[UUID, str]]:
        """What stands in `parent`, struck or not, with ranks, in order."""
        return self._lines[tree][parent]

    def same(self, clause: UUID, one: str, other: str) -> bool:
        """Whether a clause has the same place in both trees, seen by its siblings."""
        parent = self.trees[one][clause].parent
        if self.trees[other][clause].parent != parent:
            return False
        key = one, other, parent
        if key not in self._displaced:
            self._displaced[key] = displaced(self.line(one, parent), self.line(other, parent))
        return clause not in self._displaced[key]


def _lines(tree: _Tree) -> dict[UUID | None, list[tuple[UUID, str]]]:
    found: dict[UUID | None, list[tuple[UUID, str]]] = defaultdict(list)
    for key, place in sorted(tree.items(), key=lambda pair: (pair[1].rank, pair[0])):
        found[place.parent].append((key, place.rank))
    return found

"""Two outlines compared, clause by clause: identity first, words last.

Clauses are the same when they have the same id; those without one are paired by `matching`.
Which of them have moved, `homes` says: as few as can be.
"""

from charter.text.ascent import longest_ascent
from charter.text.clean import clean, same
from charter.text.homes import Homes
from charter.text.laid import Laid
from charter.text.matching import paired
from charter.text.outline import Outline
from charter.text.redline import Change, Redline, Row, Span, Spans
from charter.text.spans import diff
from charter.text.splitting import SHARE, traced

__all__ = ["clean", "compare", "standing"]


def compare(before: Outline, after: Outline) -> Redline:
    """The redline from `before` to `after`; its language and scheme are those of `after`."""
    return _Comparison(before, after).redline()


def standing(order: list[int]) -> set[int]:
    """Positions in `order` of one longest strictly increasing run; the rest has moved."""
    return set(longest_ascent(order))


def _only(op: str, text: str) -> Spans:
    return (Span("insert" if op == "insert" else "delete", text),) if text else ()


class _Comparison:
    def __init__(self, before: Outline, after: Outline) -> None:
        self.outlines = before, after
        self.old, self.new = Laid(before), Laid(after)
        self.to_old = _paired(self.old, self.new)
        self.to_new = {old: new for new, old in self.to_old.items()}
        self.homes = Homes(self.old, self.new, self.to_old, self.to_new)
        self.floors: dict[int, int] = {}  # the depth of what each home holds
        self.rows: list[Row] = []

    def redline(self) -> Redline:
        before, after = self.outlines
        self._leave(-1, 0, 0)
        self._children(-1, 0)
        title = _words(before.title, after.title, after.language)
        rows = traced(self.rows, after.language)
        return Redline(title, rows, after.language, after.scheme)

    def _children(self, new: int, depth: int) -> None:
        """Rows for what stands under `new`, each followed by what stood behind it."""
        for at in self.new.children[new]:
            old = self.to_old.get(at)
            moved = old is not None and at not in self.homes.still
            self._present(at, depth, moved)
            if old is not None:
                self._leave(old, 0, depth + 1)
            self._children(at, depth + 1)
            if old is not None and not moved:
                home, place = self.homes.at[old]
                self._leave(home, place + 1, depth - self.homes.depth(old))

    def _leave(self, home: int, start: int, depth: int) -> None:
        """Rows for what stood in a home from `start` of its line on and does not any more."""
        line = self.homes.lines.get(home, [])
        floor = self.floors.setdefault(home, depth)
        for place in range(start, len(line)):
            at = line[place]
            if self.to_new.get(at) in self.homes.still:
                break
            self._gone(at, max(floor, depth + self.homes.depth(at)))

    def _present(self, at: int, depth: int, moved: bool) -> None:
        old = self.to_old.get(at)
        clause, number = self.new.clauses[at], self.new.numbers[at]
        if old is None:
            self.rows.append(
                Row(
                    id=clause.id,
                    kind=clause.kind,
                    depth=depth,
                    label=number.label,
                    heading=_only("insert", clause.heading),
                    text=_only("insert", clause.text),
                    changes=frozenset({Change.ADDED}),
                    citation=number.citation,
                    principles=clause.principles,
                    split_from=self._source(at),
                )
            )
        else:
            self.rows.append(self._kept(old, at, depth, moved))

    def _kept(self, old: int, new: int, depth: int, moved: bool) -> Row:
        was, now = self.old.clauses[old], self.new.clauses[new]
        number, number_before = self.new.numbers[new], self.old.numbers[old]
        language = self.outlines[1].language
        changes = {
            Change.MOVED: moved,
            Change.RENUMBERED: number.label != number_before.label,
            Change.RETAGGED: set(was.principles) != set(now.principles),
            Change.REWORDED: (was.heading, was.text) != (now.heading, now.text),
            Change.RECAST: was.kind is not now.kind,
        }
        return Row(
            id=now.id or was.id,
            kind=now.kind,
            depth=depth,
            label=number.label,
            heading=_words(was.heading, now.heading, language),
            text=_words(was.text, now.text, language),
            changes=frozenset(change for change, happened in changes.items() if happened),
            label_before=number_before.label,
            citation=number.citation,
            kind_before=was.kind,
            principles=now.principles,
            principles_before=was.principles,
            moved_from=number_before.citation if moved else "",
        )

    def _gone(self, at: int, depth: int) -> None:
        clause, number = self.old.clauses[at], self.old.numbers[at]
        new = self.to_new.get(at)
        if new is not None:
            self.rows.append(
                Row(
                    id=self.new.clauses[new].id or clause.id,
                    kind=clause.kind,
                    depth=depth,
                    label="",
                    heading=(),
                    text=(),
                    changes=frozenset({Change.MOVED}),
                    label_before=number.label,
                    citation=number.citation,
                    kind_before=clause.kind,
                    left_for=self.new.numbers[new].citation,
                )
            )
            return
        self.rows.append(
            Row(
                id=clause.id,
                kind=clause.kind,
                depth=depth,
                label="",
                heading=_only("delete", clause.heading),
                text=_only("delete", clause.text),
                changes=frozenset({Change.STRUCK}),
                label_before=number.label,
                citation=number.citation,
                kind_before=clause.kind,
                principles_before=clause.principles,
                joined_into=self._heir(at),
            )
        )

    def _source(self, unit: int) -> str:
        """Cites the unit from which a new one took over most of its words."""
        taken = self.homes.taken(unit)
        if not taken or self.new.size(taken) < SHARE * self.new.size([unit]):
            return ""
        home, _place = self.homes.at[self.to_old[taken[0]]]
        return self.new.numbers[self.to_new[home]].citation

    def _heir(self, unit: int) -> str:
        """Cites the unit to which most words of a struck one fell."""
        fell = self.homes.fell(unit)
        left = [self.to_old[at] for at in fell]
        if not left or self.old.size(left) < SHARE * self.old.size([unit]):
            return ""
        home, _place = self.homes.at[left[0]]
        return self.new.numbers[self.to_new[home]].citation


def _words(was: str, now: str, language: str) -> Spans:
    if was == now:
        return same(now)
    if not was or not now:
        return _only("delete", was) + _only("insert", now)
    return diff(was, now, language)


def _paired(old: Laid, new: Laid) -> dict[int, int]:
    """Positions in the new text that continue a clause of the old one, with its position."""
    if all(clause.id for clause in old.clauses) and all(clause.id for clause in new.clauses):
        places = {clause.id: at for at, clause in enumerate(old.clauses)}
        found = ((at, places.pop(clause.id, None)) for at, clause in enumerate(new.clauses))
        return {at: place for at, place in found if place is not None}
    return paired(old, new)

"""Two outlines compared, clause by clause: identity first, words last.

Clauses are the same when they have the same id; those without one are paired by `matching`.
Among the children two texts share under one parent, the longest run that kept its order stands
still, so that a move marks as few clauses as can be.
"""

from charter.text.ascent import longest_ascent
from charter.text.clean import clean, same
from charter.text.laid import Laid
from charter.text.matching import paired
from charter.text.outline import Outline
from charter.text.redline import Change, Redline, Row, Span, Spans
from charter.text.spans import diff
from charter.text.splitting import traced

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
        self.rows: list[Row] = []

    def redline(self) -> Redline:
        before, after = self.outlines
        self._children(-1, -1, 0)
        title = _words(before.title, after.title, after.language)
        rows = traced(self.rows, after.language)
        return Redline(title, rows, after.language, after.scheme)

    def _children(self, old: int | None, new: int | None, depth: int) -> None:
        """Rows for what stood under `old` and what stands under `new`, in reading order."""
        were = self.old.children[old] if old is not None else []
        are = self.new.children[new] if new is not None else []
        places = {at: place for place, at in enumerate(were)}
        shared = [at for at in are if self.to_old.get(at) in places]
        kept = standing([places[self.to_old[at]] for at in shared])
        still = {at for place, at in enumerate(shared) if place in kept}
        still_old = {self.to_old[at] for at in still}
        self._leave(were, 0, still_old, depth)
        for at in are:
            self._present(at, depth, moved=at in self.to_old and at not in still)
            if at in still:
                self._leave(were, places[self.to_old[at]] + 1, still_old, depth)

    def _leave(self, were: list[int], start: int, still: set[int], depth: int) -> None:
        """Rows for what stood from `start` on and does not any more."""
        end = start
        while end < len(were) and were[end] not in still:
            self._gone(were[end], depth)
            end += 1

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
                )
            )
        else:
            self.rows.append(self._kept(old, at, depth, moved))
        self._children(old, at, depth + 1)

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
            )
        )
        self._children(at, None, depth + 1)


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

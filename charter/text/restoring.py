"""Gives a text that was read from a plain file the form that such a file cannot say.

Plain text has no headings without a number, no emphasis, links or notes, and does not say whether
"1." under a paragraph stands in it or after it; the last, Markdown does not either. Where a clause
of the text before prints the same words in the same order, it keeps its form: its kind, its marks,
its number, and its place under a clause that the file does not show as one that holds others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from charter.text.align import aligned
from charter.text.kinds import Kind, may_hold
from charter.text.laid import TITLED, Laid
from charter.text.outline import Clause, Outline
from charter.text.printing import heads, printed, titled
from charter.text.settling import settled

_TITLE = -1  # the place of the title, which stands before all clauses


def restored(before: Outline, after: Outline) -> Outline:
    """`after` with the clauses of `before` that print the same in their old form; without ids."""
    if after.marked and not any(_may_be_silent(clause) for _, clause in before.walk()):
        return after
    return _Restoring(before, after).outline()


def _may_be_silent(clause: Clause) -> bool:
    """Whether items stand in this one and no file shows it: it may print no number of its own."""
    if clause.kind in TITLED or not clause.children:
        return False
    return clause.numeral == "" or (clause.numeral is None and clause.kind is not Kind.POINT)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is printed of a clause in one go: its "head", its "text", or the "whole" of it."""

    place: int
    part: str
    said: str


class _Pieces:
    """A text as it is printed. `marked` leaves marks in the words and headings headings.

    One that was `read` is compared with the pieces of an older one: an item with a heading had its
    words on a line of their own, a unit had them on that of its number if an older line says so.
    """

    def __init__(self, outline: Outline, marked: bool, read: "_Pieces | None" = None) -> None:
        self.title = outline.title
        self.laid = Laid(outline)
        self.marked = marked
        self.apart = read is not None and not marked
        self.lines = {piece.said for piece in read.all} if read and not marked else set()
        self.places = self.laid.places
        self.all: list[_Piece] = list(self._pieces())

    def _pieces(self) -> Iterator[_Piece]:
        if self.title:
            yield _Piece(_TITLE, "head", self._said(True, self._words(self.title, [])))
        for place, (clause, label) in enumerate(
            zip(self.laid.clauses, self.laid.labels, strict=True)
        ):
            notes: list[str] = []
            heading = self._words(clause.heading, notes)
            text = self._words(clause.text, notes)
            if not heads(clause.kind, label, bool(heading)):
                if self.apart and heading and text:
                    yield _Piece(place, "head", self._said(False, label, heading))
                    yield _Piece(place, "text", self._said(False, text, *notes))
                elif said := self._said(False, label, heading, text, *notes):
                    yield _Piece(place, "whole", said)
                continue
            if line := self._line(label, heading, text, notes):
                yield _Piece(place, "whole", line)
                continue
            head = titled(label, heading) if heading else label.rstrip(" .:")
            yield _Piece(place, "head", self._said(True, head, *(() if text else notes)))
            if text:
                yield _Piece(place, "text", self._said(False, text, *notes))

    def _line(self, label: str, heading: str, text: str, notes: list[str]) -> str:
        """The older line that has the number and the words of a unit read without a heading."""
        if heading or not (label and text and self.lines):
            return ""
        words = self._said(False, text, *notes)
        lines = (f"{label.rstrip(' .:')}{gap}{words}" for gap in (". ", ": ", " ", " — ", " – "))
        return next((line for line in lines if line in self.lines), "")

    def _words(self, text: str, notes: list[str]) -> str:
        return text if self.marked else printed(text, self.places, notes)

    def _said(self, head: bool, *parts: str) -> str:
        said = " ".join(" ".join(parts).split())
        return f"# {said}" if head and self.marked else said


@dataclass(slots=True)
class _Node:
    """A clause in the making, in the node that holds it; `None` holds the whole text."""

    clause: Clause | None
    holder: "_Node | None" = None
    old: bool = False  # whether it is a clause of the text before
    children: "list[_Node]" = field(default_factory=list)

    @property
    def kind(self) -> Kind | None:
        return self.clause.kind if self.clause else None

    def within(self) -> "Iterator[_Node]":
        """The node and those around it, outwards."""
        node: _Node | None = self
        while node is not None:
            yield node
            node = node.holder

    def made(self) -> Clause:
        assert self.clause is not None
        return replace(self.clause, children=tuple([child.made() for child in self.children]))


class _Restoring:
    def __init__(self, before: Outline, after: Outline) -> None:
        self.before, self.after = before, after
        self.marked = after.marked
        self.old = _Pieces(before, after.marked)
        self.new = _Pieces(after, after.marked, self.old)
        self.root = self.last = _Node(None)
        self.of_old: dict[int, _Node] = {-1: self.root}
        self.of_new: dict[int, _Node] = {-1: self.root}
        self.title = after.title

    def outline(self) -> Outline:
        same = self._same()
        pieces: dict[int, list[tuple[_Piece, _Piece | None]]] = {}
        for at, piece in enumerate(self.new.all):
            pieces.setdefault(piece.place, []).append((piece, same.get(at)))
        for _, was in pieces.pop(_TITLE, ()):
            self._entitle(was)
        for place in range(len(self.new.laid.clauses)):
            self._clause(place, pieces.get(place, []))
        clauses = tuple(child.made() for child in self.root.children)
        made = replace(self.after, title=self.title, clauses=clauses)
        return settled(made, self.before.scheme)

    def _same(self) -> dict[int, _Piece]:
        """The pieces of the new text that the old one prints too, in the same order."""
        old, new = self.old.all, self.new.all
        found: dict[int, _Piece] = {}
        left = right = 0
        changed = aligned([piece.said for piece in old], [piece.said for piece in new])
        for b0, b1, n0, n1 in (*changed, (len(old), 0, len(new), 0)):
            found.update(zip(range(right, n0), old[left:b0], strict=True))
            left, right = b1, n1
        return found

    def _entitle(self, was: _Piece | None) -> None:
        """The line read as the title: it is the old one, or it was a clause."""
        if was is None:
            return
        if was.place == _TITLE:
            self.title = self.before.title
        elif not self.marked and was.part != "text":
            self.title = ""
            self._restore(was.place, self.root, _TITLE)

    def _clause(self, place: int, pieces: list[tuple[_Piece, _Piece | None]]) -> None:
        clause = _by_itself(self.new.laid, place)
        around = self.of_new[self.new.laid.parents[place]]
        if not pieces:
            self._put(place, clause, around)
        for piece, was in pieces:
            if piece.part == "text":
                self._text(place, clause, was)
            elif not (was and self._as_it_was(place, was, around)):
                text = clause.text if piece.part == "whole" else ""
                self._put(place, replace(clause, text=text), around)

    def _as_it_was(self, place: int, was: _Piece, around: _Node) -> bool:
        """Put what stood in the old text in place of a clause of the new one, if it can stand."""
        if was.place == _TITLE:
            if self.marked or self.new.title:
                return False
            self.title = self.before.title
            self.of_new[place] = around
            return True
        if was.part == "text":
            if not self._goes_on(self.of_old.get(was.place)):
                return False
            self._say(self.old.laid.clauses[was.place].text)
            self.of_new[place] = self.last
            return True
        return self._restore(was.place, around, place)

    def _text(self, place: int, clause: Clause, was: _Piece | None) -> None:
        """The own words of a unit, whose heading has been put."""
        node = self.of_new[place]
        if was and was.part == "text" and self._goes_on(self.of_old.get(was.place)):
            self._say(self.old.laid.clauses[was.place].text)
            return
        restored = False
        if was and was.place != _TITLE and was.part != "text" and not self.marked:
            restored = self._restore(was.place, node, _TITLE)
        silent = node is self.last and not (node.clause and node.clause.text)
        if not restored and silent:
            self._say(clause.text)
        elif not restored:
            words = Clause(Kind.PARAGRAPH, clause.text, numeral="")
            self._stand(words, self._holder(Kind.PARAGRAPH, node, _TITLE))

    def _goes_on(self, node: _Node | None) -> bool:
        """Whether words that come now are the own words of this unit."""
        return node is self.last and node.kind in TITLED and not (node.clause and node.clause.text)

    def _say(self, text: str) -> None:
        assert self.last.clause is not None
        self.last.clause = replace(self.last.clause, text=text)

    def _restore(self, old: int, around: _Node, new: int) -> bool:
        """Put the clause as it was; False where it cannot stand so."""
        laid = self.old.laid
        was = laid.clauses[old]
        if old in self.of_old or (self.marked and was.kind in TITLED):
            return False
        holder = self._held(laid.parents[old], around) or self._holder(was.kind, around, new)
        if not may_hold(holder.kind, was.kind):
            return False
        head = heads(was.kind, laid.labels[old], bool(was.heading))
        text = "" if head else was.text
        tags = self.new.laid.clauses[new].principles if new >= 0 else ()
        clause = replace(_by_itself(laid, old), id="", text=text, principles=tags)
        self.of_old[old] = node = self._stand(clause, holder)
        node.old = True
        self.of_new.setdefault(new, node)
        return True

    def _held(self, parent: int, around: _Node) -> _Node | None:
        """What held the clause, if it is open.

        It stands in what the file shows around it, or both are known from before.
        """
        laid = self.old.laid
        silent = parent >= 0 and not any((laid.labels[parent], *laid.words(parent)[:2]))
        if parent not in self.of_old and silent and not self.marked:
            outer = self._held(laid.parents[parent], around)
            if outer is None or not may_hold(outer.kind, laid.clauses[parent].kind):
                return None
            bare = replace(_by_itself(laid, parent), id="", principles=())
            self.of_old[parent] = self._stand(bare, outer)
        node = self.of_old.get(parent)
        if node is None or not any(one is node for one in self.last.within()):
            return None
        if self.marked and (parent < 0 or node.kind in TITLED or laid.labels[parent]):
            return None
        shown = any(one is around for one in node.within())
        return node if shown or (around.old and not self.marked) else None

    def _holder(self, kind: Kind, around: _Node, new: int) -> _Node:
        """What a clause stands in by what the file shows, next to what was put before it."""
        if kind in TITLED:
            if around is self.root and not self.marked:
                like = (one for one in self.last.within() if one.kind is kind and one.holder)
                around = next(like, _Node(None, around)).holder or around
        elif new >= 0 and (before := self.new.laid.sibling(new, -1)) is not None:
            node = self.of_new[before]
            if node.kind in TITLED and self.new.laid.clauses[before].kind not in TITLED:
                around = node
            elif node.holder and any(one is node.holder for one in self.last.within()):
                around = node.holder
        if self._as_read(kind, around, new):
            return around  # and if it may not stand there, who keeps it says so
        return next(one for one in around.within() if may_hold(one.kind, kind))

    def _as_read(self, kind: Kind, around: _Node, new: int) -> bool:
        """Whether a clause and what it is to stand in are what the file has."""
        laid = self.new.laid
        if new < 0 or laid.clauses[new].kind is not kind:
            return False
        parent = laid.parents[new]
        was = laid.clauses[parent].kind if parent >= 0 else None
        return around is self.of_new[parent] and around.kind is was

    def _put(self, place: int, clause: Clause, around: _Node) -> None:
        holder = self._holder(clause.kind, around, place)
        self.of_new.setdefault(place, self._stand(clause, holder))

    def _stand(self, clause: Clause, holder: _Node) -> _Node:
        self.last = _Node(clause, holder)
        holder.children.append(self.last)
        return self.last


def _by_itself(laid: Laid, place: int) -> Clause:
    """A clause without what it holds, its number as printed."""
    clause = laid.clauses[place]
    return replace(clause, numeral=laid.labels[place] or clause.numeral, children=())

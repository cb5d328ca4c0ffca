"""Words with their marks laid flat, across the spans of a redline: what every writer prints.

The spans of a redline cut where words changed and the marks of the inline grammar where they stand,
so that either may begin inside the other. Here each side is parsed on its own and cut at the spans:
words that came have the marks of the new text, words that went those of the old one, and words
that stayed with other marks (now emphasised, now a link elsewhere) are shown as gone and come.
Nothing nests but footnotes, so a writer that closes what it opens around each run is right, and no
word is lost. A change that shows in no word (a backslash came) is shown in the source.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from charter.text import inline
from charter.text.redline import Op, Redline, Spans, after, before

_Path = tuple[tuple[str, int], ...]  # the notes around words, each by its side and place
_MARKS = re.compile(r"[\\`*_\[\]^]")
_PAST = (1 << 62, 0)  # after every place of a text
_UNKNOWN = "…"  # a reference to a clause that is in neither text


@dataclass(frozen=True, slots=True)
class Run:
    """Words with the same marks: a link's `address`, the id of the `clause` referred to.

    A footnote is a run without text whose `note` is the runs of its words.
    """

    text: str
    op: Op = "equal"
    emphasis: bool = False
    strong: bool = False
    address: str = ""
    clause: str = ""
    note: "tuple[Run, ...] | None" = None

    # Pages are made of these by the thousand, and `dataclasses.replace` is five times as slow.
    def saying(self, text: str) -> "Run":
        """Other words with the same marks."""
        return Run(text, self.op, self.emphasis, self.strong, self.address, self.clause)

    def having(self, op: Op) -> "Run":
        """The same words, come or gone."""
        if op == self.op:
            return self
        return Run(self.text, op, self.emphasis, self.strong, self.address, self.clause)

    def joins(self, other: "Run") -> bool:
        """Whether the words of both have the same marks."""
        return (
            self.op == other.op
            and self.note is None
            and self.emphasis == other.emphasis
            and self.strong == other.strong
            and self.address == other.address
            and self.clause == other.clause
        )


def places(redline: Redline) -> dict[str, str]:
    """What a reference to each clause prints: its citation, by its id."""
    rows = (row for row in redline.rows if row.id and not row.left_for)
    return {row.id: row.citation or row.label or row.label_before for row in rows}


def is_plain(text: str) -> bool:
    """Whether a text has no marks at all, so that it prints as it stands."""
    return _MARKS.search(text) is None


def plain(spans: Spans) -> str:
    """The words alone, of the new text or, for a struck clause, of the old; without footnotes."""
    kept = tuple(span for span in spans if span.op != "delete")
    return "".join(run.text for run in runs(kept or spans, {}))


def runs(spans: Spans, places: Mapping[str, str]) -> tuple[Run, ...]:
    """The spans of a heading or wording as runs. `places` is what references print, by id."""
    literal = tuple(Run(span.text, span.op) for span in spans)
    if all(is_plain(span.text) for span in spans):
        return literal
    found = _Weaving(spans, places).runs()
    return found if _changed(found) or not _changed(literal) else literal


def _changed(found: tuple[Run, ...]) -> bool:
    """Whether a reader sees that anything came or went."""
    return any(run.op != "equal" or (run.note and _changed(run.note)) for run in found)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one side from `start` to `end` of its source, inside the notes at these places.

    A whole piece prints something other than its source and cannot be cut.
    """

    run: Run
    start: int
    end: int
    notes: tuple[int, ...]
    whole: bool = False

    def cut(self, start: int, end: int) -> "_Piece":
        """What of the piece lies between two places of the source."""
        start, end = max(start, self.start), min(end, self.end)
        if (start, end) == (self.start, self.end):
            return self
        words = self.run.text[start - self.start : end - self.start]
        return _Piece(self.run.saying(words), start, end, self.notes)


def _pieces(
    nodes: inline.Nodes, style: Run, notes: tuple[int, ...], places: Mapping[str, str]
) -> Iterator[_Piece]:
    for node in nodes:
        match node:
            case inline.Words(text, start, end):
                yield _Piece(style.saying(text), start, end, notes)
            case inline.Reference(clause, start, end):
                run = replace(style, text=places.get(clause, _UNKNOWN), clause=clause)
                yield _Piece(run, start, end, notes, whole=True)
            case inline.Bracketed(children, start, end):
                yield _Piece(style.saying("["), start, start + 1, notes)
                yield from _pieces(children, style, notes, places)
                yield _Piece(style.saying("]"), end - 1, end, notes)
            case inline.Footnote(children, start, _):
                inner = (*notes, start)
                yield _Piece(Run(""), start, start + 1, inner, whole=True)
                yield from _pieces(children, Run(""), inner, places)
            case inline.Emphasis(children):
                yield from _pieces(children, replace(style, emphasis=True), notes, places)
            case inline.Strong(children):
                yield from _pieces(children, replace(style, strong=True), notes, places)
            case inline.Link(target, children):
                yield from _pieces(children, replace(style, address=target), notes, places)


@dataclass(slots=True)
class _Note:
    """A footnote as it fills: the operation on its mark, and runs and notes in order."""

    op: Op
    content: "list[Run | _Note]" = field(default_factory=list)


class _Side:
    """One of the two texts: its pieces, and how far the spans have come in it."""

    def __init__(self, text: str, places: Mapping[str, str]) -> None:
        self.pieces = list(_pieces(inline.parse(text), Run(""), (), places))
        self.note_starts = {start for piece in self.pieces for start in piece.notes}
        self.at = 0
        self.next = 0

    def take(self, length: int) -> list[_Piece]:
        """The pieces of the next `length` characters, cut to them; a whole one where it ends."""
        taken = []
        start, end = self.at, self.at + length
        while self.next < len(self.pieces) and self.pieces[self.next].start < end:
            piece = self.pieces[self.next]
            if not piece.whole:
                taken.append(piece.cut(start, end))
            elif piece.end <= end:
                taken.append(piece)
            if piece.end > end:
                break
            self.next += 1
        self.at = end
        return taken


class _Weaving:
    def __init__(self, spans: Spans, places: Mapping[str, str]) -> None:
        self.spans = spans
        if len(spans) == 1:  # a clean text, or a clause that came or went whole
            self.old = self.new = _Side(spans[0].text, places)
        else:
            self.old, self.new = _Side(before(spans), places), _Side(after(spans), places)
        self.body = _Note("equal")
        self.notes: dict[_Path, _Note] = {}
        self.same: dict[int, int] = {}  # places of notes in the old text: in the new one

    def runs(self) -> tuple[Run, ...]:
        for span in self.spans:
            if span.op == "equal" and len(self.spans) > 1:
                self._equal(len(span.text))
            else:
                side = self.old if span.op == "delete" else self.new
                for piece in side.take(len(span.text)):
                    self._add(piece, span.op, side)
        return _closed(self.body)

    def _equal(self, length: int) -> None:
        """Words of both texts: shown once where their marks agree, else as gone and come."""
        shift = self.new.at - self.old.at
        for start in self.old.note_starts:
            here = self.old.at <= start < self.old.at + length
            if here and start + shift in self.new.note_starts:
                self.same[start] = start + shift
        gone: list[_Piece] = []
        come: list[_Piece] = []
        for old, new in _abreast(self.old.take(length), self.new.take(length), shift):
            if old is not None and new is not None and self._alike(old, new):
                self._replaced(gone, come)
                self._add(new, "equal", self.new)
                continue
            gone.extend([old] if old is not None else [])
            come.extend([new] if new is not None else [])
        self._replaced(gone, come)

    def _replaced(self, gone: list[_Piece], come: list[_Piece]) -> None:
        for piece in gone:
            self._add(piece, "delete", self.old)
        for piece in come:
            self._add(piece, "insert", self.new)
        gone.clear()
        come.clear()

    def _alike(self, old: _Piece, new: _Piece) -> bool:
        return old.run == new.run and self._path(old, self.old) == self._path(new, self.new)

    def _add(self, piece: _Piece, op: Op, side: _Side) -> None:
        note = self._into(self._path(piece, side), op)
        if piece.run.text:
            note.content.append(piece.run.having(op))

    def _path(self, piece: _Piece, side: _Side) -> _Path:
        return tuple(self._key(start, side) for start in piece.notes)

    def _key(self, start: int, side: _Side) -> tuple[str, int]:
        if side is self.old and start not in self.same:
            return "old", start
        return "new", self.same[start] if side is self.old else start

    def _into(self, path: _Path, op: Op) -> _Note:
        """The note at this place, made where the words have come to when it is new."""
        note = self.body
        for depth in range(len(path)):
            place = path[: depth + 1]
            if place not in self.notes:
                self.notes[place] = _Note(op)
                note.content.append(self.notes[place])
            note = self.notes[place]
        return note


def _closed(note: _Note) -> tuple[Run, ...]:
    """The content of a note as runs, those that touch and are alike made one."""
    out: list[Run] = []
    for item in note.content:
        if isinstance(item, _Note):
            out.append(_noted(item))
        elif out and out[-1].joins(item):
            out[-1] = item.saying(out[-1].text + item.text)
        else:
            out.append(item)
    return tuple(out)


def _noted(note: _Note) -> Run:
    """A footnote as a run; its mark came or went when all its words did."""
    inner = _closed(note)
    ops = {run.op for run in inner} or {note.op}
    return Run("", ops.pop() if len(ops) == 1 else "equal", note=inner)


def _abreast(
    old: list[_Piece], new: list[_Piece], shift: int
) -> Iterator[tuple[_Piece | None, _Piece | None]]:
    """Two sides of the same characters, paired where both print them; `shift` leads old to new."""
    edges = {edge for piece in new for edge in (piece.start, piece.end)}
    edges |= {edge + shift for piece in old for edge in (piece.start, piece.end)}
    ones = _cut(old, sorted(edge - shift for edge in edges))
    others = _cut(new, sorted(edges))
    one, other = next(ones, None), next(others, None)
    while one is not None or other is not None:
        place = (one.start + shift, one.end + shift) if one is not None else _PAST
        opposite = (other.start, other.end) if other is not None else _PAST
        yield one if place <= opposite else None, other if opposite <= place else None
        if place <= opposite:
            one = next(ones, None)
        if opposite <= place:
            other = next(others, None)


def _cut(pieces: list[_Piece], edges: list[int]) -> Iterator[_Piece]:
    for piece in pieces:
        inside = edges[bisect_right(edges, piece.start) : bisect_left(edges, piece.end)]
        if piece.whole or not inside:
            yield piece
        else:
            for start, end in pairwise([piece.start, *inside, piece.end]):
                yield piece.cut(start, end)

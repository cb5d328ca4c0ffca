"""Words with their marks laid flat, across the spans of a redline: what every writer prints.

The spans of a redline cut where words changed and the marks of the inline grammar where they stand,
so that either may begin inside the other. Here each side is parsed on its own and cut at the spans:
words that stayed or came take their marks from the new text, words that went from the old one.
Nothing nests but footnotes, so a writer that closes what it opens around each run is right, and no
word is lost. Where only marks changed ("*" came), the marks themselves are shown.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from charter.text import inline
from charter.text.redline import Op, Redline, Spans, after, before

_MARKS = re.compile(r"[\\`*_\[\]^]")
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
    if all(is_plain(span.text) for span in spans):
        return tuple(Run(span.text, span.op) for span in spans)
    return _Weaving(spans, places).runs()


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


def _pieces(
    nodes: inline.Nodes, style: Run, notes: tuple[int, ...], places: Mapping[str, str]
) -> Iterator[_Piece]:
    for node in nodes:
        match node:
            case inline.Words(text, start, end):
                yield _Piece(replace(style, text=text), start, end, notes)
            case inline.Reference(clause, start, end):
                run = replace(style, text=places.get(clause, _UNKNOWN), clause=clause)
                yield _Piece(run, start, end, notes, whole=True)
            case inline.Bracketed(children, start, end):
                yield _Piece(replace(style, text="["), start, start + 1, notes)
                yield from _pieces(children, style, notes, places)
                yield _Piece(replace(style, text="]"), end - 1, end, notes)
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

    def take(self, length: int) -> Iterator[tuple[_Piece, bool]]:
        """The pieces of the next `length` characters, cut to them; whether nothing was cut off.

        A whole piece comes with the span in which it ends.
        """
        start, end = self.at, self.at + length
        while self.next < len(self.pieces) and self.pieces[self.next].start < end:
            piece = self.pieces[self.next]
            inside = piece.start >= start and piece.end <= end
            if piece.whole:
                if piece.end > end:
                    break
                yield piece, inside
            else:
                first, last = max(piece.start, start), min(piece.end, end)
                words = piece.run.text[first - piece.start : last - piece.start]
                yield replace(piece, run=replace(piece.run, text=words)), inside
                if piece.end > end:
                    break
            self.next += 1
        self.at = end

    @property
    def within_whole(self) -> bool:
        """Whether the spans stand inside a piece that has yet to come."""
        return self.next < len(self.pieces) and self.pieces[self.next].start < self.at


class _Weaving:
    def __init__(self, spans: Spans, places: Mapping[str, str]) -> None:
        self.spans = spans
        self.old, self.new = _Side(before(spans), places), _Side(after(spans), places)
        self.body = _Note("equal")
        self.notes: dict[tuple[str, int], _Note] = {}
        self.same: dict[int, int] = {}  # places of notes in the old text: in the new one
        self.within: tuple[tuple[str, int], ...] = ()

    def runs(self) -> tuple[Run, ...]:
        for span in self.spans:
            if span.op == "equal":
                self._equal(len(span.text))
                continue
            side = self.old if span.op == "delete" else self.new
            seen = False
            for piece, _ in side.take(len(span.text)):
                seen = True
                self._add(piece, span.op, side)
            if not seen and not side.within_whole:
                self._into(self.within, span.op).content.append(Run(span.text, span.op))
        return _closed(self.body)

    def _equal(self, length: int) -> None:
        shift = self.new.at - self.old.at
        for start in self.old.note_starts:
            if self.old.at <= start < self.old.at + length and start + shift in (
                self.new.note_starts
            ):
                self.same[start] = start + shift
        for piece, whole in self.old.take(length):
            if piece.whole and not whole:  # it began in words that went
                self._add(piece, "delete", self.old)
        for piece, whole in self.new.take(length):
            self._add(piece, "insert" if piece.whole and not whole else "equal", self.new)

    def _add(self, piece: _Piece, op: Op, side: _Side) -> None:
        self.within = tuple(self._key(start, side) for start in piece.notes)
        note = self._into(self.within, op)
        if piece.run.text:
            note.content.append(replace(piece.run, op=op))

    def _key(self, start: int, side: _Side) -> tuple[str, int]:
        if side is self.old and start not in self.same:
            return "old", start
        return "new", self.same[start] if side is self.old else start

    def _into(self, path: tuple[tuple[str, int], ...], op: Op) -> _Note:
        """The note at this place, made where the words have come to when it is new."""
        note = self.body
        for key in path:
            if key not in self.notes:
                self.notes[key] = _Note(op)
                note.content.append(self.notes[key])
            note = self.notes[key]
        return note


def _closed(note: _Note) -> tuple[Run, ...]:
    """The content of a note as runs, those that touch and are alike made one."""
    out: list[Run] = []
    for item in note.content:
        if isinstance(item, _Note):
            out.append(_noted(item))
        elif out and out[-1].note is None and replace(out[-1], text=item.text) == item:
            out[-1] = replace(item, text=out[-1].text + item.text)
        else:
            out.append(item)
    return tuple(out)


def _noted(note: _Note) -> Run:
    """A footnote as a run; its mark came or went when all its words did."""
    inner = _closed(note)
    ops = {run.op for run in inner} or {note.op}
    return Run("", ops.pop() if len(ops) == 1 else "equal", note=inner)

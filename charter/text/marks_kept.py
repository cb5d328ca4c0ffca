"""Keeps the marks of a wording that went out as plain words and came back with other words.

The edits are laid on the source of the wording, so that emphasis, links and notes stay on the words
that stayed. Words that come between words of one mark stand in it, words at its edge beside it; a
mark goes with the last of its words. What comes of it must print as the plain words do, or nothing
is kept.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from charter.text.inline import Footnote, Link, Node, Nodes, Reference, escaped, plain
from charter.text.outline import Clause
from charter.text.pieces import SUPERSCRIPTS, Piece, flows
from charter.text.printing import MARKS, printed
from charter.text.spans import diff

_SPACE = re.compile(r"\s")
_MOST = 1_000  # pieces of a wording; one with more keeps no marks, for the work would grow too far


def remarked(was: Clause, now: Clause, places: Mapping[str, str], language: str = "") -> Clause:
    """A clause read from a plain text, with the marks of the one it was where words stayed."""

    def kept(source: str, words: str) -> str:
        if source == words or not MARKS.search(source):
            return words
        read = plain(words)
        if read.notes or escaped(read.body) != words:
            return words
        return marks_kept(source, read.body, places, language) or words

    heading, text = kept(was.heading, now.heading), kept(was.text, now.text)
    if (heading, text) == (now.heading, now.text):
        return now
    return replace(now, heading=heading, text=text)


def marks_kept(source: str, words: str, places: Mapping[str, str], language: str = "") -> str:
    """A source that prints `words`, with the marks of `source` on what stayed; "" where none does.

    `words` are plain, notes behind the body; `places` is what a reference to each clause prints.
    """
    if not MARKS.search(source):
        return ""
    line = _Line(source, places)
    if len(line.laid) > _MOST:
        return ""
    edits = [line.turned(edit) for edit in _edits(line.said, words, language)]
    for touched, whole in line.wholes():
        edits = _widened(edits, touched, whole, line.said)
    made = _laid(source, line, edits)
    same = made and said(made, places) == " ".join(words.split())
    return made if same and MARKS.search(made) else ""


def said(source: str, places: Mapping[str, str]) -> str:
    """All that a plain text prints of a wording, on one line."""
    notes: list[str] = []
    return " ".join(" ".join([printed(source, places, notes), *notes]).split())


@dataclass(frozen=True, slots=True)
class _Edit:
    """Printed words from `start` to `end` give way to `text`."""

    start: int
    end: int
    text: str

    def touches(self, start: int, end: int) -> bool:
        """Whether it changes what stands between two places."""
        return self.start < end and start < self.end


def _edits(was: str, now: str, language: str) -> Iterator[_Edit]:
    """The changes, without what a word and the one in its place have in common at their ends."""
    at, gone, came = 0, "", ""
    for span in (*diff(was, now, language), None):
        if span is not None and span.op == "delete":
            gone = span.text
        elif span is not None and span.op == "insert":
            came = span.text
        else:
            if gone or came:
                one = not _SPACE.search(gone) and not _SPACE.search(came)
                head = _alike(gone, came) if one else 0
                tail = _alike(gone[head:][::-1], came[head:][::-1])
                tail = tail if one else min(tail, len(gone) - len(gone.rstrip(SUPERSCRIPTS)))
                yield _Edit(at + head, at + len(gone) - tail, came[head : len(came) - tail])
            at += len(gone) + (len(span.text) if span else 0)
            gone = came = ""


def _alike(one: str, other: str) -> int:
    """How many characters two strings share at their beginning."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return shared


def _widened(
    edits: list[_Edit], touched: tuple[int, int], whole: tuple[int, int], was: str
) -> list[_Edit]:
    """The edits, those that touch one place made one edit of the `whole` around it."""
    if not any(edit.touches(*touched) for edit in edits):
        return edits
    inside = [edit for edit in edits if edit.touches(*whole)]
    start, end = min(whole[0], inside[0].start), max(whole[1], inside[-1].end)
    text, at = "", start
    for edit in inside:
        text += was[at : edit.start] + edit.text
        at = edit.end
    first = edits.index(inside[0])
    one = _Edit(start, end, text + was[at:end])
    return [*edits[:first], one, *edits[first + len(inside) :]]


Key = tuple[int, int]


def _key(node: Node) -> Key:
    return node.start, node.end


class _Line:
    """A wording as it is printed on one line, its pieces with their places in that line."""

    def __init__(self, source: str, places: Mapping[str, str]) -> None:
        self.source = source
        self.laid: list[Piece] = []
        self.ats: list[int] = []
        self.flows: list[int] = []  # which flow each piece stands in
        self.said = ""
        for flow, found in enumerate(flows(source, places)):
            self.said += " " if flow else ""
            for piece in found:
                self.laid.append(piece)
                self.ats.append(len(self.said))
                self.flows.append(flow)
                self.said += piece.said

    def touched(self, edit: _Edit) -> Iterator[tuple[int, Piece]]:
        """The pieces that an edit changes, with their places in the line."""
        nth = max(bisect_right(self.ats, edit.start) - 1, 0)
        for at, piece in zip(self.ats[nth:], self.laid[nth:], strict=True):
            if at >= edit.end:
                return
            if edit.touches(at, at + len(piece.said)):
                yield at, piece

    def turned(self, edit: _Edit) -> _Edit:
        """Of words that went, with the space behind them and not before if in fewer marks so."""
        start, end = edit.start, edit.end
        if edit.text or start == end or self.said[start] != self.said[end : end + 1]:
            return edit
        return min(
            (edit, _Edit(start + 1, end + 1, "")),
            key=lambda one: len({_keys(piece.around) for _, piece in self.touched(one)}),
        )

    def wholes(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """What gives way as a whole where a part of it is touched: that part, and the whole.

        A reference does, and a link when its address is touched, or its words are its address.
        """
        links: dict[Key, tuple[int, int]] = {}
        ends: dict[Key, tuple[int, int]] = {}
        for at, piece in zip(self.ats, self.laid, strict=True):
            place = at, at + len(piece.said)
            if isinstance(piece.of, Reference):
                yield place, place
            for node in piece.around:
                if isinstance(node, Link):
                    links[_key(node)] = links.get(_key(node), place)[0], place[1]
            if isinstance(piece.of, Link):
                ends[_key(piece.of)] = place
        for key, whole in links.items():
            yield ends.get(key, whole), whole


def _keys(around: Nodes) -> tuple[Key, ...]:
    return tuple(map(_key, around))


def _laid(source: str, line: _Line, edits: list[_Edit]) -> str:
    """The source with the edits made; "" where a note would lose its mark or its words alone."""
    gone = [0] * len(line.laid)
    for edit in edits:
        for at, piece in line.touched(edit):
            nth = bisect_right(line.ats, at) - 1
            gone[nth] += min(edit.end, at + len(piece.said)) - max(edit.start, at)
    alive: set[Key] = set()
    for piece, letters in zip(line.laid, gone, strict=True):
        if letters < len(piece.said):
            alive.update(_keys(piece.around))
            alive.update([_key(piece.of)] if isinstance(piece.of, Footnote) else [])
    for piece, letters in zip(line.laid, gone, strict=True):
        if isinstance(piece.of, Footnote) and letters and _key(piece.of) in alive:
            return ""
    return _Cutting(source, line, alive).made(edits)


class _Cutting:
    """Makes edits in a source, of whose marks some stay `alive`."""

    def __init__(self, source: str, line: _Line, alive: set[Key]) -> None:
        self.source, self.line, self.alive = source, line, alive

    def made(self, edits: list[_Edit]) -> str:
        cuts = [key for piece in self.line.laid for key in _keys(piece.around)]
        cuts = [key for key in cuts if key not in self.alive]
        cuts += [place for edit in edits for place in self._cut(edit)]
        comes = [(self._place(edit), edit.text) for edit in edits if edit.text]
        out, at = [], 0
        for start, end, text in sorted(
            [(place, place, text) for place, text in comes] + [(*cut, "") for cut in cuts],
            key=lambda one: (one[0], one[1] > one[0]),
        ):
            out += [self.source[at : max(start, at)], escaped(text)]
            at = max(at, end)
        return "".join([*out, self.source[at:]])

    def _cut(self, edit: _Edit) -> Iterator[tuple[int, int]]:
        for at, piece in self.line.touched(edit):
            if piece.of is None:
                first, last = max(edit.start - at, 0), min(edit.end - at, len(piece.said))
                yield piece.start + first, piece.start + last
            elif isinstance(piece.of, Reference):
                yield piece.start, piece.end

    def _place(self, edit: _Edit) -> int:
        """Where in the source the words of an edit come to stand: in as few marks as it touches."""
        found = [
            (piece.start + max(edit.start - at, 0), piece.around)
            for at, piece in self.line.touched(edit)
            if piece.of is None or isinstance(piece.of, Reference)
        ]
        place, around = min(found, key=lambda one: len(one[1])) if found else self._gap(edit.start)
        gone = next((node for node in around if _key(node) not in self.alive), None)
        return gone.start if gone else place

    def _gap(self, at: int) -> tuple[int, Nodes]:
        """The place of words that only come: inside a piece, or between two outside their marks."""
        line = self.line
        right = bisect_right(line.ats, at) - 1
        piece = line.laid[right]
        if line.ats[right] < at < line.ats[right] + len(piece.said):
            return piece.start + at - line.ats[right], piece.around
        if at > line.ats[right] or not right:
            right += at > 0
        left = right - 1
        if left < 0:
            before: Nodes = ()
        else:
            before = line.laid[left].around
        after: Nodes = line.laid[right].around if right < len(line.laid) else ()
        if left >= 0 and (right == len(line.laid) or line.flows[left] != line.flows[right]):
            after = before[: bool(line.flows[left])]
        shared = _alike_nodes(before, after)
        if len(before) > shared:
            return before[shared].end, before[:shared]
        if len(after) > shared:
            return after[shared].start, after[:shared]
        return (line.laid[left].end if left >= 0 else line.laid[right].start), before


def _alike_nodes(one: Nodes, other: Nodes) -> int:
    shared = 0
    while shared < min(len(one), len(other)) and _key(one[shared]) == _key(other[shared]):
        shared += 1
    return shared

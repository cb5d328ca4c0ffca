"""A wording as stretches that are each credited alike, and what a redline does to them."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from charter.text.redline import Spans

DEPTH = 5  # times that words gave way in one place are remembered

_SILENT = " \n\t*_`\\"

Key = Hashable


@dataclass(frozen=True, slots=True)
class Gone:
    """Words that stood in a place until `revision` took them away.

    `by` are the lengths of their parts with the revisions that wrote each, in code points.
    """

    revision: int
    text: str
    by: tuple[tuple[int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Carried:
    """How words came to stand where they do: `revision` put them there.

    They had left the wording `source` in revision `left`: an earlier one when they were brought
    back, the same one when they were moved.
    """

    revision: int
    source: Key
    left: int

    @property
    def back(self) -> bool:
        """Whether the text was without these words for a time."""
        return self.left < self.revision


@dataclass(frozen=True, slots=True)
class Credit:
    """What is known of a run of words, wherever it stands."""

    revision: int
    carried: Carried | None = None
    gone: tuple[Gone, ...] = ()

    def joins(self, before: "Credit") -> bool:
        """Whether words of this credit go on those before them."""
        if self is before:
            return True
        alike = self.revision == before.revision and self.carried == before.carried
        return alike and not self.gone


NOBODY = Credit(0)

# A stretch of so many code points with its credit; of none where words stood.
Piece = tuple[int, Credit]


@dataclass(slots=True)
class Part:
    """What stayed, with its stretches; or a change: what went, and how much came."""

    same: bool
    pieces: list[Piece]
    gone: str = ""
    came: int = 0

    def past(self, revision: int) -> tuple[Gone, ...]:
        """What stood in the place of the change, newest first."""
        past = [credit.gone for _, credit in self.pieces if credit.gone]
        older: Iterable[Gone] = past[0] if past else ()
        if len(past) > 1:
            every = dict.fromkeys(one for gone in past for one in gone)
            older = sorted(every, key=lambda one: -one.revision)
        newest = [Gone(revision, self.gone.strip(), self._by())] if says(self.gone) else []
        return (*newest, *older)[:DEPTH]

    def _by(self) -> tuple[tuple[int, int], ...]:
        """Who wrote what went, without the white space before it."""
        found: list[tuple[int, int]] = []
        blank = len(self.gone) - len(self.gone.lstrip())
        for length, credit in self.pieces:
            length, blank = max(0, length - blank), max(0, blank - length)
            if found and found[-1][1] == credit.revision:
                found[-1] = found[-1][0] + length, credit.revision
            elif length:
                found.append((length, credit.revision))
        return tuple(found)


def parted(pieces: Sequence[Piece], spans: Spans) -> list[Part]:
    """The stretches of a wording parted as a redline says.

    Empty stretches at the edge of a change belong to it.
    """
    parts: list[Part] = []
    taking = _Taking(pieces)
    for span in spans:
        if span.op == "equal":
            parts.append(Part(True, taking.take(len(span.text))))
            continue
        if not parts or parts[-1].same:
            parts.append(Part(False, taking.take(0, edges=True)))
        part = parts[-1]
        if span.op == "insert":
            part.came += len(span.text)
        else:
            part.gone += span.text
            part.pieces += taking.take(len(span.text), edges=True)
    rest = taking.take(0, edges=True)
    if rest and parts and parts[-1].same:
        parts[-1].pieces += rest
    return parts


class _Taking:
    """Takes stretches off a wording from its beginning on."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.at = 0
        self.used = 0  # of the piece it has come to

    def take(self, length: int, *, edges: bool = False) -> list[Piece]:
        """The next stretches of `length` code points; with `edges` the empty ones behind them."""
        taken: list[Piece] = []
        while self.at < len(self.pieces):
            whole, credit = self.pieces[self.at]
            rest = whole - self.used
            if rest > length:
                if length:
                    taken.append((length, credit))
                    self.used += length
                break
            if not length and not (edges and not whole):
                break
            taken.append((rest, credit))
            length -= rest
            self.at, self.used = self.at + 1, 0
        return taken


def put(out: list[Piece], pieces: Iterable[Piece]) -> None:
    """Append stretches, joining those that are credited alike."""
    for length, credit in pieces:
        last, known = out[-1] if out else (0, credit)
        if length and known is NOBODY:
            out[-1] = last + length, credit
        elif length and last and credit.joins(known):
            out[-1] = last + length, known
        else:
            out.append((length, credit))


def stretch(out: list[Piece], length: int) -> None:
    """What came and says nothing belongs to the words before it, or the first ones."""
    for at in range(len(out) - 1, -1, -1):
        if out[at][0]:
            out[at] = out[at][0] + length, out[at][1]
            return
    if length:
        out.insert(0, (length, NOBODY))


def says(text: str) -> bool:
    """Whether there is more in it than white space and marks of emphasis."""
    return bool(text.strip(_SILENT).strip())

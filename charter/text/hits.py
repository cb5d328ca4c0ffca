"""Where sought words stand in a wording, and the words about them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from charter.text import inline
from charter.text.seeking import Run, Sought
from charter.text.spelling import Place, is_unspaced, words

AROUND = 12  # words shown on each side of a hit,
SIGNS = 3  # so many times as many where each sign is a word
PASSAGES = 3  # of one wording
_REFERENCE = "\ufffc"  # holds the place of a clause's number, which is no word of the text


@dataclass(frozen=True, slots=True)
class Reading:
    """A wording as a reader sees it, its notes behind it, with its words in order."""

    text: str
    words: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a passage; `hit` when they are what was sought."""

    text: str
    hit: bool = False


def reading(
    text: str, language: str, number_of: Callable[[str], str | None] | None = None
) -> Reading:
    """A wording to look through: marks are gone, and numbers of clauses are shown but no words."""
    shown = inline.plain(text, lambda _clause: _REFERENCE)
    whole = " · ".join((shown.body, *shown.notes))
    if _REFERENCE not in whole:
        return Reading(whole, tuple(words(whole, language)))
    numbers = [(number_of(id) if number_of else None) or "…" for id in _references(text)]
    return _numbered(whole, numbers, language)


def _numbered(whole: str, numbers: list[str], language: str) -> Reading:
    """The text with the numbers in their places, and the words moved along."""
    pieces, moves, shift = whole.split(_REFERENCE), [], 0
    out, at = [pieces[0]], len(pieces[0])
    for number, piece in zip(numbers, pieces[1:], strict=False):
        shift += len(number) - 1
        moves.append((at, shift))
        out += [number, piece]
        at += 1 + len(piece)
    found = []
    for word in words(whole, language):
        by = max((shift for at, shift in moves if at < word.start), default=0)
        found.append(Place(word.form, word.start + by, word.end + by))
    return Reading("".join(out), tuple(found))


def _references(text: str) -> list[str]:
    """The clauses referred to in the order they are shown: those of the notes come last."""
    body: list[str] = []
    notes: list[list[str]] = []

    def walk(nodes: inline.Nodes, into: list[str]) -> None:
        for node in nodes:
            if isinstance(node, inline.Reference):
                into.append(node.clause)
            elif isinstance(node, inline.Footnote):
                notes.append([])
                walk(node.children, notes[-1])
            elif not isinstance(node, inline.Words):
                walk(node.children, into)

    walk(inline.parse(text), body)
    return [*body, *(clause for note in notes for clause in note)]


def holds(readings: Sequence[Reading], sought: Sought) -> bool:
    """Whether heading and text together hold what is sought; a run stands in one of them."""
    return all(any(_stands(one, run) for one in readings) for run in sought.wanted) and not any(
        _stands(one, run) for one in readings for run in sought.without
    )


def _stands(one: Reading, run: Run) -> bool:
    return next(_places(one, run), None) is not None


def _places(one: Reading, run: Run) -> Iterator[tuple[int, int]]:
    """The places among the words where a run begins and ends."""
    length = len(run)
    for at in range(len(one.words) - length + 1):
        if all(one.words[at + n].form in choice for n, choice in enumerate(run)):
            yield at, at + length


def marked(one: Reading, sought: Sought) -> list[tuple[int, int]]:
    """What was sought, as ranges of the reading's words, in order and apart."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(place for run in sought.wanted for place in _places(one, run)):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def passages(one: Reading, sought: Sought, *, around: int = AROUND) -> tuple[Piece, ...]:
    """The words about each hit, the hits marked; "…" stands for what is left out.

    Without a hit it is the beginning. A whole text of no more than a passage is shown whole.
    """
    found = marked(one, sought)
    spans: list[tuple[int, int]] = []
    for start, end in found or [(0, 0)]:
        room = around * SIGNS if one.words and is_unspaced(one.words[start].form) else around
        first, last = max(start - room, 0), min(end + room, len(one.words))
        if spans and first <= spans[-1][1] + 2:
            spans[-1] = spans[-1][0], last
        elif len(spans) < PASSAGES:
            spans.append((first, last))
    out: list[Piece] = []
    for first, last in spans:
        if first > 0:
            out.append(Piece("… " if not out else " … "))
        out += _cut(one, first, last, [hit for hit in found if first <= hit[0] < last])
    if spans and spans[-1][1] < len(one.words):
        out.append(Piece(" …"))
    return tuple(out)


def _cut(one: Reading, first: int, last: int, found: list[tuple[int, int]]) -> Iterator[Piece]:
    """The characters from word `first` to the word before `last`, cut where hits begin and end."""
    at = one.words[first].start if first else 0
    until = one.words[last - 1].end if last < len(one.words) else len(one.text)
    for start, end in found:
        begins, ends = one.words[start].start, one.words[min(end, last) - 1].end
        if at < begins:
            yield Piece(one.text[at:begins])
        yield Piece(one.text[begins:ends], hit=True)
        at = ends
    if at < until:
        yield Piece(one.text[at:until])

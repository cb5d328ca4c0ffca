"""Square brackets written by hand: wording that is not agreed, as the table marks it.

They are words of the text and data too: `[may] [shall]` is two places and `[not [before] 2030]`
is two, one inside the other. Links, footnotes and escaped brackets are none (see `inline`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from charter.text.inline import Bracketed, Nodes, Reference, Words, parse, plain
from charter.text.marks import loose_brackets

_NO_BRACKETS = str.maketrans("", "", "[]")
_MARKS = "*_`"


@dataclass(frozen=True, slots=True)
class Place:
    """A bracket of a wording, from before `[` to after `]` in code points; `depth` from 1."""

    start: int
    end: int
    depth: int


def brackets(text: str) -> tuple[Place, ...]:
    """The brackets of a wording, in the order in which they open."""
    return tuple(_places(parse(text), 1))


def counted(*texts: str) -> int:
    """How many brackets these wordings have together."""
    return sum(len(brackets(text)) for text in texts if "[" in text)


def loose(text: str, before: str = "") -> int | None:
    """Where the first bracket without a partner stands; None where all have one.

    With the wording `before` an edit, only brackets that the edit left loose count, so that a text
    that came with one can be edited elsewhere.
    """
    found = loose_brackets(text)
    if not found or len(found) <= len(loose_brackets(before)):
        return None
    return found[0]


def placed(text: str, start: int, end: int) -> str:
    """The wording with brackets around these words. ValueError where that would cut another's."""
    if not 0 <= start < end <= len(text):
        raise ValueError("there are no words to put brackets around")
    bracketed = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    wanted = sorted((*_moved(text, start, end), (start, end + 2)))
    there = sorted((place.start, place.end) for place in brackets(bracketed))
    if wanted != there or _said(bracketed) != _said(text):
        raise ValueError("the brackets would cut through a mark or another bracket")
    return bracketed


def enclosed(text: str, start: int, end: int) -> str:
    """The wording with brackets around these words as a reader selects them.

    Blanks at their ends stay outside, and a mark that touches them (the `**` of strong words) is
    taken in where the brackets would cut through it. ValueError as in `placed`.
    """
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    wider = len(text[:start].rstrip(_MARKS)), len(text) - len(text[end:].lstrip(_MARKS))
    for at, until in ((start, end), (wider[0], end), (start, wider[1])):
        try:
            return placed(text, at, until)
        except ValueError:
            continue
    return placed(text, *wider)


def lifted(text: str, start: int, *, words: bool = True) -> str:
    """The wording without the bracket that opens at `start`: with its words agreed, or gone.

    ValueError when no bracket opens there.
    """
    place = next((one for one in brackets(text) if one.start == start), None)
    if place is None:
        raise ValueError(f"no bracket opens at {start}")
    if words:
        return text[:start] + text[start + 1 : place.end - 1] + text[place.end :]
    before, after = text[:start], text[place.end :]
    if before.endswith(" ") and (not after or not after[0].isalnum()):
        return before[:-1] + after
    return before + (after[1:] if not before and after.startswith(" ") else after)


def _places(nodes: Nodes, depth: int) -> Iterator[Place]:
    for node in nodes:
        if isinstance(node, Words | Reference):
            continue
        if isinstance(node, Bracketed):
            yield Place(node.start, node.end, depth)
        yield from _places(node.children, depth + isinstance(node, Bracketed))


def _said(text: str) -> tuple[str, ...]:
    """What a reader sees of the words and notes, without square brackets."""
    shown = plain(text)
    return tuple(part.translate(_NO_BRACKETS) for part in (shown.body, *shown.notes))


def _moved(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the brackets there are stand once a pair is put around some words."""

    def shifted(at: int, *, opens: bool) -> int:
        return at + (at >= start if opens else at > start) + (at >= end if opens else at > end)

    for place in brackets(text):
        yield shifted(place.start, opens=True), shifted(place.end, opens=False)

"""Words as HTML that knows where each stands in its source, with the marks of threads drawn in.

Offsets are code points of the stored text, whose inline marks the page does not show: every run of
characters is an element of its own whose `data-start` is the place of its first one. What prints
something else than its source (a reference) also has `data-end`, and is taken whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import pairwise
from uuid import UUID

from charter.formats.runs import is_plain
from charter.text import inline

_UNKNOWN = "…"  # a reference to a clause that is not in the text


@dataclass(frozen=True, slots=True)
class Mark:
    """The words of a thread: [start, end) in the text. `number` is the one its card shows."""

    start: int
    end: int
    thread: int | UUID
    number: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A wording and the list of its footnotes, as HTML."""

    html: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Characters with the same marks; `note` is what a footnote says, `clause` a reference."""

    text: str
    start: int
    end: int
    emphasis: bool = False
    strong: bool = False
    address: str = ""
    clause: str = ""
    note: "tuple[Leaf, ...] | None" = None

    def said(self, at: int, until: int) -> str:
        """Its characters between two places of the source."""
        return self.text[at - self.start : until - self.start]


class WordsHtml:
    """Writes wordings of one text. `places` gives what a reference to a clause prints, by id."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = places

    def of(self, text: str, marks: Sequence[Mark] = (), key: str = "") -> Shown:
        """A wording; `key` keeps the ids of its footnotes apart from those of other clauses."""
        if not marks and (html := _unmarked(text)) is not None:
            return Shown(html)
        writing = Writing(self.places, marks, key)
        html = writing.html(leaves_of(text))
        return Shown(html, writing.listed())

    def heading(self, text: str, key: str = "") -> Shown:
        """A heading: the same without offsets, as threads are about the words below it."""
        if is_plain(text):
            return Shown(escape(text, quote=False))
        writing = Writing(self.places, (), f"{key}-h", placed=False)
        html = writing.html(leaves_of(text))
        return Shown(html, writing.listed())

    def plain(self, text: str) -> str:
        """The words alone, without marks and footnotes."""
        return text if is_plain(text) else inline.plain(text, self.places.get).body


class Writing:
    """One wording on its way to HTML, with the footnotes met so far.

    `page` is the address of the page that has the clauses of the text; "" is the one written.
    """

    def __init__(
        self,
        places: Mapping[str, str],
        marks: Sequence[Mark],
        key: str,
        *,
        placed: bool = True,
        page: str = "",
    ) -> None:
        self.places, self.marks, self.key, self.placed = places, marks, key, placed
        self.page = page
        self.notes: list[str] = []

    def html(self, leaves: Sequence[Leaf]) -> str:
        return "".join([self._leaf(leaf) for leaf in leaves])

    def listed(self) -> str:
        if not self.notes:
            return ""
        items = "".join(
            f'<li id="note-{self.key}-{at}"><a href="#note-{self.key}-{at}-place"'
            f' class="back"><sup>{at}</sup></a> {note}</li>'
            for at, note in enumerate(self.notes, start=1)
        )
        return f'<ol class="notes">{items}</ol>'

    def _leaf(self, leaf: Leaf) -> str:
        if leaf.note is not None:
            return self._note(leaf.note)
        return "".join(self.marked(leaf))

    def _note(self, note: tuple[Leaf, ...]) -> str:
        at = len(self.notes)
        self.notes.append("")  # keeps the place while a note inside this one is written
        self.notes[at] = self.html(note)
        name = f"note-{self.key}-{at + 1}"
        return f'<sup class="note" id="{name}-place"><a href="#{name}">{at + 1}</a></sup>'

    def marked(self, leaf: Leaf) -> Iterator[str]:
        """The leaf, cut where marks begin and end; the number of a mark follows its last words."""
        start, end = leaf.start, leaf.end
        here = [mark for mark in self.marks if mark.start < end and mark.end > start]
        cuts = {start, end}
        if not leaf.clause:
            cuts |= {max(mark.start, start) for mark in here}
            cuts |= {min(mark.end, end) for mark in here}
        for at, until in pairwise(sorted(cuts)):
            inside = [mark for mark in here if mark.start < until and mark.end > at]
            html = self.styled(leaf, at, until)
            for mark in inside:
                first = at <= mark.start < until
                named = f' id="mark-{mark.thread}"' if first else ""
                html = f'<mark class="anchor" data-thread="{mark.thread}"{named}>{html}</mark>'
            yield html
            for mark in inside:
                if at < mark.end <= until:
                    yield (
                        f'<a class="anchor-number" href="#thread-{mark.thread}"'
                        f' data-thread="{mark.thread}">{mark.number}</a>'
                    )

    def styled(self, leaf: Leaf, at: int, until: int) -> str:
        if leaf.clause:
            said = escape(self.places.get(leaf.clause, _UNKNOWN), quote=False)
            where = f' data-start="{leaf.start}" data-end="{leaf.end}"' if self.placed else ""
            there = f"{escape(self.page)}#clause-{escape(leaf.clause)}"
            html = f'<a class="reference" href="{there}"{where}>{said}</a>'
        else:
            words = leaf.said(at, until)
            html = _run(at, words) if self.placed else escape(words, quote=False)
        if leaf.emphasis:
            html = f"<em>{html}</em>"
        if leaf.strong:
            html = f"<strong>{html}</strong>"
        if leaf.address:
            html = f'<a href="{escape(leaf.address)}" rel="noopener nofollow">{html}</a>'
        return html


def _run(start: int, text: str) -> str:
    return f'<span data-start="{start}">{escape(text, quote=False)}</span>'


@lru_cache(maxsize=4096)
def _unmarked(text: str) -> str | None:
    """A wording whose HTML depends on nothing else; None for one with references or footnotes."""
    if is_plain(text):
        return _run(0, text) if text else ""
    leaves = leaves_of(text)
    if any(leaf.clause or leaf.note is not None for leaf in leaves):
        return None
    return Writing({}, (), "").html(leaves)


@lru_cache(maxsize=4096)
def leaves_of(text: str) -> tuple[Leaf, ...]:
    return _joined(_flat(inline.parse(text), Leaf("", 0, 0)))


def _flat(nodes: inline.Nodes, style: Leaf) -> Iterator[Leaf]:
    for node in nodes:
        at = replace(style, start=node.start, end=node.end)
        match node:
            case inline.Words(text):
                yield replace(at, text=text)
            case inline.Reference(clause):
                yield replace(at, clause=clause, address="")
            case inline.Footnote(children):
                yield replace(at, note=_joined(_flat(children, Leaf("", 0, 0))))
            case inline.Bracketed(children, start, end):
                yield replace(style, text="[", start=start, end=start + 1)
                yield from _flat(children, style)
                yield replace(style, text="]", start=end - 1, end=end)
            case inline.Emphasis(children):
                yield from _flat(children, replace(style, emphasis=True))
            case inline.Strong(children):
                yield from _flat(children, replace(style, strong=True))
            case inline.Link(target, children):
                yield from _flat(children, replace(style, address=target))


def _joined(leaves: Iterator[Leaf]) -> tuple[Leaf, ...]:
    """Leaves that touch in the source and have the same marks made one."""
    out: list[Leaf] = []
    for leaf in leaves:
        last = out[-1] if out else None
        if last and last.text and leaf.text and last.end == leaf.start and _alike(last, leaf):
            out[-1] = replace(last, text=last.text + leaf.text, end=leaf.end)
        else:
            out.append(leaf)
    return tuple(out)


def _alike(one: Leaf, other: Leaf) -> bool:
    return (one.emphasis, one.strong, one.address) == (other.emphasis, other.strong, other.address)

"""Words as HTML that knows where each stands in its source, with the marks of threads drawn in.

Offsets are code points of the stored text, whose inline marks the page does not show: every run of
plain characters is an element of its own whose `data-start` is the place of its first character.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """The words of a thread: [start, end) in the text. `number` is the one its card shows."""

    start: int
    end: int
    thread: int
    number: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A wording and its footnotes, as HTML."""

    html: str
    notes: str = ""


class WordsHtml:
    """Writes wordings of one text. `places` gives what a reference to a clause prints, by id."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = places

    def of(self, text: str, marks: Sequence[Mark] = (), key: str = "") -> Shown:
        """A wording; `key` keeps the ids of its footnotes apart from those of other clauses."""
        if not text:
            return Shown("")
        return Shown("".join(_marked(0, text, marks)))

    def heading(self, text: str) -> str:
        """A heading: no marks, no offsets."""
        return escape(text, quote=False)

    def plain(self, text: str) -> str:
        """A heading in the outline, bare of its inline marks."""
        return text


def _marked(start: int, text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """A run of characters that stands at `start`, cut where marks begin and end."""
    end = start + len(text)
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    if not here:
        yield f'<span data-start="{start}">{escape(text, quote=False)}</span>'
        return
    cuts = {start, end}
    for mark in here:
        cuts |= {max(mark.start, start), min(mark.end, end)}
    places = sorted(cuts)
    for at, until in pairwise(places):
        inside = [mark for mark in here if mark.start <= at and mark.end >= until]
        html = (
            f'<span data-start="{at}">'
            f"{escape(text[at - start : until - start], quote=False)}</span>"
        )
        for mark in inside:
            named = (
                f' id="mark-{mark.thread}"' if at == max(mark.start, start) == mark.start else ""
            )
            html = f'<mark class="anchor" data-thread="{mark.thread}"{named}>{html}</mark>'
        yield html
        for mark in inside:
            if mark.end == until:
                yield (
                    f'<a class="anchor-number" href="#thread-{mark.thread}"'
                    f' data-thread="{mark.thread}">{mark.number}</a>'
                )

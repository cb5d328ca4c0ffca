"""The words that a change proposes, as one text, so that places in them can be named.

A rewording proposes a heading and a text, an insertion those of every clause it puts in. Each that
says something is a line, and the lines follow in reading order, parted by line breaks, which no
wording holds. Offsets in the whole are Unicode code points.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from charter.text.words import Words

_BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A heading or a text among the words proposed, `part` being whose: 0 is the first wording's.

    It stands at [`start`, `end`) of the whole.
    """

    part: int
    heading: bool
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def lines(parts: Iterable[Words]) -> tuple[Line, ...]:
    """What is proposed, line by line; nothing for what is empty."""
    found: list[Line] = []
    start = 0
    for at, part in enumerate(parts):
        for heading, text in ((True, part.heading), (False, part.text)):
            if text:
                found.append(Line(at, heading, start, text))
                start += len(text) + len(_BREAK)
    return tuple(found)


def whole(parts: Iterable[Words]) -> str:
    """All that is proposed as one text; "" where a change proposes no words."""
    return _BREAK.join(line.text for line in lines(parts))

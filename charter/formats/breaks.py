"""Which ends of lines in a plain text were meant, and which only kept it within its width.

A writer who wraps a text puts a word on the next line because this one has no room for it. Where
there was room, the line was ended on purpose.
"""

import re
from collections.abc import Sequence

from charter.formats.lines import heading_like

# Chinese and Japanese break anywhere but before a mark of punctuation or two.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]\S{0,2}|[^\s\u3040-\u30ff\u3400-\u9fff]+")
_STOPS = tuple(".:;,!?…。：；，！？،؛؟।—–")
_CERTAIN = 20  # signs of room
_SIGHT = 10  # lines looked at on either side
_OPENING = "\"'“”„«‘([（【《*_"


def width(lines: Sequence[str]) -> int:
    """How wide a text is set: what all but a twentieth of its lines keep to."""
    lengths = sorted(len(line) for line in lines if line.strip())
    return lengths[len(lengths) * 19 // 20] if lengths else 0


def meant(line: str, after: str, room: int) -> bool:
    """Whether the line was ended on purpose, `room` signs being the width of its text."""
    first = _WORD.match(after.lstrip())
    if first is None:
        return False
    return len(line.rstrip()) + 1 + len(first[0]) <= max(room, len(after))


def is_short(line: str, room: int) -> bool:
    """Whether a line leaves so much of its width that it was surely ended on purpose."""
    return len(line.rstrip()) + _CERTAIN <= room


def parts(lines: Sequence[str], at: int, room: int) -> bool:
    """Whether a paragraph ends before the line at `at`, and another begins with it."""
    line, after = lines[at - 1], lines[at]
    if not _may_part(line, after):
        return False
    if meant(line, after, room) or (is_capitals(after) and not is_capitals(line)):
        return True
    return _is_row_of_sentences(lines, at, room)


def _may_part(line: str, after: str) -> bool:
    return line.rstrip().endswith(_STOPS) and opens(after)


def _is_row_of_sentences(lines: Sequence[str], at: int, room: int) -> bool:
    """Whether all lines about here end and begin as paragraphs do, one of them surely on purpose.

    The longest line of a text has no room to show that it was.
    """
    first, last = at - 1, at
    while first > max(0, at - _SIGHT) and _opens_words(lines[first]):
        first -= 1
    while last + 1 < min(len(lines), at + _SIGHT) and _opens_words(lines[last + 1]):
        last += 1
    first += not _opens_words(lines[first])
    pairs = [(lines[n - 1], lines[n]) for n in range(first + 1, last + 1)]
    return all(_may_part(*pair) for pair in pairs) and any(meant(*pair, room) for pair in pairs)


def _opens_words(line: str) -> bool:
    """Whether a line begins with words, and not with a number or a mark, or is empty."""
    return line.lstrip().lstrip(_OPENING)[:1].isalpha()


def heads(line: str, after: str, room: int) -> bool:
    """Whether a line is the heading of what begins on the next one."""
    return heading_like(line.strip()) and opens(line) and opens(after) and meant(line, after, room)


def is_capitals(line: str) -> bool:
    """Whether every letter is a capital, as in "HAVE AGREED AS FOLLOWS:"."""
    return len(line.split()) > 1 and line.isupper()


def opens(line: str) -> bool:
    """Whether these words can be the first of a sentence."""
    bare = line.lstrip().lstrip(_OPENING)
    return bare[:1].isalpha() and not bare[:1].islower()

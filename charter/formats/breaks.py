"""Which ends of lines in a plain text were meant, and which only kept it within its width.

A writer who wraps a text puts a word on the next line because this one has no room for it. Where
there was room, the line was ended on purpose.
"""

import re
from collections.abc import Callable, Sequence

from charter.formats.lines import STOPS, heading_like, is_unfinished

Begins = Callable[[str, str], bool]

# Chinese and Japanese break anywhere but before a mark of punctuation or two.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]\S{0,2}|[^\s\u3040-\u30ff\u3400-\u9fff]+")
_STOPS = tuple(".:;,!?…。：；，！？؟—–" + STOPS)
_CERTAIN = 20  # signs of room
_WRAPPED = 50  # signs: narrower texts may just have short lines
_HEADING_LINES = 4  # that no heading is longer than
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


def going_on(lines: Sequence[str], at: int, room: int, begins: Begins) -> list[str]:
    """The lines from `at` on in which the words before them go on; no more than tell a heading.

    Words that fill their line are a wrapped sentence, or a wrapped heading, and not both.
    `begins` says whether a line, after the one before it, begins something of its own.
    """
    more: list[str] = []
    for after in lines[at : at + _HEADING_LINES]:
        before = lines[at + len(more) - 1]
        if not after.strip() or begins(after, before):
            break
        if not more and not _runs_on(before, after, room):
            break
        more.append(after)
    return more


def _runs_on(line: str, after: str, room: int) -> bool:
    """Whether a sentence surely goes on in the next line."""
    if is_unfinished(line):
        return True
    if is_short(line, room):
        return False
    return after.lstrip()[:1].islower() or (room >= _WRAPPED and not meant(line, after, room))


def heads(line: str, after: str, room: int) -> bool:
    """Whether a line is the heading of what begins on the next one."""
    if is_unfinished(line) or not heading_like(line.strip()):
        return False
    return opens(line) and opens(after) and meant(line, after, room)


def is_capitals(line: str) -> bool:
    """Whether every letter is a capital, as in "HAVE AGREED AS FOLLOWS:"."""
    return len(line.split()) > 1 and line.isupper()


def opens(line: str) -> bool:
    """Whether these words can be the first of a sentence."""
    bare = line.lstrip().lstrip(_OPENING)
    return bare[:1].isalpha() and not bare[:1].islower()

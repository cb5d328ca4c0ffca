"""Lines of a fixed measure with their numbers, so that a line of a text can be cited.

A page breaks its lines anew on every screen and has none that two readers share. These are broken
at words, by what their characters take up, and are the same for everybody.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from unicodedata import combining, east_asian_width

MEASURE = 60  # columns of a line; a character of Chinese takes two

_OPENING = "（「『《“‘〔[("

# Where a line begins, in HTML; style sheets count these.
_LINE = '<i class="line" aria-hidden="true"></i>'
_PIECE = re.compile(r"(<[^>]*>)|(&[^;\s]+;|.)", re.DOTALL)


def line_starts(text: str, measure: int = MEASURE) -> list[int]:
    """Where the lines of a text begin, in code points; none for an empty one.

    A word that is longer than a line keeps one of its own.
    """
    starts = [0] if text else []
    width = turn = since = 0  # of this line; where it may end last, and how wide it is since
    for at, sign in enumerate(text):
        if at and _may_turn(text[at - 1], sign):
            turn, since = at, 0
        taken = _columns(sign)
        if width + taken > measure and starts and turn > starts[-1] and not sign.isspace():
            starts.append(turn)
            width = since
        width += taken
        since += taken
    return starts


def _may_turn(last: str, following: str) -> bool:
    """Whether a line may end between two characters."""
    if last.isspace():
        return not following.isspace()
    # Chinese breaks between any two of its letters, but not ahead of a closing mark.
    wide = _columns(last) == 2 or _columns(following) == 2
    return wide and following.isalnum() and last not in _OPENING


def _columns(sign: str) -> int:
    return 0 if combining(sign) else 1 + (east_asian_width(sign) in "WF")


def numbered_text(text: str) -> str:
    """Plain text in numbered lines; empty ones have no number."""
    return "\n".join(_numbered(text))


def _numbered(text: str) -> Iterator[str]:
    number = 0
    for line in text.split("\n"):
        words = line.lstrip(" ")
        indent = line[: len(line) - len(words)]
        starts = line_starts(words, max(MEASURE - len(indent), MEASURE // 2))
        if not starts:
            yield ""
        for start, end in pairwise((*starts, len(words))):
            number += 1
            yield f"{number:>5}  {indent}{words[start:end].rstrip()}"


def lined_html(html: str) -> str:
    """Phrasing content in lines, each with an element at its beginning that styles count."""
    pieces: list[tuple[str, str]] = _PIECE.findall(html)
    starts = set(line_starts("".join(unescape(said) for _, said in pieces)))
    out, at = [], 0
    for tag, said in pieces:
        if said:
            if at in starts:
                out.append(f"<br>{_LINE}" if at else _LINE)
            at += 1
        out.append(tag or said)
    return "".join(out)

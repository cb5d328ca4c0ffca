"""Lines into one paragraph: where a text was wrapped says nothing about it."""

import re

_HARD_BREAK = re.compile(r"[^\\]\\$")
_SPACES = re.compile(r"[ \t\r\n]+")
_HAN = "\u2e80-\u2fdf\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_HAN_END = re.compile(rf"[{_HAN}]$")
_HAN_START = re.compile(rf"[{_HAN}]")


def joined(lines: list[str]) -> str:
    """The words of some lines as one paragraph, single spaces between; none inside Chinese."""
    pieces: list[str] = []
    for line in lines:
        words = _SPACES.sub(" ", line).strip(" ")
        if _HARD_BREAK.search(words) and line is not lines[-1]:
            words = words[:-1].rstrip()
        if not words:
            continue
        if pieces and not (_HAN_END.search(pieces[-1][-1:]) and _HAN_START.match(words)):
            pieces.append(" ")
        pieces.append(words)
    return "".join(pieces)

"""What one line of a text may begin, and how words are kept from beginning it."""

import re

from charter.formats.blocks import Heading
from charter.formats.labels import Marked, item, mark_alone
from charter.formats.wrapping import joined

HEADING = re.compile(r" {0,3}(#{1,6})(?![^\s\w]|[\d_])(.*)")
RULE = re.compile(r"[ \t]*([-*_=])(?:[ \t]*\1){2,}[ \t]*")
UNDERLINE = re.compile(r" {0,3}(={2,}|-{2,})[ \t]*")
FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)")
QUOTE = re.compile(r"[ \t]*((?:>[ \t]?)+)(.*)")
DEFINITION = re.compile(r" {0,3}\[(\^?)((?:[^\[\]\\]|\\.){1,200})\]:[ \t]*(.*)")
# No blank can be taken in two ways, or a long run of them would take the square of its length.
DELIMITERS = re.compile(r"[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?")
TERMINAL = tuple('.:;,!?…。；：，！？、»”")]—–|')
_JOINERS = (" and", " or", " и", " или", " либо", " et", " ou", " y", " o", " und", " oder")
_FIRSTS = frozenset({"1", "a", "i", "а", "一", "أ"})


def opens_block(text: str) -> bool:
    """Whether a paragraph of these words would be read as something else in Markdown."""
    return (
        marked_heading(text) is not None
        or RULE.fullmatch(text) is not None
        or FENCE.fullmatch(text) is not None
        or DEFINITION.match(text) is not None
        or item(text, lenient=True) is not None
        or mark_alone(text) is not None
        or _is_odd_quote(text)
    )


def _is_odd_quote(text: str) -> bool:
    """Whether these words, read as a quotation, would look different."""
    found = QUOTE.fullmatch(text)
    return found is not None and f"{found[1].strip()} {found[2]}" != text


def guarded(text: str) -> str:
    """The words with a backslash where they would begin another block; see `unguarded`."""
    if not opens_block(text):
        return text
    for at in (_first_mark(text), 0):
        escaped = f"{text[:at]}\\{text[at:]}"
        if not opens_block(escaped):
            return escaped
    return text


def unguarded(text: str) -> str:
    """The words without a backslash that stands only to keep them from beginning a block."""
    for at in {_first_mark(text), 0}:
        if text[at : at + 1] == "\\" and guarded(bare := text[:at] + text[at + 1 :]) == text:
            return bare
    return text


def _first_mark(text: str) -> int:
    return next((at for at, sign in enumerate(text) if not sign.isalnum()), 0)


def heading_like(text: str) -> bool:
    """Whether words look like a title and not like a sentence."""
    return bool(text) and len(text) <= 120 and not text.endswith(_SENTENCE_ENDS)


_SENTENCE_ENDS = tuple(".:;,。；：，|")


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def marked_heading(line: str) -> Heading | None:
    """The heading that a line marks; its text may be empty."""
    found = HEADING.fullmatch(line)
    if found is None:
        return None
    text = joined([found[2]])
    opened = text.rstrip("#")
    if not opened or opened.endswith(" "):
        text = opened.rstrip()  # the closing marks
    return Heading(len(found[1]), text)


def row(line: str) -> str:
    words = joined([line]).strip("|").strip()
    return f"| {words} |"


def figures(mark: str) -> int:
    figures = mark.strip("().")
    return int(figures) if figures.isdecimal() and figures.isascii() else 0


def interrupts(marked: Marked, last: str) -> bool:
    if not marked.rest or figures(marked.mark) > 999:
        return False
    end = last.rstrip()
    if marked.mark in "*+-•‣▪◦·":
        return True
    if not end:
        return True
    core = marked.mark.strip("().、（）")
    ended = end.endswith((".", ":", ";", ",", "—", "。", "；", "：")) or end.endswith(_JOINERS)
    return ended or (core in _FIRSTS and marked.mark not in ("a.", "i."))


def unwrapped(text: str) -> str:
    """A line without the emphasis that wraps all of it: "**Article 5**" is "Article 5"."""
    for mark in ("***", "**", "__", "*", "_") if text[:1] in ("*", "_") else ():
        inner = text[len(mark) : -len(mark)]
        if text.startswith(mark) and text.endswith(mark) and inner and mark[0] not in inner:
            return inner.strip()
    return text

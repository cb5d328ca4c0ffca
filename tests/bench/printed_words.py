"""What a reader of a text in Markdown reads: its words in order, its addresses, its items' numbers.

Told by a reader of CommonMark that Charter has no part in. An item has the number that is written
at it, but in a list whose items are all written with one number ("1. 1. 1."), which is CommonMark's
way to have them counted: those are 1, 2, 3. Bullets and punctuation are no words.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

_HAN = "\u3040-\u30ff\u3400-\u9fff"  # signs of scripts without spaces: a line's end is none there
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_READER = MarkdownIt("commonmark").enable("table")


def printed_words(text: str) -> list[str]:
    """Words and numbers of items, in the order of the text."""
    tokens = _READER.parse(text)
    numbers = _numbers(tokens)
    words: list[str] = []
    for at, token in enumerate(tokens):
        if at in numbers:
            words.append(numbers[at])
        words += _WORD.findall(_said(token))
    return words


def addresses(text: str) -> list[str]:
    """Where the links and pictures of a text lead, in order."""
    return [
        str(inner.attrs.get("href") or inner.attrs.get("src"))
        for token in _READER.parse(text)
        for inner in token.children or ()
        if inner.type in ("link_open", "image")
    ]


def _said(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(
        " " if inner.type in ("softbreak", "hardbreak") else inner.content
        for inner in token.children
    )


def _numbers(tokens: Sequence[Token]) -> dict[int, str]:
    """The number at each item of a numbered list, by the place of its token."""
    found: dict[int, str] = {}
    for items in _lists(tokens):
        written = [tokens[at].info for at in items]
        counted = len(set(written)) == 1
        for nth, (at, number) in enumerate(zip(items, written, strict=True)):
            found[at] = str(int(number) + nth) if counted else number
    return found


def _lists(tokens: Sequence[Token]) -> Iterator[list[int]]:
    """The places of the items of each numbered list."""
    open_lists: list[list[int]] = []
    for at, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_lists.append([])
        elif token.type == "list_item_open" and token.info:
            open_lists[-1].append(at)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            yield open_lists.pop()

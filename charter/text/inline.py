r"""The inline grammar of a wording: a small subset of CommonMark, with the table's square brackets.

    *emphasis* _emphasis_  **strong**  [words](https://…)  ^[footnote]  [](#clause)  [not agreed]

`[](#id)` prints the number of a clause. Square brackets are links only before `(`, everywhere else
they are what they are at the table and may nest. A backslash takes the meaning from the mark after
it; between backticks nothing is a mark. Links lead to http, https, mailto and places in the text
(`#…`) only. Whatever does not close, or is no mark, is words; every string can be parsed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from charter.text.marks import PUNCTUATION, is_address, parsed
from charter.text.nodes import (
    Bracketed,
    Emphasis,
    Footnote,
    Link,
    Node,
    Nodes,
    Reference,
    Strong,
    Words,
)

__all__ = [
    "Bracketed",
    "Emphasis",
    "Footnote",
    "Link",
    "Node",
    "Nodes",
    "Plain",
    "Reference",
    "Strong",
    "Words",
    "escaped",
    "is_address",
    "parse",
    "plain",
    "references",
]

_TO_ESCAPE = re.compile(rf"\\(?=[{PUNCTUATION}])|[*_`]|\^(?=\[)|(?<=\])\(")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Plain:
    """Words without marks: the body, with ¹ ² where notes stand, and the notes."""

    body: str
    notes: tuple[str, ...] = ()


def parse(text: str) -> Nodes:
    """The marks of a wording as a tree. Positions are code points of `text`."""
    return parsed(text)


def plain(text: str, number_of: Callable[[str], str | None] | None = None, first: int = 1) -> Plain:
    """A wording as a reader sees it; footnotes are counted from `first`.

    `number_of(id)` gives the number of a clause referred to; without one "…" is printed.
    """
    notes: list[str] = []

    def said(nodes: Nodes) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, Words):
                yield node.text
            elif isinstance(node, Reference):
                yield (number_of(node.clause) if number_of else None) or "…"
            elif isinstance(node, Footnote):
                at = len(notes)
                notes.append("")
                yield str(first + at).translate(_SUPERSCRIPT)
                notes[at] = "".join(said(node.children))
            elif isinstance(node, Bracketed):
                yield "["
                yield from said(node.children)
                yield "]"
            else:
                yield from said(node.children)

    body = "".join(said(parse(text)))
    return Plain(body, tuple(notes))


def escaped(words: str) -> str:
    """Source that `parse` reads as exactly these words (brackets stay brackets)."""
    if plain(words) == Plain(words):
        return words
    return _TO_ESCAPE.sub(r"\\\g<0>", words)


def references(text: str) -> tuple[str, ...]:
    """The ids of the clauses that a wording refers to, in order."""

    def named(nodes: Nodes) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, Reference):
                yield node.clause
            elif not isinstance(node, Words):
                yield from named(node.children)

    return tuple(named(parse(text)))

"""Words of a wording as a reader counts them: no marks, no punctuation, footnotes with the rest."""

import re
from collections.abc import Iterator

from charter.text import inline
from charter.text.align import aligned
from charter.text.lexicon import words_and_ends

# What may be a mark of the inline grammar; most wordings have none and need not be parsed.
_MARKED = re.compile(r"[\\`*_^\[]")


def words(text: str, language: str = "") -> list[str]:
    """The words and numbers of a wording in order, by ICU's rules; `language` is a BCP 47 tag.

    A reference to another clause counts for nothing: what it prints is not the wording's own.
    """
    return [word for word in words_and_ends(_read(text), language)[0] if _is_word(word)]


def count(text: str, language: str = "") -> int:
    """How many words and numbers a wording has."""
    return len(words(text, language))


def exchanged(before: list[str], after: list[str]) -> tuple[int, int]:
    """How many words came and how many went between two lists of words: the fewest that can be."""
    came = went = 0
    for b0, b1, a0, a1 in aligned(before, after):
        went += b1 - b0
        came += a1 - a0
    return came, went


def _read(text: str) -> str:
    if not _MARKED.search(text):
        return text
    notes: list[str] = []
    body = "".join(_said(inline.parse(text), notes))
    return " ".join((body, *notes))


def _said(nodes: inline.Nodes, notes: list[str]) -> Iterator[str]:
    for node in nodes:
        match node:
            case inline.Words(said):
                yield said
            case inline.Reference():
                yield " "
            case inline.Footnote(children):
                place = len(notes)
                notes.append("")
                notes[place] = "".join(_said(children, notes))
            case inline.Bracketed(children):
                yield "["
                yield from _said(children, notes)
                yield "]"
            case inline.Emphasis(children) | inline.Strong(children):
                yield from _said(children, notes)
            case inline.Link(_, children):
                yield from _said(children, notes)


def _is_word(token: str) -> bool:
    return token[0].isalnum() or (len(token) > 1 and any(map(str.isalnum, token)))

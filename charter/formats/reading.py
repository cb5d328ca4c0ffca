"""One door for files that come in: Markdown or plain text, by name and by content."""

import re

from charter.formats import markdown, plaintext
from charter.formats.source import Unreadable, text_of
from charter.text.outline import Outline

__all__ = ["Unreadable", "read"]

_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")
_HEADING_SIGN = re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE)
_MARKDOWN_SIGNS = re.compile(
    r"^ {0,3}#{1,6} \S|\*\*\S|\]\(|^\[[^\]\n]+\]: |^ {0,3}```", re.MULTILINE
)


def read(data: bytes, name: str = "", language: str = "en", scheme: str | None = None) -> Outline:
    """The outline of a file; `name` is the file's, "" when not known.

    Raises `Unreadable`, whose message is one sentence for the person, where it is no text.
    """
    name = name.lower()
    # A file that says it is plain text is: stars and brackets in it are words, like all others.
    signs = _HEADING_SIGN if name.endswith(".txt") else _MARKDOWN_SIGNS
    if name.endswith(_MARKDOWN_NAMES) or signs.search(text_of(data)):
        return markdown.read(data, language, scheme)
    return plaintext.read(data, language, scheme)

"""One door for files that come in: Markdown or plain text, by name and by content."""

import re

from charter.formats import markdown, plaintext
from charter.formats.source import Unreadable, text_of
from charter.text.outline import Outline

__all__ = ["Unreadable", "read"]

_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")
_MARKDOWN_SIGNS = re.compile(
    r"^ {0,3}#{1,6} \S|\*\*\S|\]\(|^\[[^\]\n]+\]: |^ {0,3}```", re.MULTILINE
)


def read(data: bytes, name: str = "", language: str = "en", scheme: str | None = None) -> Outline:
    """The outline of a file; `name` is the file's, "" when not known.

    Raises `Unreadable`, whose message is one sentence for the person, where it is no text.
    """
    is_markdown = name.lower().endswith(_MARKDOWN_NAMES)
    if is_markdown or _MARKDOWN_SIGNS.search(text_of(data)):
        return markdown.read(data, language, scheme)
    return plaintext.read(data, language, scheme)

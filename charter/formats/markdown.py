"""Markdown to outlines and back. What is written is read again as the same outline."""

from charter.formats.markdown_blocks import blocks
from charter.formats.markdown_notes import resolved
from charter.formats.markdown_tree import outline
from charter.formats.markdown_write import write
from charter.formats.source import Unreadable, text_of
from charter.formats.unmarked import marked, titled
from charter.text.outline import Outline
from charter.text.settling import settled

__all__ = ["Unreadable", "read", "write"]


def read(data: bytes, language: str = "en", scheme: str | None = None) -> Outline:
    """The outline of a text in Markdown; `Unreadable` where the bytes are no text.

    No word is lost or put elsewhere but footnotes and addresses, which go where they are meant.
    `scheme` is the numbering of the charter the text is for; without it the text decides.
    """
    found = blocks(text_of(data))
    tree = outline(resolved(titled(found)), language, bool(marked(found)))
    return settled(tree, scheme)

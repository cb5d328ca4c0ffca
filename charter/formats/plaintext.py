"""Plain text to outlines: no marks but numbers, bullets and the words that name a unit."""

from dataclasses import replace

from charter.formats.blocks import Block, Break, Definition, Heading, Item, Paragraph
from charter.formats.labels import named
from charter.formats.lines import heading_like
from charter.formats.markdown_blocks import blocks
from charter.formats.markdown_marks import is_front_matter
from charter.formats.markdown_tree import outline
from charter.formats.source import text_of
from charter.text.inline import escaped
from charter.text.outline import Outline
from charter.text.settling import settled


def read(data: bytes, language: str = "en", scheme: str | None = None) -> Outline:
    """The outline of a plain text; `Unreadable` where the bytes are no text.

    A first line that looks like a title is the title. What Markdown would take for a mark is
    escaped, so that the words stay what they are.
    """
    found = tuple(_escaped(block) for block in blocks(text_of(data), False, language))
    read = replace(outline(_titled(found), language, marked=False), marked=False)
    return settled(read, scheme)


def _titled(found: tuple[Block, ...]) -> tuple[Block, ...]:
    if found and isinstance(found[0], Paragraph) and is_front_matter(found[0].text):
        return (found[0], *_titled(found[1:]))
    first = found[0] if found else None
    if isinstance(first, Heading | Paragraph) and named(first.text) is None:
        if isinstance(first, Heading):
            titled = first.level == 0
        else:
            titled = len(found) > 1 and heading_like(first.text)
        if titled:
            return (Heading(1, first.text), *found[1:])
    return found


def _escaped(block: Block) -> Block:
    if isinstance(block, Break):
        return block
    if isinstance(block, Item):
        return replace(block, blocks=tuple(_escaped(inner) for inner in block.blocks))
    if isinstance(block, Definition):
        return Paragraph(escaped(block.source))
    return replace(block, text=escaped(block.text))

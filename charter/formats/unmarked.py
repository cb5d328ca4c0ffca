"""Which units a text in Markdown names on lines that carry no mark of a heading.

Often only the title has a mark: then all units are known by their words. Where other headings have
marks, too, a kind that none of them names is known where its lines count from one, and so it is
where it is set off at the head of paragraphs, "**Section 1.** All.".
"""

import re
from collections.abc import Sequence

from charter.formats.blocks import Block, Heading, Paragraph
from charter.formats.breaks import opens
from charter.formats.labels import Named, named
from charter.formats.lines import heading_like, led, unit, unwrapped
from charter.formats.markdown_marks import is_front_matter
from charter.text.kinds import Kind
from charter.text.numerals import ARABIC, value

_COUNTED = frozenset({Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE})
_ONE = re.compile(r"\b(?:one|first|prem|prim|перв|erst|الأول|واحد)", re.IGNORECASE)


def marked(found: Sequence[Block]) -> list[Heading]:
    """The headings with a mark, but for the title."""
    headings = [block for block in found if isinstance(block, Heading) and block.level]
    return headings[1:] if headings and title_at(found) is not None else headings


def title_at(found: Sequence[Block]) -> int | None:
    """The place of the block that is the title, if one is: the first, after any front matter."""
    at = 1 if found and isinstance(found[0], Paragraph) and is_front_matter(found[0].text) else 0
    first = found[at] if at < len(found) else None
    if isinstance(first, Heading) and first.level == 1 and named(unwrapped(first.text)) is None:
        return at
    return None


def titled(found: tuple[Block, ...]) -> tuple[Block, ...]:
    """Where units are named and nothing has a mark, a first line that looks like a title is it."""
    headings = [block for block in found if isinstance(block, Heading)]
    first = found[0] if found else None
    if not headings or any(block.level for block in headings):
        return found
    if isinstance(first, Paragraph) and heading_like(first.text) and opens(first.text):
        return (Heading(1, first.text), *found[1:])
    return found


def unmarked_kinds(found: Sequence[Block]) -> frozenset[Kind]:
    """The kinds to be known without a mark: all where only the title has one."""
    headings = marked(found)
    if not headings:
        return frozenset(Kind)
    known = {name.kind for block in headings if (name := named(unwrapped(block.text)))}
    firsts: dict[Kind, str] = {}
    for block in found:
        if isinstance(block, Paragraph) and (name := unit(block.text) or _set_off(block.text)):
            firsts.setdefault(name.kind, name.label)
    return frozenset(kind for kind in _COUNTED - known if kind in firsts and _is_one(firsts[kind]))


def _is_one(label: str) -> bool:
    return value(label, ARABIC) == 1 or _ONE.search(label) is not None


def _set_off(text: str) -> Named | None:
    lead = led(text)
    return lead[0] if lead else None

"""Puts numbered and bulleted items into the tree: which hold which, which are paragraphs.

Marks of a new manner go one level down, those of an earlier one go back up to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from charter.formats.blocks import Block, Heading, Item, Paragraph
from charter.formats.headings import heading_words
from charter.formats.labels import style
from charter.formats.lines import heading_like, unguarded, unwrapped
from charter.text.kinds import Kind, may_hold
from charter.text.numerals import LETTERS, roman_value
from charter.text.outline import Clause


@dataclass(slots=True)
class Node:
    """A clause in the making; `label` is what the text prints at it, "" for nothing."""

    kind: Kind
    label: str = ""
    heading: str = ""
    text: str = ""
    children: "list[Node]" = field(default_factory=list)
    level: int = 0
    recognised: bool = False

    def clause(self) -> Clause:
        children = tuple(child.clause() for child in self.children)
        return Clause(self.kind, self.text, self.heading, numeral=self.label, children=children)


@dataclass(slots=True)
class ItemList:
    """The items in the making at one place: their manner, the last one, its mark as written."""

    into: list[Node]
    holder: Node | None
    manner: str = ""
    mark: str = ""
    uniform: bool = True  # whether all items so far were written with this mark
    last: Node | None = None
    inner: "ItemList | None" = None  # the items under the last one

    def after(self, node: Node) -> None:
        """Items that follow belong to this unnumbered clause."""
        self.manner, self.mark, self.last = "", "", node
        self.inner = ItemList(node.children, node)

    def chain(self) -> "list[ItemList]":
        """This list and those open inside it, the innermost last."""
        out, inner = [self], self.inner
        while inner:
            out.append(inner)
            inner = inner.inner
        return out


def place_item(items: ItemList, block: Item) -> None:
    chain = items.chain()
    manner = _manner(block.mark, chain)
    place = next((one for one in chain if one.manner == manner), None)
    if place is None:
        place = chain[-1]
        if _is_paragraph(manner, items):
            place = items
    node = Node(Kind.POINT, _label(block.mark, place))
    if place.last and place.manner == manner:
        node.kind = place.last.kind
    elif _is_paragraph(manner, place):
        node.kind = Kind.PARAGRAPH
    place.into.append(node)
    place.uniform = place.manner != manner or (place.uniform and place.mark == block.mark)
    place.manner, place.mark, place.last = manner, block.mark, node
    place.inner = ItemList(node.children, node)
    fill(node, block.blocks, place.inner)


def _is_paragraph(manner: str, items: ItemList) -> bool:
    """Whether items of this manner are paragraphs of what holds them, and not points."""
    if not _counts_paragraphs(manner):
        return False
    if items.holder is not None and not may_hold(items.holder.kind, Kind.PARAGRAPH):
        return False
    if items.last is None:
        return items.holder is None or not items.holder.text.endswith((":", "："))
    if items.manner == "":
        return not items.last.text.endswith((":", "："))
    return items.manner == "•"


def fill(node: Node, blocks: Sequence[Block], items: ItemList) -> None:
    """Heading, text and points of an item."""
    for at, block in enumerate(blocks):
        if isinstance(block, Item):
            place_item(items, block)
            continue
        text = block.text if isinstance(block, Heading | Paragraph) else ""
        if not text:
            continue
        if at == 0 and _is_item_heading(block, blocks):
            node.heading = heading_words(unwrapped(text))
        elif not node.text and not node.children:
            node.text = unguarded(text)
        else:
            continued = Node(Kind.POINT, text=unguarded(text))
            items.into.append(continued)
            items.after(continued)


def _counts_paragraphs(manner: str) -> bool:
    """Figures count paragraphs; letters, bullets and bracketed Chinese numbers count points."""
    return "1" in manner or manner == "一、"


def _is_item_heading(block: Block, blocks: Sequence[Block]) -> bool:
    if isinstance(block, Heading):
        return True
    text = block.text if isinstance(block, Paragraph) else ""
    following = blocks[1] if len(blocks) > 1 else None
    if unwrapped(text) != text and not _is_emphasis(text):
        return True
    titled = heading_like(text) and not text[:1].islower()
    return titled and isinstance(following, Paragraph)


def _is_emphasis(text: str) -> bool:
    """Wrapped in single marks, which stress words and do not make a heading."""
    return not text.startswith(("**", "__"))


def _label(mark: str, items: ItemList) -> str:
    """What is printed at an item; of items that are all written "1.", the true number."""
    if style(mark) == "•":
        return mark if mark in "–—" else "•"
    if mark == items.mark and items.uniform and mark[:-1].isdecimal() and items.last:
        return f"{int(items.last.label[:-1]) + 1}{mark[-1]}"
    return mark


def _manner(mark: str, chain: Sequence[ItemList]) -> str:
    """The manner of a mark; where "(i)" may be a letter or a number, what goes on from above."""
    shape = style(mark)
    core = mark.strip("().").split(" ")[0]
    value = roman_value(core) if core.islower() else None
    if value is None:
        return shape
    letters = mark.replace(core, "a", 1)
    romans = mark.replace(core, "i", 1)
    for items in reversed(chain):
        before = items.last.label.strip("().").split(" ")[0] if items.last else ""
        if items.manner == letters and LETTERS.read(before) == (LETTERS.read(core) or 0) - 1:
            return letters
        if items.manner == romans:
            return romans
    return romans if len(core) > 1 or value == 1 else letters

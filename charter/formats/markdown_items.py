"""Puts numbered and bulleted items into the tree: which hold which, which are paragraphs.

A mark continues the open list in which it comes next, the innermost of them; an indent decides
before that. Marks of a new manner go one level down, those of an earlier one go back up to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from charter.formats.blocks import Block, Heading, Item, Paragraph
from charter.formats.headings import heading_words
from charter.formats.lines import heading_like, unguarded, unwrapped
from charter.formats.series import Counts, counts, going_on
from charter.text.kinds import Kind, may_hold
from charter.text.outline import Clause

DEPTH = 16  # items inside items; those nested deeper stand beside one another


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
    """The items in the making at one place: how they count, the last one, its mark as written.

    `manner` is the likeliest of `counts`, "•" for bullets, "" before the first item.
    """

    into: list[Node]
    holder: Node | None
    manner: str = ""
    counts: Counts = ()
    mark: str = ""
    same: list[Node] = field(default_factory=list)  # its items, while all have the mark of the last
    counted: bool = False  # whether those count up from it
    last: Node | None = None
    inner: "ItemList | None" = None  # the items under the last one
    level: int = 0  # items around these
    indented: bool = False  # whether its items stand further in than what holds them

    def after(self, node: Node) -> None:
        """Items that follow belong to this unnumbered clause."""
        self.manner, self.counts, self.mark, self.last = "", (), "", node
        self.inner = ItemList(node.children, node, level=self.level)

    def chain(self) -> "list[ItemList]":
        """This list and those open inside it, the innermost last."""
        out, inner = [self], self.inner
        while inner:
            out.append(inner)
            inner = inner.inner
        return out


def place_item(items: ItemList, block: Item) -> None:
    found = counts(block.mark)
    chain = _beside(items.chain())
    place, going = _place(block.mark, found, chain if block.strict else items.chain())
    manner = (going or found)[0].manner if found else "•"
    if place is None:
        room = [items for items in chain if items.level < DEPTH] or chain[:1]
        place = items if _is_paragraph(manner, items) else room[-1]
    node = Node(Kind.POINT, _label(block.mark))
    continues = place.last is not None and place.manner == manner
    _count(place, node, block, continues)
    if place.last and continues:
        node.kind = place.last.kind
    elif _is_paragraph(manner, place):
        node.kind = Kind.PARAGRAPH
    place.into.append(node)
    place.manner, place.counts, place.mark, place.last = manner, going or found, block.mark, node
    place.inner = ItemList(node.children, node, level=place.level + 1)
    fill(node, block.blocks, place.inner if place.inner.level < DEPTH else place)
    place.inner.indented = place.inner.last is not None


def _beside(chain: Sequence[ItemList]) -> Sequence[ItemList]:
    """The lists of a chain whose items stand no further in than those of the first."""
    inner = next((at for at, items in enumerate(chain) if items.indented), len(chain))
    return chain[: max(inner, 1)]


def _place(mark: str, found: Counts, chain: Sequence[ItemList]) -> tuple[ItemList | None, Counts]:
    """The open list that an item belongs to and the counts that say so; None where it opens one."""
    beside = len(_beside(chain))
    for items in (*reversed(chain[:beside]), *reversed(chain[beside:])):
        if going := going_on(found, items.counts):
            return items, going
    likeliest = found[0].manner if found else "•"
    alike = [items for items in chain if items.manner == likeliest]
    if not alike:
        return None, ()
    if any(count.is_first for count in found):
        again = alike[-1]
        counting = next(items for items in reversed(chain) if items.counts)
        if again is not counting and not (again.same and again.mark == mark):
            return None, ()
    return alike[0], ()


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


def _label(mark: str) -> str:
    """What is printed at an item: its mark, one sign for every bullet."""
    return mark if counts(mark) or mark in "–—" else "•"


def _count(items: ItemList, node: Node, block: Item, continues: bool) -> None:
    """Number an item of Markdown's own, the next of `items`: "1. 1. 1." is 1, 2, 3.

    Figures of which one is another are those that are meant: "1. 1. 2." is 1, 1, 2.
    """
    parted = items.inner is not None and items.inner.last is not None and not items.inner.indented
    if parted or not continues:
        items.same, items.counted = [node], block.counted
    elif items.same and (block.mark, block.counted) == (items.mark, items.counted):
        if block.counted:
            node.label = f"{int(block.mark[:-1]) + len(items.same)}{block.mark[-1]}"
        items.same.append(node)
    else:
        for one in items.same:
            one.label = items.mark if items.counted else one.label
        items.same = []

"""Builds the tree of clauses out of blocks: what holds what, what is a number, what a heading.

Headings hold by the ladder of their kinds where words name them, and by level where not. A plain
paragraph is a paragraph without a number (a recital in a preamble); "1." is a paragraph, "(a)" and
bullets are points of what stands before them. Marks of a new manner go one level down, those of an
earlier one go back up to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from charter.formats.blocks import Block, Break, Heading, Item, Paragraph
from charter.formats.labels import Named, is_closing, named, numbered, style
from charter.formats.lines import heading_like, unguarded, unwrapped
from charter.text.inline import Bracketed, Emphasis, Nodes, Strong, Words, escaped, parse, plain
from charter.text.kinds import Kind, may_hold
from charter.text.numerals import LETTERS, roman_value
from charter.text.outline import Clause, Outline

HEADING_LEVELS = 5  # a Markdown heading below the title has no more than these

_STEPS = {Kind.PART: 1, Kind.CHAPTER: 2, Kind.SECTION: 3, Kind.ARTICLE: 4}
_BARE_LEVELS = {Kind.ANNEX: 1, Kind.PREAMBLE: 1, **_STEPS}


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


def outline(blocks: Sequence[Block], language: str, marked: bool = True) -> Outline:
    """The outline of a text. Its numerals are all given ones: exactly what the text prints."""
    builder = _Builder(blocks, marked)
    builder.build()
    return Outline(builder.title, tuple(node.clause() for node in builder.root), language)


@dataclass(slots=True)
class _List:
    """The items in the making at one place: their manner, the last one, its mark as written."""

    into: list[Node]
    holder: Node | None
    manner: str = ""
    mark: str = ""
    uniform: bool = True  # whether all items so far were written with this mark
    last: Node | None = None
    inner: "_List | None" = None  # the items under the last one

    def after(self, node: Node) -> None:
        """Items that follow belong to this unnumbered clause."""
        self.manner, self.mark, self.last = "", "", node
        self.inner = _List(node.children, node)

    def chain(self) -> "list[_List]":
        """This list and those open inside it, the innermost last."""
        out, inner = [self], self.inner
        while inner:
            out.append(inner)
            inner = inner.inner
        return out


class _Builder:
    def __init__(self, blocks: Sequence[Block], marked: bool) -> None:
        self.blocks = blocks
        self.marked = marked
        self.title = ""
        self.leaving = 0  # units that the next words no longer stand in
        self.root: list[Node] = []
        self.stack: list[Node] = []
        self.list = _List(self.root, None)
        self.sections_inside = _articles_hold_sections(blocks) if not marked else False
        self.nested = _nested(blocks)
        self.sections_as_parts = _sections_hold_chapters(blocks)

    def build(self) -> None:
        for at, block in enumerate(self.blocks):
            if self.leaving and isinstance(block, Paragraph | Item):
                self._leave()
            if isinstance(block, Heading):
                self._heading(block, first=at == 0)
            elif isinstance(block, Paragraph):
                self._paragraph(block, self.blocks[at + 1 : at + 2])
            elif isinstance(block, Item):
                self._item(self.list, block)
            elif isinstance(block, Break):
                self.leaving += 1 if block.inner else len(self.stack)
        self._preamble()

    def _leave(self) -> None:
        """What comes after a line across the page no longer stands under the heading above it."""
        if self.stack:
            del self.stack[max(0, len(self.stack) - self.leaving) :]
            top = self.stack[-1] if self.stack else None
            self.list = _List(top.children, top) if top else _List(self.root, None)
        self.leaving = 0

    def _heading(self, block: Heading, first: bool) -> None:
        self.leaving = 0
        text, literal = _unguarded_heading(unwrapped(block.text))
        found = None if literal else named(text)
        if first and block.level == 1 and found is None:
            self.title = _heading_words(text)
            return
        top = self.stack[-1] if self.stack else None
        if found is None and block.level == 0 and top and _awaits_heading(top):
            top.heading = _heading_words(text)
            return
        if found:
            kind = found.kind
            if kind is Kind.SECTION and self.sections_as_parts:
                kind = Kind.PART
            node = Node(kind, found.label, _heading_words(found.rest), recognised=True)
            node.level = block.level or _BARE_LEVELS[kind]
            if not block.level and kind is Kind.SECTION and self.sections_inside:
                node.level = _STEPS[Kind.ARTICLE] + 1
        else:
            label, words = (None if literal else numbered(text)) or ("", text)
            label = f"{label}." if label and label[-1].isalnum() else label
            node = Node(Kind.SECTION, label, _heading_words(words), level=block.level or 3)
        self._hold(node)

    def _hold(self, node: Node) -> None:
        while self.stack and not self._fits(node):
            self.stack.pop()
        while self.stack and len(self.stack) >= HEADING_LEVELS:
            self.stack.pop()
        into = self.stack[-1].children if self.stack else self.root
        into.append(node)
        self.stack.append(node)
        self.list = _List(node.children, node)

    def _fits(self, node: Node) -> bool:
        """Whether the innermost open unit holds this one."""
        *outer, holder = self.stack
        if not may_hold(holder.kind, node.kind):
            return False
        if node.level > holder.level:
            return True
        if not (holder.recognised and node.recognised):
            return False
        if any(unit.kind is node.kind for unit in outer):
            return False
        if node.level == holder.level and (holder.kind, node.kind) in self.nested:
            return False
        if holder.kind is Kind.ANNEX:
            return True
        return _STEPS.get(holder.kind, 9) < _STEPS.get(node.kind, 0)

    def _paragraph(self, block: Paragraph, following: Sequence[Block]) -> None:
        text = block.text
        if not text:
            return
        top = self.stack[-1] if self.stack else None
        if top and _awaits_heading(top) and self._is_heading(text, following):
            top.heading = _heading_words(unwrapped(text))
            return
        text = unguarded(text)
        if not self.marked and is_closing(text):
            self.stack, self.list = [], _List(self.root, None)
            top = None
        if block.tight and top and not top.text and not top.children:
            top.text = text
            return
        kind = Kind.RECITAL if top and top.kind is Kind.PREAMBLE else Kind.PARAGRAPH
        node = Node(kind, text=text)
        self.list.into.append(node)
        self.list.after(node)

    def _is_heading(self, text: str, following: Sequence[Block]) -> bool:
        """Whether the first words under a bare number are its heading."""
        if not heading_like(text) or not isinstance(next(iter(following), None), Paragraph | Item):
            return False
        if unwrapped(text) != text:
            return True
        return not self.marked and not text[:1].islower()

    def _item(self, items: _List, block: Item) -> None:
        chain = items.chain()
        manner = _manner(block.mark, chain)
        place = next((one for one in chain if one.manner == manner), None)
        if place is None:
            place = chain[-1]
            if self._is_paragraph(manner, items):
                place = items
        node = Node(Kind.POINT, _label(block.mark, place))
        if place.last and place.manner == manner:
            node.kind = place.last.kind
        elif self._is_paragraph(manner, place):
            node.kind = Kind.PARAGRAPH
        place.into.append(node)
        place.uniform = place.manner != manner or (place.uniform and place.mark == block.mark)
        place.manner, place.mark, place.last = manner, block.mark, node
        place.inner = _List(node.children, node)
        self._fill(node, block.blocks, place.inner)

    def _is_paragraph(self, manner: str, items: _List) -> bool:
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

    def _fill(self, node: Node, blocks: Sequence[Block], items: _List) -> None:
        """Heading, text and points of an item."""
        for at, block in enumerate(blocks):
            if isinstance(block, Item):
                self._item(items, block)
                continue
            text = block.text if isinstance(block, Heading | Paragraph) else ""
            if not text:
                continue
            if at == 0 and _is_item_heading(block, blocks):
                node.heading = _heading_words(unwrapped(text))
            elif not node.text and not node.children:
                node.text = unguarded(text)
            else:
                continued = Node(Kind.POINT, text=unguarded(text))
                items.into.append(continued)
                items.after(continued)

    def _preamble(self) -> None:
        """Opening paragraphs that are recitals by their punctuation become the preamble."""
        count = 0
        for node in self.root:
            if node.kind is not Kind.PARAGRAPH or node.label or node.heading:
                break
            count += 1
        opening = self.root[:count]
        enacting = any(node.recognised for node in self.root[count:])
        if enacting and any(node.text.endswith((",", ";", "，", "；", "،")) for node in opening):
            for node in opening:
                node.kind = Kind.RECITAL
            self.root[:count] = [Node(Kind.PREAMBLE, children=opening)]


def _counts_paragraphs(manner: str) -> bool:
    """Figures count paragraphs; letters, bullets and bracketed Chinese numbers count points."""
    return "1" in manner or manner == "一、"


def _awaits_heading(node: Node) -> bool:
    return bool(node.label) and not (node.heading or node.text or node.children)


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


def _heading_words(text: str) -> str:
    """A heading bare of its marks, unless it has some that say more than how words look."""
    return plain(text).body if _is_bare(parse(text)) else text


def heading_source(heading: str) -> str:
    """Markdown that `_heading_words` reads as this heading."""
    return escaped(heading) if _is_bare(parse(heading)) else heading


def _is_bare(nodes: Nodes) -> bool:
    return all(
        isinstance(node, Words)
        or (isinstance(node, Emphasis | Strong | Bracketed) and _is_bare(node.children))
        for node in nodes
    )


def _unguarded_heading(text: str) -> tuple[str, bool]:
    """A heading without the backslash that keeps it from being read as a number; had it one?"""
    if text.startswith("\\") and (named(text[1:]) or numbered(text[1:])):
        return text[1:], True
    return text, False


def _label(mark: str, items: _List) -> str:
    """What is printed at an item; of items that are all written "1.", the true number."""
    if style(mark) == "•":
        return mark if mark in "–—" else "•"
    if mark == items.mark and items.uniform and mark[:-1].isdecimal() and items.last:
        return f"{int(items.last.label[:-1]) + 1}{mark[-1]}"
    return mark


def _manner(mark: str, chain: Sequence[_List]) -> str:
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


def _articles_hold_sections(blocks: Iterable[Block]) -> bool:
    return _first_of(blocks, (Kind.ARTICLE, Kind.SECTION)) is Kind.ARTICLE


def _sections_hold_chapters(blocks: Iterable[Block]) -> bool:
    found = {found.kind for found in _names(blocks)}
    return Kind.CHAPTER in found and (
        _first_of(blocks, (Kind.CHAPTER, Kind.SECTION)) is Kind.SECTION
    )


def _nested(blocks: Iterable[Block]) -> set[tuple[Kind, Kind]]:
    """Kinds of which the second stands somewhere under the first by the level of its heading.

    Where levels say so once, two such headings of one level are not one inside the other.
    """
    pairs: set[tuple[Kind, Kind]] = set()
    stack: list[tuple[int, Kind]] = []
    for block in blocks:
        if not isinstance(block, Heading) or not block.level:
            continue
        found = named(unwrapped(block.text))
        kind = found.kind if found else Kind.SECTION
        while stack and (stack[-1][0] >= block.level or not may_hold(stack[-1][1], kind)):
            stack.pop()
        pairs.update((holder, kind) for _, holder in stack)
        stack.append((block.level, kind))
    return pairs


def _first_of(blocks: Iterable[Block], kinds: tuple[Kind, ...]) -> Kind | None:
    return next((found.kind for found in _names(blocks) if found.kind in kinds), None)


def _names(blocks: Iterable[Block]) -> Iterator[Named]:
    for block in blocks:
        if isinstance(block, Heading) and (found := named(unwrapped(block.text))):
            yield found

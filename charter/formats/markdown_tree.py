"""Builds the tree of clauses out of blocks: what holds what, what is a number, what a heading.

Headings hold by the ladder of their kinds where words name them, and by level where not. A plain
paragraph is a paragraph without a number (a recital in a preamble); "1." is a paragraph, "(a)" and
bullets are points of what stands before them. Marks of a new manner go one level down, those of an
earlier one go back up to it.
"""

from collections.abc import Iterable, Iterator, Sequence

from charter.formats.blocks import Block, Break, Heading, Item, Paragraph
from charter.formats.breaks import opens
from charter.formats.counted_names import counted_names
from charter.formats.headings import heading_words
from charter.formats.labels import Named, is_closing, named, numbered
from charter.formats.lines import heading_like, unguarded, unwrapped
from charter.formats.markdown_items import ItemList, Node, place_item
from charter.formats.markdown_marks import is_front_matter
from charter.text.kinds import Kind, may_hold
from charter.text.outline import Outline

HEADING_LEVELS = 5  # a Markdown heading below the title has no more than these

_STEPS = {Kind.PART: 1, Kind.CHAPTER: 2, Kind.SECTION: 3, Kind.ARTICLE: 4}
_RECITAL_ENDS = (",", ";", "，", "；", "،")
_HOLDERS = frozenset({Kind.PART, Kind.CHAPTER, Kind.SECTION})
_BARE_LEVELS = {Kind.ANNEX: 1, Kind.PREAMBLE: 1, **_STEPS}


def outline(blocks: Sequence[Block], language: str, marked: bool = True) -> Outline:
    """The outline of a text. Its numerals are all given ones: exactly what the text prints."""
    builder = _Builder(blocks, marked, language)
    builder.build()
    return Outline(builder.title, tuple(node.clause() for node in builder.root), language)


class _Builder:
    def __init__(self, blocks: Sequence[Block], marked: bool, language: str) -> None:
        self.blocks = blocks
        self.marked = marked
        self.title = ""
        self.leaving = 0  # units that the next words no longer stand in
        self.root: list[Node] = []
        self.stack: list[Node] = []
        self.list = ItemList(self.root, None)
        self.sections_inside = _articles_hold_sections(blocks)
        self.nested = _nested(blocks)
        self.counted = counted_names(
            (unwrapped(block.text) for block in blocks if isinstance(block, Heading)), language
        )
        self.sections_as_parts = _sections_hold_chapters(blocks)

    def build(self) -> None:
        for at, block in enumerate(self.blocks):
            if self.leaving and isinstance(block, Paragraph | Item):
                self._leave()
            if isinstance(block, Heading):
                self._heading(block, first=at == 0 or (at == 1 and self._after_front_matter()))
            elif isinstance(block, Paragraph):
                self._paragraph(block, self.blocks[at + 1 : at + 2])
            elif isinstance(block, Item):
                place_item(self.list, block)
            elif isinstance(block, Break):
                self.leaving += 1 if block.inner else len(self.stack)
        self._preamble()

    def _leave(self) -> None:
        """What comes after a line across the page no longer stands under the heading above it."""
        if self.stack:
            del self.stack[max(0, len(self.stack) - self.leaving) :]
            top = self.stack[-1] if self.stack else None
            self.list = ItemList(top.children, top) if top else ItemList(self.root, None)
        self.leaving = 0

    def _after_front_matter(self) -> bool:
        block = self.blocks[0]
        return isinstance(block, Paragraph) and is_front_matter(block.text)

    def _heading(self, block: Heading, first: bool) -> None:
        self.leaving = 0
        text, literal = _unguarded_heading(unwrapped(block.text))
        found = None if literal else named(text) or self.counted.get(text)
        if first and block.level == 1 and found is None:
            self.title = heading_words(text)
            return
        top = self.stack[-1] if self.stack else None
        if found is None and block.level == 0 and top and _awaits_heading(top):
            top.heading = heading_words(text)
            return
        if found:
            kind = found.kind
            if kind is Kind.SECTION and self.sections_as_parts and not found.inner:
                kind = Kind.PART
            node = Node(kind, found.label, heading_words(found.rest), recognised=True)
            node.level = block.level or self._bare_level(kind) + found.inner
        else:
            label, words = (None if literal else numbered(text)) or ("", text)
            label = f"{label}." if label and label[-1].isalnum() else label
            node = Node(Kind.SECTION, label, heading_words(words), level=block.level or 3)
        self._hold(node)

    def _bare_level(self, kind: Kind) -> int:
        """The level of a heading without a mark: below all that have one."""
        below = HEADING_LEVELS + 1 if self.marked else 0
        if kind is Kind.SECTION and self.sections_inside:
            return below + _STEPS[Kind.ARTICLE] + 1
        return below + _BARE_LEVELS[kind]

    def _hold(self, node: Node) -> None:
        while self.stack and not self._fits(node):
            self.stack.pop()
        while self.stack and len(self.stack) >= HEADING_LEVELS:
            self.stack.pop()
        into = self.stack[-1].children if self.stack else self.root
        into.append(node)
        self.stack.append(node)
        self.list = ItemList(node.children, node)

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
        if top and _awaits_heading(top) and self._is_heading(text, top.kind, following):
            top.heading = heading_words(unwrapped(text))
            return
        text = unguarded(text)
        if not self.marked and is_closing(text):
            self.stack, self.list = [], ItemList(self.root, None)
            top = None
        if block.tight and top and not top.text and not top.children:
            top.text = text
            return
        kind = Kind.RECITAL if top and top.kind is Kind.PREAMBLE else Kind.PARAGRAPH
        node = Node(kind, text=text)
        self.list.into.append(node)
        self.list.after(node)

    def _is_heading(self, text: str, kind: Kind, following: Sequence[Block]) -> bool:
        """Whether the first words under a bare number are its heading."""
        after = next(iter(following), None)
        if not heading_like(text) or not isinstance(after, Block):
            return False
        if isinstance(after, Heading):  # what holds other units needs no words between
            return not self.marked and kind in _HOLDERS and opens(text)
        if not isinstance(after, Paragraph | Item):
            return False
        if unwrapped(text) != text:
            return True
        return not self.marked and not text[:1].islower()

    def _preamble(self) -> None:
        """Opening paragraphs that are recitals by their punctuation become the preamble."""
        count = 0
        for node in self.root:
            if node.kind is not Kind.PARAGRAPH or node.label or node.heading:
                break
            count += 1
        opening = self.root[:count]
        stops = [at for at, node in enumerate(opening) if node.text.endswith(_RECITAL_ENDS)]
        if not stops:
            return
        if any(node.recognised for node in self.root[count:]):
            first = 0
        elif len(stops) > 1 and count < len(self.root) and self.root[count].label:
            first = stops[0]  # a resolution: its recitals come before numbered paragraphs
        else:
            return
        for node in opening[first:]:
            node.kind = Kind.RECITAL
        self.root[first:count] = [Node(Kind.PREAMBLE, children=opening[first:])]


def _awaits_heading(node: Node) -> bool:
    return bool(node.label) and not (node.heading or node.text or node.children)


def _unguarded_heading(text: str) -> tuple[str, bool]:
    """A heading without the backslash that keeps it from being read as a number; had it one?"""
    if text.startswith("\\") and (named(text[1:]) or numbered(text[1:])):
        return text[1:], True
    return text, False


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

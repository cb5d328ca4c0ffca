"""Cuts the lines of a text into headings, paragraphs and items, in Markdown or without marks.

A reader of legal texts and not of CommonMark's letter: "(a)", "§ 3" and "一、" are marks too, an
indent is no code, a sloppy indent still belongs to its item, and every line that is nothing else
is words. Nothing is dropped but marks; blocks come in the order of their words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from charter.formats import breaks, markdown_marks
from charter.formats.blocks import Block, Break, Heading, Item, Paragraph
from charter.formats.decimals import TOP, decimal_level, is_first_under
from charter.formats.headings import addressed
from charter.formats.item_marks import Marked, item, mark_alone
from charter.formats.labels import Named, named
from charter.formats.line_manner import Manner, cut
from charter.formats.lines import (
    DEFINITION,
    FENCE,
    QUOTE,
    RULE,
    TERMINAL,
    UNDERLINE,
    heading_like,
    indent,
    is_title,
    led,
    marked_heading,
    unit,
    unwrapped,
)
from charter.formats.listing import Listing
from charter.formats.markdown_items import DEPTH
from charter.formats.numbered_heads import NumberedHeads
from charter.formats.plain_lines import plain_lines
from charter.formats.series import Open, alike
from charter.formats.stopped_titles import stopped_kinds
from charter.formats.unmarked import unmarked_kinds
from charter.formats.wrapping import joined


def blocks(text: str, markdown: bool = True, language: str = "en") -> tuple[Block, ...]:
    """The blocks of a text. In plain text every mark of Markdown but bullets is words."""
    lines = cut(text)
    if markdown:
        found = tuple(_Cutter(lines, Manner(), 0).blocks())
        unmarked = unmarked_kinds(found)
        if not unmarked:
            return found
        lines = cut(text)
        manner = Manner(unmarked=unmarked, led=True, stopped=stopped_kinds(lines))
        return tuple(_Cutter(lines, manner, 0).blocks())
    lines, manner = plain_lines(lines, language)
    return tuple(_Cutter(lines, manner, 0).blocks())


class _Cutter:
    def __init__(self, lines: list[str], manner: Manner, depth: int) -> None:
        self.lines = lines
        self.manner = manner
        self.depth = depth
        self.at = 0
        self.bare = False  # whether the line before named a unit and said no more
        self.listing = Listing(lines, manner.width)
        self.heads = NumberedHeads(lines)

    def blocks(self) -> Iterator[Block]:
        if self.depth == 0 and self.manner.markdown:
            words, self.at = markdown_marks.front_matter(self.lines)
            if words:
                yield Paragraph(words)
        tight = False
        while self.at < len(self.lines):
            if not self.lines[self.at].strip():
                self.at += 1
                tight = self.bare = False
                continue
            for block in self._block(tight):
                yield block
                tight = isinstance(block, Heading)
                if tight:
                    self.listing.open = Open()

    def _block(self, tight: bool) -> Iterator[Block]:
        line = self.lines[self.at]
        sign = line.lstrip()[0]
        if sign in "-*_=" and RULE.fullmatch(line):
            self.at += 1
            if self.manner.markdown and self.depth == 0 and sign != "=":
                yield Break(sign == "*")
            return
        if self.manner.markdown and (found := self._marked(line, sign, tight)) is not None:
            yield from found
            return
        if not self.manner.markdown and self.depth == 0 and (heading := self._numbered()):
            yield heading
            return
        named = line[:1].isdecimal() and self._name(line, "")  # "5. cikk" is no fifth item
        marked = item(line.strip()) if self.depth <= DEPTH and not named else None
        if marked and (not marked.doubtful or self.listing.is_counted(marked, self.at)):
            yield self._item(marked, indent(line))
        else:
            yield from self._paragraph(tight)

    def _numbered(self) -> Heading | None:
        """The heading that a line of a plain text is by its number alone."""
        at, manner = self.at, self.manner
        level = TOP if at in manner.titles else 0
        if manner.decimals:
            level = level or decimal_level(self.lines, at, manner.decimals)
        level = level or self.heads.level(at)
        if not level and at not in manner.counted:
            return None
        self.at += manner.titles.get(at, 1)
        return Heading(level, joined(self.lines[at : self.at]))

    def _marked(self, line: str, sign: str, tight: bool) -> Iterable[Block] | None:
        """The block that a mark of Markdown begins here, if one does."""
        if sign == "#" and (heading := marked_heading(line)):
            self.at += 1
            return (replace(heading, text=addressed(heading.text)),) if heading.text else ()
        if sign in "`~" and FENCE.fullmatch(line):
            words, self.at = markdown_marks.code(self.lines, self.at)
            return (Paragraph(words, tight),)
        if sign == "[" and DEFINITION.fullmatch(line):
            found, self.at = markdown_marks.definition(self.lines, self.at, self._begins)
            return (found,)
        if sign == ">":
            quoted, self.at = markdown_marks.quotation(self.lines, self.at, tight, self._begins)
            return quoted
        if markdown_marks.is_table(self.lines, self.at):
            rows, self.at = markdown_marks.table(self.lines, self.at)
            return [Paragraph(row) for row in rows]
        return None

    def _item(self, marked: Marked, start: int) -> Item:
        column = start + marked.width
        reach = min(column, start + 2)
        strict = self.manner.markdown and marked.plain_markdown
        number = item(marked.rest, True) or mark_alone(marked.rest)
        if marked.mark not in "*+-":
            number = None
        counted = strict and not marked.bullet
        if number and not number.bullet and not number.plain_markdown:
            marked = number  # "- (a) words": Markdown's only way to make a list of these
        self.listing.open.take(marked.mark)
        taken, blank = [marked.rest], False
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                blank = True
            elif self.depth == DEPTH and item(line.strip()):
                break  # no item stands deeper
            elif indent(line) >= reach and not (blank and self._unit(line)):
                if blank:
                    taken.append("")
                taken.append(line[min(indent(line), column) :])
                blank = False
            elif blank or self._breaks_item(line, marked, taken[-1]) or self._parted():
                break
            else:
                taken.append(line.strip())
            self.at += 1
        # Lines inside an item are shorter than the text is wide: how they end says nothing.
        inner = tuple(_Cutter(taken, replace(self.manner, width=0), self.depth + 1).blocks())
        if strict and number and (given := markdown_marks.given(inner, number.mark)):
            self.listing.open.take(given.mark)
            return given
        return Item(marked.mark, inner, strict, counted)

    def _breaks_item(self, line: str, marked: Marked, last: str) -> bool:
        other = item(line.strip())
        if other and other.bullet:
            return True
        if other and self.manner.decimals and is_first_under(marked.mark, other):
            return True
        if other and alike(other.mark, marked.mark):
            return self.listing.is_next(other, last) or self.listing.is_beside(other, marked, last)
        return self._begins(line, last)

    def _parted(self) -> bool:
        """Whether the line before this one ended a paragraph, with no empty line between."""
        width = self.manner.width
        return bool(width) and breaks.parts(self.lines, self.at, width)

    def _begins(self, line: str, last: str = "") -> bool:
        """Whether this line, coming right after the words `last`, begins a block of its own."""
        if not line.strip() or RULE.fullmatch(line):
            return True
        markdown = self.manner.markdown
        if markdown and (marked_heading(line) or FENCE.fullmatch(line)):
            return True
        if markdown and QUOTE.fullmatch(line) and not last.lstrip().startswith(">"):
            return True
        marked = item(line.strip()) if self.depth <= DEPTH else None
        if marked and self.listing.interrupts(marked, last, self.at):
            return True
        return self._name(line, last) is not None

    def _paragraph(self, tight: bool) -> Iterator[Block]:
        found = self._name(self.lines[self.at], "")
        if found:
            yield from self._named(found)
            return
        taken = [self.lines[self.at]]
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            underline = UNDERLINE.fullmatch(line) if self.depth == 0 else None
            if underline and (len(taken) == 1 or underline[1][0] == "="):
                self.at += 1
                text = addressed(joined(taken)) if self.manner.markdown else joined(taken)
                yield Heading(1 if underline[1][0] == "=" else 2, text)
                return
            if self._heads(taken, line):
                yield Heading(0, joined(taken))
                return
            if self._begins(line, taken[-1]) or self._parted():
                break
            if self.manner.markdown and markdown_marks.is_table(self.lines, self.at):
                break
            taken.append(line)
            self.at += 1
        text = joined(taken)
        if len(taken) > 1 and (found := self._name(text, "")):  # wrapped within its number
            self.at -= 1
            self.lines[self.at] = text
            yield from self._named(found)
            return
        yield from self._worded(text, tight)

    def _heads(self, taken: list[str], line: str) -> bool:
        """Whether what was taken is the heading of the unit named right above it."""
        if not (self.bare and len(taken) == 1 and self.manner.width):
            return False
        return breaks.heads(taken[0], line, self.manner.width)

    def _worded(self, text: str, tight: bool) -> Iterator[Block]:
        title = not self.manner.markdown and self.depth == 0 and is_title(text)
        yield Heading(0, text) if title else Paragraph(text, tight)

    def _name(self, line: str, last: str) -> Named | None:
        """The unit that a line without marks names, where headings carry none."""
        found = self._unit(line) if not self.depth else None
        if found is None or (last and not last.rstrip().endswith(TERMINAL)):
            return None
        return found

    def _unit(self, line: str) -> Named | None:
        """The unit that a line alone names, where headings carry no marks."""
        if not self.manner.unmarked:
            return None
        words = joined([line])
        found = named(words) if words in self.manner.run_in else unit(words)
        if found is None and self.manner.led and (lead := led(words)):
            found = lead[0]
        return found if found and found.kind in self.manner.unmarked else None

    def _named(self, found: Named) -> Iterator[Block]:
        words = joined([self.lines[self.at]])
        line = unwrapped(words)
        self.at += 1
        self.bare = False
        if named(line) is None and (lead := led(words)):
            yield Heading(0, lead[1])
            self.at -= 1
            self.lines[self.at] = lead[2]
            yield from self._paragraph(True)
            return
        rest = found.rest if found.rest != line else ""
        wrapped = rest and line == words
        more = breaks.going_on(self.lines, self.at, self.room, self._begins) if wrapped else []
        stopped = found.kind in self.manner.stopped
        run_in = words in self.manner.run_in
        if rest and (run_in or not (stopped or heading_like(joined([rest, *more])))):
            yield Heading(0, line[: len(line) - len(rest)].rstrip(" —–-:"))
            self.at -= 1
            self.lines[self.at] = rest
            yield from self._paragraph(True)
            return
        self.at += len(more)
        yield Heading(0, joined([line, *more]))
        self.bare = not found.rest

    @cached_property
    def room(self) -> int:
        """How wide the lines are set, in Markdown too."""
        return self.manner.width or breaks.width(self.lines)

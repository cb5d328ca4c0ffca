"""Cuts the lines of a text into headings, paragraphs and items, in Markdown or without marks.

A reader of legal texts and not of CommonMark's letter: "(a)", "§ 3" and "一、" are marks too, an
indent is no code, a sloppy indent still belongs to its item, and every line that is nothing else
is words. Nothing is dropped but marks; blocks come in the order of their words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from charter.formats.blocks import Block, Break, Definition, Heading, Item, Paragraph
from charter.formats.labels import Marked, Named, item, mark_alone, named, style
from charter.formats.lines import (
    DEFINITION,
    DELIMITERS,
    FENCE,
    QUOTE,
    RULE,
    TERMINAL,
    UNDERLINE,
    figures,
    heading_like,
    indent,
    interrupts,
    marked_heading,
    row,
    unwrapped,
)
from charter.formats.wrapping import joined

DEPTH = 16  # items inside items; marks nested deeper are words


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is marked: as Markdown or not, and whether its headings carry marks at all."""

    markdown: bool = True
    marked: bool = True


def blocks(text: str, markdown: bool = True) -> tuple[Block, ...]:
    """The blocks of a text. In plain text every mark of Markdown but bullets is words."""
    lines = _lines(text)
    if markdown:
        found = tuple(_Cutter(lines, Manner(), 0).blocks())
        if is_marked(found):
            return found
        lines = _lines(text)
    elif _is_unwrapped(lines):
        lines = [piece for line in lines for piece in (line, "")]
    return tuple(_Cutter(lines, Manner(markdown, marked=False), 0).blocks())


def is_marked(found: tuple[Block, ...]) -> bool:
    """Whether any heading among these blocks carries a mark of Markdown."""
    return any(isinstance(block, Heading) and block.level for block in found)


def _lines(text: str) -> list[str]:
    return [line.expandtabs(4).rstrip(" ") for line in text.split("\n")]


def _is_unwrapped(lines: list[str]) -> bool:
    """Whether every line is a paragraph: lines too long to be wrapped, or no empty lines."""
    return any(len(line) > 200 for line in lines) or not any(not line for line in lines[:-1])


class _Cutter:
    def __init__(self, lines: list[str], manner: Manner, depth: int) -> None:
        self.lines = lines
        self.manner = manner
        self.depth = depth
        self.at = 0

    def blocks(self) -> Iterator[Block]:
        if self.depth == 0 and self.manner.markdown:
            yield from self._front_matter()
        tight = False
        while self.at < len(self.lines):
            if not self.lines[self.at].strip():
                self.at += 1
                tight = False
                continue
            for block in self._block(tight):
                yield block
                tight = isinstance(block, Heading)

    def _front_matter(self) -> Iterator[Block]:
        if not self.lines or self.lines[0] not in ("---", "+++"):
            return
        try:
            end = self.lines.index(self.lines[0], 1, 60)
        except ValueError:
            return
        if all(self.lines[1:end]):
            yield Paragraph(joined(self.lines[: end + 1]))
            self.at = end + 1

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
        marked = item(line.strip()) if self.depth < DEPTH else None
        if marked:
            yield self._item(marked, indent(line))
        else:
            yield from self._paragraph(tight)

    def _marked(self, line: str, sign: str, tight: bool) -> Iterable[Block] | None:
        """The block that a mark of Markdown begins here, if one does."""
        if sign == "#" and (heading := marked_heading(line)):
            self.at += 1
            return (heading,) if heading.text else ()
        if sign in "`~" and FENCE.fullmatch(line):
            return (Paragraph(self._code(), tight),)
        if sign == "[" and (found := DEFINITION.fullmatch(line)):
            return self._definition(found)
        if sign == ">":
            return self._quote(tight)
        if self._is_table():
            return [Paragraph(row) for row in self._rows()]
        return None

    def _code(self) -> str:
        found = FENCE.fullmatch(self.lines[self.at])
        assert found is not None
        fence, taken = found[1], [found[2]]
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at].strip()
            self.at += 1
            if line.startswith(fence) and not line.strip(fence[0]):
                break
            taken.append(line)
        words = joined(taken)
        ticks = "```"
        while ticks in words:
            ticks += "`"
        return f"{ticks} {words} {ticks}" if words else ""

    def _is_table(self) -> bool:
        line, after = self.lines[self.at], self.lines[self.at + 1 : self.at + 2]
        return "|" in line and bool(after and "|" in after[0] and DELIMITERS.fullmatch(after[0]))

    def _rows(self) -> Iterator[str]:
        yield row(self.lines[self.at])
        self.at += 2
        while self.at < len(self.lines) and "|" in self.lines[self.at]:
            yield row(self.lines[self.at])
            self.at += 1

    def _definition(self, found: re.Match[str]) -> Iterator[Block]:
        """A definition runs on over the lines that are indented below it."""
        taken = [found[3]]
        source = [self.lines[self.at]]
        self.at += 1
        while found[1] and self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                ahead = self.lines[self.at + 1 : self.at + 2]
                if not (ahead and indent(ahead[0]) >= 4 and ahead[0].strip()):
                    break
            elif indent(line) < 2 and (not source[-1].strip() or self._begins(line)):
                break
            taken.append(line)
            source.append(line)
            self.at += 1
        yield Definition(bool(found[1]), found[2], joined(taken), joined(source))

    def _quote(self, tight: bool) -> Iterator[Block]:
        """A quotation keeps its mark in front of each of its paragraphs."""
        group: list[str] = []
        sign = ">"
        while self.at < len(self.lines) and (found := QUOTE.fullmatch(self.lines[self.at])):
            if found[2].strip():
                sign = sign if group else found[1].strip()
                group.append(found[2])
            elif group:
                yield Paragraph(f"{sign} {joined(group)}", tight)
                group, tight = [], False
            self.at += 1
        while group and self.at < len(self.lines) and not self._begins(self.lines[self.at]):
            group.append(self.lines[self.at])
            self.at += 1
        if group:
            yield Paragraph(f"{sign} {joined(group)}", tight)

    def _item(self, marked: Marked, start: int) -> Item:
        column = start + marked.width
        reach = min(column, start + 2)
        number = item(marked.rest, True) or mark_alone(marked.rest)
        if marked.mark not in "*+-":
            number = None
        if number and not number.bullet and not number.plain_markdown:
            marked = number  # "- (a) words": Markdown's only way to make a list of these
        taken, blank = [marked.rest], False
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                blank = True
            elif indent(line) >= reach and not (blank and self._unit(line)):
                if blank:
                    taken.append("")
                taken.append(line[min(indent(line), column) :])
                blank = False
            elif blank or self._breaks_item(line, marked, taken[-1]):
                break
            else:
                taken.append(line.strip())
            self.at += 1
        inner = tuple(_Cutter(taken, self.manner, self.depth + 1).blocks())
        return Item(marked.mark, inner)

    def _breaks_item(self, line: str, marked: Marked, last: str) -> bool:
        other = item(line.strip())
        if other and other.bullet:
            return True
        if other and style(other.mark) == style(marked.mark):
            long = figures(other.mark) > 999  # a year at the start of a line is no number
            return not long or figures(other.mark) == figures(marked.mark) + 1
        return self._begins(line, last)

    def _begins(self, line: str, last: str = "") -> bool:
        """Whether this line, coming right after the words `last`, begins a block of its own."""
        if not line.strip() or RULE.fullmatch(line):
            return True
        markdown = self.manner.markdown
        if markdown and (marked_heading(line) or FENCE.fullmatch(line)):
            return True
        if markdown and QUOTE.fullmatch(line) and not last.lstrip().startswith(">"):
            return True
        marked = item(line.strip()) if self.depth < DEPTH else None
        if marked and interrupts(marked, last):
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
                yield Heading(1 if underline[1][0] == "=" else 2, joined(taken))
                return
            if self._begins(line, taken[-1]) or (self.manner.markdown and self._is_table()):
                break
            taken.append(line)
            self.at += 1
        yield from self._worded(joined(taken), tight)

    def _worded(self, text: str, tight: bool) -> Iterator[Block]:
        if not self.manner.markdown and self.depth == 0:
            letters = [sign for sign in text if sign.isalpha()]
            capitals = sum(sign.isupper() for sign in letters)
            if len(letters) > 2 and capitals == len(letters) and heading_like(text):
                yield Heading(0, text)
                return
        yield Paragraph(text, tight)

    def _name(self, line: str, last: str) -> Named | None:
        """The unit that a line without marks names, where headings carry none."""
        found = self._unit(line) if not self.depth else None
        if found is None or (last and not last.rstrip().endswith(TERMINAL)):
            return None
        return found

    def _unit(self, line: str) -> Named | None:
        """The unit that a line alone names, where headings carry no marks."""
        if self.manner.marked or len(line) > 10_000:
            return None
        found = named(unwrapped(joined([line])))
        rest = found.rest if found else ""
        if found is None or not rest or found.tight or found.label.startswith("第"):
            return found
        return found if rest[0].isupper() and heading_like(rest) else None

    def _named(self, found: Named) -> Iterator[Block]:
        line = unwrapped(joined([self.lines[self.at]]))
        self.at += 1
        if found.rest and not heading_like(found.rest) and found.rest != line:
            yield Heading(0, line[: len(line) - len(found.rest)].rstrip(" —–-:"))
            self.at -= 1
            self.lines[self.at] = found.rest
            yield from self._paragraph(True)
            return
        yield Heading(0, joined([line]))

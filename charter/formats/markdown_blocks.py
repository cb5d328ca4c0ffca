"""Cuts the lines of a text into headings, paragraphs and items, in Markdown or without marks.

A reader of legal texts and not of CommonMark's letter: "(a)", "§ 3" and "一、" are marks too, an
indent is no code, a sloppy indent still belongs to its item, and every line that is nothing else
is words. Nothing is dropped but marks; blocks come in the order of their words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from charter.formats.labels import Marked, Named, item, mark_alone, named, style
from charter.formats.wrapping import joined

DEPTH = 16  # items inside items; marks nested deeper are words

_HEADING = re.compile(r" {0,3}(#{1,6})(?![^\s\w]|[\d_])(.*)")
_RULE = re.compile(r"[ \t]*([-*_=])(?:[ \t]*\1){2,}[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(={2,}|-{2,})[ \t]*")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)")
_QUOTE = re.compile(r"[ \t]*((?:>[ \t]?)+)(.*)")
_DEFINITION = re.compile(r" {0,3}\[(\^?)((?:[^\[\]\\]|\\.){1,200})\]:[ \t]*(.*)")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_TERMINAL = tuple('.:;,!?…。；：，！？、»”")]—–|')
_JOINERS = (" and", " or", " и", " или", " либо", " et", " ou", " y", " o", " und", " oder")
_FIRSTS = frozenset({"1", "a", "i", "а", "一", "أ"})


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 6; 0 where the heading has no mark and only its words tell its place."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`tight`: stands right under its heading, with no line between."""

    text: str
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    mark: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a footnote or a reference link stands for, kept as `source` where it is not used."""

    note: bool
    key: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line across the page: what follows stands under no heading.

    `inner` ("***" and not "---"): only the innermost unit ends.
    """

    inner: bool = False


Block = Heading | Paragraph | Item | Definition | Break


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


def opens_block(text: str) -> bool:
    """Whether a paragraph of these words would be read as something else in Markdown."""
    return (
        _heading(text) is not None
        or _RULE.fullmatch(text) is not None
        or _FENCE.fullmatch(text) is not None
        or _DEFINITION.match(text) is not None
        or item(text, lenient=True) is not None
        or mark_alone(text) is not None
        or _is_odd_quote(text)
    )


def _is_odd_quote(text: str) -> bool:
    """Whether these words, read as a quotation, would look different."""
    found = _QUOTE.fullmatch(text)
    return found is not None and f"{found[1].strip()} {found[2]}" != text


def guarded(text: str) -> str:
    """The words with a backslash where they would begin another block; see `unguarded`."""
    if not opens_block(text):
        return text
    for at in (_first_mark(text), 0):
        escaped = f"{text[:at]}\\{text[at:]}"
        if not opens_block(escaped):
            return escaped
    return text


def unguarded(text: str) -> str:
    """The words without a backslash that stands only to keep them from beginning a block."""
    for at in {_first_mark(text), 0}:
        if text[at : at + 1] == "\\" and guarded(bare := text[:at] + text[at + 1 :]) == text:
            return bare
    return text


def _first_mark(text: str) -> int:
    return next((at for at, sign in enumerate(text) if not sign.isalnum()), 0)


def heading_like(text: str) -> bool:
    """Whether words look like a title and not like a sentence."""
    return bool(text) and len(text) <= 120 and not text.endswith(_SENTENCE_ENDS)


_SENTENCE_ENDS = tuple(".:;,。；：，|")


def _is_unwrapped(lines: list[str]) -> bool:
    """Whether every line is a paragraph: lines too long to be wrapped, or no empty lines."""
    return any(len(line) > 200 for line in lines) or not any(not line for line in lines[:-1])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


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
        if sign in "-*_=" and _RULE.fullmatch(line):
            self.at += 1
            if self.manner.markdown and self.depth == 0 and sign != "=":
                yield Break(sign == "*")
            return
        if self.manner.markdown and (found := self._marked(line, sign, tight)) is not None:
            yield from found
            return
        marked = item(line.strip()) if self.depth < DEPTH else None
        if marked:
            yield self._item(marked, _indent(line))
        else:
            yield from self._paragraph(tight)

    def _marked(self, line: str, sign: str, tight: bool) -> Iterable[Block] | None:
        """The block that a mark of Markdown begins here, if one does."""
        if sign == "#" and (heading := _heading(line)):
            self.at += 1
            return (heading,) if heading.text else ()
        if sign in "`~" and _FENCE.fullmatch(line):
            return (Paragraph(self._code(), tight),)
        if sign == "[" and (found := _DEFINITION.fullmatch(line)):
            return self._definition(found)
        if sign == ">":
            return self._quote(tight)
        if self._is_table():
            return [Paragraph(row) for row in self._rows()]
        return None

    def _code(self) -> str:
        found = _FENCE.fullmatch(self.lines[self.at])
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
        return "|" in line and bool(after and "|" in after[0] and _DELIMITERS.fullmatch(after[0]))

    def _rows(self) -> Iterator[str]:
        yield _row(self.lines[self.at])
        self.at += 2
        while self.at < len(self.lines) and "|" in self.lines[self.at]:
            yield _row(self.lines[self.at])
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
                if not (ahead and _indent(ahead[0]) >= 4 and ahead[0].strip()):
                    break
            elif _indent(line) < 2 and (not source[-1].strip() or self._begins(line)):
                break
            taken.append(line)
            source.append(line)
            self.at += 1
        yield Definition(bool(found[1]), found[2], joined(taken), joined(source))

    def _quote(self, tight: bool) -> Iterator[Block]:
        """A quotation keeps its mark in front of each of its paragraphs."""
        group: list[str] = []
        sign = ">"
        while self.at < len(self.lines) and (found := _QUOTE.fullmatch(self.lines[self.at])):
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

    def _item(self, marked: Marked, indent: int) -> Item:
        column = indent + marked.width
        reach = min(column, indent + 2)
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
            elif _indent(line) >= reach and not (blank and self._unit(line)):
                if blank:
                    taken.append("")
                taken.append(line[min(_indent(line), column) :])
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
            long = _figures(other.mark) > 999  # a year at the start of a line is no number
            return not long or _figures(other.mark) == _figures(marked.mark) + 1
        return self._begins(line, last)

    def _begins(self, line: str, last: str = "") -> bool:
        """Whether this line, coming right after the words `last`, begins a block of its own."""
        if not line.strip() or _RULE.fullmatch(line):
            return True
        markdown = self.manner.markdown
        if markdown and (_heading(line) or _FENCE.fullmatch(line)):
            return True
        if markdown and _QUOTE.fullmatch(line) and not last.lstrip().startswith(">"):
            return True
        marked = item(line.strip()) if self.depth < DEPTH else None
        if marked and _interrupts(marked, last):
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
            underline = _UNDERLINE.fullmatch(line) if self.depth == 0 else None
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
        if found is None or (last and not last.rstrip().endswith(_TERMINAL)):
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


def _heading(line: str) -> Heading | None:
    """The heading that a line marks; its text may be empty."""
    found = _HEADING.fullmatch(line)
    if found is None:
        return None
    text = joined([found[2]])
    opened = text.rstrip("#")
    if not opened or opened.endswith(" "):
        text = opened.rstrip()  # the closing marks
    return Heading(len(found[1]), text)


def _row(line: str) -> str:
    words = joined([line]).strip("|").strip()
    return f"| {words} |"


def _figures(mark: str) -> int:
    figures = mark.strip("().")
    return int(figures) if figures.isdecimal() and figures.isascii() else 0


def _interrupts(marked: Marked, last: str) -> bool:
    if not marked.rest or _figures(marked.mark) > 999:
        return False
    end = last.rstrip()
    if marked.mark in "*+-•‣▪◦·":
        return True
    if not end:
        return True
    core = marked.mark.strip("().、（）")
    ended = end.endswith((".", ":", ";", ",", "—", "。", "；", "：")) or end.endswith(_JOINERS)
    return ended or (core in _FIRSTS and marked.mark not in ("a.", "i."))


def unwrapped(text: str) -> str:
    """A line without the emphasis that wraps all of it: "**Article 5**" is "Article 5"."""
    for mark in ("***", "**", "__", "*", "_") if text[:1] in ("*", "_") else ():
        inner = text[len(mark) : -len(mark)]
        if text.startswith(mark) and text.endswith(mark) and inner and mark[0] not in inner:
            return inner.strip()
    return text

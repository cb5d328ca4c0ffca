"""Outlines as Markdown that people, other programs and `markdown.read` understand.

Units with a heading are headings, their own words stand right under it; paragraphs and points are
list items where they have a number, paragraphs where not; footnotes go to the end of the text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from charter.formats.headings import heading_source
from charter.formats.item_marks import item
from charter.formats.labels import named, numbered
from charter.formats.lines import DEFINITION, guarded, led, set_apart
from charter.formats.markdown_given import PLAIN, given
from charter.formats.markdown_marks import is_front_matter
from charter.formats.markdown_notes import folded
from charter.formats.markdown_tree import HEADING_LEVELS
from charter.text.inline import Footnote, parse
from charter.text.kinds import Kind
from charter.text.numbering import labels
from charter.text.outline import Clause, Outline

_TITLED = frozenset(
    {Kind.PREAMBLE, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ANNEX}
)
_BRACKETED = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]")
_ROW = re.compile(r"\| .* \|")


def write(outline: Outline) -> bytes:
    """UTF-8, ending in one newline; nothing at all for an empty outline."""
    text = _Writer(outline).text()
    return f"{text}\n".encode() if text else b""


class _Writer:
    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        numbers = labels(outline)
        named_units = (named(number) for number in numbers if number)
        self.kinds = {unit.kind for unit in named_units if unit}  # that headings name
        stand = given(outline, numbers)
        self.labels = iter(
            [f"- {number}" if at in stand else number for at, number in enumerate(numbers)]
        )
        self.notes: dict[str, str] = {}
        self.open = -1  # the level of the unit that the words being written stand in
        words = "\n".join(f"{clause.heading}\n{clause.text}" for _, clause in outline.walk())
        self.words = f"{outline.title}\n{words}"
        self.taken = set(re.findall(r"\[\^(\d+)\]", self.words))

    def text(self) -> str:
        clauses = self.outline.clauses
        ahead = 1 if self.outline.title and clauses and _is_front_matter(clauses[0]) else 0
        parts = list(self._clauses(clauses[:ahead], 0, ""))
        if self.outline.title:
            title = self._heading(self.outline.title)
            parts.append(f"# {_literal(self.outline.title)}{title}")
        parts += self._clauses(clauses[ahead:], 0, "")
        parts += [f"[^{key}]: {note}" for note, key in self.notes.items()]
        return _stacked(parts)

    def _clauses(self, clauses: tuple[Clause, ...], level: int, indent: str) -> Iterator[str]:
        for clause in clauses:
            label = next(self.labels)
            if clause.kind in _TITLED:
                self.open = level
                yield from self._unit(clause, label, level)
                continue
            if not indent and self.open >= level:
                yield from ["***"] * (self.open - level + 1) if level else ["---"]
                self.open = level - 1
            yield from self._item(clause, label, indent, level)

    def _unit(self, clause: Clause, label: str, level: int) -> Iterator[str]:
        heading = self._named(clause, label)
        text = self._guarded(clause.text) if clause.text else ""
        marks = "#" * min(level + 2, HEADING_LEVELS + 1)
        first = "\n".join(part for part in (heading and f"{marks} {heading}", text) if part)
        if first:
            yield first
        yield from self._clauses(clause.children, level + 1, "")

    def _named(self, clause: Clause, label: str) -> str:
        """The heading line of a unit: its number, its heading, or both."""
        heading = clause.heading
        if not label:
            guard = "" if clause.kind is Kind.PREAMBLE else _literal(heading)
            return guard + self._heading(heading)
        if not heading:
            return label
        parted = label.endswith((".", ")", ":")) or label.startswith(("第", "附"))
        parted = parted and heading[0] not in "—–-:."
        return f"{label}{' ' if parted else ' — '}{self._heading(heading)}"

    def _heading(self, heading: str) -> str:
        source = self._noted(heading_source(heading))
        if source.endswith("#"):
            source += " #"  # the closing mark that Markdown allows, so that the last one stays
        return source

    def _item(self, clause: Clause, label: str, indent: str, level: int) -> Iterator[str]:
        mark = label if label.startswith("- ") else _mark(label)
        column = 2 if mark.startswith("- ") and mark != label else len(mark) + 1
        inner = indent + " " * column if mark else indent
        lines = []
        if clause.heading:
            lines.append(_bold(self._heading(clause.heading)))
        if clause.text:
            idle = not mark and self._is_idle(clause.text)
            lines.append(clause.text if idle else self._guarded(clause.text))
        first = lines[0] if lines else ""
        if mark or first:
            yield f"{indent}{mark} {first}".rstrip() if mark else f"{indent}{first}"
        for line in lines[1:]:
            yield f"{inner}{line}"
        yield from self._clauses(clause.children, level + 1, inner)

    def _guarded(self, text: str) -> str:
        """Words that stay words, with their notes moved to the end."""
        words = self._noted(text)
        kept = guarded(words)
        lead = led(words) if kept == words else None
        return set_apart(words) if lead and lead[0].kind not in self.kinds else kept

    def _is_idle(self, text: str) -> bool:
        """Whether a paragraph is the address or the note of a key that no other words name."""
        found = None if "^[" in text else DEFINITION.fullmatch(text)
        return found is not None and self.keys[folded(found[1] + found[2])] == 1

    @cached_property
    def keys(self) -> Counter[str]:
        """How often each of the words in brackets stands in the text."""
        return Counter(map(folded, _BRACKETED.findall(self.words)))

    def _noted(self, text: str) -> str:
        """The words with each footnote moved to the end, equal ones to one place."""
        if "^[" not in text:
            return text
        out, done = [], 0
        for node in parse(text):
            if isinstance(node, Footnote):
                note = text[node.start + 2 : node.end - 1]
                if not note or note != note.strip():
                    continue  # a definition would lose the blanks
                out += [text[done : node.start], f"[^{self._key(note)}]"]
                done = node.end
        return "".join([*out, text[done:]])

    def _key(self, note: str) -> str:
        if note not in self.notes:
            number = len(self.notes) + 1
            while str(number) in self.taken:
                number += 1
            self.taken.add(str(number))
            self.notes[note] = str(number)
        return self.notes[note]


def _is_front_matter(clause: Clause) -> bool:
    """Whether a clause was read from above the title, where it goes again."""
    only_words = not (clause.numeral or clause.heading or clause.children)
    return clause.kind is Kind.PARAGRAPH and only_words and is_front_matter(clause.text)


def _literal(heading: str) -> str:
    """The backslash that keeps a heading from being read as a number."""
    return "\\" if named(heading) or numbered(heading) else ""


def _mark(label: str) -> str:
    """How an item with this number begins: the number itself, in a bullet where it is no mark."""
    if label == "•":
        return "-"
    if not label or PLAIN.fullmatch(label) or label in "–—":
        return label
    return f"- {label}" if item(f"{label} x") else label


def _bold(heading: str) -> str:
    return f"**{heading}**" if "*" not in heading else heading


def _stacked(parts: list[str]) -> str:
    """Parts with an empty line between; rows of a table and items of a list close together."""
    out: list[str] = []
    for at, part in enumerate(parts):
        row = _ROW.fullmatch(part) is not None
        before = parts[at - 1] if at else ""
        if at:
            out.append("\n" if row and _ROW.fullmatch(before) else "\n\n")
        out.append(part)
        if row and not (at and _ROW.fullmatch(before)):
            out.append("\n|" + " --- |" * max(part.count("|") - 1, 1))
    return "".join(out)

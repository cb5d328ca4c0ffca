"""What the marks of Markdown hold together: front matter, code, tables, quotations, definitions.

Each reader takes the lines of a text and the place of the first one, and gives what it found and
the place after it. `begins` says whether a line begins a block of its own.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from charter.formats.blocks import Block, Definition, Item, Paragraph
from charter.formats.lines import DEFINITION, DELIMITERS, FENCE, QUOTE, indent, row
from charter.formats.wrapping import joined

Begins = Callable[[str], bool]

_FRONT = re.compile(r"(\+\+\+|---) [\w.-]+ ?[:=].* \1", re.DOTALL)


def front_matter(lines: Sequence[str]) -> tuple[str, int]:
    """The words between two lines of "---" or "+++" at the head of a file; ("", 0) without."""
    if not lines or lines[0] not in ("---", "+++"):
        return "", 0
    try:
        end = lines.index(lines[0], 1, 60)
    except ValueError:
        return "", 0
    words = joined(list(lines[: end + 1]))
    return (words, end + 1) if all(lines[1:end]) and is_front_matter(words) else ("", 0)


def is_front_matter(text: str) -> bool:
    """Whether a paragraph is the front matter of a file, as `front_matter` gives it."""
    return _FRONT.fullmatch(text) is not None


def code(lines: Sequence[str], at: int) -> tuple[str, int]:
    """A fenced block as one piece of code."""
    found = FENCE.fullmatch(lines[at])
    assert found is not None
    fence, taken = found[1], [found[2]]
    at += 1
    while at < len(lines):
        line = lines[at].strip()
        at += 1
        if line.startswith(fence) and not line.strip(fence[0]):
            break
        taken.append(line)
    words = joined(taken)
    ticks = "```"
    while ticks in words:
        ticks += "`"
    return (f"{ticks} {words} {ticks}" if words else ""), at


def is_table(lines: Sequence[str], at: int) -> bool:
    after = lines[at + 1 : at + 2]
    if "|" not in lines[at] or not after or "|" not in after[0]:
        return False
    return DELIMITERS.fullmatch(after[0]) is not None


def table(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """The rows of a table, without the line that parts its head."""
    rows = [row(lines[at])]
    at += 2
    while at < len(lines) and "|" in lines[at]:
        rows.append(row(lines[at]))
        at += 1
    return rows, at


def given(inner: Sequence[Block], mark: str) -> Item | None:
    """The only item in a bullet, "- 1. words": Markdown's way to a number that is not counted."""
    first = inner[0] if len(inner) == 1 and mark[0].isdecimal() else None
    if isinstance(first, Item) and first.mark == mark:
        return replace(first, counted=False)
    return None


def definition(lines: Sequence[str], at: int, begins: Begins) -> tuple[Definition, int]:
    """A definition runs on over the lines that are indented below it."""
    found = DEFINITION.fullmatch(lines[at])
    assert found is not None
    taken, source = [found[3]], [lines[at]]
    at += 1
    # The address of a link may stand on the next line.
    if not found[1] and not found[3].strip() and at < len(lines) and len(lines[at].split()) == 1:
        taken.append(lines[at])
        source.append(lines[at])
        at += 1
    while found[1] and at < len(lines):
        line = lines[at]
        if not line.strip():
            ahead = lines[at + 1 : at + 2]
            if not (ahead and indent(ahead[0]) >= 4 and ahead[0].strip()):
                break
        elif DEFINITION.fullmatch(line) or (
            indent(line) < 2 and (not source[-1].strip() or begins(line))
        ):
            break
        taken.append(line)
        source.append(line)
        at += 1
    return Definition(bool(found[1]), found[2], joined(taken), joined(source)), at


def quotation(
    lines: Sequence[str], at: int, tight: bool, begins: Begins
) -> tuple[list[Paragraph], int]:
    """A quotation keeps its mark in front of each of its paragraphs."""
    out: list[Paragraph] = []
    group: list[str] = []
    sign = ">"
    while at < len(lines) and (found := QUOTE.fullmatch(lines[at])):
        if found[2].strip():
            sign = sign if group else found[1].strip()
            group.append(found[2])
        elif group:
            out.append(Paragraph(f"{sign} {joined(group)}", tight))
            group, tight = [], False
        at += 1
    while group and at < len(lines) and not begins(lines[at]):
        group.append(lines[at])
        at += 1
    if group:
        out.append(Paragraph(f"{sign} {joined(group)}", tight))
    return out, at

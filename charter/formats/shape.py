"""How the rows of a text stand on a page: which are headings, of what level, what is indented."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from charter.text.kinds import Kind
from charter.text.redline import Change, Redline, Row

_TITLED = frozenset(
    {Kind.PREAMBLE, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ANNEX}
)

# "Article 5", "§ 3", "第五条", but not "5." or "(a)".
_WORDY = re.compile(r"[^\W\d_]{2}|§|[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Shape:
    """A row with its place: `level` of a heading from 1, `indent` in steps of the other rows.

    `titled` kinds are headings unless they have no words for one. `stacked` says that a heading's
    number stands on a line of its own ("Article 5").
    """

    row: Row
    titled: bool
    heading: bool
    level: int
    indent: int
    stacked: bool


def shapes(redline: Redline) -> Iterator[Shape]:
    """Every row in reading order with its shape. Levels never skip one."""
    above: list[Shape] = []
    for row in redline.rows:
        del above[row.depth :]
        holder = above[-1] if above else None
        shape = Shape(
            row=row,
            titled=row.kind in _TITLED,
            heading=is_heading(row),
            level=holder.level + holder.heading if holder else 1,
            indent=(holder.indent if holder else 0) + (row.kind is Kind.POINT),
            stacked=bool(_WORDY.search(shown_number(row))),
        )
        above.append(shape)
        yield shape


def is_heading(row: Row) -> bool:
    """Titled units, unless all they have is a bare number ("5.") that their words run on from."""
    if row.kind not in _TITLED or row.left_for:
        return False
    return bool(row.heading) or bool(_WORDY.search(shown_number(row)))


def shown_number(row: Row) -> str:
    """The number a row is printed with: the new one, or for a struck clause the one it had."""
    return row.label_before if Change.STRUCK in row.changes else row.label


def number_spans(row: Row) -> tuple[tuple[str, str], ...]:
    """The number as a redline shows it: pairs of operation and label, old before new."""
    if row.left_for or Change.STRUCK in row.changes:
        return (("delete", row.label_before),) if row.label_before else ()
    if Change.ADDED in row.changes:
        return (("insert", row.label),) if row.label else ()
    if row.label == row.label_before or not row.changes:
        return (("equal", row.label),) if row.label else ()
    pairs = (("delete", row.label_before), ("insert", row.label))
    return tuple((op, label) for op, label in pairs if label)


def titled(name: str, heading: str) -> str:
    """A number and a heading on one line: "Article 5. Peaceful means", "第五条 和平"."""
    if not name or not heading:
        return name or heading
    stop = "" if name.endswith((".", ")", "}")) or "\u3400" <= name[-1] <= "\u9fff" else "."
    return f"{name}{stop} {heading}"

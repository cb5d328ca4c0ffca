"""How the rows of a text stand on a page: which are headings, of what level, what is indented."""

from collections.abc import Iterator
from dataclasses import dataclass

from charter.text.kinds import Kind
from charter.text.laid import TITLED
from charter.text.printing import WORDY, heads, titled
from charter.text.redline import Change, Redline, Row

__all__ = ["Shape", "is_heading", "number_spans", "shapes", "shown_number", "titled"]


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
            titled=row.kind in TITLED,
            heading=is_heading(row),
            level=holder.level + holder.heading if holder else 1,
            indent=(holder.indent if holder else 0) + (row.kind is Kind.POINT),
            stacked=bool(WORDY.search(shown_number(row))),
        )
        above.append(shape)
        yield shape


def is_heading(row: Row) -> bool:
    """Whether the row has a line of its own for its number and heading."""
    return not row.left_for and heads(row.kind, shown_number(row), bool(row.heading))


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

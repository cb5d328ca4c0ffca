"""The values a comparison is made of: spans of words, rows of clauses, the redline of a charter.

A row is one clause as a reader meets it, with its depth and its number. A clean text is a redline
in which nothing changed (`diff.clean`), so every format has one writer for both.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from charter.text.hygiene import newly_mixed
from charter.text.kinds import Kind

Op = Literal["equal", "insert", "delete"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words: in both texts, only in the new one, or only in the base."""

    op: Op
    text: str


Spans = tuple[Span, ...]


def before(spans: Spans) -> str:
    """The base text the spans were made from."""
    return "".join(span.text for span in spans if span.op != "insert")


def after(spans: Spans) -> str:
    """The new text the spans lead to."""
    return "".join(span.text for span in spans if span.op != "delete")


class Change(StrEnum):
    """What happened to a clause between two texts. One clause may have several."""

    ADDED = "added"
    STRUCK = "struck"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    RETAGGED = "retagged"
    REWORDED = "reworded"  # heading or text
    RECAST = "recast"  # another kind


@dataclass(frozen=True, slots=True)
class Row:
    """One clause of a redline in reading order.

    `label` is its number in the new text ("Article 5", "2.", "(a)", "" for none), `label_before`
    in the base; for a struck clause `label` is "". `citation` is the full one ("Article 5(2)(a)")
    in the text the clause stands in. `left_for` is "" but on the place a moved clause left: such a
    row has no words of its own, only the citation of the place where they stand now, and
    `changes` is {MOVED}. A row that arrived by a move has MOVED and `moved_from`, a citation; a
    clause that a new heading was put over, or a dissolved one taken from, has not moved. `kind` is
    the one in the new text (in the base for a struck clause). `split_from` of an added clause and
    `joined_into` of a struck one cite the clause that its words came from or went to.
    """

    id: str
    kind: Kind
    depth: int
    label: str
    heading: Spans
    text: Spans
    changes: frozenset[Change] = frozenset()
    label_before: str = ""
    citation: str = ""
    kind_before: Kind | None = None
    principles: tuple[str, ...] = ()
    principles_before: tuple[str, ...] = ()
    moved_from: str = ""
    left_for: str = ""
    split_from: str = ""
    joined_into: str = ""

    @property
    def mixed_words(self) -> tuple[str, ...]:
        """Words of two alphabets that the clause gained, as "shаll" with a Cyrillic а."""
        return tuple(
            word
            for spans in (self.heading, self.text)
            if any(span.op == "insert" for span in spans)
            for word in newly_mixed(before(spans), after(spans))
        )


@dataclass(frozen=True, slots=True)
class Redline:
    """Two texts of one charter compared: the title, and every clause of either in reading order.

    Struck clauses stand where they stood. Rows with no changes are there too.
    """

    title: Spans
    rows: tuple[Row, ...]
    language: str = "en"
    scheme: str = "treaty"

    @property
    def changed(self) -> bool:
        """Whether anything at all differs."""
        return any(span.op != "equal" for span in self.title) or any(
            row.changes for row in self.rows
        )

    def count(self, change: Change) -> int:
        """How many clauses changed in this way; a moved clause counts once."""
        return sum(change in row.changes and not row.left_for for row in self.rows)

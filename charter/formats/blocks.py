"""The blocks of a text that came in: headings, paragraphs, items, definitions, breaks."""

from dataclasses import dataclass


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
    """`strict`: a mark of Markdown's own, whose indent says for certain which item holds it.

    `counted`: a number of Markdown's own; where all of a list have the same, they count up from it.
    """

    mark: str
    blocks: "tuple[Block, ...]"
    strict: bool = False
    counted: bool = False


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

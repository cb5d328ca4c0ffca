"""How strongly the articles of a text serve the principles of its vocabulary.

A clause serves the principles it is tagged with, and with it all that stands in it. So a cell says
how many clauses of an article carry a principle's tag, and how many words stand under such a tag,
be it on the article, on one of its paragraphs or on the part around it.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from charter.text.counting import count
from charter.text.outline import Outline
from charter.text.units import Member, Unit, units


@dataclass(frozen=True, slots=True)
class Cell:
    """`clauses` carry the tag themselves; `words` are those of all that serve the principle."""

    clauses: int
    words: int


NOTHING = Cell(0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """An article and its cells by principle; only those it serves are there.

    `words` and `clauses` are all it has.
    """

    unit: Unit
    words: int
    clauses: int
    cells: dict[str, Cell]

    @property
    def id(self) -> str:
        return self.unit.head.clause.id

    @property
    def citation(self) -> str:
        return self.unit.head.number.citation

    @property
    def heading(self) -> str:
        """Its heading where the citation is a number and not the heading itself."""
        heading = self.unit.head.clause.heading
        return "" if heading == self.citation else heading


@dataclass(frozen=True)
class Coverage:
    """The matrix: an article a line, the principles in their order; `doubles` are the clauses
    tagged with more than one of them."""

    principles: tuple[str, ...]
    lines: tuple[Line, ...]
    doubles: tuple[Member, ...]

    @cached_property
    def totals(self) -> dict[str, Cell]:
        """Of each principle, over the whole text."""
        found = {}
        for slug in self.principles:
            cells = [line.cells[slug] for line in self.lines if slug in line.cells]
            found[slug] = Cell(sum(c.clauses for c in cells), sum(c.words for c in cells))
        return found

    @cached_property
    def articles(self) -> dict[str, int]:
        """In how many articles each principle is served."""
        found = Counter(slug for line in self.lines for slug in line.cells)
        return {slug: found[slug] for slug in self.principles}

    @property
    def unserved(self) -> tuple[str, ...]:
        """The principles that no clause serves."""
        return tuple(slug for slug in self.principles if not self.articles[slug])

    @property
    def unserving(self) -> tuple[Line, ...]:
        """The articles that serve no principle."""
        return tuple(line for line in self.lines if not line.cells)


def coverage(outline: Outline, principles: Sequence[str]) -> Coverage:
    """The matrix of a text and these principles, by slug in their order; other tags are passed
    over."""
    known = frozenset(principles)
    lines, doubles = [], []
    for unit in units(outline):
        tagged: Counter[str] = Counter()
        served: defaultdict[str, int] = defaultdict(int)
        total = 0
        for member in unit.members:
            words = sum(
                count(text, outline.language)
                for text in (member.clause.heading, member.clause.text)
                if text
            )
            total += words
            own = known.intersection(member.clause.principles)
            tagged.update(own)
            if len(own) > 1:
                doubles.append(member)
            for slug in known.intersection(member.served):
                served[slug] += words
        cells = {
            slug: Cell(tagged[slug], served[slug])
            for slug in principles
            if tagged[slug] or served[slug]
        }
        lines.append(Line(unit, total, len(unit.members), cells))
    return Coverage(tuple(principles), tuple(lines), tuple(doubles))

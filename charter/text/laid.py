"""A text laid flat: its clauses by place in reading order, with parents, numbers and words."""

from collections.abc import Iterable
from functools import cached_property

from charter.text.kinds import Kind
from charter.text.likeness import Bag, bag
from charter.text.numbering import Number, numbers
from charter.text.outline import Clause, Outline

TITLED = frozenset({Kind.PREAMBLE, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ANNEX})


class Laid:
    """One text laid flat. The parent of what stands at the top is -1."""

    def __init__(self, outline: Outline) -> None:
        self.clauses: list[Clause] = []
        self.parents: list[int] = []
        self.children: dict[int, list[int]] = {-1: []}
        self.order: list[int] = []  # place among the siblings
        self.numbers: tuple[Number, ...] = numbers(outline)
        path: list[int] = []
        for depth, clause in outline.walk():
            del path[depth:]
            place, parent = len(self.clauses), path[-1] if path else -1
            self.clauses.append(clause)
            self.parents.append(parent)
            self.order.append(len(self.children[parent]))
            self.children[parent].append(place)
            self.children[place] = []
            path.append(place)

    @cached_property
    def labels(self) -> list[str]:
        """What is printed as each clause's number."""
        return [number.label for number in self.numbers]

    @cached_property
    def places(self) -> dict[str, str]:
        """What a reference to each clause prints, by its id."""
        return {
            clause.id: number.citation or number.label
            for clause, number in zip(self.clauses, self.numbers, strict=True)
            if clause.id
        }

    @cached_property
    def bags(self) -> list[Bag]:
        """The words of each clause, counted."""
        return [bag(clause.heading, clause.text) for clause in self.clauses]

    @cached_property
    def whole(self) -> list[Bag]:
        """The words of units with all they hold; of other clauses their own."""
        whole = list(self.bags)
        for place in range(len(whole) - 1, -1, -1):
            if self.clauses[place].kind in TITLED and self.children[place]:
                total = Bag(self.bags[place])
                for child in self.children[place]:
                    total.update(whole[child])
                whole[place] = total
        return whole

    def words(self, place: int) -> tuple[str, str, bool]:
        """Heading, text, and whether they are a unit's: a paragraph never becomes an article."""
        clause = self.clauses[place]
        return clause.heading, clause.text, clause.kind in TITLED

    def size(self, places: Iterable[int]) -> int:
        """The code points of some clauses' words with all they hold; headings are not counted."""
        found, todo = 0, list(places)
        while todo:
            place = todo.pop()
            found += len(self.clauses[place].text)
            todo += self.children[place]
        return found

    def titled(self, place: int) -> bool:
        return self.clauses[place].kind in TITLED

    def sibling(self, place: int, step: int) -> int | None:
        line = self.children[self.parents[place]]
        at = self.order[place] + step
        return line[at] if 0 <= at < len(line) else None


Shape = tuple[tuple[Kind, str], ...]


def skeleton(text: Laid, at: int) -> Shape:
    """The kinds and numbers of a clause and all numbered ones in it, in reading order."""
    inner = tuple(
        part for child in text.children[at] if text.labels[child] for part in skeleton(text, child)
    )
    return ((text.clauses[at].kind, text.labels[at]), *inner)

"""A charter's text as a frozen tree, in one language: what every format reads and writes.

A `Clause` holds its own heading and wording and its children; an `Outline` is the whole
instrument. Trees are values: `replace` and `dataclasses.replace` give new ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from charter.text.kinds import Kind


@dataclass(frozen=True, slots=True)
class Clause:
    """A unit of the text that can be cited.

    `id` is the clause's identity for ever (a UUID in the database; "" when not known yet).
    `numeral` is None where the number is computed from the tree, "" where the clause has none,
    and otherwise the number given by the text itself ("12a", "5 bis", "IV", or verbatim "Art. 5.").
    `text` is one paragraph in the inline grammar of `inline.py`.
    """

    kind: Kind
    text: str = ""
    heading: str = ""
    id: str = ""
    numeral: str | None = None
    principles: tuple[str, ...] = ()
    children: "tuple[Clause, ...]" = ()

    def walk(self, depth: int = 0) -> "Iterator[tuple[int, Clause]]":
        """The clause and all below it in reading order, each with its depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole text in one language. `scheme` names the numbering style, see `numbering.py`.

    `marked` says that it was not read from plain text, which has no headings without a number, no
    emphasis, links and notes.
    """

    title: str = ""
    clauses: tuple[Clause, ...] = ()
    language: str = "en"
    scheme: str = "treaty"
    marked: bool = field(default=True, compare=False)

    def walk(self) -> Iterator[tuple[int, Clause]]:
        """Every clause in reading order with its depth, top-level clauses at depth 0."""
        for clause in self.clauses:
            yield from clause.walk()

    def find(self, id: str) -> Clause | None:
        """The clause with this id, or None."""
        return next((clause for _, clause in self.walk() if clause.id == id), None)

    def replace(self, id: str, **changes: Any) -> "Outline":
        """The outline with the fields of one clause changed. KeyError when it is not there."""
        clauses, found = _replaced(self.clauses, id, changes)
        if not found:
            raise KeyError(id)
        return replace(self, clauses=clauses)


def _replaced(
    clauses: tuple[Clause, ...], id: str, changes: dict[str, Any]
) -> tuple[tuple[Clause, ...], bool]:
    for at, clause in enumerate(clauses):
        if clause.id == id:
            return (*clauses[:at], replace(clause, **changes), *clauses[at + 1 :]), True
        children, found = _replaced(clause.children, id, changes)
        if found:
            return (*clauses[:at], replace(clause, children=children), *clauses[at + 1 :]), True
    return clauses, False

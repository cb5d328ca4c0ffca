"""Pairs clauses that say the same, in order of appearance."""

from collections import defaultdict
from dataclasses import replace

from charter.text.outline import Clause, Outline


def match(before: Outline, after: Outline) -> Outline:
    """`after` with the ids of the clauses of `before` that have the same kind and words."""
    known: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for _depth, clause in before.walk():
        known[clause.kind, clause.heading, clause.text].append(clause.id)

    def named(clause: Clause) -> Clause:
        same = known[clause.kind, clause.heading, clause.text]
        return replace(
            clause,
            id=same.pop(0) if same else "",
            children=tuple(named(child) for child in clause.children),
        )

    return replace(after, clauses=tuple(named(clause) for clause in after.clauses))

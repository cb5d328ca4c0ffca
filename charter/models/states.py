"""Rows, live or historical, as the states that digests are made of."""

from collections.abc import Callable
from typing import Any

from charter.models.clauses import Clause, Wording
from charter.models.digests import State
from charter.models.principles import ClausePrinciple, Principle

# The tables with history under their names in a digest; a row refers only to tables before its own.
TABLES = {
    Principle: "principle",
    Clause: "clause",
    Wording: "wording",
    ClausePrinciple: "tag",
}


def state(table: str, row: Any, *, created: bool, slug: Callable[[int], str]) -> State:
    """The state of a row of `table`; `slug` names the principle with a given primary key."""
    key, values = _PARTS[table](row, slug)
    return State(table=table, key=key, values=values, created=created)


_Parts = tuple[tuple[str, ...], tuple[Any, ...]]


def _clause(row: Any, slug: Callable[[int], str]) -> _Parts:
    return (str(row.id),), (row.parent_id, row.rank, row.kind, row.numeral, row.struck)


def _wording(row: Any, slug: Callable[[int], str]) -> _Parts:
    return (str(row.clause_id), row.language), (row.heading, row.text)


def _principle(row: Any, slug: Callable[[int], str]) -> _Parts:
    values = (row.names, row.definitions, row.colour, row.rank, row.withdrawn)
    # Said only where there is something to say, so that digests of before these columns hold.
    kin = (row.merged_into, row.split_from)
    return (row.slug,), values + kin if any(kin) else values


def _tag(row: Any, slug: Callable[[int], str]) -> _Parts:
    return (str(row.clause_id), slug(row.principle_id)), (row.withdrawn,)


_PARTS = {
    "clause": _clause,
    "wording": _wording,
    "principle": _principle,
    "tag": _tag,
}

"""The clauses that proposed insertions put in, as operations of a change set."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from charter.actions.operations import Insert, Named, New
from charter.actions.values import Words
from charter.models import ProposedChange


def inserting(changes: Sequence[ProposedChange]) -> Iterator[Insert]:
    """The operations of several insertions; at one place they stand in the order given."""
    last: dict[tuple[UUID, UUID | None], Named] = {}
    for change in changes:
        place = (change.parent_id, change.after_id)
        for nth, planted in enumerate(change.planted):
            name = f"{change.uuid}/{nth}"
            after = last.get(place, change.after_id)
            yield from _planted(planted, change.language, name, change.parent_id, after)
            last[place] = New(name)


def _planted(
    planted: dict[str, Any], language: str, name: str, parent: Named, after: Named | None
) -> Iterator[Insert]:
    yield Insert(
        kind=planted["kind"],
        words={language: Words(planted.get("heading", ""), planted.get("text", ""))},
        parent=parent,
        after=after,
        first=after is None,
        numeral=planted.get("numeral"),
        name=name,
    )
    before: Named | None = None
    for nth, child in enumerate(planted.get("clauses", ())):
        inner = f"{name}/{nth}"
        yield from _planted(child, language, inner, New(name), before)
        before = New(inner)

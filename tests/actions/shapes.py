"""How clauses stand in one another, in the plainest form: what each holds, in order."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from charter.text.outline import Clause, Outline

Shape = Mapping[UUID | None, tuple[UUID, ...]]  # None holds the top level


def shape_of(text: Outline) -> Shape:
    """What every clause of a text holds; those that hold nothing are left out."""
    return dict(_held(None, text.clauses))


def _held(holder: UUID | None, clauses: Sequence[Clause]) -> Iterator[tuple]:
    if clauses:
        yield holder, tuple(UUID(one.id) for one in clauses)
    for one in clauses:
        yield from _held(UUID(one.id), one.children)


def below(shape: Shape, clause: UUID | None) -> list[UUID]:
    """All that stands in a clause, at whatever depth."""
    return [one for held in shape.get(clause, ()) for one in (held, *below(shape, held))]


def lifted(shape: Shape, clause: UUID, *, whole: bool = False) -> tuple[Shape, Shape]:
    """The shape without the clause in what it stood in, and what it holds by itself.

    `whole` takes along what it holds; otherwise that stays, for the clause to be put elsewhere.
    """
    inside = {clause, *below(shape, clause)}
    own = {holder: held for holder, held in shape.items() if holder in inside}
    rest = {
        holder: tuple(one for one in held if one != clause)
        for holder, held in shape.items()
        if not (whole and holder in inside)
    }
    return {holder: held for holder, held in rest.items() if held}, own


def put(shape: Shape, clause: UUID, parent: UUID | None, after: UUID | None) -> Shape:
    """The shape with the clause in `parent` right behind `after`, or first."""
    held = list(shape.get(parent, ()))
    held.insert(held.index(after) + 1 if after else 0, clause)
    return {**shape, parent: tuple(held)}


def places(held: Sequence[UUID], moved: UUID | None = None) -> list[UUID | None]:
    """What a clause may be put behind among these (None: first), unless it stands there now."""
    own = [held[at - 1] if at else None for at, one in enumerate(held) if one == moved]
    return [one for one in (None, *(one for one in held if one != moved)) if one not in own]

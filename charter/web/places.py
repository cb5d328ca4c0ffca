"""Where a clause can go: steps by keyboard, and every place of the text that may hold it."""

from collections.abc import Iterator
from dataclasses import dataclass

from charter.text.kinds import Kind, may_hold
from charter.text.numbering import citations
from charter.text.outline import Clause, Outline

STEPS = ("up", "down", "out", "in")


@dataclass(frozen=True, slots=True)
class Place:
    """Inside `parent` (None: the charter itself), next to a sibling, or last when none is named."""

    parent: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place offered to a person: `value` is what `placed` reads."""

    value: str
    citation: str
    depth: int
    where: str  # "first", "inside" or "after"


@dataclass(frozen=True, slots=True)
class Standing:
    """A clause, what holds it, and its siblings with itself at `index`."""

    clause: Clause
    parents: tuple[Clause, ...]
    siblings: tuple[Clause, ...]
    index: int

    @property
    def parent(self) -> Clause | None:
        return self.parents[-1] if self.parents else None


def find(outline: Outline, id: str) -> Standing | None:
    """Where a clause stands, or None when it is not in the text."""
    return next((one for one in _standings(outline.clauses, ()) if one.clause.id == id), None)


def step(outline: Outline, id: str, direction: str) -> Place | None:
    """The place one step "up", "down", "out" or "in"; None where there is none.

    "in" goes to the end of the clause before, "out" behind the clause it stands in.
    """
    at = find(outline, id)
    if at is None:
        return None
    if direction == "up" and at.index > 0:
        return Place(_id(at.parent), before=at.siblings[at.index - 1].id)
    if direction == "down" and at.index + 1 < len(at.siblings):
        return Place(_id(at.parent), after=at.siblings[at.index + 1].id)
    if direction == "out" and at.parent:
        outer = at.parents[-2] if len(at.parents) > 1 else None
        if may_hold(_kind(outer), at.clause.kind):
            return Place(_id(outer), after=at.parent.id)
    if direction == "in" and at.index > 0:
        holder = at.siblings[at.index - 1]
        if may_hold(holder.kind, at.clause.kind):
            return Place(holder.id)
    return None


def steps(outline: Outline, id: str) -> tuple[str, ...]:
    """The directions in which the clause can take a step."""
    return tuple(direction for direction in STEPS if step(outline, id, direction))


def placed(outline: Outline, value: str) -> Place | None:
    """The place that "first", "before:ID", "after:ID" or "inside:ID" names, or None."""
    where, _, id = value.partition(":")
    if value == "first":
        return Place(before=outline.clauses[0].id) if outline.clauses else Place()
    at = find(outline, id)
    if at is None:
        return None
    if where == "before":
        return Place(_id(at.parent), before=id)
    if where == "after":
        return Place(_id(at.parent), after=id)
    if where == "inside":
        return Place(id, before=at.clause.children[0].id if at.clause.children else None)
    return None


def offered(outline: Outline, value: str, without: str) -> str:
    """The same place as `spots` offers it to the clause `without`; "" where it is none."""
    where, _, id = value.partition(":")
    if where != "before":
        return value
    at = find(outline, id)
    if at is None:
        return ""
    ahead = [one.id for one in at.siblings[: at.index] if one.id != without]
    if ahead:
        return f"after:{ahead[-1]}"
    return f"inside:{at.parent.id}" if at.parent else "first"


def spots(outline: Outline, kind: Kind, without: str = "") -> Iterator[Spot]:
    """Every place a clause of this kind may stand in, in reading order; not inside `without`."""
    yield Spot("first", "", 0, "first")
    skip_below = None
    path: list[Kind] = []
    for (depth, clause), citation in zip(outline.walk(), citations(outline), strict=True):
        del path[depth:]
        if skip_below is not None and depth > skip_below:
            continue
        skip_below = depth if clause.id == without else None
        if clause.id != without:
            if may_hold(clause.kind, kind):
                yield Spot(f"inside:{clause.id}", citation, depth + 1, "inside")
            if may_hold(path[-1] if path else None, kind):
                yield Spot(f"after:{clause.id}", citation, depth, "after")
        path.append(clause.kind)


def _standings(clauses: tuple[Clause, ...], parents: tuple[Clause, ...]) -> Iterator[Standing]:
    for index, clause in enumerate(clauses):
        yield Standing(clause, parents, clauses, index)
        yield from _standings(clause.children, (*parents, clause))


def _id(clause: Clause | None) -> str | None:
    return clause.id if clause else None


def _kind(clause: Clause | None) -> Kind | None:
    return clause.kind if clause else None

"""What the chosen changes of some amendments make of the words of one clause together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from charter.actions.values import Words
from charter.models import ChangeStanding, ProposedChange
from charter.text.amending import taken
from charter.text.diff import diff
from charter.text.merge import merge_many

Part = Literal["heading", "text"]


@dataclass(frozen=True, slots=True)
class Taking:
    """A proposed change to adopt, of an amendment seen at `version`.

    `heading` and `text` are the places of the spans to take, in the redline of the current words
    and what the change would make of them; None takes all. `anyway` strikes a clause although its
    words have changed since the strike was proposed.
    """

    change: UUID
    version: int
    heading: frozenset[int] | None = None
    text: frozenset[int] | None = None
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class SettledWords:
    """The words that a person decided on where changes collide or one is in conflict."""

    clause: UUID
    language: str
    words: Words


@dataclass(frozen=True, slots=True)
class Collision:
    """A change that cannot be made beside those before it: `before` was to give way to `after`.

    The place is in the current words, in code points.
    """

    change: UUID
    part: Part
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Combined:
    """The words of one clause in one language once the chosen changes are made.

    `words` is None while something is open: `collisions`, or `conflicts`, changes that do not fit
    the current words any more. Both are settled with words of a person's own.
    """

    clause: UUID
    language: str
    current: Words
    changes: tuple[UUID, ...]
    words: Words | None
    collisions: tuple[Collision, ...] = ()
    conflicts: tuple[UUID, ...] = ()


def combine(
    current: Words, chosen: Sequence[tuple[Taking, ProposedChange]], settled: Words | None
) -> Combined:
    """The changes of one clause in one language, combined in this order.

    IndexError where a taking names a span that is no change.
    """
    clause, language = chosen[0][1].clause_id, chosen[0][1].language
    changes = tuple(change.uuid for _, change in chosen)
    conflicts = tuple(
        change.uuid for _, change in chosen if change.standing == ChangeStanding.CONFLICT
    )
    fitting = [pair for pair in chosen if pair[1].uuid not in conflicts]
    heading, open_heading = _part("heading", current.heading, fitting, language)
    text, open_text = _part("text", current.text, fitting, language)
    collisions = (*open_heading, *open_text)
    words = settled
    if settled is None and not collisions and not conflicts:
        words = Words(heading=heading, text=text)
    return Combined(clause, language, current, changes, words, collisions, conflicts)


def left_out(
    current: Words, chosen: Sequence[tuple[Taking, ProposedChange]], settled: Words
) -> frozenset[UUID]:
    """The changes that a settlement refuses: its words are just what the others make, or none.

    So whoever settles a collision with the words of one amendment has not adopted its rival.
    """
    one_by_one = {change.uuid: _alone(current, taking, change) for taking, change in chosen}
    if settled == current:
        return frozenset(one_by_one)
    agreed = {change for change, words in one_by_one.items() if words == settled}
    return frozenset(one_by_one) - agreed if agreed else frozenset()


def _alone(current: Words, taking: Taking, change: ProposedChange) -> Words:
    """The words that one change alone would make; in conflict, those it was written as."""
    if change.standing == ChangeStanding.CONFLICT:
        return Words(change.heading, change.text)
    return Words(
        heading=_wanted("heading", current.heading, taking, change),
        text=_wanted("text", current.text, taking, change),
    )


def takes_all(taking: Taking, change: ProposedChange, current: Words) -> bool:
    """Whether a taking leaves nothing of a fitting change behind."""
    return all(
        taken(diff(now, then, change.language), places) == then
        for now, then, places in (
            (current.heading, change.carried_heading, taking.heading),
            (current.text, change.carried_text, taking.text),
        )
        if places is not None
    )


def takes_nothing(taking: Taking, change: ProposedChange, current: Words) -> bool:
    """Whether a taking leaves all of a fitting change behind."""
    return _alone(current, taking, change) == current and not takes_all(taking, change, current)


def _part(
    part: Part,
    current: str,
    chosen: Sequence[tuple[Taking, ProposedChange]],
    language: str,
) -> tuple[str, tuple[Collision, ...]]:
    versions = [_wanted(part, current, *pair) for pair in chosen]
    many = merge_many(current, versions, language)
    return many.text, tuple(
        Collision(chosen[one.version][1].uuid, part, one.start, one.end, one.before, one.after)
        for one in many.unplaced
    )


def _wanted(part: Part, current: str, taking: Taking, change: ProposedChange) -> str:
    """The words as this change alone would leave them, by what is taken of it."""
    whole: str = getattr(change, f"carried_{part}")
    places: frozenset[int] | None = getattr(taking, part)
    return whole if places is None else taken(diff(current, whole, change.language), places)

"""Typed events, told of in the transaction that makes them and again once it has committed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from django.db import transaction

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class RevisionCommitted:
    """A charter has a new head. `followed` and `hooked` say whether anybody follows a clause of it,
    and any webhook listens for this: who looks for them need not look in vain."""

    charter_id: int
    number: int
    actor_id: int
    followed: bool = field(default=True, compare=False)
    hooked: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class ThreadChanged:
    """A thread was opened, answered, resolved, reopened or anchored anew."""

    charter_id: int
    thread_id: int
    actor_id: int
    change: Literal["opened", "answered", "resolved", "reopened", "anchored"]


@dataclass(frozen=True, slots=True)
class MembershipChanged:
    """A person gained, changed or lost a seat, or waits for their delegation's word, or has it."""

    charter_id: int
    person_id: int
    actor_id: int
    change: Literal["gained", "changed", "lost", "waiting", "confirmed", "declined"]


@dataclass(frozen=True, slots=True)
class EditionNamed:
    """Revision `number` has a name and a symbol, new ones or others than before."""

    charter_id: int
    edition_id: int
    number: int
    name: str
    symbol: str
    actor_id: int


@dataclass(frozen=True, slots=True)
class EditionWithdrawn:
    """An edition's name was taken off its revision `number`."""

    charter_id: int
    edition_id: int
    number: int
    actor_id: int


@dataclass(frozen=True, slots=True)
class CharterChanged:
    """A charter's stage, its languages or the name it goes by were changed."""

    charter_id: int
    stage: str
    languages: tuple[str, ...]
    actor_id: int


@dataclass(frozen=True, slots=True)
class StageChanged:
    """A charter was taken to another stage: `step_id` is the line of the log that says so."""

    charter_id: int
    step_id: int
    actor_id: int


@dataclass(frozen=True, slots=True)
class AmendmentChanged:
    """An amendment on the table was tabled, reworked, joined, left or settled; `change` says which.

    Nothing is told of drafts.
    """

    charter_id: int
    amendment_id: int
    actor_id: int
    change: str


@dataclass(frozen=True, slots=True)
class AmendmentDiscussed:
    """A thread on an amendment was opened, answered, resolved, reopened or anchored anew.

    Nothing is told of what a delegation says of its draft.
    """

    charter_id: int
    amendment_id: int
    thread_id: int
    actor_id: int
    change: Literal["opened", "answered", "resolved", "reopened", "anchored"]


@dataclass(frozen=True, slots=True)
class PositionTaken:
    """A delegation took a position that all may see, or took it back: `stance` says which.

    Nothing is told of positions that are kept to a delegation.
    """

    charter_id: int
    position_id: int
    actor_id: int
    stance: str


@dataclass(frozen=True, slots=True)
class StatementChanged:
    """A delegation made a reservation or declaration, or withdrew one."""

    charter_id: int
    statement_id: int
    actor_id: int
    change: Literal["made", "withdrawn"]


@dataclass(frozen=True, slots=True)
class RungChanged:
    """A clause was put on a rung of the ladder of agreement: `step_id` is the line that says so."""

    charter_id: int
    step_id: int
    actor_id: int


@dataclass(frozen=True, slots=True)
class RegisterChanged:
    """Entries of the register, memberships or delegations of the parties of these codes changed."""

    charter_id: int
    codes: tuple[str, ...]
    actor_id: int


@dataclass(frozen=True, slots=True)
class SilenceChanged:
    """A silence procedure was opened, extended, broken, called off, or ended by its expiry.

    `actor_id` is None where nobody acted: an expiry is the passing of time.
    """

    charter_id: int
    silence_id: int
    actor_id: int | None
    change: Literal["opened", "extended", "broken", "called_off", "adopted", "failed"]


@dataclass(frozen=True, slots=True)
class AmendmentsCarried:
    """A revision left these open changes in conflict that had stood well with the text before."""

    charter_id: int
    number: int
    amendment_ids: tuple[int, ...]
    actor_id: int


_within: dict[type, list[Callable]] = {}
_listeners: dict[type, list[Callable]] = {}


def listen_within(event_type: type[E], listener: Callable[[E], None]) -> None:
    """Call `listener` with every event of this type at once, inside its transaction.

    What it writes is committed with the event or not at all; if it fails, so does the act.
    """
    _within.setdefault(event_type, []).append(listener)


def listen(event_type: type[E], listener: Callable[[E], None]) -> None:
    """Call `listener` with every event of this type, after its commit."""
    _listeners.setdefault(event_type, []).append(listener)


def announce(event: object) -> None:
    """Tell the listeners within now, and the others once the transaction has committed.

    One of the latter that fails is logged by Django and does not undo the commit.
    """
    for listener in _within.get(type(event), ()):
        listener(event)
    for listener in _listeners.get(type(event), ()):
        transaction.on_commit(lambda listener=listener: listener(event), robust=True)

"""Typed events, announced when the transaction that made them has committed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class RevisionCommitted:
    """A charter has a new head."""

    charter_id: int
    number: int


@dataclass(frozen=True, slots=True)
class ThreadChanged:
    """A thread was opened, answered, resolved, reopened or anchored anew."""

    charter_id: int
    thread_id: int


@dataclass(frozen=True, slots=True)
class MembershipChanged:
    """A person gained, changed or lost a seat."""

    charter_id: int
    person_id: int


_listeners: dict[type, list[Callable]] = {}


def listen(event_type: type[E], listener: Callable[[E], None]) -> None:
    """Call `listener` with every event of this type, after its commit."""
    _listeners.setdefault(event_type, []).append(listener)


def announce(event: object) -> None:
    """Tell the listeners once the transaction has committed; never if it does not.

    A listener that fails is logged by Django and does not undo the commit.
    """
    for listener in _listeners.get(type(event), ()):
        transaction.on_commit(lambda listener=listener: listener(event), robust=True)

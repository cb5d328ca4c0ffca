"""What the cast of the demo follows, and how far each has read the inbox."""

import tomllib
from dataclasses import dataclass
from datetime import datetime

from charter.actions.notices import follow, read_notices
from charter.demo.content import HERE
from charter.demo.playing import Table


@dataclass(frozen=True, slots=True)
class Follower:
    """A person of the cast; `read` is the moment up to which all notices are read."""

    key: str
    whole: bool
    clauses: tuple[str, ...]
    read: datetime


def followers() -> tuple[Follower, ...]:
    """The cast as the file has it."""
    found = tomllib.loads((HERE / "following.toml").read_text())["person"]
    return tuple(Follower(**{**one, "clauses": tuple(one["clauses"])}) for one in found)


def follow_clauses(table: Table, at: datetime) -> None:
    """Have everybody follow what they do, from this moment on, and know of their seat."""
    for one in followers():
        read_notices(actor=table.people[one.key], at=at)
        act = {"actor": table.people[one.key], "charter": table.charter, "at": at}
        for clause in [None] * one.whole + [table.id(key) for key in one.clauses]:
            follow(**act, clause=clause)


def read_inboxes(table: Table) -> None:
    """Have everybody read what came until their moment, and letters tell of none of it."""
    for one in followers():
        read_notices(
            actor=table.people[one.key], charter=table.charter, until=one.read, at=one.read
        )

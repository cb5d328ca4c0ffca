"""The chain of digests: what makes a rewritten past visible to whoever holds an old digest.

The digest of a revision is a SHA-256 over the digest before it, who committed it and when, and the
state of every row it changed. Every value is preceded by its length in bytes, so that no two
different revisions have the same encoding. Rows are named by what they are (a clause's id, a
language, a principle's slug) and never by a number of the database's own, so the chain can be
checked again from an export of the history.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

SCHEME = "charter-revision-1"


@dataclass(frozen=True, slots=True)
class Act:
    """What a revision says of itself."""

    charter: UUID
    number: int
    author: UUID
    committed_at: datetime
    message: str
    cause: str
    earlier: int | None = None
    adopted: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """One row as a revision left it.

    `table` is "clause", "wording", "principle" or "tag"; `key` says which row, `values` the rest.
    `created` tells the first state of a row from a later one.
    """

    table: str
    key: tuple[str, ...]
    values: tuple[Any, ...]
    created: bool


def digest(previous: str, act: Act, states: Iterable[State]) -> str:
    """The hexadecimal digest of a revision; `previous` is "" before the first."""
    sha = hashlib.sha256()
    for value in (SCHEME, previous, act.charter, act.number, act.author):
        sha.update(_encoded(value))
    for value in (act.committed_at, act.message, act.cause):
        sha.update(_encoded(value))
    # Left out where there are none: chains older than these fields stay as they are, and no state
    # begins with a number or an id.
    if act.earlier is not None:
        sha.update(_encoded(act.earlier))
    for amendment in act.adopted:
        sha.update(_encoded(amendment))
    for state in sorted(states, key=lambda state: (state.table, state.key)):
        sha.update(_encoded(state.table))
        sha.update(_encoded("+" if state.created else "~"))
        sha.update(_row(state.key))
        sha.update(_row(state.values))
    return sha.hexdigest()


def _row(values: tuple[Any, ...]) -> bytes:
    return _encoded(len(values)) + b"".join(_encoded(value) for value in values)


def _encoded(value: Any) -> bytes:
    """The value's kind in one letter, its length in bytes, a colon, and its bytes."""
    letter, text = _written(value)
    content = text.encode()
    return b"%s%d:%s" % (letter, len(content), content)


def _written(value: Any) -> tuple[bytes, str]:
    match value:
        case None:
            return b"n", ""
        case bool():
            return b"b", "true" if value else "false"
        case int():
            return b"i", str(value)
        case str():
            return b"s", value
        case UUID():
            return b"u", str(value)
        case datetime():
            return b"t", value.astimezone(UTC).isoformat(timespec="microseconds")
        case dict():
            compact = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            return b"j", compact
    raise TypeError(f"A {type(value).__name__} has no place in a digest.")

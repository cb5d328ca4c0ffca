"""Files to take away."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class File:
    """Bytes, what they are, and what the file is called."""

    data: bytes
    media_type: str
    name: str


class NoFile(LookupError):
    """There is no such format, or no such thing to take away."""


def lend_connection() -> None:
    """Give the database's connection back: a PDF takes its time, and others need theirs."""
    if not connection.in_atomic_block:
        connection.close()

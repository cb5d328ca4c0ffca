"""The addresses by which a person's programs read feeds and the calendar without signing in.

An address carries a key: a signature over the charter, the person and the version of the key. It
stands in the query string, which no log takes down.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.urls import reverse

from accounts.models import Person
from charter.models import Charter, FeedKey
from charter.queries.feeds import reader_of

SALT = "charter.feeds"
LONGEST = 400  # characters of a key


@dataclass(frozen=True, slots=True)
class Addresses:
    """Of the charter's history, of its silence procedures, and of one clause's history or ""."""

    history: str
    calendar: str
    clause: str


def addresses(
    charter: Charter, key: FeedKey, absolute: Callable[[str], str], clause: UUID | None = None
) -> Addresses:
    """What this key opens. `absolute` makes a path an address."""

    def made(name: str, *more: UUID) -> str:
        path = reverse(name, args=[charter.slug, *more])
        return absolute(f"{path}?{urlencode({'key': key_of(key, charter)})}")

    return Addresses(
        history=made("history_feed"),
        calendar=made("silence_calendar"),
        clause=made("clause_feed", clause) if clause else "",
    )


def key_of(key: FeedKey, charter: Charter) -> str:
    """What opens the feeds in the name of the key's person."""
    return signing.dumps([charter.uuid.hex, key.person.uuid.hex, key.version], salt=SALT)


def opened(said: str) -> tuple[Person, UUID] | None:
    """Whose key this is and of which charter; None for one that opens nothing."""
    try:
        charter, person, version = signing.loads(said[:LONGEST], salt=SALT)
        found = reader_of(UUID(charter), UUID(person), version)
        return (found, UUID(charter)) if found else None
    except (signing.BadSignature, ValueError):
        return None

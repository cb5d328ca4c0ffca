"""Whose key a program brings for the feeds of a charter."""

from uuid import UUID

from accounts.models import Person
from charter.models import Charter, FeedKey


def feed_key(charter: Charter, person: Person) -> FeedKey | None:
    """The person's key, None where there is none that opens anything."""
    found = FeedKey.objects.select_related("person")
    return found.filter(charter=charter, person=person, on=True).first()


def reader_of(charter: UUID, person: UUID, version: int) -> Person | None:
    """The person whose key this is, None when it opens nothing any more.

    That the person may still read the charter is for `access.enter` to say.
    """
    key = (
        FeedKey.objects.select_related("person")
        .filter(charter__uuid=charter, person__uuid=person, version=version, on=True)
        .first()
    )
    return key.person if key else None

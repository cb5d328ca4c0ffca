"""The key in a letter by which its reader ends the letters, with no need to sign in.

It is a signature over the person and the charter, opens nothing else and is kept nowhere.
"""

from uuid import UUID

from django.core import signing

from accounts.models import Person
from charter.models import Charter

_SALT = "charter.letters"
_LONGEST = 400


def key_for(person: Person, charter: Charter) -> str:
    """The key in the letters about the charter to this person."""
    return signing.dumps([person.uuid.hex, charter.uuid.hex], salt=_SALT)


def reader_of(key: str) -> tuple[Person, UUID] | None:
    """The person and the charter's uuid; None for what is no such key."""
    try:
        person, charter = (UUID(said) for said in signing.loads(key[:_LONGEST], salt=_SALT))
    except (signing.BadSignature, ValueError):
        return None
    found = Person.objects.filter(uuid=person, is_active=True).first()
    return (found, charter) if found else None

"""In whose name a command acts."""

from django.core.management.base import CommandError

from accounts.models import Person
from accounts.people import operator


def actor_of(email: str) -> Person:
    """The person with this address; without one whoever runs the installation. CommandError."""
    if not email:
        return operator()
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody here has the address {email}.")
    return person

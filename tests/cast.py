"""The people the tests are about, always the same five."""

from dataclasses import dataclass

from accounts.models import Person


@dataclass(frozen=True)
class Cast:
    """Everybody but the stranger has the seat of their name in the charter of the scene."""

    chair: Person
    drafter: Person
    reviewer: Person
    observer: Person
    stranger: Person


def cast() -> Cast:
    """Make the five persons."""
    return Cast(**{role: person(role) for role in Cast.__annotations__})


def person(name: str) -> Person:
    """Somebody with an account and nothing else."""
    return Person.objects.create_user(f"{name}@example.org", name=name.title())

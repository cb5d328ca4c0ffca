"""Who must not be deactivated, and why: other rooms say so without this one knowing them."""

from collections.abc import Callable

from accounts.models import Person

Objection = Callable[[Person], str]
_objections: list[Objection] = []


def object_with(objection: Objection) -> None:
    """Ask `objection` before a person is deactivated: a sentence against it, or ""."""
    _objections.append(objection)


def against(person: Person) -> list[str]:
    """Why the person cannot leave yet."""
    return [said for said in (ask(person) for ask in _objections) if said]

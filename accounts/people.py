"""What other rooms ask of people: to invite one, to find one, to name who runs a command."""

from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Person

OPERATOR = "operator@localhost"


def invite(email: str, name: str, by: Person | None = None) -> tuple[Person, str]:
    """A person for the address, made if need be, and the path of a link to set a password.

    The path is "" when the person can sign in already, and when another than `by` invited them
    first: a link is a key to the account, and goes to one inviter only. `by` is None for whoever
    runs the installation, who may have any link.
    """
    person = _find_or_make(email, name, by)
    entitled = by is None or person.invited_by_id == by.pk
    waits = person.is_active and not person.is_demo and not person.has_usable_password()
    pending = waits and person.email != OPERATOR  # who acts at the console only
    return person, link(person) if pending and entitled else ""


def link(person: Person) -> str:
    """The path of a page where the person sets a password, once, within three days."""
    token = default_token_generator.make_token(person)
    return reverse("accounts:invitation", args=[person.uuid, token])


def invited(uuid: UUID, token: str) -> Person | None:
    """The person whom a link lets in, or None when it is used, old or forged."""
    person = Person.objects.filter(uuid=uuid, is_active=True).first()
    valid = person is not None and default_token_generator.check_token(person, token)
    return person if valid else None


def cast() -> list[Person]:
    """The persons of the demo, in the order they were made."""
    return list(
        Person.objects.filter(is_demo=True, is_active=True, is_superuser=False).order_by("pk")
    )


def operator() -> Person:
    """Who a command acts as when nobody is named: the first superuser, else a stand-in.

    Where there is a demo and no superuser it is the first of the cast, so that whoever tries the
    commands finds in the browser what they did. The stand-in holds seats like anybody, has no
    password and is never sent a link to set one.
    """
    person = Person.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if person is None:
        person = next(iter(cast()), None)
    if person is None:
        person, _ = Person.objects.get_or_create(
            email=OPERATOR,
            defaults={"name": "Operator", "password": "!"},
        )
    return person


def _find_or_make(email: str, name: str, by: Person | None) -> Person:
    """Two may invite the same address at once; the second finds the first's person."""
    wanted = email.strip().lower()
    person = Person.objects.filter(email=wanted).first()
    if person is None:
        try:
            with transaction.atomic():
                person = Person.objects.create_user(
                    wanted, None, name=name.strip() or wanted, invited_by=by
                )
        except IntegrityError:
            person = Person.objects.get(email=wanted)
    return person

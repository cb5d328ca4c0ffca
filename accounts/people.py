"""What other rooms ask of people: to make one, to find one, to name who runs a command."""

from typing import Any
from uuid import UUID

from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils import timezone

from accounts import tokens
from accounts.forms import Account
from accounts.models import Person

OPERATOR = "operator@localhost"


class _Letters(PasswordResetTokenGenerator):
    """Signs the links that go to a person's address and nowhere else."""

    key_salt = "accounts.people.letters"


_letters = _Letters()


class AddressTaken(Exception):
    """Somebody has an account with this address."""


def make(*, email: str, name: str, password: str) -> Person:
    """A person who can sign in. AddressTaken when there is an account of this address."""
    try:
        with transaction.atomic():
            return Person.objects.create_user(email, password, name=name)
    except IntegrityError:
        raise AddressTaken from None


def confirm(person: Person) -> None:
    """Note that the address was shown to be this person's; the first time counts.

    Whoever had the account before was perhaps another, who only typed the address in: tokens that
    were made till then work no more.
    """
    with transaction.atomic():
        row = held(person)
        if row.confirmed_at is None:
            row.confirmed_at = timezone.now()
            row.save(update_fields=["confirmed_at"])
            tokens.revoke_all(row)
    person.confirmed_at = row.confirmed_at


def held(person: Person) -> Person:
    """The person as they are now, whom nobody else changes until the transaction ends."""
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def change(person: Person, **changes: Any) -> Person:
    """Change the name, `language`, `time_zone`, `appearance` or `shows_presence` of a person.

    Values are as the account page takes them; ValidationError, by field, for others.
    """
    row = held(person)
    form = Account({**model_to_dict(row, Account.Meta.fields), **changes}, instance=row)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return form.save()


def link(person: Person) -> str:
    """The path of a page where the person sets a password, once, within three days.

    It is for a letter to the person's address alone: who uses it has shown that it is theirs.
    """
    return reverse("accounts:invitation", args=[person.uuid, _letters.make_token(person)])


def invited(uuid: UUID, token: str) -> Person | None:
    """The person whom a link lets in, or None when it is used, old or forged."""
    person = Person.objects.filter(uuid=uuid, is_active=True).first()
    if person is None:
        return None
    # Those of the second kind were handed out by inviters, before seats had invitations.
    kinds = (_letters, default_token_generator)
    valid = any(kind.check_token(person, token) for kind in kinds)
    return person if valid else None


def came_by_letter(person: Person, token: str) -> bool:
    """Whether the link that lets this person in was sent to their address."""
    return _letters.check_token(person, token)


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

"""Tokens: with which programs act for a person. A secret is shown once and kept as a digest."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, Scope, Token

START = "chr_"
LONGEST = 366  # days
MOST = 50  # tokens of one person that work at a time
NOTED = timedelta(minutes=1)  # how exactly the last use is known


def issue(person: Person, *, name: str, scope: str, days: int) -> tuple[Token, str]:
    """A new token and its secret: "chr_" and 40 characters that are safe in addresses.

    ValidationError for an empty or long name, an unknown scope, days out of 1 to LONGEST, and
    for a person who has MOST of them already.
    """
    called = name.strip()
    if not 0 < len(called) <= 100:
        raise ValidationError(_("A token needs a name of at most 100 characters."))
    if scope not in Scope.values:
        raise ValidationError(_("There is no such scope."))
    if not 1 <= days <= LONGEST:
        raise ValidationError(_("A token lasts a day at least and a year at most."))
    secret = START + secrets.token_urlsafe(30)
    now = timezone.now()
    with transaction.atomic():
        # One at a time for each person, or two at once would pass the count together.
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if _live(person).count() >= MOST:
            raise ValidationError(_("There are too many tokens: revoke one first."))
        token = Token.objects.create(
            person=person,
            name=called,
            key_digest=digest(secret),
            prefix=secret[:8],
            scope=scope,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
    return token, secret


def holder(secret: str) -> Token | None:
    """The token of a secret with its `person`; None when it does not work, for whatever reason.

    One query, and at most once a minute a second that notes the use.
    """
    now = timezone.now()
    token = (
        Token.objects.select_related("person")
        .filter(
            key_digest=digest(secret),
            revoked_at=None,
            expires_at__gt=now,
            person__is_active=True,
        )
        .first()
    )
    if token and (token.last_used_at is None or token.last_used_at <= now - NOTED):
        token.last_used_at = now
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def tokens_of(person: Person) -> list[Token]:
    """The tokens that work, the newest first. One query."""
    return list(_live(person))


def revoke(person: Person, token_id: int) -> bool:
    """Let a token work no more, at once; False when the person has no such working token."""
    return bool(_live(person).filter(pk=token_id).update(revoked_at=timezone.now()))


def revoke_all(person: Person) -> int:
    """Let none of the person's tokens work any more; how many did."""
    return _live(person).update(revoked_at=timezone.now())


def digest(secret: str) -> str:
    """What is kept of a secret. It has 240 random bits, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _live(person: Person):
    return Token.objects.filter(person=person, revoked_at=None, expires_at__gt=timezone.now())

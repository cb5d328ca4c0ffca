"""A brake on guessing passwords: few attempts per address and caller, more per either alone.

Attempts are rows, so the brake holds across processes. One counts from before its password is
checked until it succeeds, so that guesses made at the same moment are all counted.
"""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import Attempt

WINDOW = timedelta(minutes=15)
KEPT = timedelta(hours=1)
PER_PAIR = 8
PER_ORIGIN = 60
PER_EMAIL = 60


def enter(email: str, origin: str) -> Attempt | None:
    """Count an attempt, or None when there were too many and no password may be looked at."""
    Attempt.objects.filter(at__lt=timezone.now() - KEPT).delete()
    attempt = Attempt.objects.create(email_digest=_digest(email), origin=origin[:64])
    recent = Attempt.objects.filter(at__gt=timezone.now() - WINDOW)
    from_origin = recent.filter(origin=attempt.origin)
    for_email = recent.filter(email_digest=attempt.email_digest)
    too_many = (
        from_origin.filter(email_digest=attempt.email_digest).count() > PER_PAIR
        or from_origin.count() > PER_ORIGIN
        or for_email.count() > PER_EMAIL
    )
    if too_many:
        attempt.delete()
        return None
    return attempt


def succeed(attempt: Attempt) -> None:
    """Forget this caller's attempts at this address."""
    Attempt.objects.filter(email_digest=attempt.email_digest, origin=attempt.origin).delete()


def _digest(email: str) -> str:
    salted = f"{settings.SECRET_KEY}\0{email.strip().lower()}"
    return hashlib.sha256(salted.encode()).hexdigest()

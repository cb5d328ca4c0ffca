"""A brake on guessing passwords: few attempts per address and caller, more per either alone.

Attempts are rows, so the brake holds across processes. One counts from before its password is
checked until it succeeds, so that guesses made at the same moment are all counted.

A browser that has signed in before is known by a signed cookie and counted by itself: strangers
who guess at somebody's password do not shut that person out.
"""

import hashlib
import secrets
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.models import Attempt

WINDOW = timedelta(minutes=15)
KEPT = timedelta(hours=1)
PER_PAIR = 8
PER_ORIGIN = 60
PER_EMAIL = 60
DEVICE = "charter-device"


def enter(email: str, origin: str, *, known: bool = False) -> Attempt | None:
    """Count an attempt, or None when there were too many and no password may be looked at.

    With `known`, `origin` is what `device_of` gave, and attempts from elsewhere do not matter.
    """
    Attempt.objects.filter(at__lt=timezone.now() - KEPT).delete()
    attempt = Attempt.objects.create(email_digest=_digest(email), origin=origin[:64])
    recent = Attempt.objects.filter(at__gt=timezone.now() - WINDOW)
    from_origin = recent.filter(origin=attempt.origin)
    for_email = recent.filter(email_digest=attempt.email_digest)
    too_many = from_origin.filter(email_digest=attempt.email_digest).count() > PER_PAIR or (
        not known and (from_origin.count() > PER_ORIGIN or for_email.count() > PER_EMAIL)
    )
    if too_many:
        attempt.delete()
        return None
    return attempt


def origin_of(address: str) -> str:
    """Whom an address stands for: in IPv6 the network, as one caller has all of its addresses."""
    try:
        found = ip_address(address)
    except ValueError:
        return address or "unknown"
    if found.version == 4:
        return address
    if found.ipv4_mapped:  # how IPv4 callers look at a socket for both
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False))


def device_of(request: HttpRequest, email: str) -> str:
    """Names the browser, when somebody has signed in with this address in it before; else ""."""
    said = request.get_signed_cookie(DEVICE, default="", salt=DEVICE)
    digest, _dot, nonce = said.partition(".")
    return f"device {nonce}" if nonce and digest == _digest(email)[:32] else ""


def remember(response: HttpResponseBase, email: str) -> None:
    """Make the browser known for this address."""
    response.set_signed_cookie(
        DEVICE,
        f"{_digest(email)[:32]}.{secrets.token_urlsafe(12)}",
        salt=DEVICE,
        max_age=180 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def succeed(attempt: Attempt) -> None:
    """Forget this caller's attempts at this address."""
    Attempt.objects.filter(email_digest=attempt.email_digest, origin=attempt.origin).delete()


def forgive(attempt: Attempt) -> None:
    """Forget this one attempt; those before it still count."""
    attempt.delete()


def _digest(email: str) -> str:
    salted = f"{settings.SECRET_KEY}\0{email.strip().lower()}"
    return hashlib.sha256(salted.encode()).hexdigest()

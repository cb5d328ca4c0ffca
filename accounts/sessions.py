"""The beginning of a session, by whichever door a person came in."""

from django.contrib.auth import login
from django.http import HttpRequest

from accounts import throttle
from accounts.models import Person

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin(request: HttpRequest, person: Person) -> None:
    """Sign the person in. The session's key and the secret of its forms are new."""
    login(request, person, backend=getattr(person, "backend", _BACKEND))


def origin(request: HttpRequest) -> str:
    """Who asks, as the brake on guessing counts callers."""
    return throttle.origin_of(request.META.get("REMOTE_ADDR") or "")

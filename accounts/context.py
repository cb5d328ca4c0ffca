"""What every page knows of the installation and of the person looking at it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def interface(request: HttpRequest) -> dict[str, Any]:
    """`DEMO`, `EMAIL_OFFERED`, and `appearance`: "auto", "light" or "dark"."""
    person = getattr(request, "user", None)
    return {
        "DEMO": settings.DEMO,
        "EMAIL_OFFERED": settings.EMAIL_OFFERED,
        "appearance": getattr(person, "appearance", "auto"),
    }

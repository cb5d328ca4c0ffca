"""How many requests a minute: for each token, for each person, and for whoever is nobody."""

from collections.abc import Sequence

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Token
from accounts.throttle import origin_of
from charter.actions.paces import WINDOW, Limit, Pace, spend
from charter.api.problems import Problem


def count(request: Request) -> list[Pace]:
    """Count the request of somebody known. Raises Problem when there were too many."""
    limits = [Limit("person", f"person {request.user.pk}", settings.API_RATE_PERSON)]
    if isinstance(request.auth, Token):
        limits.append(Limit("token", f"token {request.auth.pk}", settings.API_RATE_TOKEN))
    return _spent(limits)


def count_stranger(request: Request) -> list[Pace]:
    """Count a request that did not say who asks, or said it wrong."""
    origin = origin_of(request.META.get("REMOTE_ADDR", ""))[:60]
    return _spent([Limit("origin", f"origin {origin}", settings.API_RATE_STRANGER)])


def _spent(limits: Sequence[Limit]) -> list[Pace]:
    paces = spend(limits)
    wait = max(pace.wait for pace in paces)
    if wait:
        raise Problem("too_many_requests", headers={"Retry-After": str(wait), **_headers(paces)})
    return paces


def tell(response: Response, paces: Sequence[Pace]) -> None:
    """Put `RateLimit` and `RateLimit-Policy` into the answer."""
    for name, value in _headers(paces).items():
        response.headers.setdefault(name, value)


def _headers(paces: Sequence[Pace]) -> dict[str, str]:
    if not paces:
        return {}
    policies = ", ".join(f'"{pace.limit.name}";q={pace.limit.most};w={WINDOW}' for pace in paces)
    left = ", ".join(f'"{pace.limit.name}";r={pace.left};t={pace.full_in}' for pace in paces)
    return {"RateLimit-Policy": policies, "RateLimit": left}

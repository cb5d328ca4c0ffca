"""`Idempotency-Key`: the same request sent again has one effect and gets one answer.

Only what was done is kept: a refused request has changed nothing and may be tried again.
"""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import NotVisible, Right, require, visible_to
from charter.actions.repeats import Answered, claim, keep
from charter.api.problems import Problem
from charter.api.rendering import rendered

if TYPE_CHECKING:
    from charter.api.endpoints import Endpoint

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
_KEY = re.compile(r"[!-~]{1,200}")
_KEPT = ("Location", "ETag")


def key_of(request: Request) -> str | None:
    """The key, None without one. Problem for one that is no plain word of at most 200 letters."""
    said = request.headers.get(HEADER)
    if said is not None and not _KEY.fullmatch(said):
        raise Problem("bad_key", "An Idempotency-Key has 1 to 200 visible ASCII characters.")
    return said


def once(view: "Endpoint", key: str, act: Callable[[], Response]) -> HttpResponseBase:
    """What `act` answers, or what it answered before. Inside a transaction."""
    request = view.request
    route = f"{request.method} {request.path}"[:500]
    found = claim(request.user, route, key, fingerprint(request))
    if isinstance(found, Answered):
        return _again(view, found)
    response = act()
    if response.status_code < 300:
        secret = view.issues_secrets
        kept = {name: response[name] for name in _KEPT if response.has_header(name)}
        body = "" if secret or response.data is None else rendered(response.data).decode()
        about = view.about
        keep(
            found,
            Answered("", response.status_code, kept, body, about.pk if about else None),
        )
    return response


def _again(view: "Endpoint", found: Answered) -> HttpResponseBase:
    request = view.request
    if found.fingerprint != fingerprint(request):
        raise Problem("key_reused", "This key was sent before with another request.")
    if found.charter_id:
        charter = visible_to(request.user).filter(pk=found.charter_id).first()
        if charter is None:
            raise NotVisible(str(found.charter_id))
        require(request.user, charter, view.right or Right.READ)
    headers = {**found.headers, REPLAYED: "true"}
    if view.issues_secrets:
        raise Problem("shown_once", headers=headers)
    if not found.body:
        return HttpResponse(status=found.status, headers=headers)
    return HttpResponse(
        found.body.encode(),
        status=found.status,
        content_type="application/json",
        headers=headers,
    )


def fingerprint(request: Request) -> str:
    """What tells one request from another: its query, precondition and body."""
    parts = [request.META.get("QUERY_STRING", ""), request.headers.get("If-Match", "")]
    digest = sha256(json.dumps(parts).encode())
    if request.FILES:
        for name, value in sorted(request.POST.items()):
            digest.update(json.dumps([name, value]).encode())
        for name, file in sorted(request.FILES.items()):
            digest.update(json.dumps([name, file.name]).encode())
            file.seek(0)
            digest.update(sha256(file.read()).digest())
            file.seek(0)
    else:
        digest.update(json.dumps(request.data, sort_keys=True).encode())
    return digest.hexdigest()

"""Pages that have not changed since a browser last had them: 304 instead of the page.

The tag is made of everything a page of one charter is made of, before any of it is read: what the
charter, the seat and the person are, what is asked for and in which language, and the program
itself. It holds the secret of the browser's forms, so that those in a kept page can be sent. What
is read after it can only be newer, and then the next request has another tag.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

import django
from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from charter.access import Seat
from charter.data import ROOT
from charter.queries.stamps import stamp_of

_PROGRAM = {"charter": (".py", ".mo"), "accounts": (".py",), "templates": (".html",)}


def unless_unchanged(
    request: HttpRequest, seat: Seat, page: Callable[[], HttpResponse]
) -> HttpResponse:
    """304 when the browser has this very page, else `page()` with the tag to ask for it again.

    A page that shows messages has no tag: it is shown once.
    """
    tag = _tag(request, seat)
    if not tag:
        return page()
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = page()
        if answer.status_code != 200:
            return answer
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _tag(request: HttpRequest, seat: Seat) -> str:
    """Weak, as the token in a form is masked anew each time; "" where there can be none."""
    secret = request.META.get("CSRF_COOKIE")
    if settings.DEBUG or not secret or len(get_messages(request)):
        return ""
    person = seat.person
    parts = (
        request.get_full_path(),
        get_language(),
        (person.pk, person.name, person.email, person.appearance),
        secret,
        _values(seat.charter),
        _values(seat.membership),
        stamp_of(seat.charter),
        _program(),
    )
    return f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _values(row: Model) -> tuple[object, ...]:
    """All columns of a row."""
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields)


@cache
def _program() -> str:
    """What makes pages of rows: code, templates, catalogues, names of static files, settings."""
    digest = sha256(repr((django.VERSION, settings.DEMO, settings.EMAIL_OFFERED)).encode())
    digest.update(repr(sorted(getattr(staticfiles_storage, "hashed_files", {}).items())).encode())
    for folder, endings in _PROGRAM.items():
        for file in sorted(Path(ROOT, folder).rglob("*")):
            if file.suffix in endings:
                digest.update(f"{file.relative_to(ROOT)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()

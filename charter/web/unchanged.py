"""Pages that have not changed since a browser last had them: 304 instead of the page.

The tag is made of everything a page of one charter is made of, before any of it is read: what the
charter, the seat and the person are, what is asked for and in which language, and the program
itself. It holds the secret of the browser's forms, so that those in a kept page can be sent. What
is read after it can only be newer, and then the next request has another tag.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256

import django
from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.utils.translation import get_language

from charter.data import ROOT
from charter.program import digest_of
from charter.queries.stamps import Stamp, stamp_for

_PROGRAM = {"charter": (".py", ".mo"), "accounts": (".py",), "templates": (".html",)}


def unless_unchanged(
    request: HttpRequest, slug: str, page: Callable[[Stamp | None], HttpResponse]
) -> HttpResponse:
    """304 when the browser has this very page, else `page` with the tag to ask for it again.

    It is `page` that enters the charter `slug` and refuses who may not: there is no tag without a
    seat. A page that shows messages has none either: it is shown once. `page` is given the stamp
    that was read before it.
    """
    stamp = stamp_for(request.user, slug)
    tag = _tag(request, stamp)
    if not tag:
        return page(stamp)
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = page(stamp)
        if answer.status_code != 200:
            return answer
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _tag(request: HttpRequest, stamp: Stamp | None) -> str:
    """Weak, as the token in a form is masked anew each time; "" where there can be none."""
    secret, person = request.META.get("CSRF_COOKIE"), request.user
    if settings.DEBUG or stamp is None or not secret or not person.is_active:
        return ""
    if len(get_messages(request)):
        return ""
    parts = (
        request.get_full_path(),
        get_language(),
        localdate(),  # parties belong to organisations from day to day
        (person.pk, person.name, person.email, person.appearance, person.time_zone),
        secret,
        stamp,
        program(),
    )
    return f'W/"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


@cache
def program() -> str:
    """What makes pages of rows: code, templates, catalogues, names of static files, settings."""
    names = sorted(getattr(staticfiles_storage, "hashed_files", {}).items())
    made = repr((django.VERSION, settings.DEMO, settings.EMAIL_OFFERED, names))
    return digest_of(ROOT, _PROGRAM, made)

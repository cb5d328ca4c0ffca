"""The inbox: what a person is told of, in all charters or in one, and marking it as read."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from charter.access import enter
from charter.actions.notices import read_notices, stop_letters
from charter.models import Charter
from charter.queries.letter_keys import reader_of
from charter.queries.notice_words import address, sentence
from charter.queries.notices import (
    COUNTED,
    ShownNotice,
    charters_told_of,
    inbox,
    shown_notices,
    unread_count,
    visible_among,
)
from charter.web import asked


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as the page shows it."""

    notice: ShownNotice
    sentence: str
    address: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much is unread, for the head of a page; `shown` is "99+" beyond what is counted."""

    count: int

    @property
    def shown(self) -> str:
        return f"{COUNTED - 1}+" if self.count >= COUNTED else str(self.count)


def waiting(request: HttpRequest) -> dict[str, Any]:
    """For every template: `waiting`, asked for only where a page shows it."""
    return {"waiting": partial(_waiting, request)}


def _waiting(request: HttpRequest) -> Waiting:
    return Waiting(unread_count(request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Notices, unread ones first; of one charter with `?charter=`.

    A POST marks as read: `open` one and goes to what it tells of, `read` one, or else all that had
    been told at the moment `until`, those of the charter alone.
    """
    chosen = _chosen(request)
    if request.method == "POST":
        return _marked(request, chosen)
    page = inbox(request.user, get_language() or "", charter=chosen, behind=_behind(request))
    lines = [Line(one, sentence(one), address(one)) for one in page.notices]
    context = {
        "unread": [line for line in lines if not line.notice.read],
        "earlier": [line for line in lines if line.notice.read],
        "charters": charters_told_of(request.user),
        "chosen": chosen,
        "until": max((line.notice.made_at for line in lines), default=None),
        "older": _place(page.older),
        "first": not request.GET.get("behind"),
    }
    response = render(request, "notices/inbox.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _chosen(request: HttpRequest) -> Charter | None:
    slug = request.GET.get("charter", "")
    if slug and not slug_re.match(slug):
        raise Http404(slug)
    return enter(request.user, slug).charter if slug else None


def _marked(request: HttpRequest, chosen: Charter | None) -> HttpResponse:
    person, data = request.user, request.POST
    if "open" in data or "read" in data:
        number = asked.whole(data.get("open", data.get("read", "")))
        if number not in visible_among(person, [number]):
            raise Http404(str(number))
        read_notices(actor=person, notices=[number])
        if "open" in data:
            [shown] = shown_notices([number], get_language() or "")
            return redirect(address(shown))
    else:
        read_notices(actor=person, charter=chosen, until=_moment(data.get("until", "")))
    return redirect(request.get_full_path())


def _moment(said: str) -> datetime:
    try:
        at = parse_datetime(said)
    except ValueError:
        at = None
    if at is None or not is_aware(at):
        raise Http404(said)
    return at


def _behind(request: HttpRequest) -> tuple[bool, int] | None:
    said = request.GET.get("behind", "")
    return (said[:1] == "r", asked.whole(said[1:])) if said else None


def _place(older: tuple[bool, int] | None) -> str:
    return f"{'r' if older[0] else 'u'}{older[1]}" if older else ""


@csrf_exempt  # the programs that read mail send it on a person's wish, with no cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """End the letters about one charter by the key that stands in each; GET asks first.

    Nothing is said of the charter: the key tells no more than that somebody had a letter.
    """
    found = reader_of(key)
    if found is None:
        raise Http404
    stopped = False
    if request.method == "POST":
        person, charter = found
        stop_letters(person=person, charter=charter)
        stopped = True
    response = render(request, "notices/stop.html", {"stopped": stopped})
    patch_cache_control(response, private=True, no_store=True)
    return response

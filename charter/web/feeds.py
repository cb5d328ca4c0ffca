"""Feeds of a charter or of a clause, for programs that sign in nowhere.

Whose key an address carries, and whether that person still has a seat, is asked at every fetch.
"""

from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from charter.access import NotVisible, Right, Seat, enter
from charter.actions.feeds import renew_feeds, stop_feeds
from charter.exports import feeds as written
from charter.exports.feed_addresses import addresses, opened
from charter.queries.feeds import feed_key
from charter.queries.stamps import stamp_for
from charter.web import asked
from charter.web.editing import clause_of
from charter.web.unchanged import program


@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest, slug: str) -> HttpResponse:
    """The addresses of the charter's feeds for this person; POST renews their key or stops it."""
    seat = enter(request.user, slug, Right.READ)
    if request.method == "POST":
        if "stop" in request.POST:
            stop_feeds(actor=seat.person, charter=seat.charter)
            messages.success(request, _("The feeds are off. The address opens nothing any more."))
        else:
            renew_feeds(actor=seat.person, charter=seat.charter)
            messages.success(
                request, _("There is a new address. An earlier one opens nothing any more.")
            )
        return redirect(request.get_full_path())
    key = feed_key(seat.charter, seat.person)
    clause = asked.clause(request)
    context = {"seat": seat, "key": key, "called": ""}
    if key is not None and clause is not None:
        row = clause_of(seat.charter, clause)
        language = asked.language(request, seat)
        context["called"] = written.called(seat.charter, row, language)
    if key is not None:
        made = addresses(seat.charter, key, request.build_absolute_uri, clause)
        context |= {"address": made.history, "calendar": made.calendar}
        context |= {"clause_address": made.clause}
    response = render(request, "history/feeds.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest revisions of the charter."""
    seat = reader_seat(request, slug)

    def write(language: str) -> HttpResponse:
        absolute = request.build_absolute_uri
        return _atom(written.history_feed(seat.charter, language, request.path, absolute))

    return conditional(request, seat, write)


@require_safe
def clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """The newest revisions that changed a clause or something in it."""
    seat = reader_seat(request, slug)
    row = clause_of(seat.charter, clause)

    def write(language: str) -> HttpResponse:
        absolute = request.build_absolute_uri
        return _atom(written.clause_feed(seat.charter, row, language, request.path, absolute))

    return conditional(request, seat, write)


def _atom(data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type=written.MEDIA_TYPE)


def reader_seat(request: HttpRequest, slug: str) -> Seat:
    """The seat of whoever is signed in, or of the person whose key is in the address."""
    given = request.GET.get("key")
    if given is None:
        return enter(request.user, slug)
    found = opened(given)
    if found is None or not found[0].is_active:
        raise Http404(slug)
    person, charter = found
    try:
        seat = enter(person, slug)
    except NotVisible as error:  # with nobody to send to sign in
        raise Http404(slug) from error
    if seat.charter.uuid != charter:
        raise Http404(slug)
    return seat


def conditional(
    request: HttpRequest, seat: Seat, write: Callable[[str], HttpResponse]
) -> HttpResponse:
    """What `write` makes in the languages of the seat's person, given that of the text; 304 when
    nothing of the charter changed since the program had it."""
    with translation.override(seat.person.language or settings.LANGUAGE_CODE):
        language = asked.language(request, seat)
        parts = (stamp_for(seat.person, seat.charter.slug), request.path, language, program())
        parts = (*parts, translation.get_language(), request.get_host())
        tag = f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'
        response = get_conditional_response(request, etag=tag)
        if response is None:
            response = write(language)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response

"""Feeds and the calendar: read with a token, and the addresses that open them without one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope, Token
from charter.access import Right
from charter.actions.feeds import renew_feeds, stop_feeds
from charter.api.asked import Asked, Spoken
from charter.api.clauses import OfClause
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.exports import ByFormat
from charter.api.fields import Shape
from charter.exports import feeds
from charter.exports.calendars import deadlines
from charter.exports.feed_addresses import addresses
from charter.formats import ical
from charter.queries.feeds import feed_key

ATOM, CALENDAR = (kind.partition(";")[0] for kind in (feeds.MEDIA_TYPE, ical.MEDIA_TYPE))


class FeedsShape(Shape):
    """The addresses that open in one's name without a token; null while they are off.

    `clause` is there where one was asked for. A token that only reads is shown no address, which
    would outlive it.
    """

    on = serializers.BooleanField()
    history = serializers.URLField(allow_null=True)
    calendar = serializers.URLField(allow_null=True)
    clause = serializers.URLField(allow_null=True)


class OfWhat(Asked):
    """A clause, for the address of its own feed."""

    clause = serializers.UUIDField(required=False, help_text="To have the address of its feed.")


class Feeds(OfCharter):
    noun = "feeds"
    rights = {"GET": Right.READ, "POST": Right.READ, "DELETE": Right.READ}
    issues_secrets = True

    def shown(self) -> dict[str, Any]:
        charter, clause = self.seat.charter, self.asked.get("clause")
        if clause is not None and not charter.clauses.filter(pk=clause).exists():
            raise Http404
        key = feed_key(charter, self.seat.person)
        said: dict[str, Any] = dict.fromkeys(("history", "calendar", "clause"))
        if key is not None and not self._only_reads():
            made = addresses(charter, key, self.request.build_absolute_uri, clause)
            said = {"history": made.history, "calendar": made.calendar}
            said["clause"] = made.clause or None
        return FeedsShape({"on": key is not None, **said}).data

    def _only_reads(self) -> bool:
        token = self.request.auth
        return isinstance(token, Token) and token.scope != Scope.WRITE

    @describe(answer=FeedsShape, query=OfWhat)
    def get(self, request: Request) -> Response:
        """One's addresses of the charter's feed and calendar, and of a clause's feed."""
        return Response(self.shown())

    @describe(answer=FeedsShape, status=201, query=OfWhat)
    def post(self, request: Request) -> Response:
        """Make the addresses, or new ones: earlier ones open nothing any more."""
        renew_feeds(actor=request.user, charter=self.seat.charter)
        return Response(self.shown(), status=201)

    @describe(status=204)
    def delete(self, request: Request) -> Response:
        """Have the addresses open nothing, until there are new ones."""
        stop_feeds(actor=request.user, charter=self.seat.charter)
        return Response(status=204)


class HistoryFeed(OfCharter):
    noun = "feeds"
    rights = {"GET": Right.READ}
    content_negotiation_class = ByFormat

    @describe(answer=OpenApiTypes.BINARY, query=Spoken, media_types=(ATOM,))
    def get(self, request: Request) -> HttpResponseBase:
        """The newest revisions as an Atom feed: who, when, why and which clauses, and no words."""
        return _atom(request, self, feeds.history_feed, self.seat.charter)


class ClauseFeed(OfClause):
    noun = "feeds"
    rights = {"GET": Right.READ}
    content_negotiation_class = ByFormat

    @describe(answer=OpenApiTypes.BINARY, query=Spoken, media_types=(ATOM,))
    def get(self, request: Request, clause: UUID) -> HttpResponseBase:
        """The newest revisions that changed a clause, or something in it, as an Atom feed."""
        row = self.seat.charter.clauses.get(pk=clause)
        return _atom(request, self, feeds.clause_feed, self.seat.charter, row)


class SilenceCalendar(OfCharter):
    noun = "feeds"
    rights = {"GET": Right.READ}
    content_negotiation_class = ByFormat

    @describe(answer=OpenApiTypes.BINARY, query=Spoken, media_types=(CALENDAR,))
    def get(self, request: Request) -> HttpResponseBase:
        """The deadlines of the silence procedures as an iCalendar."""
        data = deadlines(self.seat.charter, self.language, request.build_absolute_uri)
        return HttpResponse(data, content_type=ical.MEDIA_TYPE)


def _atom(request: Request, view: OfCharter, write: Callable[..., bytes], *of: Any) -> HttpResponse:
    data = write(*of, view.language, request.path, request.build_absolute_uri)
    return HttpResponse(data, content_type=feeds.MEDIA_TYPE)

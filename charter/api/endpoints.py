"""What every address of the API does: who asks, how often, for which charter, against what.

A noun extends `Endpoint`, `OfCharter` (with `self.seat`) and says in `rights` who may do what;
`describe` on each method says what it takes and gives. Methods parse nothing and check nothing:
they make one call to the domain and answer.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from http import HTTPStatus
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from charter.access import Right, Seat, enter
from charter.actions.revisions import lock
from charter.api import asked, idempotency, limits, preconditions, rendering
from charter.api.authentication import BearerToken, BrowserSession, WithinScope
from charter.api.described import Described
from charter.api.parsing import LARGEST, StrictJson, too_large
from charter.api.problems import Problem
from charter.models import Charter

SAFE = ("GET", "HEAD")


class Endpoint(APIView):
    """An address. Subclasses have methods named after HTTP's, each with its `describe`."""

    authentication_classes = [BearerToken, BrowserSession]
    permission_classes = [WithinScope]
    parser_classes = [StrictJson]
    renderer_classes = [rendering.Json]
    metadata_class = None
    format_kwarg = None
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    largest: ClassVar[int] = LARGEST  # bytes of a body
    issues_secrets: ClassVar[bool] = False  # never compressed, never kept
    noun: ClassVar[str] = ""  # under which the schema lists it

    about: Charter | None = None  # the charter the answer is about
    right: Right | None = None  # what this method needs in it
    said: Any = None  # the checked body
    asked: Mapping[str, Any] = {}  # the checked query
    paces: list = []

    def shown(self) -> Any:
        """The thing at this address as it goes out; its tag is what If-Match is held against."""
        raise NotImplementedError

    def hold(self) -> None:
        """Have nobody else change the thing before this transaction ends."""

    # --- the way of a request -------------------------------------------------------------------

    def dispatch(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        self.args, self.kwargs = args, named
        self.request = request = self.initialize_request(request, *args, **named)
        self.headers = self.default_response_headers
        try:
            self.initial(request, *args, **named)
            response = self._answered(self._method(request), request, named)
        except Exception as error:
            response = self._problem(request, error)
        response = self.finalize_response(request, response, *args, **named)
        return self._finished(request, response)

    def initial(self, request: Request, *args: Any, **named: Any) -> None:
        timezone.deactivate()  # programs are told times in UTC, whoever they act for
        self.perform_authentication(request)
        if request.user.is_authenticated:
            self.paces = limits.count(request)
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(
            request
        )
        self.check_permissions(request)

    def _method(self, request: Request) -> Callable:
        handler = getattr(self, (request.method or "").lower(), None)
        if request.method.lower() not in self.http_method_names or handler is None:
            self.http_method_not_allowed(request)
        return handler

    def _answered(self, method: Callable, request: Request, named: dict) -> HttpResponseBase:
        described: Described = method.described
        self.enter(request, named)
        self.asked = asked.read(described.query, request.query_params)
        if request.method in SAFE:
            return method(request, **named)
        key = idempotency.key_of(request)
        self._read_body(request, described)
        if described.if_match == preconditions.REVISION:
            self.base = preconditions.base(request, self.seat)
        if described.if_match == preconditions.VERSION:
            self.version = preconditions.version(request)
        if described.if_match == preconditions.REGISTER:
            self.register = preconditions.register(request)
        with ExitStack() as stack:
            if key is not None or described.if_match == preconditions.TAG:
                stack.enter_context(transaction.atomic())

            def act() -> HttpResponseBase:
                if described.if_match == preconditions.TAG:
                    self._require_standing(request)
                return method(request, **named)

            return act() if key is None else idempotency.once(self, key, act)

    def enter(self, request: Request, named: dict) -> None:
        """Find out whether the caller may, before anything that was sent is looked at."""

    def _read_body(self, request: Request, described: Described) -> None:
        if "CONTENT_LENGTH" not in request.META and "HTTP_TRANSFER_ENCODING" in request.META:
            raise Problem("length_required")
        size = request.META.get("CONTENT_LENGTH") or "0"
        if size.isdigit() and int(size) > self.largest:
            raise too_large(self.largest)
        if described.body is None:
            if request.content_type and request.data:
                raise Problem("malformed", "Nothing is to be sent here.")
            return
        body: BaseSerializer = described.body(data=request.data, context={"view": self})
        body.is_valid(raise_exception=True)
        self.said = body.validated_data

    def _require_standing(self, request: Request) -> None:
        self.hold()
        theirs = self.shown()
        preconditions.require_tag(request, preconditions.tag_of(rendering.rendered(theirs)), theirs)

    # --- the way of an answer -------------------------------------------------------------------

    def _problem(self, request: Request, error: Exception) -> Response:
        if getattr(error, "status_code", None) == HTTPStatus.UNAUTHORIZED:
            try:
                limits.count_stranger(request)
            except Problem as too_many:
                error = too_many
        return self.handle_exception(error)

    def _finished(self, request: Request, response: HttpResponseBase) -> HttpResponseBase:
        if isinstance(response, Response):
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                response.accepted_renderer = rendering.Json()
                response.accepted_media_type = "application/json"
            response.render()
            if not response.content:
                response.headers.pop("Content-Type", None)
        limits.tell(response, self.paces)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if self.issues_secrets:
            response.headers["Cache-Control"] = "no-store"
            return response
        response = self._unless_known(request, response)
        rendering.compress(request.headers.get("Accept-Encoding", ""), response)
        return response

    def _unless_known(self, request: Request, response: HttpResponseBase) -> HttpResponseBase:
        """304 in the place of an answer that the caller has."""
        if response.status_code != HTTPStatus.OK or response.streaming:
            return response
        if request.method in SAFE:
            response.headers.setdefault("ETag", preconditions.tag_of(response.content))
            tag = response.headers["ETag"]
            return get_conditional_response(request._request, etag=tag, response=response)
        return response

    def done(self, status: int = 200, **headers: str) -> Response:
        """The thing as it stands after a write, with its new tag."""
        data = self.shown()
        tag = preconditions.tag_of(rendering.rendered(data))
        return Response(data, status=status, headers={"ETag": tag, **headers})

    def permission_denied(self, request: Request, message: Any = None, code: Any = None) -> None:
        raise NotAuthenticated()


class OfCharter(Endpoint):
    """An address under a charter's. `rights` says which right each method needs in it."""

    rights: ClassVar[Mapping[str, Right]] = {}
    seat: Seat
    base: int
    version: int
    register: str

    def enter(self, request: Request, named: dict) -> None:
        method = "GET" if request.method == "HEAD" else request.method
        self.right = self.rights[method]
        self.seat = enter(request.user, named.pop("slug"), self.right)
        self.about = self.seat.charter

    def hold(self) -> None:
        # Whatever writes to the things of a charter takes this lock first.
        self.seat = replace(self.seat, charter=lock(self.seat.charter))
        self.about = self.seat.charter

    @property
    def language(self) -> str:
        """The language asked for by the query. Http404 for one the charter has not."""
        return asked.language(dict(self.asked), self.seat)

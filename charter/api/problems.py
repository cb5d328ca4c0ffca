"""Every error as a problem document (RFC 9457, `application/problem+json`).

`code` says for programs what went wrong, `detail` for people; `errors` names the places, by JSON
Pointer in the body or by the parameter's name. `KINDS` is the whole vocabulary.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response

from charter.access import Forbidden, NotVisible
from charter.actions.refusals import Refused
from charter.actions.repeats import StillBusy
from charter.api import refused
from charter.formats.source import Unreadable
from charter.formats.typesetting import TypesettingFailed
from charter.queries.amendment_threads import NoAmendmentThread
from charter.queries.amendments import NoAmendment
from charter.queries.clause_history import NoClause
from charter.queries.documents import NoSuchLanguage
from charter.queries.history import NoRevision
from charter.queries.stages import forbidden_because
from charter.queries.texts import NoSuchRevision
from charter.queries.threads import NoThread

MEDIA_TYPE = "application/problem+json"
PAGE = "/api/docs/problems/"

# Status and title of each code. The titles are the vocabulary's and are not translated.
KINDS: dict[str, tuple[int, str]] = {
    "malformed": (400, "The request cannot be read"),
    "bad_query": (400, "A parameter of the address is wrong"),
    "bad_cursor": (400, "There is no such place in the list"),
    "bad_precondition": (400, "If-Match names nothing that can be compared"),
    "bad_key": (400, "The Idempotency-Key cannot be used"),
    "not_signed_in": (401, "A token is needed"),
    "forbidden": (403, "Not allowed in this charter"),
    "read_only_token": (403, "This token only reads"),
    "not_found": (404, "There is nothing here"),
    "method_not_allowed": (405, "This address does not know the method"),
    "not_acceptable": (406, "No such media type is offered"),
    "is_struck": (409, "The clause is not in the text"),
    "already_there": (409, "A name that must be unique is taken"),
    "used": (409, "The invitation was used"),
    "withdrawn": (409, "The invitation was withdrawn"),
    "expired": (409, "The invitation is too old"),
    "over": (409, "It is over"),
    "entangled": (409, "Later revisions went on from what is to be undone"),
    "in_use": (409, "It is still needed"),
    "still_busy": (409, "The first request with this key is still under way"),
    "shown_once": (409, "Done before; the secret was shown then"),
    "length_required": (411, "The length of the body is needed"),
    "stale": (412, "It has changed since it was read"),
    "stale_clause": (412, "The same property of the clause has changed since it was read"),
    "stale_wording": (412, "The same words have changed since they were read"),
    "too_large": (413, "The request is too large"),
    "unsupported_media_type": (415, "This media type is not read"),
    "invalid": (422, "Not accepted"),
    "no_such": (422, "Something named is not in this charter"),
    "would_not_nest": (422, "A clause of this kind cannot stand there"),
    "hidden_words": (422, "A character hides or reorders words"),
    "unbalanced": (422, "A square bracket has no partner"),
    "would_cut": (422, "Brackets there would cut through a mark or another bracket"),
    "collide": (409, "Changes do not go together as they stand"),
    "too_long": (422, "Too long"),
    "flawed": (422, "There are mistakes in the file"),
    "missing": (422, "Something that must not be empty is"),
    "refused": (422, "Not done"),
    "key_reused": (422, "The Idempotency-Key belongs to another request"),
    "precondition_required": (428, "If-Match is needed"),
    "too_many": (429, "Too many for one day"),
    "too_many_requests": (429, "Too many requests"),
    "failed": (500, "It failed"),
    "typesetting_failed": (503, "The document could not be typeset"),
}


class Problem(Exception):
    """An answer of the API's own. `more` are further members of the document."""

    def __init__(
        self, code: str, detail: str = "", headers: dict[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(code)
        self.code, self.detail, self.headers, self.more = code, detail, headers or {}, more


def document(code: str, detail: str = "", **more: Any) -> dict[str, Any]:
    """The problem document of a code; members that are None are left out."""
    status, title = KINDS[code]
    said = {
        "type": f"{PAGE}#{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": str(detail) or title,
    }
    return said | {name: value for name, value in more.items() if value is not None}


def answer(code: str, detail: str = "", headers: dict | None = None, **more: Any) -> Response:
    """The same as an answer."""
    said = document(code, detail, **more)
    return Response(said, said["status"], headers=headers or {}, content_type=MEDIA_TYPE)


def handled(error: Exception, context: dict) -> Response | None:
    """DRF's hook: the answer to an exception. What nobody foresaw is raised on, to be a 500."""
    for family, make in _ANSWERS:
        if isinstance(error, family):
            return make(error)
    return None


def _problem(error: Problem) -> Response:
    return answer(error.code, error.detail, error.headers, **error.more)


def _refused(error: Refused) -> Response:
    code = error.code if error.code in KINDS else "refused"
    return answer(code, error.message, **refused.members(error))


def _not_found(error: Exception) -> Response:
    return answer("not_found", _("There is no such thing here, or it is not for you."))


def _forbidden(error: Forbidden) -> Response:
    detail = forbidden_because(error)
    return answer("forbidden", detail, right=error.right.value, stage=error.stage)


def _invalid(error: exceptions.ValidationError) -> Response:
    found = list(_places(error.detail, ""))
    return answer("invalid", _("Some of what was sent is not accepted."), errors=found)


def _places(detail: Any, pointer: str) -> Iterator[dict[str, str]]:
    """The errors of a serializer, each with the JSON Pointer of its place."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            own = name == "non_field_errors"
            yield from _places(inner, pointer if own else f"{pointer}/{_escaped(name)}")
    elif isinstance(detail, list) and any(isinstance(one, dict | list) for one in detail):
        for at, inner in enumerate(detail):
            if inner:
                yield from _places(inner, f"{pointer}/{at}")
    elif isinstance(detail, list):
        for one in detail:
            yield from _places(one, pointer)
    else:
        yield {
            "pointer": f"#{pointer}",
            "code": str(getattr(detail, "code", "invalid")),
            "detail": str(detail),
        }


def _escaped(name: object) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")


_CODES = {
    400: "malformed",
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
}


def _of_the_framework(error: exceptions.APIException) -> Response:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    detail = error.detail if isinstance(error.detail, str) else ""
    return answer(_CODES.get(error.status_code, "refused"), detail, headers)


def _busy(error: StillBusy) -> Response:
    return answer("still_busy", headers={"Retry-After": "2"})


def _untypeset(error: TypesettingFailed) -> Response:
    return answer("typesetting_failed", _(error.sentence) % error.values)


def _unreadable(error: Unreadable) -> Response:
    return answer("invalid", _(error.sentence) % error.values)


# The first family an error belongs to is the one that answers.
_ANSWERS: list[tuple[Any, Any]] = [
    (Problem, _problem),
    (Refused, _refused),
    (Forbidden, _forbidden),
    (
        (
            *(NotVisible, Http404, NoRevision, NoSuchRevision),
            *(NoSuchLanguage, NoClause, NoThread, NoAmendment, NoAmendmentThread),
        ),
        _not_found,
    ),
    (exceptions.ValidationError, _invalid),
    (exceptions.APIException, _of_the_framework),
    (RequestDataTooBig, lambda error: answer("too_large")),
    (PermissionDenied, lambda error: answer("forbidden")),
    (SuspiciousOperation, lambda error: answer("malformed")),
    (StillBusy, _busy),
    (TypesettingFailed, _untypeset),
    (Unreadable, _unreadable),
]


def is_of_the_api(request: HttpRequest) -> bool:
    """Whether a program asked, who is answered with a problem document and not with a page."""
    return request.path_info.startswith("/api/") and not request.path_info.startswith("/api/docs/")


def plain(code: str, detail: str = "", headers: dict[str, str] | None = None) -> JsonResponse:
    """A problem document without DRF, for what goes wrong outside of its views."""
    said = document(code, detail)
    return JsonResponse(said, status=said["status"], content_type=MEDIA_TYPE, headers=headers)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's handler400 for pages and API alike."""
    return (
        plain("malformed") if is_of_the_api(request) else defaults.bad_request(request, exception)
    )


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django's handler500 for pages and API alike."""
    return plain("failed") if is_of_the_api(request) else defaults.server_error(request)

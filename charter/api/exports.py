"""The text to take away, in every format, clean or as a redline."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from charter.access import Right
from charter.api import asked
from charter.api.asked import Dated
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Flag, Number
from charter.api.problems import Problem
from charter.api.rendering import Json
from charter.exports.documents import document, file_name, rolling_document
from charter.exports.files import lend_connection
from charter.formats.document import Document, Options
from charter.formats.writers import FORMATS
from charter.queries.proposing import NoSuchDelegation

MEDIA_TYPES = {name: form.media_type.partition(";")[0] for name, form in FORMATS.items()}


class Exported(Dated):
    """What to take away: a clean text, or a redline against `since`."""

    format = Choice(choices=list(FORMATS), required=False, help_text="Or by Accept; JSON unasked.")
    since = Number(least=0, required=False, help_text="The earlier revision of a redline.")
    line_numbers = Flag(default=False, help_text="In the margin of pdf, html and txt.")
    principles = Flag(default=False, help_text="Those of each clause.")
    rolling = Flag(default=False, help_text="With all amendments on the table, in brackets.")
    statements = Flag(default=False, help_text="Those of delegations, as an annex.")
    attributed = Flag(default=True, help_text="Whether brackets name who stands behind words.")
    delegation = serializers.ListField(
        child=Number(least=0),
        required=False,
        min_length=1,
        help_text="Of a rolling text: what these propose or sponsor; 0 for those of no delegation.",
    )


class ByFormat(BaseContentNegotiation):
    """The format is chosen where the query is known; errors are problem documents in any case."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type

    def select_parser(self, request, parsers):
        return parsers[0]


class Exports(OfCharter):
    noun = "exports"
    rights = {"GET": Right.READ}
    content_negotiation_class = ByFormat
    renderer_classes = [Json]

    @describe(
        answer=OpenApiTypes.BINARY,
        query=Exported,
        media_types=tuple(dict.fromkeys(MEDIA_TYPES.values())),
        more={(200, "application/json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The text as a file: as `format` says, or as Accept does.

        The bytes are those of the page for taking the text away.
        """
        wanted = self.asked
        form = FORMATS[wanted.get("format") or _accepted(request.headers.get("Accept", ""))]
        at = asked.revision(wanted.get("at"), self.seat) or self.seat.charter.head
        since = asked.revision(wanted.get("since"), self.seat, least=0)
        of = {"at": at, "language": self.language, "statements": wanted["statements"]}
        if wanted["rolling"] and since is not None:
            raise Problem("bad_query", _("A rolling text is no redline: leave out `since`."))
        if not wanted["rolling"] and "delegation" in wanted:
            raise Problem(
                "bad_query", _("Only a rolling text is of delegations: ask for `rolling`, too.")
            )
        if wanted["line_numbers"] and not form.lined:
            raise Problem(
                "bad_query", _("This format has no lines: take a PDF, a web page or plain text.")
            )
        made = (
            self.rolling(of)
            if wanted["rolling"]
            else document(self.seat.charter, **of, since=since)
        )
        options = Options(line_numbers=wanted["line_numbers"], principles=wanted["principles"])
        lend_connection()
        answer = HttpResponse(form.write(made, options), content_type=form.media_type)
        answer["Content-Disposition"] = content_disposition_header(
            True,
            file_name(self.seat.charter, made, form.extension),
        )
        answer["Vary"] = "Accept"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer

    def rolling(self, of: dict[str, Any]) -> Document:
        """The rolling text that is asked for. Http404 for a delegation that is not there."""
        delegations, attributed = self.asked.get("delegation"), self.asked["attributed"]
        try:
            return rolling_document(
                self.seat.charter, **of, attributed=attributed, delegations=delegations
            )
        except NoSuchDelegation as missing:
            raise Http404(missing.args[0]) from missing


def _accepted(accept: str) -> str:
    """The format that is accepted most; 406 when there is none."""
    offers: list[tuple[float, int, str]] = []
    for part in accept.split(",") if accept.strip() else ["*/*"]:
        kind, _semicolon, rest = part.strip().partition(";")
        weight = _weight(rest)
        for place, name in enumerate(["json", *FORMATS]):
            if weight and _covers(kind.strip().lower(), MEDIA_TYPES[name]):
                offers.append((-weight, place, name))
    if not offers:
        raise Problem("not_acceptable")
    return min(offers)[2]


def _covers(pattern: str, kind: str) -> bool:
    main = kind.partition("/")[0]
    return pattern in ("*/*", kind, f"{main}/*")


def _weight(parameters: str) -> float:
    for one in parameters.split(";"):
        name, _equals, value = one.strip().partition("=")
        if name == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0

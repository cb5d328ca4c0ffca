"""The whole text of a charter, at any revision."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from charter.access import Right, Seat
from charter.api import asked
from charter.api.asked import Dated
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Shape
from charter.api.preconditions import tag_of_text
from charter.api.rendering import rendered
from charter.queries.keeping import LaidText, laid_text
from charter.queries.points import digest_at
from charter.text.kinds import Kind
from charter.text.outline import Clause
from charter.text.redline import Row

_INSIDE = {"type": "array", "items": {"$ref": "#/components/schemas/TextClause"}}


@extend_schema_field(_INSIDE)
class _Inside(serializers.ListField):
    """Clauses inside a clause."""


class TextClauseShape(Shape):
    """A clause of the text with all it holds. `number` is as printed, "" for none.

    `numeral` is null where the number is computed, else the one that the text gives.
    """

    id = serializers.UUIDField()
    kind = Choice(choices=list(Kind))
    number = serializers.CharField()
    citation = serializers.CharField()
    numeral = serializers.CharField(allow_null=True)
    heading = serializers.CharField()
    text = serializers.CharField()
    principles = serializers.ListField(child=serializers.CharField())
    clauses = _Inside()


class TextShape(Shape):
    """The consolidated text in one language. `root` is the clause whose heading is the title."""

    revision = serializers.IntegerField()
    digest = serializers.CharField()
    committed_at = serializers.DateTimeField()
    language = serializers.CharField()
    scheme = serializers.CharField()
    root = serializers.UUIDField()
    title = serializers.CharField()
    clauses = TextClauseShape(many=True)


class Text(OfCharter):
    noun = "text"
    rights = {"GET": Right.READ}

    @describe(answer=TextShape, query=Dated)
    def get(self, request: Request) -> HttpResponseBase:
        """The whole text in one language.

        Its ETag names the revision: sent back in If-Match it says what a write was made against.
        """
        at = asked.revision(self.asked.get("at"), self.seat)
        number = self.seat.charter.head if at is None else at

        def content() -> bytes:
            return written(self.seat, number, self.language)

        return of_revision(request, self.seat, number, content)


def of_revision(
    request: Request, seat: Seat, number: int, content: Callable[[], bytes]
) -> HttpResponseBase:
    """JSON that follows from one revision, made only for those who have not got it yet."""
    tag = tag_of_text(number, digest_at(seat.charter, number))
    known = get_conditional_response(request._request, etag=tag)
    answer = known or HttpResponse(content(), content_type="application/json")
    answer.headers["ETag"] = tag
    return answer


def written(seat: Seat, number: int, language: str) -> bytes:
    """The text as JSON, made once for each revision while it is in memory."""
    revision = seat.charter.revisions.filter(number=number).first()
    laid = laid_text(seat.charter, revision, language)
    kept = laid.beside.get("api")
    if not isinstance(kept, bytes):
        said = {
            "revision": number,
            "digest": revision.digest,
            "committed_at": revision.committed_at,
            **_outlined(laid),
        }
        laid.beside["api"] = kept = rendered(said)
    return kept


def _outlined(laid: LaidText) -> dict[str, Any]:
    rows = iter(laid.redline.rows)
    return {
        "language": laid.outline.language,
        "scheme": laid.outline.scheme,
        "root": str(laid.root),
        "title": laid.outline.title,
        "clauses": [_clause(clause, rows) for clause in laid.outline.clauses],
    }


def _clause(clause: Clause, rows: Any) -> dict[str, Any]:
    row: Row = next(rows)
    return {
        "id": clause.id,
        "kind": clause.kind.value,
        "number": row.label,
        "citation": row.citation,
        "numeral": clause.numeral,
        "heading": clause.heading,
        "text": clause.text,
        "principles": list(clause.principles),
        "clauses": [_clause(child, rows) for child in clause.children],
    }

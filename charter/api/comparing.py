"""Two revisions of a charter, compared: the redline, and where each clause stood."""

from typing import Any

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.api import asked
from charter.api.asked import Compared
from charter.api.clauses import SpanShape, spans_said
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Flag, Shape
from charter.api.paging import Paged, page_of, sliced
from charter.api.rendering import rendered
from charter.api.text import of_revision
from charter.queries.comparisons import compare, concordance
from charter.text.kinds import Kind
from charter.text.redline import Change, Row


class RowShape(Shape):
    """A clause of either text in reading order.

    `left_for` is "" but at the place a moved clause left, which has no words of its own; a clause
    that arrived has `moved_from`. A struck one has no `number`.
    """

    id = serializers.UUIDField()
    kind = Choice(choices=list(Kind))
    depth = serializers.IntegerField()
    number = serializers.CharField()
    number_before = serializers.CharField()
    citation = serializers.CharField()
    kind_before = Choice(choices=list(Kind), allow_null=True)
    changes = serializers.ListField(child=Choice(choices=list(Change)))
    heading = SpanShape(many=True)
    text = SpanShape(many=True)
    principles = serializers.ListField(child=serializers.CharField())
    principles_before = serializers.ListField(child=serializers.CharField())
    moved_from = serializers.CharField()
    left_for = serializers.CharField()
    split_from = serializers.CharField()
    joined_into = serializers.CharField()


class RedlineShape(Shape):
    """Two texts compared: the title, and every clause of either."""

    since = serializers.IntegerField()
    at = serializers.IntegerField()
    language = serializers.CharField()
    title = SpanShape(many=True)
    clauses = RowShape(many=True)


class Redlined(Compared):
    """Two texts, and whether clauses without a change come too."""

    unchanged = Flag(default=False, help_text="Whether clauses without a change come too.")


class Compare(OfCharter):
    noun = "compare"
    rights = {"GET": Right.READ}

    @describe(answer=RedlineShape, query=Redlined)
    def get(self, request: Request) -> HttpResponseBase:
        """What changed between two revisions, clause by clause and word by word."""
        since = asked.revision(self.asked["since"], self.seat, least=0)
        at = asked.revision(self.asked.get("at"), self.seat) or self.seat.charter.head
        language, unchanged = self.language, self.asked["unchanged"]

        def content() -> bytes:
            redline = compare(self.seat.charter, since, at, language)
            rows = [row for row in redline.rows if unchanged or row.changes]
            return rendered(
                {
                    "since": since,
                    "at": at,
                    "language": redline.language,
                    "title": spans_said(redline.title),
                    "clauses": [row_said(row) for row in rows],
                }
            )

        return of_revision(request, self.seat, self.seat.charter.head, content)


def row_said(row: Row) -> dict[str, Any]:
    """A row of a redline as it goes out."""
    return {
        "id": row.id,
        "kind": row.kind.value,
        "depth": row.depth,
        "number": row.label,
        "number_before": row.label_before,
        "citation": row.citation,
        "kind_before": row.kind_before.value if row.kind_before else None,
        "changes": sorted(row.changes),
        "heading": spans_said(row.heading),
        "text": spans_said(row.text),
        "principles": list(row.principles),
        "principles_before": list(row.principles_before),
        "moved_from": row.moved_from,
        "left_for": row.left_for,
        "split_from": row.split_from,
        "joined_into": row.joined_into,
    }


class ConcordedShape(Shape):
    """Where a clause is cited in either revision, "" for nowhere."""

    id = serializers.UUIDField()
    since = serializers.CharField()
    at = serializers.CharField()


class Concorded(Paged, Compared):
    """A page of a concordance, of the clauses cited otherwise or of all."""

    unchanged = Flag(default=False, help_text="Whether clauses cited alike come too.")


class Concordance(OfCharter):
    noun = "compare"
    rights = {"GET": Right.READ}

    @describe(answer=page_of(ConcordedShape), query=Concorded)
    def get(self, request: Request) -> Response:
        """Which number each clause had in either of two revisions."""
        since = asked.revision(self.asked["since"], self.seat, least=0)
        at = asked.revision(self.asked.get("at"), self.seat) or self.seat.charter.head
        rows = [
            row
            for row in concordance(self.seat.charter, since, at, self.language)
            if self.asked["unchanged"] or row[1] != row[2]
        ]
        return sliced(
            request,
            self.asked,
            rows,
            lambda row: row[0],
            lambda row: {"id": row[0], "since": row[1], "at": row[2]},
        )

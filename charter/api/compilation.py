"""The compilation: the text clause by clause, and what each delegation proposes for it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.api import asked
from charter.api.asked import Dated
from charter.api.clauses import SpanShape, spans_said
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.exports import ByFormat
from charter.api.fields import Choice, Flag, Number, Shape
from charter.api.rendering import Json
from charter.api.rolling import BehindShape, behind_said
from charter.exports.documents import compilation_name, compilation_sheet
from charter.exports.files import lend_connection
from charter.formats.sheets_writers import SHEETS
from charter.queries.compilation import MOST, Column, CompilationPage, compilation_of
from charter.text.compilation import Entry, Line

ACTS = ["reword", "insert", "strike", "move"]


class CompilationColumnShape(Shape):
    """A column: a delegation, or 0 for those who sit with none, whose `name` is empty.

    `amendments` counts those it has open in this language or in all.
    """

    delegation = serializers.IntegerField()
    name = serializers.CharField()
    amendments = serializers.IntegerField()


class CompilationEntryShape(Shape):
    """What an amendment would make of a clause, in the column of `delegation`.

    `heading` and `text` are redlines of the words of the clause. `after` and `inside` cite where a
    clause would move: behind the one, else to the beginning of the other, or of the text. `below`:
    all that stands below goes with it. One that does not `fit` was written against words, or asks
    for a place, that have changed since; its words stand as they were proposed. Where the rolling
    text has whole alternatives, `alternative` is the number of the one it stands in, else null.
    """

    delegation = serializers.IntegerField()
    amendment = BehindShape()
    rationale = serializers.CharField()
    act = Choice(choices=ACTS)
    heading = SpanShape(many=True)
    text = SpanShape(many=True)
    after = serializers.CharField()
    inside = serializers.CharField()
    below = serializers.BooleanField()
    fits = serializers.BooleanField()
    alternative = serializers.IntegerField(allow_null=True)


class CompilationLineShape(Shape):
    """A clause with its words as of the revision, or the title, whose id is null.

    A `proposed` clause has no words of its own; its id is good within this answer only.
    """

    id = serializers.CharField(allow_null=True)
    number = serializers.CharField()
    citation = serializers.CharField()
    heading = serializers.CharField()
    text = serializers.CharField()
    proposed = serializers.BooleanField()
    entries = CompilationEntryShape(many=True)


class CompilationShape(Shape):
    """The lines in reading order; `unplaced` ask for a place that is not in the text any more.

    `left_out` are columns that propose something and found no room.
    """

    revision = serializers.IntegerField()
    language = serializers.CharField()
    columns = CompilationColumnShape(many=True)
    left_out = CompilationColumnShape(many=True)
    lines = CompilationLineShape(many=True)
    unplaced = CompilationEntryShape(many=True)


class WantedCompilation(Dated):
    """Which compilation."""

    delegation = serializers.ListField(
        child=Number(least=0),
        required=False,
        max_length=MOST,
        help_text="The columns, 0 for those of no delegation; unasked, who proposes something.",
    )
    everything = Flag(default=False, help_text="Clauses for which nothing is proposed, too.")


class WantedSheet(WantedCompilation):
    """The same as a file."""

    format = Choice(choices=list(SHEETS), required=False, help_text="PDF unasked.")
    clean = Flag(default=False, help_text="Proposed words as they would read, not as a redline.")
    rationale = Flag(default=False, help_text="The reasons given, below the table.")


class OfCompilation(OfCharter):
    noun = "amendments"
    rights = {"GET": Right.READ}

    def page(self) -> CompilationPage:
        """What is asked for. Http404 for a revision or a delegation that is not there."""
        at = asked.revision(self.asked.get("at"), self.seat)
        chosen = self.asked.get("delegation")
        found = compilation_of(
            self.seat.charter, self.language, at, None if chosen is None else frozenset(chosen)
        )
        if set(chosen or ()) - {one.key for one in found.all}:
            raise Http404("delegation")
        return found


class CompilationTable(OfCompilation):
    @describe(answer=CompilationShape, query=WantedCompilation)
    def get(self, request: Request) -> Response:
        """The text clause by clause, and what each delegation proposes for it.

        As of a revision, with the amendments that were on the table then.
        """
        page = self.page()
        shown = frozenset[str]().union(*map(page.labels, page.columns))
        said = {
            "revision": page.rolling.number,
            "language": self.language,
            "columns": [_column(one) for one in page.columns],
            "left_out": [_column(one) for one in page.left_out],
            "lines": [
                _line(page, line, shown) for line in page.lines(everything=self.asked["everything"])
            ],
            "unplaced": _entries(page, page.compilation.unplaced, shown),
        }
        return Response(CompilationShape(said).data)


class CompilationFile(OfCompilation):
    content_negotiation_class = ByFormat
    renderer_classes = [Json]

    @describe(
        answer=OpenApiTypes.BINARY,
        query=WantedSheet,
        media_types=tuple(form.media_type.partition(";")[0] for form in SHEETS.values()),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The compilation as a file: a PDF, a workbook, a web page."""
        wanted, page = self.asked, self.page()
        form = SHEETS[wanted.get("format", "pdf")]
        sheet = compilation_sheet(
            self.seat.charter,
            page,
            clean=wanted["clean"],
            everything=wanted["everything"],
            rationale=wanted["rationale"],
        )
        name = compilation_name(self.seat.charter, page)
        lend_connection()
        answer = HttpResponse(form.write(sheet), content_type=form.media_type)
        answer["Content-Disposition"] = content_disposition_header(True, name + form.extension)
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def _column(one: Column) -> dict[str, Any]:
    return {"delegation": one.key, "name": one.name, "amendments": one.amendments}


def _line(page: CompilationPage, line: Line, shown: frozenset[str]) -> dict[str, Any]:
    return {
        "id": line.id or None,
        "number": line.label,
        "citation": line.citation,
        "heading": line.heading,
        "text": line.text,
        "proposed": line.planted,
        "entries": _entries(page, line.entries, shown),
    }


def _entries(
    page: CompilationPage, entries: tuple[Entry, ...], shown: frozenset[str]
) -> list[dict[str, Any]]:
    return [_entry(page, entry) for entry in entries if entry.label in shown]


def _entry(page: CompilationPage, entry: Entry) -> dict[str, Any]:
    one = page.rolling.behind[entry.label]
    return {
        "delegation": one.delegation or 0,
        "amendment": behind_said(one),
        "rationale": one.rationale,
        "act": entry.act,
        "heading": spans_said(entry.heading),
        "text": spans_said(entry.text),
        "after": entry.after,
        "inside": entry.inside,
        "below": entry.below,
        "fits": entry.fits,
        "alternative": entry.alternative or None,
    }

"""Which articles serve which principles, and the clauses of one."""

from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.api import asked, files
from charter.api.asked import Dated
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.exports import ByFormat
from charter.api.fields import Shape
from charter.api.principles import OfPrinciple
from charter.exports import principle_tables
from charter.exports.coverage_figures import courses_figure, matrix_figure
from charter.exports.figures import file_name, file_of, source
from charter.exports.files import File
from charter.queries.coverage import CoverageAt, NoPrinciple, courses, coverage_at, reading_of
from charter.queries.points import points_of
from charter.text.coverage import Line


class CoveredPrincipleShape(Shape):
    """A principle of the matrix: its tagged clauses, the words that serve it, its articles."""

    slug = serializers.CharField()
    name = serializers.CharField()
    clauses = serializers.IntegerField()
    words = serializers.IntegerField()
    articles = serializers.IntegerField()


class CellShape(Shape):
    """How many clauses of an article carry a principle's tag, and how many words serve it."""

    principle = serializers.CharField()
    clauses = serializers.IntegerField()
    words = serializers.IntegerField()


class CoveredArticleShape(Shape):
    """An article, or what stands in none, with a cell for each principle it serves."""

    id = serializers.UUIDField()
    citation = serializers.CharField()
    heading = serializers.CharField()
    clauses = serializers.IntegerField()
    words = serializers.IntegerField()
    cells = CellShape(many=True)


class DoubleShape(Shape):
    """A clause tagged with more than one principle."""

    id = serializers.UUIDField()
    citation = serializers.CharField()
    principles = serializers.ListField(child=serializers.CharField())


class CoverageShape(Shape):
    """The matrix as of a revision. An article without a cell and a principle without a clause are
    its gaps."""

    revision = serializers.IntegerField()
    language = serializers.CharField()
    principles = CoveredPrincipleShape(many=True)
    articles = CoveredArticleShape(many=True)
    doubles = DoubleShape(many=True)


class DrawnCoverage(files.Drawn):
    """The matrix, or the courses."""

    figure = files.figure(["coverage", "courses"])


class Coverage(OfCharter):
    noun = "coverage"
    rights = {"GET": Right.READ}
    content_negotiation_class = ByFormat

    @describe(answer=CoverageShape, query=DrawnCoverage, more=files.answers(files.DRAWN))
    def get(self, request: Request) -> HttpResponseBase:
        """Which articles serve which principles, and how strongly.

        A tagged clause serves its principle with all that stands in it; words are counted in one
        language. As a file it is the matrix, or the courses of the principles.
        """
        at = asked.revision(self.asked.get("at"), self.seat) or self.seat.charter.head
        found = coverage_at(self.seat.charter, at, self.language)
        if self.asked["format"] != files.JSON:
            return files.answered(lambda: self._file(found, at))
        matrix = found.matrix
        said = {
            "revision": at,
            "language": self.language,
            "principles": [
                {
                    "slug": one.slug,
                    "name": one.name(self.language),
                    "clauses": matrix.totals[one.slug].clauses,
                    "words": matrix.totals[one.slug].words,
                    "articles": matrix.articles[one.slug],
                }
                for one in found.principles
            ],
            "articles": [_article(line) for line in matrix.lines],
            "doubles": [
                {
                    "id": one.clause.id,
                    "citation": one.number.citation,
                    "principles": list(one.clause.principles),
                }
                for one in matrix.doubles
            ],
        }
        return Response(CoverageShape(said).data)

    def _file(self, found: CoverageAt, at: int) -> File:
        charter = self.seat.charter
        points = points_of(charter, at)
        return file_of(
            (matrix_figure(found), courses_figure(found, courses(charter, at), points)),
            self.asked["format"],
            self.asked.get("figure", ""),
            name=file_name(charter, "coverage", at, self.language),
            source=source(charter, points, at, self.language),
            revision=found.revision,
        )


def _article(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "citation": line.citation,
        "heading": line.unit.head.clause.heading,
        "clauses": line.clauses,
        "words": line.words,
        "cells": [
            {"principle": slug, "clauses": cell.clauses, "words": cell.words}
            for slug, cell in line.cells.items()
        ],
    }


class CourseStepShape(Shape):
    """From this revision on so many clauses of the text carried the tag."""

    revision = serializers.IntegerField()
    clauses = serializers.IntegerField()


class CourseShape(Shape):
    """How the coverage of one principle went; before the first step there was none."""

    principle = serializers.CharField()
    steps = CourseStepShape(many=True)


class CoursesShape(Shape):
    """The courses of all principles there ever were, counted up to revision `counted`.

    A long history is counted in several requests: ask again while `counted` is below `revision`.
    """

    revision = serializers.IntegerField()
    counted = serializers.IntegerField()
    principles = CourseShape(many=True)


class CoverageCourses(OfCharter):
    noun = "coverage"
    rights = {"GET": Right.READ}

    @describe(answer=CoursesShape, query=Dated)
    def get(self, request: Request) -> Response:
        """How coverage went, from revision to revision."""
        at = asked.revision(self.asked.get("at"), self.seat) or self.seat.charter.head
        found = courses(self.seat.charter, at)
        principles = [
            {
                "principle": slug,
                "steps": [{"revision": number, "clauses": many} for number, many in one.steps],
            }
            for slug, one in found.of.items()
            if one.steps
        ]
        said = {"revision": at, "counted": found.counted, "principles": principles}
        return Response(CoursesShape(said).data)


class ServingClauseShape(Shape):
    """A clause that serves the principle. `tagged`: by a tag of its own; `above` are the clauses
    it stands in, the outermost first."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    citation = serializers.CharField()
    above = serializers.ListField(child=serializers.CharField())
    heading = serializers.CharField()
    text = serializers.CharField()
    tagged = serializers.BooleanField()


class ServingShape(Shape):
    """All clauses of one principle in reading order, as of a revision.

    `successor` is the slug of the principle in its place, where it was merged.
    """

    revision = serializers.IntegerField()
    language = serializers.CharField()
    principle = serializers.CharField()
    name = serializers.CharField()
    withdrawn = serializers.BooleanField()
    successor = serializers.CharField(allow_null=True)
    words = serializers.IntegerField()
    clauses = ServingClauseShape(many=True)


TABLES = ("csv", "xlsx")


class TakenClauses(Dated):
    """The clauses as of a revision, and as what."""

    format = files.formats(TABLES)


class PrincipleClauses(OfPrinciple):
    rights = {"GET": Right.READ}
    content_negotiation_class = ByFormat

    @describe(answer=ServingShape, query=TakenClauses, more=files.answers(TABLES))
    def get(self, request: Request, principle: str) -> HttpResponseBase:
        """All clauses that serve a principle, in order. 404 where it was not there yet."""
        at = asked.revision(self.asked.get("at"), self.seat) or self.seat.charter.head
        try:
            found = reading_of(self.seat.charter, principle, at, self.language)
        except NoPrinciple as error:
            raise Http404(principle) from error
        if self.asked["format"] != files.JSON:
            name = file_name(self.seat.charter, principle, at, self.language)
            return files.answered(
                lambda: principle_tables.file_of(found, self.asked["format"], name=name)
            )
        said = {
            "revision": at,
            "language": self.language,
            "principle": found.principle.slug,
            "name": found.principle.name(self.language),
            "withdrawn": found.principle.withdrawn,
            "successor": found.successor.slug if found.successor else None,
            "words": found.words,
            "clauses": [
                {
                    "id": one.clause.id,
                    "kind": one.clause.kind.value,
                    "citation": one.number.citation,
                    "above": [upper.number.citation for upper in one.above],
                    "heading": one.clause.heading,
                    "text": one.clause.text,
                    "tagged": one.clause.id in found.tagged,
                }
                for one in found.members
            ],
        }
        return Response(ServingShape(said).data)

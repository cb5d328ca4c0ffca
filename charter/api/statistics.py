"""The numbers of a charter, as of any revision."""

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.api import asked, files
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.exports import ByFormat
from charter.api.fields import Shape
from charter.exports.figures import file_name, file_of, source
from charter.exports.files import File
from charter.exports.statistics_figures import KEYS, figures_of
from charter.queries.points import points_of
from charter.queries.statistics import Dispute, Numbers, numbers_of


class GrowthShape(Shape):
    """A figure from this revision on."""

    revision = serializers.IntegerField()
    figure = serializers.IntegerField()


class SittingShape(Shape):
    """A run of revisions without a pause of six hours; words and clauses as it left them."""

    first = serializers.IntegerField()
    last = serializers.IntegerField()
    began = serializers.DateTimeField()
    ended = serializers.DateTimeField()
    revisions = serializers.IntegerField()
    people = serializers.IntegerField()
    changes = serializers.IntegerField()
    written = serializers.IntegerField()
    taken = serializers.IntegerField()
    words = serializers.IntegerField()
    clauses = serializers.IntegerField()


class ContributorShape(Shape):
    """What a person did: words written into the text and taken out of it, clauses changed."""

    id = serializers.UUIDField(source="uuid")
    name = serializers.CharField()
    delegation = serializers.CharField()
    revisions = serializers.IntegerField()
    changes = serializers.IntegerField()
    written = serializers.IntegerField()
    taken = serializers.IntegerField()
    comments = serializers.IntegerField()


class DisputeShape(Shape):
    """How often an article was changed, and how much is said about it."""

    id = serializers.UUIDField()
    citation = serializers.CharField()
    heading = serializers.CharField()
    revisions = serializers.IntegerField()
    threads = serializers.IntegerField()
    open_threads = serializers.IntegerField()
    comments = serializers.IntegerField()


class StatisticsShape(Shape):
    """The numbers as of a revision, words in one language, counted up to revision `counted`.

    A long history is counted in several requests: ask again while `counted` is below `revision`.
    """

    revision = serializers.IntegerField()
    counted = serializers.IntegerField()
    language = serializers.CharField()
    words = serializers.IntegerField()
    clauses = serializers.IntegerField()
    words_over_time = GrowthShape(many=True)
    clauses_over_time = GrowthShape(many=True)
    sittings = SittingShape(many=True)
    contributors = ContributorShape(many=True)
    disputes = DisputeShape(many=True)


class DrawnStatistics(files.Drawn):
    """One figure or all of them."""

    figure = files.figure(KEYS)


class Statistics(OfCharter):
    noun = "statistics"
    rights = {"GET": Right.READ}
    content_negotiation_class = ByFormat

    @describe(answer=StatisticsShape, query=DrawnStatistics, more=files.answers(files.DRAWN))
    def get(self, request: Request) -> HttpResponseBase:
        """Growth, sittings, contributors and disputes.

        A word that was replaced counts as one taken out and one written.
        """
        at = asked.revision(self.asked.get("at"), self.seat) or self.seat.charter.head
        found = numbers_of(self.seat.charter, at, self.language)
        if self.asked["format"] != files.JSON:
            return files.answered(lambda: self._file(found, at))
        said = {
            "revision": at,
            "counted": found.counted,
            "language": self.language,
            "words": found.words,
            "clauses": found.clauses,
            "words_over_time": _steps(found.words_steps),
            "clauses_over_time": _steps(found.clauses_steps),
            "sittings": found.sittings,
            "contributors": found.contributors,
            "disputes": [_dispute(one) for one in found.disputes],
        }
        return Response(StatisticsShape(said).data)

    def _file(self, found: Numbers, at: int) -> File:
        charter = self.seat.charter
        points = points_of(charter, at)
        return file_of(
            figures_of(found, points),
            self.asked["format"],
            self.asked.get("figure", ""),
            name=file_name(charter, "statistics", at, self.language),
            source=source(charter, points, at, self.language),
            revision=found.revision,
        )


def _steps(steps: tuple[tuple[int, int], ...]) -> list[dict[str, int]]:
    return [{"revision": number, "figure": figure} for number, figure in steps]


def _dispute(one: Dispute) -> dict[str, object]:
    head = one.unit.head
    return {
        "id": head.clause.id,
        "citation": head.number.citation,
        "heading": head.clause.heading,
        "revisions": one.edits,
        "threads": one.threads,
        "open_threads": one.open_threads,
        "comments": one.comments,
    }

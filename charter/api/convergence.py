"""Convergence: how near the text is to agreement."""

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.api import asked, files
from charter.api.asked import Spoken
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.exports import ByFormat
from charter.api.fields import Choice, Number, Shape
from charter.api.ladder import RUNGS
from charter.api.positions import STANCES, PositionShape
from charter.exports.convergence import course_figures, file_of
from charter.exports.figures import file_name, source
from charter.exports.files import File
from charter.models import Stance
from charter.queries.convergence import Cell, Line, convergence_of
from charter.queries.convergence import Convergence as Matrix
from charter.queries.convergence_course import course_of
from charter.queries.points import points_of
from charter.queries.positions import Summed


class ConvergingDelegationShape(Shape):
    """A delegation at the table."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()


class ConvergenceCellShape(Shape):
    """What a delegation holds on an article: the least agreeing of `count` positions, of which
    `stale` are. `stance` null: it is silent. `before` is what it held at `since`."""

    delegation = serializers.IntegerField()
    stance = Choice(choices=STANCES, allow_null=True)
    count = serializers.IntegerField()
    stale = serializers.IntegerField()
    before = Choice(choices=STANCES, allow_null=True)


class OrganisationShape(Shape):
    """An organisation with `members` at the table; `absent` members have no delegation."""

    code = serializers.CharField()
    name = serializers.CharField()
    members = serializers.IntegerField()
    absent = serializers.IntegerField()


class OrganisationSumShape(Shape):
    """What an organisation's members at the table hold on an article, added up: a sum and no
    position. `own` is what its own delegation holds, where it has one, and is in no sum."""

    organisation = serializers.CharField(source="code", help_text="The organisation's code.")
    agrees = serializers.IntegerField()
    ad_referendum = serializers.IntegerField()
    reserves = serializers.IntegerField()
    objects = serializers.IntegerField()
    silent = serializers.IntegerField()
    stale = serializers.IntegerField(help_text="So many of the positions are.")
    own = Choice(choices=STANCES, allow_null=True)


class ConvergingArticleShape(Shape):
    """An article with its rung, its hand-written brackets and the open amendments to it.

    What ends in `_before` is as of `since`, null without one.
    """

    id = serializers.UUIDField()
    citation = serializers.CharField()
    heading = serializers.CharField()
    rung = Choice(choices=RUNGS)
    rung_before = Choice(choices=RUNGS, allow_null=True)
    brackets = serializers.IntegerField()
    brackets_before = serializers.IntegerField(allow_null=True)
    amendments = serializers.ListField(child=serializers.CharField())
    delegations = ConvergenceCellShape(many=True)
    organisations = OrganisationSumShape(many=True)


class BlockShape(Shape):
    """A reservation or an objection, with the citation of what it is to."""

    citation = serializers.CharField()
    position = PositionShape()


class CoursePointShape(Shape):
    """What was outstanding as of a revision; a stale position counts as stale alone."""

    revision = serializers.IntegerField(source="number")
    brackets = serializers.IntegerField()
    agreeing = serializers.IntegerField()
    blocking = serializers.IntegerField()
    stale = serializers.IntegerField()


class ConvergenceShape(Shape):
    """The matrix at the head. Positions that are kept to a delegation count nowhere in it."""

    revision = serializers.IntegerField()
    since = serializers.IntegerField(allow_null=True)
    language = serializers.CharField()
    delegations = ConvergingDelegationShape(many=True)
    organisations = OrganisationShape(many=True)
    articles = ConvergingArticleShape(many=True)
    blocks = BlockShape(many=True)
    course = CoursePointShape(many=True)


TAKEN = (*files.DRAWN, "pdf")


class WantedConvergence(Spoken):
    """Compared with what, in which language, as what. Only the charts are drawn as pictures."""

    since = Number(least=1, required=False, help_text="An earlier revision to compare with.")
    format = files.formats(TAKEN)
    figure = files.figure(["course", "brackets"])


class Convergence(OfCharter):
    noun = "convergence"
    rights = {"GET": Right.READ}
    content_negotiation_class = ByFormat

    @describe(answer=ConvergenceShape, query=WantedConvergence, more=files.answers(TAKEN))
    def get(self, request: Request) -> HttpResponseBase:
        """What each delegation holds on each article, what is open, and who blocks what."""
        since = asked.revision(self.asked.get("since"), self.seat)
        found = convergence_of(self.seat, self.language, since)
        if self.asked["format"] != files.JSON:
            return files.answered(lambda: self._file(found, since))
        named = [edition.number for edition in points_of(self.seat.charter).editions]
        said = {
            "revision": found.number,
            "since": since,
            "language": self.language,
            "delegations": found.teams,
            "organisations": found.organisations,
            "articles": [_article(line) for line in found.lines],
            "blocks": [
                {"citation": block.citation, "position": block.held}
                for blocks in found.blocks.values()
                for block in blocks
            ],
            "course": course_of(self.seat.charter, self.language, named),
        }
        return Response(ConvergenceShape(said).data)

    def _file(self, found: Matrix, since: int | None) -> File:
        charter, language = self.seat.charter, self.language
        points = points_of(charter, since)
        return file_of(
            found,
            course_figures(charter, points, language),
            self.asked["format"],
            self.asked.get("figure", ""),
            name=file_name(charter, "convergence", found.number, language),
            source=source(charter, points, found.number, language),
        )


def _article(line: Line) -> dict:
    return {
        "id": line.id,
        "citation": line.citation,
        "heading": line.heading,
        "rung": line.rung,
        "rung_before": line.rung_before,
        "brackets": line.brackets,
        "brackets_before": line.brackets_before,
        "amendments": line.amendments,
        "delegations": [_cell(team, cell) for team, cell in line.cells.items()],
        "organisations": [_sum(one) for one in line.sums],
    }


def _sum(one: Summed) -> dict:
    counts = {stance: one.stances.get(Stance(stance), 0) for stance in STANCES}
    return {
        "code": one.code,
        **counts,
        "silent": one.silent,
        "stale": one.stale,
        "own": one.own,
    }


def _cell(team: int, cell: Cell) -> dict:
    return {
        "delegation": team,
        "stance": cell.stance,
        "count": cell.count,
        "stale": cell.stale,
        "before": cell.before,
    }

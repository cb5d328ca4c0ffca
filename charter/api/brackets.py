"""Hand-written square brackets: where they stand, how many there were, placing and lifting them."""

from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions.brackets import Part, lift_brackets, place_brackets
from charter.api import asked, files
from charter.api.asked import Spoken
from charter.api.clauses import OfClause
from charter.api.committed import CommittedShape, answered
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.exports import ByFormat
from charter.api.fields import Choice, Language, Shape, Text, Whole
from charter.api.preconditions import REVISION
from charter.exports.bracket_figures import labels, over_time
from charter.exports.figures import file_of
from charter.exports.files import File
from charter.queries.brackets import Course, course_of, differences
from charter.queries.proposed import citations_now
from charter.queries.texts import wording_at
from charter.text.brackets import brackets
from charter.text.words import Words

ACTS = ["place", "lift", "remove"]


class BracketCountShape(Shape):
    """How many brackets there were from a revision on."""

    revision = serializers.IntegerField()
    brackets = serializers.IntegerField()


class BracketCourseShape(Shape):
    """The brackets in one language: how many now, and wherever their number changed."""

    language = serializers.CharField()
    brackets = serializers.IntegerField()
    course = BracketCountShape(many=True)


class LanguageCountShape(Shape):
    """The brackets of a clause in one language."""

    language = serializers.CharField()
    brackets = serializers.IntegerField()


class DifferingShape(Shape):
    """A clause whose languages have not the same number of brackets; the title has no citation."""

    clause = serializers.UUIDField()
    citation = serializers.CharField()
    languages = LanguageCountShape(many=True)


class BracketsShape(Shape):
    """The brackets of a charter, its title among them, counted up to `revision`."""

    revision = serializers.IntegerField()
    languages = BracketCourseShape(many=True)
    differing = DifferingShape(many=True)


class BracketShape(Shape):
    """A bracket: [start, end) in code points of the heading or the text, `depth` from 1."""

    part = Choice(choices=list(Part))
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    depth = serializers.IntegerField()
    words = serializers.CharField()


class ClauseBracketsShape(Shape):
    """The brackets in a clause's own words as of a revision, in one language.

    `languages` count those of the clause and of all below it, up to `counted`.
    """

    revision = serializers.IntegerField()
    language = serializers.CharField()
    brackets = BracketShape(many=True)
    counted = serializers.IntegerField()
    languages = BracketCourseShape(many=True)


class BracketAct(Shape):
    """`place` brackets around the words from `start` to `end`; `lift` those that open at `start`,
    or `remove` them with their words. Places are code points of the revision in If-Match."""

    act = Choice(choices=ACTS)
    language = Language(required=False, help_text="The working language, if not given.")
    part = Choice(choices=list(Part), default=Part.TEXT)
    start = Whole()
    end = Whole(required=False, help_text="For `place` alone.")
    message = Text(most=1000, default="")


class Brackets(OfCharter):
    noun = "brackets"
    rights = {"GET": Right.READ}

    @describe(answer=BracketsShape, query=Spoken)
    def get(self, request: Request) -> Response:
        """How many brackets the text has, in each language and over all revisions."""
        charter = self.seat.charter
        course = course_of(charter)
        said = {
            "revision": course.number,
            "languages": _languages(course),
            "differing": [
                {
                    "clause": one.clause,
                    "citation": one.citation,
                    "languages": [
                        {"language": code, "brackets": count} for code, count in one.counts.items()
                    ],
                }
                for one in differences(charter, self.language)
            ],
        }
        return Response(BracketsShape(said).data)


class ClauseBrackets(OfClause):
    noun = "brackets"
    rights = {"GET": Right.READ, "POST": Right.EDIT}
    content_negotiation_class = ByFormat

    @describe(answer=ClauseBracketsShape, query=files.Drawn, more=files.answers(files.DRAWN))
    def get(self, request: Request, clause: UUID) -> HttpResponseBase:
        """The brackets of one clause, and how many it had over all revisions.

        A file has their course alone, whatever `at` says.
        """
        charter = self.seat.charter
        at = asked.revision(self.asked.get("at"), self.seat) or charter.head
        words = wording_at(charter, clause, self.language, at) or Words()
        course = course_of(charter, clause)
        if self.asked["format"] != files.JSON:
            return files.answered(lambda: self._file(clause, course))
        said = {
            "revision": at,
            "language": self.language,
            "brackets": [
                {
                    "part": part,
                    "start": one.start,
                    "end": one.end,
                    "depth": one.depth,
                    "words": text[one.start : one.end],
                }
                for part, text in ((Part.HEADING, words.heading), (Part.TEXT, words.text))
                for one in brackets(text)
            ],
            "counted": course.number,
            "languages": _languages(course),
        }
        return Response(ClauseBracketsShape(said).data)

    def _file(self, clause: UUID, course: Course) -> File:
        charter = self.seat.charter
        citation = citations_now(charter, self.language).get(str(clause), "")
        name, said = labels(charter, clause, citation, self.language)
        return file_of([over_time(course)], self.asked["format"], name=name, source=said)

    @describe(body=BracketAct, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request, clause: UUID) -> Response:
        """Place brackets around words, lift brackets, or remove them with their words.

        Merged with what others have changed since the revision in If-Match; 412 where they have
        changed the same words, or brackets of the clause.
        """
        given = dict(self.said)
        act, end = given.pop("act"), given.pop("end", 0)
        given.setdefault("language", self.seat.charter.working_language)
        given["part"] = Part(given["part"])
        where = {"actor": request.user, "charter": self.seat.charter, "clause": clause}
        if act == "place":
            done = place_brackets(**where, **given, base=self.base, end=end)
        else:
            done = lift_brackets(**where, **given, base=self.base, words=act == "lift")
        return answered(self, done)


def _languages(course: Course) -> list[dict[str, Any]]:
    return [
        {
            "language": code,
            "brackets": steps[-1][1] if steps else 0,
            "course": [{"revision": number, "brackets": count} for number, count in steps],
        }
        for code, steps in course.steps.items()
    ]

"""Who wrote which words of a text, run by run."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions.books import keep_books
from charter.api import asked
from charter.api.asked import Dated
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Shape
from charter.api.revisions import NamedAmendmentShape
from charter.queries.blame import Part, TextBlame, blame_cited, clause_page
from charter.text.blame import Run


class GoneShape(Shape):
    """Words that stood in a place until a revision took them away."""

    revision = serializers.IntegerField()
    text = serializers.CharField()


class CarriedShape(Shape):
    """How words came to stand where they do: `revision` put them there.

    They had left the wording of `clause` in revision `left`: the same one when they were moved, an
    earlier one when they were brought back.
    """

    revision = serializers.IntegerField()
    left = serializers.IntegerField()
    clause = serializers.UUIDField()


class RunShape(Shape):
    """Words from `start` to `end`, in code points of the text, that `revision` brought first.

    Runs follow one another without a gap. An empty one is a place where that revision took words
    out and none came instead. `gone` is what stood there before, newest first.
    """

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    words = serializers.IntegerField()
    revision = serializers.IntegerField()
    carried = CarriedShape(allow_null=True)
    gone = GoneShape(many=True)


class CreditedShape(Shape):
    """A heading or a wording as it is stored, and its runs."""

    text = serializers.CharField()
    runs = RunShape(many=True)


class BlamedClauseShape(Shape):
    """A clause, cited as in that revision; "" where it stands in no text, and for the title."""

    id = serializers.UUIDField()
    citation = serializers.CharField()
    heading = CreditedShape()
    text = CreditedShape()


class WritingRevisionShape(Shape):
    """A revision that runs name. `words` counts those it wrote of the words that stand here.

    `delegation` is the one its author sat in then. `adopted` are the amendments it made part of the
    text, with those who stood behind them then.
    """

    number = serializers.IntegerField()
    author = serializers.CharField()
    delegation = serializers.CharField()
    committed_at = serializers.DateTimeField()
    message = serializers.CharField()
    cause = serializers.CharField()
    words = serializers.IntegerField()
    adopted = NamedAmendmentShape(many=True)


class BlameShape(Shape):
    """Who wrote the words of a text in one language, as of a revision."""

    revision = serializers.IntegerField()
    language = serializers.CharField()
    words = serializers.IntegerField()
    revisions = WritingRevisionShape(many=True)
    clauses = BlamedClauseShape(many=True)


class Blame(OfCharter):
    noun = "blame"
    rights = {"GET": Right.READ}

    @describe(answer=BlameShape, query=Dated)
    def get(self, request: Request) -> Response:
        """Who wrote which words of the whole text.

        The clauses come in reading order, first the one whose heading is the title.
        """
        at = asked.revision(self.asked.get("at"), self.seat)
        found, cited = blame_cited(self.seat.charter, self.language, at)
        keep_books(self.seat.charter, self.language)
        return Response(_said(found, [(id, cited.get(id, "")) for id in found.clauses]))


class ClauseBlame(OfCharter):
    noun = "blame"
    rights = {"GET": Right.READ}

    @describe(answer=BlameShape, query=Dated)
    def get(self, request: Request, clause: UUID) -> Response:
        """Who wrote which words of one clause, in the text or struck."""
        at = asked.revision(self.asked.get("at"), self.seat)
        page = clause_page(self.seat.charter, clause, self.language, at)
        keep_books(self.seat.charter, self.language)
        return Response(_said(page.blame, [(page.id, page.citation)]))


# By hand: a text has runs by the ten thousand, and serializers take their time over each.


def _said(found: TextBlame, cited: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {
        "revision": found.number,
        "language": found.language,
        "words": sum(found.words.values()),
        "revisions": [_revision(found, number) for number in found.revisions],
        "clauses": [_clause(found, id, citation) for id, citation in cited],
    }


def _revision(found: TextBlame, number: int) -> dict[str, Any]:
    facts = found.revisions[number]
    writer = found.writers[facts.person]
    return {
        "number": number,
        "author": writer.name,
        "delegation": found.delegations[number],
        "committed_at": facts.at,
        "message": facts.message,
        "cause": facts.cause.value,
        "words": found.words.get(number, 0),
        "adopted": [NamedAmendmentShape(one).data for one in found.adopted.get(number, ())],
    }


def _clause(found: TextBlame, id: str, citation: str) -> dict[str, Any]:
    heading, text = found.clauses[id].parts
    return {"id": id, "citation": citation, "heading": _part(heading), "text": _part(text)}


def _part(part: Part) -> dict[str, Any]:
    runs = zip(part.runs, part.words, strict=True)
    return {"text": part.text, "runs": [_run(run, words) for run, words in runs]}


def _run(run: Run, words: int) -> dict[str, Any]:
    carried = run.carried
    return {
        "start": run.start,
        "end": run.end,
        "words": words,
        "revision": run.revision,
        "carried": carried
        and {"revision": carried.revision, "left": carried.left, "clause": carried.source[0]},
        "gone": [{"revision": one.revision, "text": one.text} for one in run.gone],
    }

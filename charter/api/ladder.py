"""The ladder of agreement: how far each clause is agreed."""

from uuid import UUID

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import gate
from charter.actions import ladder as actions
from charter.api import asked
from charter.api.asked import Asked
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Number, Shape, Text
from charter.api.preconditions import REVISION
from charter.models import Rung
from charter.queries.ladder import rungs_of, steps_of

RUNGS = list(Rung.values)


class StepShape(Shape):
    """A step: the clause was put on `rung` at revision `revision`.

    `fell` is the revision that changed its words, or what is below it, afterwards, null where none
    did; `now` is where that leaves it.
    """

    clause = serializers.UUIDField()
    rung = Choice(choices=RUNGS)
    now = Choice(choices=RUNGS)
    note = serializers.CharField()
    revision = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    fell = serializers.IntegerField(allow_null=True)


class LadderShape(Shape):
    """The last step of every clause that ever took one; any other clause is open."""

    revision = serializers.IntegerField()
    steps = StepShape(many=True)


class StepsShape(Shape):
    """The steps of one clause, the latest first."""

    steps = StepShape(many=True)


class NewStep(Shape):
    """How far the clause is agreed, and a note."""

    rung = Choice(choices=RUNGS)
    note = Text(most=gate.MESSAGE, default="")


class AsOf(Asked):
    """When."""

    at = Number(least=1, required=False, help_text="A revision's number; the head if not given.")


class Ladder(OfCharter):
    noun = "ladder"
    rights = {"GET": Right.READ}

    @describe(answer=LadderShape, query=AsOf)
    def get(self, request: Request) -> Response:
        """How far the clauses are agreed, now or as of a revision."""
        charter = self.seat.charter
        at = asked.revision(self.asked.get("at"), self.seat) or charter.head
        steps = sorted(rungs_of(charter, at).values(), key=lambda one: str(one.clause))
        return Response(LadderShape({"revision": at, "steps": steps}).data)


class ClauseLadder(OfCharter):
    noun = "ladder"
    rights = {"GET": Right.READ, "POST": Right.AGREE}

    def enter(self, request: Request, named: dict) -> None:
        super().enter(request, named)
        there = self.seat.charter.clauses.filter(pk=named["clause"], parent__isnull=False)
        if not there.exists():
            raise Http404(str(named["clause"]))

    def said_now(self, clause: UUID) -> dict:
        return StepsShape({"steps": steps_of(self.seat.charter, clause)}).data

    @describe(answer=StepsShape)
    def get(self, request: Request, clause: UUID) -> Response:
        """The steps of a clause."""
        return Response(self.said_now(clause))

    @describe(body=NewStep, answer=StepsShape, status=201, if_match=REVISION)
    def post(self, request: Request, clause: UUID) -> Response:
        """Put a clause of the text on a rung, as read in the revision of If-Match.

        An edit of its words, or of anything below it, brings it back to open.
        """
        actions.set_rung(
            actor=request.user,
            charter=self.seat.charter,
            clause=clause,
            base=self.base,
            **self.said,
        )
        return Response(self.said_now(clause), status=201)

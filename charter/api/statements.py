"""Statements of delegations: reservations and declarations."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import gate
from charter.actions import statements as actions
from charter.api import asked
from charter.api.asked import Dated
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Flag, Id, Language, Number, Shape, Text
from charter.api.paging import Paged, page_of, sliced
from charter.models import StatementKind
from charter.queries.statements import NoStatement, Stated, statement_of, statements_of

KINDS = list(StatementKind.values)


class WithdrawnShape(Shape):
    """When a statement was taken back, and why."""

    note = serializers.CharField()
    revision = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField()


class StatementShape(Shape):
    """A statement, made at revision `revision`. `clause` is null where it is on the whole charter.

    `citation` is in the language asked for, "" where the clause is not in the text any more.
    """

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    kind = Choice(choices=KINDS)
    delegation = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField(source="team")
    clause = serializers.UUIDField(allow_null=True)
    citation = serializers.CharField()
    language = serializers.CharField()
    text = serializers.CharField()
    revision = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    withdrawn = WithdrawnShape(allow_null=True)


class NewStatement(Shape):
    """What one's delegation states: on a clause of the text, or (null) on the charter as a whole.

    Without a `language` it is in the charter's working language.
    """

    kind = Choice(choices=KINDS)
    text = Text(most=actions.TEXT)
    clause = Id(allow_null=True, default=None)
    language = Language(required=False)


class Taken(Shape):
    """A note for the log."""

    note = Text(most=gate.MESSAGE, default="")


class WantedStatements(Paged, Dated):
    """Which statements: those that stand now or as of a revision, and of whom or on what."""

    clause = serializers.UUIDField(required=False, help_text="Only those on this clause.")
    delegation = Number(least=1, required=False, help_text="Only those of this delegation.")
    withdrawn = Flag(default=False, help_text="Those that were taken back by then, too.")


class Statements(OfCharter):
    noun = "statements"
    rights = {"GET": Right.READ, "POST": Right.DECLARE}

    @describe(answer=page_of(StatementShape), query=WantedStatements)
    def get(self, request: Request) -> Response:
        """The statements of delegations: on the whole first, then in the order of the text."""
        found = statements_of(
            self.seat.charter,
            self.language,
            at=asked.revision(self.asked.get("at"), self.seat),
            clause=self.asked.get("clause"),
            delegation=self.asked.get("delegation"),
            withdrawn=self.asked["withdrawn"],
        )
        return sliced(request, self.asked, found, lambda one: one.number, _said)

    @describe(body=NewStatement, answer=StatementShape, status=201)
    def post(self, request: Request) -> Response:
        """Make a statement for one's delegation. It is never changed, only withdrawn."""
        made = actions.make_statement(actor=request.user, charter=self.seat.charter, **self.said)
        there = reverse("api:statement", args=[self.seat.charter.slug, made.uuid])
        shown = _said(statement_of(self.seat.charter, made.uuid))
        return Response(shown, status=201, headers={"Location": there})


class OfStatement(OfCharter):
    """An address under a statement's."""

    noun = "statements"

    def found(self, statement: UUID) -> Stated:
        try:
            return statement_of(self.seat.charter, statement, self.language)
        except NoStatement as error:
            raise Http404(str(statement)) from error


class Statement(OfStatement):
    rights = {"GET": Right.READ}

    @describe(answer=StatementShape, query=asked.Spoken)
    def get(self, request: Request, statement: UUID) -> Response:
        """One statement, withdrawn or not."""
        return Response(_said(self.found(statement)))


class StatementWithdraw(OfStatement):
    rights = {"POST": Right.WITHDRAW}

    @describe(body=Taken, answer=StatementShape)
    def post(self, request: Request, statement: UUID) -> Response:
        """Take a statement of one's delegation back. That it was made stays on record."""
        self.found(statement)
        actions.withdraw_statement(
            actor=request.user, charter=self.seat.charter, statement=statement, **self.said
        )
        return Response(_said(self.found(statement)))


def _said(one: Stated) -> dict:
    return StatementShape(one).data

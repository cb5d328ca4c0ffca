"""Clauses: to read, insert, change, strike, restore and move."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import clauses as actions
from charter.actions import gate
from charter.actions.corrections import correct_clause
from charter.actions.values import UNCHANGED
from charter.api import asked
from charter.api.asked import Dated
from charter.api.committed import CommittedShape, Said, answered
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import ByLanguage, Choice, Id, Shape, Text, Words
from charter.api.preconditions import REVISION
from charter.queries.clauses import WholeClause, whole_clause
from charter.queries.states import words_at
from charter.text.kinds import Kind
from charter.text.redline import Spans
from charter.text.words import Words as Wording

KINDS = list(Kind)
MOST_TAGS = 200


class ClauseShape(Shape):
    """A clause with its words in every language. `kind` "charter" is the root: the title.

    `number` and `citation` are in the language asked for, "" where the clause is not in the text.
    `parent` is null at the top level.
    """

    id = serializers.UUIDField()
    revision = serializers.IntegerField()
    kind = Choice(choices=["charter", *KINDS])
    number = serializers.CharField()
    citation = serializers.CharField()
    numeral = serializers.CharField(allow_null=True)
    struck = serializers.BooleanField()
    standing = serializers.BooleanField(help_text="Whether it is in the text.")
    parent = serializers.UUIDField(allow_null=True)
    words = ByLanguage(Words())
    principles = serializers.ListField(child=serializers.CharField())


class HalfWords(Shape):
    """Words to change; the one that is not given stays as it was."""

    heading = Text(most=gate.HEADING, required=False)
    text = Text(required=False)


class NewClause(Shape):
    """A clause to put in: into `parent` (null: the top level), beside a sibling or last."""

    kind = Choice(choices=KINDS)
    words = ByLanguage(Words(), default=dict)
    parent = Id(allow_null=True, default=None)
    after = Id(allow_null=True, default=None)
    before = Id(allow_null=True, default=None)
    numeral = Text(most=80, allow_null=True, default=None)
    principles = serializers.ListField(child=Text(most=80), default=list, max_length=MOST_TAGS)
    message = Text(most=1000, default="")


class ChangedClause(Shape):
    """What of a clause is to change; what is not given stays."""

    words = ByLanguage(HalfWords(), required=False)
    kind = Choice(choices=KINDS, required=False)
    numeral = Text(most=80, allow_null=True, required=False)
    principles = serializers.ListField(child=Text(most=80), required=False, max_length=MOST_TAGS)
    message = Text(most=1000, default="")


class CorrectedClause(Shape):
    """What of a clause of an adopted text is corrected, and why; what is not given stays."""

    words = ByLanguage(HalfWords(), required=False)
    numeral = Text(most=80, allow_null=True, required=False)
    message = Text(most=1000, help_text="The reason.")


class NewPlace(Shape):
    """Where a clause is to stand: in `parent` (null: the top level), beside a sibling or last."""

    parent = Id(allow_null=True, default=None)
    after = Id(allow_null=True, default=None)
    before = Id(allow_null=True, default=None)
    message = Text(most=1000, default="")


class Clauses(OfCharter):
    noun = "clauses"
    rights = {"POST": Right.EDIT}

    @describe(body=NewClause, answer=CommittedShape, status=201, if_match=REVISION)
    def post(self, request: Request) -> Response:
        """Put a new clause in."""
        given = dict(self.said)
        given["words"] = {code: Wording(**one) for code, one in given["words"].items()}
        done = actions.insert_clause(actor=request.user, charter=self.seat.charter, **given)
        there = reverse("api:clause", args=[self.seat.charter.slug, done.clause.pk])
        return answered(self, done, 201, Location=there)


class OfClause(OfCharter):
    """An address under a clause's."""

    noun = "clauses"

    def enter(self, request: Request, named: dict) -> None:
        super().enter(request, named)
        if not self.seat.charter.clauses.filter(pk=named["clause"]).exists():
            raise Http404


class Clause(OfClause):
    rights = {"GET": Right.READ, "PATCH": Right.EDIT}

    @describe(answer=ClauseShape, query=Dated)
    def get(self, request: Request, clause: UUID) -> Response:
        """One clause as of a revision, with its words in every language."""
        at = asked.revision(self.asked.get("at"), self.seat)
        found = whole_clause(self.seat.charter, clause, self.language, at)
        if found is None:
            raise Http404
        return Response(clause_said(found))

    @describe(body=ChangedClause, answer=CommittedShape, if_match=REVISION)
    def patch(self, request: Request, clause: UUID) -> Response:
        """Change a clause's words, kind, number or principles.

        Words are merged with what others have changed since the revision in If-Match; where both
        have changed the same words the answer is 412 with the words of all sides, and so it is
        with a kind or a number that others have made another. Principles put on and taken off by
        both are combined.
        """
        given = dict(self.said)
        done = actions.change_clause(
            actor=request.user,
            charter=self.seat.charter,
            clause=clause,
            base=self.base,
            words=filled(clause, self.base, given.pop("words", {})),
            numeral=given.pop("numeral", UNCHANGED),
            **given,
        )
        return answered(self, done)


class ClauseCorrections(OfClause):
    rights = {"POST": Right.CORRECT}

    @describe(body=CorrectedClause, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request, clause: UUID) -> Response:
        """Correct the words or the number of a clause of an adopted text.

        A revision of its own kind. Merged with other corrections as changes are.
        """
        given = dict(self.said)
        done = correct_clause(
            actor=request.user,
            charter=self.seat.charter,
            clause=clause,
            base=self.base,
            reason=given.pop("message"),
            words=filled(clause, self.base, given.pop("words", {})),
            **given,
        )
        return answered(self, done)


class ClauseStrike(OfClause):
    rights = {"POST": Right.EDIT}

    @describe(body=Said, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request, clause: UUID) -> Response:
        """Take a clause out of the text with all below it; it stays citable.

        412 where words of it have changed since the revision in If-Match.
        """
        done = actions.strike_clause(
            actor=request.user,
            charter=self.seat.charter,
            clause=clause,
            base=self.base,
            **self.said,
        )
        return answered(self, done)


class ClauseRestore(OfClause):
    rights = {"POST": Right.EDIT}

    @describe(body=Said, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request, clause: UUID) -> Response:
        """Put a struck clause back where it stood."""
        done = actions.restore_clause(
            actor=request.user, charter=self.seat.charter, clause=clause, **self.said
        )
        return answered(self, done)


class ClauseMove(OfClause):
    rights = {"POST": Right.EDIT}

    @describe(body=NewPlace, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request, clause: UUID) -> Response:
        """Move a clause with all below it.

        412 where somebody has moved it elsewhere since the revision in If-Match.
        """
        done = actions.move_clause(
            actor=request.user,
            charter=self.seat.charter,
            clause=clause,
            base=self.base,
            **self.said,
        )
        return answered(self, done)


def filled(clause: UUID, base: int, given: Mapping[str, Mapping[str, str]]) -> dict[str, Wording]:
    """Words by language, with the half that was not given as it stood in revision `base`."""
    half = any(len(one) < 2 for one in given.values())
    was = words_at(clause, given, base) if half else {}
    return {code: replace(was.get(code, Wording()), **one) for code, one in given.items()}


def clause_said(found: WholeClause) -> dict[str, Any]:
    """A clause as it goes out."""
    return ClauseShape(found).data


class SpanShape(Shape):
    """A run of words: in both texts, only in the new one, or only in the old."""

    op = Choice(choices=["equal", "insert", "delete"])
    text = serializers.CharField()


def spans_said(spans: Spans) -> list[dict[str, str]]:
    """Spans as they go out."""
    return [{"op": span.op, "text": span.text} for span in spans]

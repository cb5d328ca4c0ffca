"""What became of one clause, and what was taken out of the text and can come back."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.api.asked import Spoken
from charter.api.clauses import KINDS, OfClause, SpanShape, spans_said
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Shape
from charter.api.paging import Paged, number, page_of, paged, sliced
from charter.queries.clause_history import State, clause_history
from charter.queries.struck import struck_clauses
from charter.text.redline import Change


class ClauseStateShape(Shape):
    """A clause as one revision left it, as spans against the state before."""

    revision = serializers.IntegerField(source="number")
    author = serializers.CharField()
    author_id = serializers.UUIDField()
    delegation = serializers.CharField()
    committed_at = serializers.DateTimeField(source="at")
    message = serializers.CharField()
    cause = serializers.CharField()
    changes = serializers.ListField(child=Choice(choices=list(Change)))
    citation = serializers.CharField()
    citation_before = serializers.CharField()
    heading = SpanShape(many=True)
    text = SpanShape(many=True)
    tagged = serializers.ListField(child=serializers.CharField())
    untagged = serializers.ListField(child=serializers.CharField())


class History(Paged, Spoken):
    """A page of a clause's states, and the language of its words."""


class ClauseHistory(OfClause):
    rights = {"GET": Right.READ}

    @describe(answer=page_of(ClauseStateShape), query=History)
    def get(self, request: Request, clause: UUID) -> Response:
        """What became of one clause, newest first, in one language."""
        found = clause_history(
            self.seat.charter,
            clause,
            self.language,
            before=number(self.asked),
            limit=self.asked["limit"],
        )
        behind = None if found.older is None else [found.older]
        return paged(request, [_state(state) for state in found.states], behind)


def _state(state: State) -> dict[str, Any]:
    return {
        "revision": state.number,
        "author": state.author,
        "author_id": state.author_id,
        "delegation": state.delegation,
        "committed_at": state.at,
        "message": state.message,
        "cause": state.cause.value,
        "changes": sorted(state.changes),
        "citation": state.citation,
        "citation_before": state.citation_before,
        "heading": spans_said(state.heading),
        "text": spans_said(state.text),
        "tagged": list(state.tagged),
        "untagged": list(state.untagged),
    }


class StruckShape(Shape):
    """A struck clause with its words as they stand; `revision` is the one that struck it."""

    id = serializers.UUIDField()
    kind = Choice(choices=KINDS)
    citation = serializers.CharField()
    heading = serializers.CharField()
    text = serializers.CharField()
    revision = serializers.IntegerField(source="number")


class StruckPaged(Paged, Spoken):
    """A page of struck clauses, and the language of their words."""


class Struck(OfCharter):
    noun = "clauses"
    rights = {"GET": Right.READ}

    @describe(answer=page_of(StruckShape), query=StruckPaged)
    def get(self, request: Request) -> Response:
        """The clauses that were taken out and can come back, the last one first."""
        found = struck_clauses(self.seat.charter, self.language)
        return sliced(
            request,
            self.asked,
            found,
            lambda one: str(one.id),
            lambda one: StruckShape(one).data,
        )

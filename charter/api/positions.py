"""Positions: what delegations hold on clauses and amendments."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import positions as actions
from charter.api.asked import Spoken
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Id, Shape, Text
from charter.api.paging import Paged, page_of, sliced
from charter.models import HELD, Visibility
from charter.queries.positions import Held, positions_of

STANCES = [stance.value for stance in HELD]
CIRCLES = list(Visibility.values)


class PositionShape(Shape):
    """What a delegation holds, since revision `revision`.

    Of `clause` and `amendment` one is null. `stale`: the words have changed since, of the clause or
    of anything below it, in any language; of an amendment, what it asks for has. Positions whose
    `visibility` is "delegation" are seen by its members alone.
    """

    delegation = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField(source="team")
    clause = serializers.UUIDField(allow_null=True)
    amendment = serializers.UUIDField(allow_null=True)
    stance = Choice(choices=STANCES)
    note = serializers.CharField()
    visibility = serializers.SerializerMethodField()
    revision = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    stale = serializers.BooleanField()

    def get_visibility(self, one: Held) -> str:
        return (Visibility.DELEGATION if one.alone else Visibility.ALL).value


class OnWhat(Shape):
    """The clause or the amendment, one of the two, and who may see the position."""

    clause = Id(required=False)
    amendment = Id(required=False)
    visibility = Choice(choices=CIRCLES, default=Visibility.ALL.value)


class NewPosition(OnWhat):
    """What one's delegation holds, and why."""

    stance = Choice(choices=STANCES)
    note = Text(most=actions.NOTE, default="")


class WantedPositions(Paged, Spoken):
    """Which positions; delegations are named in the language."""

    clause = serializers.UUIDField(required=False, help_text="Only those on this clause.")
    amendment = serializers.UUIDField(required=False, help_text="Only those on this amendment.")


class Positions(OfCharter):
    noun = "positions"
    rights = {"GET": Right.READ, "POST": Right.HOLD}

    @describe(answer=page_of(PositionShape), query=WantedPositions)
    def get(self, request: Request) -> Response:
        """What delegations hold: the latest of each on each thing, in the order they were taken."""
        found = positions_of(
            self.seat,
            self.language,
            clause=self.asked.get("clause"),
            amendment=self.asked.get("amendment"),
        )
        found.sort(key=lambda one: one.id)
        return sliced(request, self.asked, found, _key, lambda one: PositionShape(one).data)

    @describe(body=NewPosition, answer=PositionShape, status=201)
    def post(self, request: Request) -> Response:
        """Say what one's delegation holds on a clause of the text or an amendment on the table.

        It takes the place of what the delegation held there for the same circle. Who sits with no
        delegation takes no positions.
        """
        made = actions.take_position(actor=request.user, charter=self.seat.charter, **self.said)
        shown = next(one for one in positions_of(self.seat) if one.id == made.pk)
        return Response(PositionShape(shown).data, status=201)


def _key(one: Held) -> str:
    """What tells a position from all others. A number of its row would count those that are kept
    to a delegation."""
    return f"{one.delegation}.{one.clause or one.amendment}.{one.alone}.{one.at.isoformat()}"


class PositionsWithdrawn(OfCharter):
    noun = "positions"
    rights = {"POST": Right.WITHDRAW}

    @describe(body=OnWhat, status=204)
    def post(self, request: Request) -> Response:
        """Hold a position no longer. The log remembers that it was held."""
        actions.withdraw_position(actor=request.user, charter=self.seat.charter, **self.said)
        return Response(status=204)

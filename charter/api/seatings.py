"""The word of a delegation on somebody whom the chair named to it, and its log."""

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import seatings as actions
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Shape
from charter.api.members import MemberShape, OfMembers
from charter.models import SeatingKind
from charter.queries.members import member_of
from charter.queries.parties import delegation_choices
from charter.queries.seatings import seatings_of


class OfSeatings(OfMembers):
    """What confirming and declining share."""

    rights = {"POST": Right.READ}

    def found(self) -> dict:
        """The seat as it stands now; 404 when it is not in this charter."""
        member = member_of(self.seat.charter, self.kwargs["member"])
        if member is None:
            raise Http404
        return self.as_seen(member)


class MemberConfirmed(OfSeatings):
    @describe(answer=MemberShape)
    def post(self, request: Request, member: int) -> Response:
        """Let somebody whom the chair named to the caller's delegation into it.

        Until then they neither see what the delegation keeps to itself nor speak for it.
        """
        self.found()
        actions.confirm_seat(actor=request.user, charter=self.seat.charter, member=member)
        return Response(self.found())


class MemberDeclined(OfSeatings):
    @describe(answer=MemberShape)
    def post(self, request: Request, member: int) -> Response:
        """Send somebody whom the chair named to the caller's delegation back.

        They keep their seat in the charter.
        """
        self.found()
        actions.decline_seat(actor=request.user, charter=self.seat.charter, member=member)
        return Response(self.found())


class SeatingShape(Shape):
    """What happened to a person's seat in a delegation. `actor` is null for the operator."""

    kind = Choice(choices=SeatingKind.values)
    person = serializers.CharField()
    actor = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()


class SeatingsShape(Shape):
    """The latest lines of a delegation's log, newest first."""

    lines = SeatingShape(many=True)


class DelegationSeatings(OfCharter):
    noun = "delegations"
    rights = {"GET": Right.READ}

    @describe(answer=SeatingsShape)
    def get(self, request: Request, delegation: int) -> Response:
        """Who came into a delegation, by whose word, and who left."""
        if delegation not in dict(delegation_choices(self.seat.charter, "")):
            raise Http404
        lines = [
            {"kind": one.kind, "person": one.person, "actor": one.actor or None, "at": one.at}
            for one in seatings_of(delegation)
        ]
        return Response(SeatingsShape({"lines": lines}).data)

"""Who belongs to an organisation or a format, and from when to when."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import party_members as actions
from charter.api.days import Day
from charter.api.described import describe
from charter.api.fields import Shape, Whole
from charter.api.paging import Paged, page_of, sliced
from charter.api.parties import MembershipPeriodShape, OfParty, tie_said
from charter.api.preconditions import TAG
from charter.queries.parties import tie_of


class Period(Shape):
    """The days of a membership; null is open."""

    since = Day(allow_null=True)
    until = Day(allow_null=True)


class NewPeriod(Shape):
    """A party that belongs to this one, and when."""

    member = Whole(least=1)
    since = Day(allow_null=True, default=None)
    until = Day(allow_null=True, default=None)


class PartyMembers(OfParty):
    rights = {"GET": Right.READ, "POST": Right.MANAGE}

    @describe(answer=page_of(MembershipPeriodShape), query=Paged)
    def get(self, request: Request, party: int) -> Response:
        """The memberships in an organisation of all times, by member and day."""
        return sliced(request, self.asked, self.found().ties, lambda one: one.id, tie_said)

    @describe(body=NewPeriod, answer=MembershipPeriodShape, status=201)
    def post(self, request: Request, party: int) -> Response:
        """Say that a party belongs to it. 409 when some of the days are in another membership."""
        charter = self.seat.charter
        made = actions.add_party_member(
            actor=request.user, charter=charter, organisation=party, **self.said
        )
        there = reverse("api:party_member", args=[charter.slug, party, made.pk])
        said = tie_said(tie_of(charter, party, made.pk))
        return Response(said, status=201, headers={"Location": there})


class PartyMember(OfParty):
    rights = {"GET": Right.READ, "PUT": Right.MANAGE, "DELETE": Right.MANAGE}

    def enter(self, request: Request, named: dict) -> None:
        super().enter(request, named)
        self.shown()

    def shown(self) -> dict[str, Any]:
        tie = tie_of(self.seat.charter, self.kwargs["party"], self.kwargs["membership"])
        if tie is None:
            raise Http404
        return tie_said(tie)

    @describe(answer=MembershipPeriodShape)
    def get(self, request: Request, party: int, membership: int) -> Response:
        """One membership."""
        return Response(self.shown())

    @describe(body=Period, answer=MembershipPeriodShape, if_match=TAG)
    def put(self, request: Request, party: int, membership: int) -> Response:
        """Correct the days of a membership."""
        actions.change_party_member(
            actor=request.user, charter=self.seat.charter, membership=membership, **self.said
        )
        return self.done()

    @describe(status=204, if_match=TAG)
    def delete(self, request: Request, party: int, membership: int) -> Response:
        """Take a membership out, as one that never was. Who left has a last day instead."""
        actions.remove_party_member(
            actor=request.user, charter=self.seat.charter, membership=membership
        )
        return Response(status=204)

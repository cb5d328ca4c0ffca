"""Who sits in a charter."""

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import members as actions
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Shape, Whole
from charter.api.paging import Paged, page_of, sliced
from charter.api.preconditions import TAG
from charter.models import Role
from charter.queries.members import Member, member_of, members_of


class Place(Shape):
    """A role, and the id of a delegation or null."""

    role = Choice(choices=Role.values)
    delegation = Whole(least=1, default=None, allow_null=True)


class MemberShape(Shape):
    """A seat and the person in it.

    `waits_for` is the id of a delegation that the chair named them to and whose members have not
    confirmed them yet. `email` is for the chair; null for others. `invited_as` is the address the
    seat was kept for, where it is another than the person's.
    """

    id = serializers.IntegerField()
    person = serializers.UUIDField(source="person_uuid")
    name = serializers.CharField()
    email = serializers.EmailField(allow_null=True)
    invited_as = serializers.EmailField(allow_null=True)
    role = Choice(choices=Role.values)
    delegation = serializers.IntegerField(source="delegation_id", allow_null=True)
    waits_for = serializers.IntegerField(source="waits_for_id", allow_null=True)


class OfMembers(OfCharter):
    """What the list and a single seat share: how one is shown to whom."""

    noun = "members"

    def as_seen(self, member: Member) -> dict:
        """The chair alone sees addresses."""
        said = MemberShape(member).data
        managing = self.seat.may(Right.MANAGE)
        said["email"] = member.email if managing else None
        said["invited_as"] = (member.invited_as if managing else "") or None
        return said


class Members(OfMembers):
    rights = {"GET": Right.READ}

    @describe(answer=page_of(MemberShape), query=Paged)
    def get(self, request: Request) -> Response:
        """Everybody with a seat: chairs, drafters, reviewers, observers, by name.

        Seats are given by invitations.
        """
        found = members_of(self.seat.charter)
        return sliced(request, self.asked, found, lambda one: one.id, self.as_seen)


class SingleMember(OfMembers):
    rights = {"GET": Right.READ, "PUT": Right.MANAGE, "DELETE": Right.MANAGE}

    def shown(self) -> dict:
        found = member_of(self.seat.charter, self.kwargs["member"])
        if found is None:
            raise Http404
        return self.as_seen(found)

    @describe(answer=MemberShape)
    def get(self, request: Request, member: int) -> Response:
        """One seat."""
        return Response(self.shown())

    @describe(body=Place, answer=MemberShape, if_match=TAG)
    def put(self, request: Request, member: int) -> Response:
        """Give a member another role, another delegation, or none.

        Where others sit in the delegation, they have to confirm the newcomer, who `waits_for` it
        meanwhile. The last chair stays one.
        """
        actions.change_member(
            actor=request.user, charter=self.seat.charter, member=member, **self.said
        )
        return self.done()

    @describe(status=204, if_match=TAG)
    def delete(self, request: Request, member: int) -> Response:
        """Take a seat away. What the person did stays theirs."""
        actions.remove_member(actor=request.user, charter=self.seat.charter, member=member)
        return Response(status=204)

"""Invitations: what the chair keeps for others, and what others keep for oneself."""

from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import invitations as actions
from charter.actions.refusals import NoSuch
from charter.api.described import describe
from charter.api.endpoints import Endpoint, OfCharter
from charter.api.fields import Choice, Shape, Text
from charter.api.members import Place
from charter.api.paging import Paged, page_of, sliced
from charter.api.preconditions import TAG
from charter.letters import send_invitation
from charter.models import Membership, Role
from charter.queries.invitations import State, invitation_of, invitations_for, invitations_of

KEY = 200  # characters


class InvitationShape(Shape):
    """A seat that waits for whoever holds its key.

    It is "withdrawn" while it still waits if whoever made it may give no seats any more: renew it.
    """

    id = serializers.IntegerField()
    email = serializers.EmailField()
    name = serializers.CharField(allow_blank=True)
    role = Choice(choices=Role.values)
    delegation = serializers.IntegerField(source="delegation_id", allow_null=True)
    invited_by = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    state = Choice(choices=[State.OPEN.value, State.EXPIRED.value, State.WITHDRAWN.value])


class IssuedShape(Shape):
    """A new invitation with the link to pass on, which no other answer shows.

    `letter_sent` says that a letter with a link of its own goes to the address.
    """

    invitation = InvitationShape()
    link = serializers.URLField()
    letter_sent = serializers.BooleanField()


class NewInvitation(Place):
    """For whom a seat is kept. The answer is the same whether or not they have an account."""

    email = Text(most=actions.ADDRESS)
    name = Text(most=actions.NAME, default="")


class OwnInvitationShape(Shape):
    """An invitation to the confirmed address of whoever asks."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    role = Choice(choices=Role.values)
    invited_by = serializers.CharField()
    expires_at = serializers.DateTimeField()


class Key(Shape):
    """The key of an invitation: the last part of its link."""

    key = Text(most=KEY)


class SeatShape(Shape):
    """A seat that was taken. `waits_for` is a delegation that has to confirm it first."""

    charter = serializers.SlugField()
    member = serializers.IntegerField()
    role = Choice(choices=Role.values)
    delegation = serializers.IntegerField(allow_null=True)
    waits_for = serializers.IntegerField(allow_null=True)


class Issuing(OfCharter):
    """Addresses at which invitations are made."""

    noun = "invitations"
    issues_secrets = True

    def issued(self, request: Request, made: actions.Issued) -> Response:
        """The answer to a new invitation, once the letter is on its way."""
        sent = send_invitation(made, request.build_absolute_uri("/").rstrip("/"))
        charter, number = self.seat.charter, made.invitation.pk
        said = {
            "invitation": invitation_of(charter, number),
            "link": request.build_absolute_uri(reverse("invitation", args=[made.key])),
            "letter_sent": sent,
        }
        there = reverse("api:invitation", args=[charter.slug, number])
        return Response(IssuedShape(said).data, status=201, headers={"Location": there})


class Invitations(Issuing):
    rights = {"GET": Right.MANAGE, "POST": Right.MANAGE}

    @describe(answer=page_of(InvitationShape), query=Paged)
    def get(self, request: Request) -> Response:
        """Those that wait to be used or renewed, the oldest first."""
        found = invitations_of(self.seat.charter)
        return sliced(
            request, self.asked, found, lambda one: one.id, lambda one: InvitationShape(one).data
        )

    @describe(body=NewInvitation, answer=IssuedShape, status=201)
    def post(self, request: Request) -> Response:
        """Keep a seat for somebody.

        An open invitation to the same address is replaced, and its link is dead.
        """
        made = actions.invite_member(actor=request.user, charter=self.seat.charter, **self.said)
        return self.issued(request, made)


class SingleInvitation(OfCharter):
    noun = "invitations"
    rights = {"GET": Right.MANAGE, "DELETE": Right.MANAGE}

    def shown(self) -> dict:
        found = invitation_of(self.seat.charter, self.kwargs["invitation"])
        if found is None:
            raise Http404
        return InvitationShape(found).data

    @describe(answer=InvitationShape)
    def get(self, request: Request, invitation: int) -> Response:
        """One that waits."""
        return Response(self.shown())

    @describe(status=204, if_match=TAG)
    def delete(self, request: Request, invitation: int) -> Response:
        """Let nobody in by it any more."""
        actions.withdraw_invitation(
            actor=request.user, charter=self.seat.charter, invitation=invitation
        )
        return Response(status=204)


class InvitationRenewal(Issuing):
    rights = {"POST": Right.MANAGE}

    @describe(answer=IssuedShape, status=201)
    def post(self, request: Request, invitation: int) -> Response:
        """Keep the same seat anew, with another link. The old link is dead."""
        if invitation_of(self.seat.charter, invitation) is None:
            raise Http404
        made = actions.renew_invitation(
            actor=request.user, charter=self.seat.charter, invitation=invitation
        )
        return self.issued(request, made)


class InvitationKey(Endpoint):
    noun = "invitations"

    @describe(body=Key, answer=SeatShape, status=201)
    def post(self, request: Request) -> Response:
        """Take the seat that is kept for the holder of a key."""
        return _taken(actions.accept_invitation(person=request.user, key=self.said["key"]))


class OwnInvitations(Endpoint):
    noun = "me"

    @describe(answer=page_of(OwnInvitationShape), query=Paged)
    def get(self, request: Request) -> Response:
        """The open invitations to one's own address.

        None as long as it was not shown that the address is one's own.
        """
        found = invitations_for(request.user)
        return sliced(
            request,
            self.asked,
            found,
            lambda one: one.id,
            lambda one: OwnInvitationShape(one).data,
        )


class OwnInvitationAccepted(Endpoint):
    noun = "me"

    @describe(answer=SeatShape, status=201)
    def post(self, request: Request, invitation: int) -> Response:
        """Take the seat of an invitation to one's own address."""
        try:
            return _taken(actions.accept_own(person=request.user, invitation=invitation))
        except NoSuch:
            raise Http404 from None


class OwnInvitationDeclined(Endpoint):
    noun = "me"

    @describe(status=204)
    def post(self, request: Request, invitation: int) -> Response:
        """Send an invitation to one's own address back."""
        try:
            actions.decline_own(person=request.user, invitation=invitation)
        except NoSuch:
            raise Http404 from None
        return Response(status=204)


def _taken(seat: Membership) -> Response:
    slug = seat.charter.slug
    said = {
        "charter": slug,
        "member": seat.pk,
        "role": seat.role,
        "delegation": seat.delegation_id,
        "waits_for": seat.waits_for_id,
    }
    there = reverse("api:member", args=[slug, seat.pk])
    return Response(SeatShape(said).data, status=201, headers={"Location": there})

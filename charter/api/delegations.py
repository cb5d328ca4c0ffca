"""The delegations that parties send to the table."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import parties as actions
from charter.api.asked import Spoken
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Shape, Whole
from charter.api.paging import Paged, page_of, sliced
from charter.api.preconditions import TAG
from charter.models import Standing
from charter.queries.delegations import NoDelegation, delegation_of
from charter.queries.parties import Entry, register

STANDINGS = list(Standing.values)


class DelegationShape(Shape):
    """A party's team: its role in the process, and how many persons sit in it."""

    id = serializers.IntegerField()
    party = serializers.IntegerField()
    standing = Choice(choices=STANDINGS)
    seats = serializers.IntegerField()


class AtTable(Shape):
    """A delegation's role in the process."""

    standing = Choice(choices=STANDINGS)


class NewDelegation(AtTable):
    """A party that is to have a delegation."""

    party = Whole(least=1)


class Delegations(OfCharter):
    noun = "delegations"
    rights = {"GET": Right.READ, "POST": Right.MANAGE}

    @describe(answer=page_of(DelegationShape), query=Paged)
    def get(self, request: Request) -> Response:
        """The delegations at the table, by kind and code of their parties."""
        found = [one for one in _register(self) if one.delegation_id is not None]
        return sliced(request, self.asked, found, lambda one: one.delegation_id, delegation_said)

    @describe(body=NewDelegation, answer=DelegationShape, status=201)
    def post(self, request: Request) -> Response:
        """Give a party its delegation."""
        made = actions.add_delegation(actor=request.user, charter=self.seat.charter, **self.said)
        there = reverse("api:delegation", args=[self.seat.charter.slug, made.pk])
        found = next(one for one in _register(self) if one.delegation_id == made.pk)
        return Response(delegation_said(found), status=201, headers={"Location": there})


class Delegation(OfCharter):
    noun = "delegations"
    rights = {"GET": Right.READ, "PUT": Right.MANAGE, "DELETE": Right.MANAGE}

    def shown(self) -> dict[str, Any]:
        for one in _register(self):
            if one.delegation_id == self.kwargs["delegation"]:
                return delegation_said(one)
        raise Http404

    @describe(answer=DelegationShape)
    def get(self, request: Request, delegation: int) -> Response:
        """One delegation."""
        return Response(self.shown())

    @describe(body=AtTable, answer=DelegationShape, if_match=TAG)
    def put(self, request: Request, delegation: int) -> Response:
        """Change a delegation's role in the process."""
        actions.change_delegation(
            actor=request.user, charter=self.seat.charter, delegation=delegation, **self.said
        )
        return self.done()

    @describe(status=204, if_match=TAG)
    def delete(self, request: Request, delegation: int) -> Response:
        """Take a delegation away. 409 while anybody sits in it."""
        actions.remove_delegation(
            actor=request.user, charter=self.seat.charter, delegation=delegation
        )
        return Response(status=204)


class DelegationActivityShape(Shape):
    """What those who sit in a delegation today have done, revisions up to `counted`.

    Words are in the language asked for. Amendments are those the caller may know of, threads the
    latest the delegation opened or spoke in.
    """

    counted = serializers.IntegerField()
    members = serializers.ListField(child=serializers.IntegerField())
    revisions = serializers.IntegerField()
    clauses_changed = serializers.IntegerField()
    words_written = serializers.IntegerField()
    words_taken_out = serializers.IntegerField()
    threads_opened = serializers.IntegerField()
    comments = serializers.IntegerField()
    threads = serializers.ListField(child=serializers.IntegerField())
    proposed = serializers.ListField(child=serializers.UUIDField())
    joined = serializers.ListField(child=serializers.UUIDField())


class DelegationActivity(OfCharter):
    noun = "delegations"
    rights = {"GET": Right.READ}

    @describe(answer=DelegationActivityShape, query=Spoken)
    def get(self, request: Request, delegation: int) -> Response:
        """What a delegation did."""
        try:
            found = delegation_of(self.seat, delegation, self.language)
        except NoDelegation:
            raise Http404 from None
        work = found.work
        said = {
            "counted": work.counted,
            "members": [one.id for one in found.people],
            "revisions": work.revisions,
            "clauses_changed": work.changes,
            "words_written": work.written,
            "words_taken_out": work.taken,
            "threads_opened": work.threads,
            "comments": work.comments,
            "threads": [one.id for one in found.threads],
            "proposed": [one.uuid for one in found.proposed],
            "joined": [one.uuid for one in found.joined],
        }
        return Response(DelegationActivityShape(said).data)


def _register(view: OfCharter) -> list[Entry]:
    return register(view.seat.charter, view.seat.charter.working_language)


def delegation_said(party: Entry) -> dict[str, Any]:
    """A party's delegation as it goes out."""
    return DelegationShape(
        {
            "id": party.delegation_id,
            "party": party.id,
            "standing": party.standing,
            "seats": party.seats,
        }
    ).data

"""The register of states and organisations."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import gate
from charter.actions import parties as actions
from charter.actions import party_members as member_actions
from charter.api.asked import Asked
from charter.api.days import Day
from charter.api.described import describe
from charter.api.endpoints import SAFE, OfCharter
from charter.api.fields import ByLanguage, Choice, Shape, Text, Whole
from charter.api.paging import Paged, page_of, sliced
from charter.api.preconditions import TAG
from charter.models import PartyKind, Standing
from charter.queries.parties import AtTable, Entry, Tie, party_of, register

STANDINGS = list(Standing.values)


class PartyDelegationShape(Shape):
    """A party's team and its role in the process."""

    id = serializers.IntegerField()
    standing = Choice(choices=STANDINGS)


class MembershipPeriodShape(Shape):
    """Days of membership of a party, the first and the last included; null is open."""

    id = serializers.IntegerField()
    organisation = serializers.IntegerField()
    member = serializers.IntegerField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


class PartyShape(Shape):
    """An entry of the register as of a day.

    `members` are the ids of the parties that belong to it on that day, `organisations` those it
    belongs to; `at_table` says how many of its members have a delegation, null for who has none.
    `memberships` are those in it of all times.
    """

    id = serializers.IntegerField()
    kind = Choice(choices=list(PartyKind.values))
    code = serializers.CharField()
    names = serializers.DictField(child=serializers.CharField())
    members = serializers.ListField(child=serializers.IntegerField())
    organisations = serializers.ListField(child=serializers.IntegerField())
    at_table = Choice(choices=[one.value for one in AtTable], allow_null=True)
    memberships = MembershipPeriodShape(many=True)
    delegation = PartyDelegationShape(allow_null=True)


class NewParty(Shape):
    """An entry: its kind, a short code, and its names by language."""

    kind = Choice(choices=list(PartyKind.values))
    code = Text(most=actions.CODE)
    names = ByLanguage(Text(most=gate.NAME))


class ChangedParty(NewParty):
    """The entry as it is to be; without `members`, those of today, those it has stay."""

    members = serializers.ListField(child=Whole(least=1), required=False, max_length=500)


class AsOf(Asked):
    """A day."""

    on = Day(required=False, help_text="The day whose memberships are given; today if not given.")


class PartiesAsked(Paged, AsOf):
    """A page of the register as of a day."""


class Parties(OfCharter):
    noun = "parties"
    rights = {"GET": Right.READ, "POST": Right.MANAGE}

    @describe(answer=page_of(PartyShape), query=PartiesAsked)
    def get(self, request: Request) -> Response:
        """Every party, by kind and code, with its delegation."""
        charter = self.seat.charter
        found = register(charter, charter.working_language, self.asked.get("on"))
        return sliced(request, self.asked, found, lambda one: one.id, party_said)

    @describe(body=NewParty, answer=PartyShape, status=201)
    def post(self, request: Request) -> Response:
        """Put a party into the register."""
        made = actions.add_party(actor=request.user, charter=self.seat.charter, **self.said)
        there = reverse("api:party", args=[self.seat.charter.slug, made.pk])
        found = party_of(self.seat.charter, made.pk)
        return Response(party_said(found), status=201, headers={"Location": there})


class OfParty(OfCharter):
    """An address under a party's."""

    noun = "parties"

    def enter(self, request: Request, named: dict) -> None:
        super().enter(request, named)
        if request.method not in SAFE:
            self.found()

    def found(self) -> Entry:
        found = party_of(self.seat.charter, self.kwargs["party"], on=self.asked.get("on"))
        if found is None:
            raise Http404
        return found

    def shown(self) -> dict[str, Any]:
        return party_said(self.found())


class Party(OfParty):
    rights = {"GET": Right.READ, "PUT": Right.MANAGE, "DELETE": Right.MANAGE}

    @describe(answer=PartyShape, query=AsOf)
    def get(self, request: Request, party: int) -> Response:
        """One entry of the register."""
        return Response(self.shown())

    @describe(body=ChangedParty, answer=PartyShape, if_match=TAG)
    def put(self, request: Request, party: int) -> Response:
        """Correct an entry, and say which parties belong to it."""
        said = dict(self.said)
        members = said.pop("members", None)
        at_table = {"actor": request.user, "charter": self.seat.charter}
        actions.change_party(**at_table, party=party, **said)
        if members is not None:
            member_actions.set_party_members(**at_table, organisation=party, members=members)
        return self.done()

    @describe(status=204, if_match=TAG)
    def delete(self, request: Request, party: int) -> Response:
        """Take a party out of the register. 409 while it has a delegation."""
        actions.remove_party(actor=request.user, charter=self.seat.charter, party=party)
        return Response(status=204)


def party_said(party: Entry) -> dict[str, Any]:
    """An entry of the register as it goes out."""
    team = None
    if party.delegation_id is not None:
        team = {"id": party.delegation_id, "standing": party.standing}
    return PartyShape(
        {
            "id": party.id,
            "kind": party.kind,
            "code": party.code,
            "names": party.names,
            "members": list(party.member_ids),
            "organisations": list(party.organisation_ids),
            "at_table": party.at_table,
            "memberships": [tie_said(tie) for tie in party.ties],
            "delegation": team,
        }
    ).data


def tie_said(tie: Tie) -> dict[str, Any]:
    """A membership as it goes out."""
    said = {
        "id": tie.id,
        "organisation": tie.organisation,
        "member": tie.member,
        "since": tie.days.since,
        "until": tie.days.until,
    }
    return MembershipPeriodShape(said).data

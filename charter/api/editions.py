"""Revisions with a name."""

from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import editions as actions
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Shape, Text, Whole
from charter.api.paging import Paged, page_of, sliced
from charter.api.preconditions import TAG
from charter.queries.editions import editions_of


class EditionShape(Shape):
    """A named revision with its document symbol."""

    id = serializers.IntegerField()
    revision = serializers.IntegerField(source="number")
    name = serializers.CharField()
    symbol = serializers.CharField(allow_blank=True)
    named_by = serializers.CharField()
    named_at = serializers.DateTimeField()


class Naming(Shape):
    """What an edition is called."""

    name = Text(most=actions.NAME)
    symbol = Text(most=actions.SYMBOL, default="")


class NewEdition(Naming):
    """A revision and what it is to be called."""

    revision = Whole(least=1)


class Editions(OfCharter):
    noun = "editions"
    rights = {"GET": Right.READ, "POST": Right.MANAGE}

    @describe(answer=page_of(EditionShape), query=Paged)
    def get(self, request: Request) -> Response:
        """The editions, in the order of their revisions."""
        found = editions_of(self.seat.charter)
        return sliced(
            request, self.asked, found, lambda one: one.id, lambda one: EditionShape(one).data
        )

    @describe(body=NewEdition, answer=EditionShape, status=201)
    def post(self, request: Request) -> Response:
        """Give a revision a name."""
        made = actions.name_edition(
            actor=request.user,
            charter=self.seat.charter,
            number=self.said["revision"],
            name=self.said["name"],
            symbol=self.said["symbol"],
        )
        there = reverse("api:edition", args=[self.seat.charter.slug, made.pk])
        shown = next(one for one in editions_of(self.seat.charter) if one.id == made.pk)
        return Response(EditionShape(shown).data, status=201, headers={"Location": there})


class Edition(OfCharter):
    noun = "editions"
    rights = {"GET": Right.READ, "PUT": Right.MANAGE, "DELETE": Right.MANAGE}

    def shown(self) -> dict:
        for one in editions_of(self.seat.charter):
            if one.id == self.kwargs["edition"]:
                return EditionShape(one).data
        raise Http404

    @describe(answer=EditionShape)
    def get(self, request: Request, edition: int) -> Response:
        """One edition."""
        return Response(self.shown())

    @describe(body=Naming, answer=EditionShape, if_match=TAG)
    def put(self, request: Request, edition: int) -> Response:
        """Correct an edition's name and symbol."""
        actions.rename_edition(
            actor=request.user, charter=self.seat.charter, edition=edition, **self.said
        )
        return self.done()

    @describe(status=204, if_match=TAG)
    def delete(self, request: Request, edition: int) -> Response:
        """Take a name off its revision, which stays as it is."""
        actions.withdraw_edition(actor=request.user, charter=self.seat.charter, edition=edition)
        return Response(status=204)

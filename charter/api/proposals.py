"""Writing what an amendment asks for: other words, clauses put in, left out and moved."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import proposals as actions
from charter.api.amendments import AmendmentShape, OfAmendment
from charter.api.asked import Spoken
from charter.api.clauses import HalfWords, filled
from charter.api.described import describe
from charter.api.fields import Id, Language, Shape, Whole
from charter.api.preconditions import VERSION
from charter.api.proposed import PlantedClauseShape, ProposedShape, change_said, clauses_of
from charter.models import ProposedChange
from charter.queries.proposed import shown_changes


class NewRewording(Shape):
    """Other words for a clause, as it was seen in a revision (the head, if not given).

    The half of the words that is not given is to stay. The root's heading is the title.
    """

    clause = Id()
    language = Language(required=False, help_text="The working language, if not given.")
    revision = Whole(least=1, required=False)
    words = HalfWords()


class NewInsertion(Shape):
    """Clauses to be put into `parent` (null: the top level) behind `after` (null: first).

    `change` is an insertion of the amendment that this one takes the place of.
    """

    clauses = PlantedClauseShape(many=True)
    language = Language(required=False, help_text="The working language, if not given.")
    parent = Id(allow_null=True, default=None)
    after = Id(allow_null=True, default=None)
    change = Id(allow_null=True, default=None)


class NewStrike(Shape):
    """A clause to be left out with all below it."""

    clause = Id()


class NewMove(Shape):
    """A clause that is to stand in `parent` (null: the top level) behind `after` (null: first)."""

    clause = Id()
    parent = Id(allow_null=True, default=None)
    after = Id(allow_null=True, default=None)


class Proposing(OfAmendment):
    """An address that adds to what an amendment asks for.

    A second change of the same words, or the same clause, takes the place of the first.
    """

    rights = {"POST": Right.PROPOSE}

    def asks(self, change: ProposedChange) -> Response:
        """The amendment as it stands now; Location is the change that was added."""
        slug = self.seat.charter.slug
        there = reverse("api:change", args=[slug, self.kwargs["amendment"], change.uuid])
        return self.done(201, Location=there)

    @property
    def spoken(self) -> str:
        """The language of the words that were sent."""
        return self.said.get("language", self.seat.charter.working_language)


class Rewordings(Proposing):
    @describe(body=NewRewording, answer=AmendmentShape, status=201, if_match=VERSION)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Ask that a clause say these words in one language."""
        clause, base = self.said["clause"], self.said.get("revision", self.seat.charter.head)
        words = filled(clause, base, {self.spoken: self.said["words"]})[self.spoken]
        return self.asks(
            actions.propose_rewording(
                **self.act,
                version=self.version,
                clause=clause,
                language=self.spoken,
                base=base,
                words=words,
            )
        )


class Insertions(Proposing):
    @describe(body=NewInsertion, answer=AmendmentShape, status=201, if_match=VERSION)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Ask that new clauses be put in."""
        return self.asks(
            actions.propose_insertion(
                **self.act,
                version=self.version,
                clauses=tuple(clauses_of(self.said["clauses"])),
                language=self.spoken,
                parent=self.said["parent"],
                after=self.said["after"],
                change=self.said["change"],
            )
        )


class Strikes(Proposing):
    @describe(body=NewStrike, answer=AmendmentShape, status=201, if_match=VERSION)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Ask that a clause be left out with all below it."""
        return self.asks(actions.propose_strike(**self.act, version=self.version, **self.said))


class Moves(Proposing):
    @describe(body=NewMove, answer=AmendmentShape, status=201, if_match=VERSION)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Ask that a clause stand elsewhere."""
        return self.asks(actions.propose_move(**self.act, version=self.version, **self.said))


class Change(OfAmendment):
    rights = {"GET": Right.READ, "DELETE": Right.PROPOSE}

    @describe(answer=ProposedShape, query=Spoken)
    def get(self, request: Request, amendment: UUID, change: UUID) -> Response:
        """One change that an amendment asks for, or asked for before."""
        for one in shown_changes(self.seat, amendment, self.language, dropped=True):
            if one.uuid == change:
                return Response(change_said(one))
        raise Http404

    @describe(answer=AmendmentShape, if_match=VERSION)
    def delete(self, request: Request, amendment: UUID, change: UUID) -> Response:
        """Ask for this no longer."""
        known = shown_changes(self.seat, amendment, self.language)
        if change not in {one.uuid for one in known}:
            raise Http404
        actions.drop_change(**self.act, version=self.version, change=change)
        return self.done()

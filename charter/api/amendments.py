"""Amendments: the list, each with what it asks for, and what is done with one.

Drafts of others are not there. An amendment is written by its version, which its ETag names.
"""

from typing import Any
from uuid import UUID

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import amendments as actions
from charter.actions import gate
from charter.api.asked import Spoken, revision
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Id, Number, Shape, Text
from charter.api.paging import Paged, page_of, sliced
from charter.api.picking import Moment
from charter.api.preconditions import VERSION, tag_of_version
from charter.api.proposed import ProposedShape, change_said
from charter.api.rendering import rendered
from charter.models import AmendmentStatus, ChangeStanding, DeedKind
from charter.queries.amendments import ListedAmendment, amendment_of, amendments_of, deeds_of
from charter.queries.proposed import shown_changes

STATUSES = list(AmendmentStatus.values)


class ListedAmendmentShape(Shape):
    """An amendment. `symbol` is A-12, "" for a draft, which is seen by its delegation alone.

    `by` names the proposing delegation, or the author who sits with none; `sponsors` are the
    delegations that joined. `changed_at` is when people changed it last. `standings` counts what is
    asked for by how it stands to the text. `own` says that one may change it, `joined` that one's
    delegation sponsors it.
    """

    id = serializers.UUIDField(source="uuid")
    symbol = serializers.CharField()
    title = serializers.CharField()
    rationale = serializers.CharField()
    status = Choice(choices=STATUSES)
    by = serializers.CharField()
    sponsors = serializers.ListField(child=serializers.CharField())
    author = serializers.CharField()
    author_id = serializers.UUIDField()
    written_against = serializers.IntegerField()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    tabled_at = serializers.DateTimeField(allow_null=True)
    changed_at = serializers.DateTimeField()
    standings = serializers.DictField(child=serializers.IntegerField())
    own = serializers.BooleanField()
    joined = serializers.BooleanField()


class DeedShape(Shape):
    """A line of an amendment's log. `other` is the symbol of the one that took its place."""

    kind = Choice(choices=list(DeedKind.values))
    actor = serializers.CharField()
    delegation = serializers.CharField()
    at = serializers.DateTimeField()
    note = serializers.CharField()
    revision = serializers.IntegerField(allow_null=True)
    other = serializers.CharField()


class AmendmentShape(ListedAmendmentShape):
    """An amendment with what it asks for, in its order, and its log, oldest first."""

    changes = ProposedShape(many=True)
    log = DeedShape(many=True)


class Described(Shape):
    """What an amendment is called, and why it is proposed."""

    title = Text(most=actions.TITLE, default="")
    rationale = Text(most=actions.RATIONALE, default="")


class Redescribed(Shape):
    """The same; what is not given stays."""

    title = Text(most=actions.TITLE, required=False)
    rationale = Text(most=actions.RATIONALE, required=False)


class Noted(Shape):
    """Why, for the log."""

    note = Text(most=gate.MESSAGE, default="")


class Superseding(Noted):
    """The amendment on the table that takes the other's place, and why."""

    other = Id()


class WantedAmendments(Paged, Spoken):
    """Which amendments; parties are named in the language."""

    status = serializers.ListField(
        child=Choice(choices=STATUSES),
        required=False,
        help_text="Only those of these statuses; may be given several times.",
    )
    since = Number(
        least=1,
        required=False,
        help_text="Only those changed since this revision, or touched by a later one.",
    )
    changed_since = Moment(
        required=False, help_text="The same since a moment, with its offset from UTC."
    )


class Amendments(OfCharter):
    noun = "amendments"
    rights = {"GET": Right.READ, "POST": Right.PROPOSE}

    @describe(answer=page_of(ListedAmendmentShape), query=WantedAmendments)
    def get(self, request: Request) -> Response:
        """The amendments by their numbers, and one's own drafts behind them."""
        found = amendments_of(
            self.seat,
            self.language,
            self.asked.get("status"),
            since=revision(self.asked.get("since"), self.seat),
            changed_since=self.asked.get("changed_since"),
        )
        return sliced(request, self.asked, found, lambda one: str(one.uuid), listed_said)

    @describe(body=Described, answer=AmendmentShape, status=201)
    def post(self, request: Request) -> Response:
        """Begin an amendment. It is a draft, and asks for nothing yet."""
        made = actions.draft_amendment(actor=request.user, charter=self.seat.charter, **self.said)
        return said(self, made.uuid, 201)


class OfAmendment(OfCharter):
    """An address under an amendment's. One that the caller may not know of is not there."""

    noun = "amendments"
    found: ListedAmendment

    def enter(self, request: Request, named: dict) -> None:
        super().enter(request, named)
        self.found = amendment_of(self.seat, named["amendment"])

    @property
    def act(self) -> dict[str, Any]:
        """What every action on the amendment is given."""
        return {
            "actor": self.seat.person,
            "charter": self.seat.charter,
            "amendment": self.kwargs["amendment"],
        }

    def done(self, status: int = 200, **headers: str) -> Response:
        """The amendment as it stands after a write."""
        return said(self, self.kwargs["amendment"], status, **headers)


class Amendment(OfAmendment):
    rights = {"GET": Right.READ, "PATCH": Right.PROPOSE}

    @describe(answer=AmendmentShape, query=Spoken)
    def get(self, request: Request, amendment: UUID) -> Response:
        """One amendment with what it asks for and its log.

        The redlines of its changes are of the text as it is now; their places say what to adopt.
        """
        return self.done()

    @describe(body=Redescribed, answer=AmendmentShape, if_match=VERSION)
    def patch(self, request: Request, amendment: UUID) -> Response:
        """Give an amendment another title or rationale."""
        given = {"title": self.found.title, "rationale": self.found.rationale, **self.said}
        actions.describe_amendment(**self.act, version=self.version, **given)
        return self.done()


class AmendmentTable(OfAmendment):
    rights = {"POST": Right.TABLE}

    @describe(answer=AmendmentShape, if_match=VERSION)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Put a draft on the table: it gets its number, and every reader sees it.

        It must have a title by then.
        """
        actions.table_amendment(**self.act, version=self.version)
        return self.done()


class AmendmentWithdraw(OfAmendment):
    rights = {"POST": Right.WITHDRAW}

    @describe(body=Noted, answer=AmendmentShape, if_match=VERSION)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Take an amendment back. What was tabled stays readable with its number."""
        actions.withdraw_amendment(**self.act, version=self.version, **self.said)
        return self.done()


class AmendmentReject(OfAmendment):
    rights = {"POST": Right.MANAGE}

    @describe(body=Noted, answer=AmendmentShape, if_match=VERSION)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Record that the table did not accept it."""
        actions.reject_amendment(**self.act, version=self.version, **self.said)
        return self.done()


class AmendmentSupersede(OfAmendment):
    rights = {"POST": Right.MANAGE}

    @describe(body=Superseding, answer=AmendmentShape, if_match=VERSION)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Record that another amendment on the table took its place."""
        actions.supersede_amendment(**self.act, version=self.version, **self.said)
        return self.done()


class AmendmentJoin(OfAmendment):
    rights = {"POST": Right.TABLE}

    @describe(answer=AmendmentShape)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Put the name of one's delegation under an amendment."""
        actions.join_amendment(**self.act)
        return self.done()


class AmendmentLeave(OfAmendment):
    rights = {"POST": Right.WITHDRAW}

    @describe(answer=AmendmentShape)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Take the name of one's delegation off an amendment."""
        actions.leave_amendment(**self.act)
        return self.done()


def listed_said(one: ListedAmendment) -> dict[str, Any]:
    """An amendment in a list as it goes out."""
    return ListedAmendmentShape(one).data | {
        "status": one.status.value,
        "standings": {
            standing.value: one.standings.get(standing, 0) for standing in ChangeStanding
        },
    }


def said(view: OfCharter, amendment: UUID, status: int = 200, **headers: str) -> Response:
    """An amendment as it stands. Its ETag is what the next write is made against."""
    language = view.language
    found = amendment_of(view.seat, amendment, language)
    data = listed_said(found) | {
        "changes": [change_said(one) for one in shown_changes(view.seat, amendment, language)],
        "log": [DeedShape(one).data for one in deeds_of(view.seat, amendment, language)],
    }
    headers = {"ETag": tag_of_version(found.version, rendered(data)), **headers}
    if status == 201:
        headers.setdefault(
            "Location", reverse("api:amendment", args=[view.seat.charter.slug, amendment])
        )
    return Response(data, status=status, headers=headers)

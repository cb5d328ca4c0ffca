"""Notices: what one is told of, what one follows, and how one wants to be told."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right, enter
from charter.actions import notices as actions
from charter.api.described import describe
from charter.api.endpoints import Endpoint, OfCharter
from charter.api.fields import Choice, Flag, Id, Shape, Text, Whole
from charter.api.paging import Paged, page_of, paged, place, sliced
from charter.api.picking import Moment
from charter.api.preconditions import TAG
from charter.api.problems import Problem
from charter.models import LetterPace, NoticeKind
from charter.queries.notices import followed, inbox, visible_among, wish_of

KINDS = list(NoticeKind.values)
PACES = list(LetterPace.values)
AT_ONCE = 200  # notices marked by one request


class NoticeShape(Shape):
    """Something one is told of; while it is unread, whatever happens to the same is told by it.

    `change` says what happened to an amendment, a silence procedure or a seat; it is "" where the
    kind says it. What the notice is about is in `clause`, `thread`, `amendment`,
    `amendment_thread` and `silence`, null where it is none of these. `first` and `last` are the
    revisions it tells of, `times` how often something happened.
    """

    id = serializers.IntegerField()
    charter = serializers.CharField(source="charter.slug")
    kind = Choice(choices=KINDS)
    change = serializers.CharField()
    actor = serializers.CharField()
    clause = serializers.UUIDField(allow_null=True)
    thread = serializers.IntegerField(allow_null=True)
    amendment = serializers.UUIDField(allow_null=True)
    amendment_thread = serializers.UUIDField(allow_null=True)
    silence = serializers.IntegerField(allow_null=True)
    first = serializers.IntegerField(allow_null=True)
    last = serializers.IntegerField(allow_null=True)
    times = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    read = serializers.BooleanField()


class WantedNotices(Paged):
    """Which notices."""

    charter = serializers.SlugField(
        max_length=80, required=False, help_text="Only those of this charter."
    )
    unread = Flag(default=False, help_text="Only those that are not read.")


class ReadNotices(Shape):
    """Which notices are read: these, or all that were told by a moment."""

    notices = serializers.ListField(
        child=Whole(least=1), required=False, max_length=AT_ONCE, allow_empty=False
    )
    until = Moment(required=False)
    charter = Text(most=80, required=False, allow_blank=False)


class MarkedShape(Shape):
    """How many notices were marked as read."""

    marked = serializers.IntegerField()


class Notices(Endpoint):
    noun = "notices"

    @describe(answer=page_of(NoticeShape), query=WantedNotices)
    def get(self, request: Request) -> Response:
        """What one is told of, unread ones first, each time the newest first.

        What one may see no more is not told.
        """
        slug = self.asked.get("charter")
        charter = enter(request.user, slug).charter if slug else None
        found = inbox(
            request.user,
            "",
            charter=charter,
            unread=self.asked["unread"],
            behind=_behind(place(self.asked)),
            limit=self.asked["limit"],
        )
        items = [NoticeShape(one).data for one in found.notices]
        return paged(request, items, [int(found.older[0]), found.older[1]] if found.older else None)


class NoticesRead(Endpoint):
    noun = "notices"

    @describe(body=ReadNotices, answer=MarkedShape)
    def post(self, request: Request) -> Response:
        """Mark notices as read.

        Those of `notices` that are not one's own are passed over; `until` marks all that were told
        by then, of a charter alone where one is named.
        """
        said = self.said
        if not said.keys() & {"notices", "until"}:
            raise Problem("missing", "Name notices, or a moment until which all are read.")
        charter = enter(request.user, said["charter"]).charter if "charter" in said else None
        notices = said.get("notices")
        if notices is not None:
            notices = visible_among(request.user, notices)
        count = actions.read_notices(
            actor=request.user, notices=notices, charter=charter, until=said.get("until")
        )
        return Response(MarkedShape({"marked": count}).data)


class FollowedShape(Shape):
    """A clause one follows with all below it; `whole` says that it is the whole charter."""

    clause = serializers.UUIDField()
    whole = serializers.BooleanField(source="is_whole")
    since = serializers.DateTimeField()


class OnClause(Shape):
    """A clause; null is the whole charter."""

    clause = Id(allow_null=True)


class Following(OfCharter):
    noun = "notices"
    rights = {"GET": Right.READ, "POST": Right.READ}

    @describe(answer=page_of(FollowedShape), query=Paged)
    def get(self, request: Request) -> Response:
        """What one follows in the charter, in the order of the text."""
        return sliced(
            request,
            self.asked,
            followed(self.seat, ""),
            lambda one: str(one.clause),
            lambda one: FollowedShape(one).data,
        )

    @describe(body=OnClause, answer=FollowedShape, status=201)
    def post(self, request: Request) -> Response:
        """Be told what becomes of a clause and of all below it; once is enough."""
        made = actions.follow(actor=request.user, charter=self.seat.charter, **self.said)
        shown = next(one for one in followed(self.seat, "") if one.clause == made.clause_id)
        return Response(FollowedShape(shown).data, status=201)


class FollowingEnded(OfCharter):
    noun = "notices"
    rights = {"POST": Right.READ}

    @describe(body=OnClause, status=204)
    def post(self, request: Request) -> Response:
        """Be told of it no longer."""
        actions.unfollow(actor=request.user, charter=self.seat.charter, **self.said)
        return Response(status=204)


class WishShape(Shape):
    """How one is told of the charter: the pace of letters, and the kinds one never hears of."""

    letters = Choice(choices=PACES)
    muted = serializers.ListField(child=Choice(choices=KINDS))


class NewWish(Shape):
    """What is to be otherwise."""

    letters = Choice(choices=PACES, required=False)
    muted = serializers.ListField(
        child=Choice(choices=KINDS), required=False, max_length=len(KINDS)
    )


class NoticeSettings(OfCharter):
    noun = "notices"
    rights = {"GET": Right.READ, "PATCH": Right.READ}

    def shown(self) -> dict:
        return WishShape(wish_of(self.seat)).data

    @describe(answer=WishShape)
    def get(self, request: Request) -> Response:
        """How one is told of the charter."""
        return Response(self.shown())

    @describe(body=NewWish, answer=WishShape, if_match=TAG)
    def patch(self, request: Request) -> Response:
        """Ask for letters at another pace, or for other kinds of notices."""
        actions.wish(actor=request.user, charter=self.seat.charter, **self.said)
        return self.done()


def _behind(said: list | None) -> tuple[bool, int] | None:
    if said is None:
        return None
    match said:
        case [0 | 1 as read, int() as notice]:
            return bool(read), notice
    raise Problem("bad_cursor")

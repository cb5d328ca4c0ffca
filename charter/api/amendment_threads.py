"""Discussion of amendments: threads on the words they propose, and the comments in them.

What a delegation says of its draft is seen by it alone, also once the draft is tabled.
"""

from uuid import UUID

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import amendment_threads as actions
from charter.actions import gate
from charter.api.amendments import OfAmendment
from charter.api.asked import Spoken
from charter.api.described import describe
from charter.api.endpoints import SAFE
from charter.api.fields import Choice, Flag, Id, Shape, Text, Whole
from charter.api.paging import Paged, page_of, sliced
from charter.api.threads import CommentShape, NewComment
from charter.models import AnchorState
from charter.queries.amendment_threads import amendment_thread_of, amendment_threads_of


class AmendmentThreadShape(Shape):
    """A discussion of what an amendment proposes, the oldest comment first.

    `change` is null for the amendment as a whole, and where the change was dropped from a draft.
    `start` and `end` are Unicode code points of the words the change proposes, which are its
    headings and texts in reading order, each a line, parted by "\\n"; equal where all of it is
    meant. `quote` is what stands there now, `original_quote` what was chosen. `within`: opened on a
    draft, and seen by its delegation alone.
    """

    id = serializers.UUIDField()
    amendment = serializers.UUIDField()
    change = serializers.UUIDField(allow_null=True)
    language = serializers.CharField()
    state = Choice(choices=list(AnchorState.values))
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()
    original_quote = serializers.CharField()
    opened_at = serializers.DateTimeField()
    resolved_by = serializers.CharField()
    resolved_at = serializers.DateTimeField(allow_null=True)
    within = serializers.BooleanField()
    comments = CommentShape(many=True)


class ProposedPlace(Shape):
    """Words that a change proposes: code points [`start`, `end`); equal: the change as a whole.

    `version` is the amendment's when the words were read; without it, it is not looked at.
    """

    start = Whole(default=0)
    end = Whole(default=0)
    version = Whole(least=1, required=False)


class NewAmendmentThread(ProposedPlace):
    """A discussion to open, with its first comment; without a `change`, of the whole amendment."""

    change = Id(required=False)
    text = Text(most=gate.COMMENT)


class WantedAmendmentThreads(Paged, Spoken):
    """Which threads; delegations are named in the language."""

    resolved = Flag(required=False, help_text="Only resolved ones, or only open ones.")


class AmendmentThreads(OfAmendment):
    noun = "amendments"
    rights = {"GET": Right.READ, "POST": Right.COMMENT}

    @describe(answer=page_of(AmendmentThreadShape), query=WantedAmendmentThreads)
    def get(self, request: Request, amendment: UUID) -> Response:
        """The threads on an amendment with their comments, in the order they were opened."""
        found = amendment_threads_of(
            self.seat, self.language, amendment=amendment, resolved=self.asked.get("resolved")
        )
        return sliced(
            request,
            self.asked,
            found,
            lambda one: str(one.id),
            lambda one: AmendmentThreadShape(one).data,
        )

    @describe(body=NewAmendmentThread, answer=AmendmentThreadShape, status=201)
    def post(self, request: Request, amendment: UUID) -> Response:
        """Open a thread on words that a change proposes, on a change, or on the amendment.

        409 where the amendment is not at the version in which the words were read.
        """
        made = actions.open_amendment_thread(**self.act, **self.said)
        there = reverse("api:amendment_thread", args=[self.seat.charter.slug, amendment, made.uuid])
        shown = amendment_thread_of(
            self.seat, amendment, made.uuid, self.seat.charter.working_language
        )
        return Response(AmendmentThreadShape(shown).data, status=201, headers={"Location": there})


class OfAmendmentThread(OfAmendment):
    """An address under a thread's on an amendment. One the caller may not see is not there."""

    def enter(self, request: Request, named: dict) -> None:
        super().enter(request, named)
        if request.method not in SAFE:
            self.shown()

    @property
    def on(self) -> dict:
        """What every action on the thread is given."""
        return {**self.act, "thread": self.kwargs["talk"]}

    def shown(self) -> dict:
        language = self.asked.get("language") or self.seat.charter.working_language
        found = amendment_thread_of(
            self.seat, self.kwargs["amendment"], self.kwargs["talk"], language
        )
        return AmendmentThreadShape(found).data

    def done(self, status: int = 200, **headers: str) -> Response:
        """The thread as it stands after a write."""
        return Response(self.shown(), status=status, headers=headers)


class AmendmentThread(OfAmendmentThread):
    rights = {"GET": Right.READ}

    @describe(answer=AmendmentThreadShape, query=Spoken)
    def get(self, request: Request, amendment: UUID, talk: UUID) -> Response:
        """One thread on an amendment with its comments."""
        return Response(self.shown())


class AmendmentThreadComments(OfAmendmentThread):
    rights = {"POST": Right.COMMENT}

    @describe(body=NewComment, answer=AmendmentThreadShape, status=201)
    def post(self, request: Request, amendment: UUID, talk: UUID) -> Response:
        """Add a comment. A resolved thread takes comments too, and stays resolved."""
        actions.reply_on_amendment(**self.on, text=self.said["text"])
        there = reverse("api:amendment_thread", args=[self.seat.charter.slug, amendment, talk])
        return self.done(201, Location=there)


class AmendmentThreadResolve(OfAmendmentThread):
    rights = {"POST": Right.COMMENT}

    @describe(answer=AmendmentThreadShape)
    def post(self, request: Request, amendment: UUID, talk: UUID) -> Response:
        """Settle a thread."""
        actions.resolve_amendment_thread(**self.on)
        return self.done()


class AmendmentThreadReopen(OfAmendmentThread):
    rights = {"POST": Right.COMMENT}

    @describe(answer=AmendmentThreadShape)
    def post(self, request: Request, amendment: UUID, talk: UUID) -> Response:
        """Take a settled thread up again."""
        actions.reopen_amendment_thread(**self.on)
        return self.done()


class AmendmentThreadReanchor(OfAmendmentThread):
    rights = {"POST": Right.COMMENT}

    @describe(body=ProposedPlace, answer=AmendmentThreadShape)
    def post(self, request: Request, amendment: UUID, talk: UUID) -> Response:
        """Put a thread on other words of what its change proposes."""
        actions.reanchor_amendment_thread(**self.on, **self.said)
        return self.done()

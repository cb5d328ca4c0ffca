"""Discussion: threads on words of the text, and the comments in them."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right, Seat
from charter.actions import gate
from charter.actions import threads as actions
from charter.api.asked import Dated, revision
from charter.api.described import describe
from charter.api.endpoints import SAFE, OfCharter
from charter.api.fields import Choice, Flag, Id, Language, Shape, Text, Whole
from charter.api.paging import Paged, page_of, sliced
from charter.models import AnchorState, Revision
from charter.queries.past_threads import thread_as_of, threads_as_of
from charter.queries.threads import thread_of, threads_of


class CommentShape(Shape):
    """A message. `delegation` is the one its author sat in then; `author_id` tells namesakes apart,
    here and wherever it stands."""

    author = serializers.CharField()
    author_id = serializers.UUIDField()
    delegation = serializers.CharField()
    written_at = serializers.DateTimeField(source="at")
    text = serializers.CharField()


class ThreadShape(Shape):
    """A discussion of words of a clause, the oldest comment first.

    `start` and `end` are Unicode code points of the clause's text in `language` as it stands now,
    equal where the whole clause is meant. `quote` is what stands there, `original_quote` what was
    chosen when the thread was opened. In an earlier text all of this is as of that text.
    """

    id = serializers.IntegerField()
    clause = serializers.UUIDField()
    language = serializers.CharField()
    state = Choice(choices=list(AnchorState.values))
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()
    original_quote = serializers.CharField()
    opened_at = serializers.DateTimeField()
    resolved_by = serializers.CharField()
    resolved_by_id = serializers.UUIDField(allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    comments = CommentShape(many=True)


class Anchor(Shape):
    """Words of a clause: code points [`start`, `end`) of its text as of `revision`.

    Equal ones mean the whole clause; without a `revision` it is the head.
    """

    revision = Whole(least=1, required=False)
    start = Whole(default=0)
    end = Whole(default=0)


class NewThread(Anchor):
    """A discussion to open, with its first comment."""

    clause = Id()
    language = Language(required=False, help_text="The working language, if not given.")
    text = Text(most=gate.COMMENT)


class NewComment(Shape):
    """What to say."""

    text = Text(most=gate.COMMENT)


class Wanted(Paged, Dated):
    """Which threads; delegations are named in the language."""

    resolved = Flag(required=False, help_text="Only resolved ones, or only open ones.")
    clause = serializers.UUIDField(required=False, help_text="Only those of this clause.")


class Threads(OfCharter):
    noun = "threads"
    rights = {"GET": Right.READ, "POST": Right.COMMENT}

    @describe(answer=page_of(ThreadShape), query=Wanted)
    def get(self, request: Request) -> Response:
        """The threads with their comments, in the order they were opened.

        With `at` the discussion while that revision was the head: the threads there were, at their
        places in its words, and what had been said. `resolved` tells them apart as of then.
        """
        narrowed = {"resolved": self.asked.get("resolved"), "clause": self.asked.get("clause")}
        charter, then = self.seat.charter, past(self.seat, self.asked)
        found = (
            threads_of(charter, self.language, **narrowed)
            if then is None
            else threads_as_of(charter, then, self.language, **narrowed)
        )
        return sliced(
            request, self.asked, found, lambda one: one.id, lambda one: ThreadShape(one).data
        )

    @describe(body=NewThread, answer=ThreadShape, status=201)
    def post(self, request: Request) -> Response:
        """Open a thread on words of a clause, or on all of it.

        It is carried to the head at once, so that words chosen in an older text are still those.
        """
        said, charter = self.said, self.seat.charter
        made = actions.open_thread(
            actor=request.user,
            charter=charter,
            clause=said["clause"],
            language=said.get("language", charter.working_language),
            base=said.get("revision", charter.head),
            start=said["start"],
            end=said["end"],
            text=said["text"],
        )
        there = reverse("api:thread", args=[charter.slug, made.pk])
        shown = thread_of(charter, made.pk, charter.working_language)
        return Response(ThreadShape(shown).data, status=201, headers={"Location": there})


class OfThread(OfCharter):
    """An address under a thread's."""

    noun = "threads"

    def enter(self, request: Request, named: dict) -> None:
        super().enter(request, named)
        if request.method not in SAFE:
            self.shown()

    def shown(self) -> dict:
        charter = self.seat.charter
        language = self.asked.get("language") or charter.working_language
        then = past(self.seat, self.asked)
        found = (
            thread_of(charter, self.kwargs["thread"], language)
            if then is None
            else thread_as_of(charter, self.kwargs["thread"], then, language)
        )
        return ThreadShape(found).data


class Thread(OfThread):
    rights = {"GET": Right.READ}

    @describe(answer=ThreadShape, query=Dated)
    def get(self, request: Request, thread: int) -> Response:
        """One thread with its comments, as it is or as it was while revision `at` was the head."""
        return Response(self.shown())


class ThreadComments(OfThread):
    rights = {"POST": Right.COMMENT}

    @describe(body=NewComment, answer=ThreadShape, status=201)
    def post(self, request: Request, thread: int) -> Response:
        """Add a comment. A resolved thread takes comments too, and stays resolved."""
        actions.reply(
            actor=request.user, charter=self.seat.charter, thread=thread, text=self.said["text"]
        )
        there = reverse("api:thread", args=[self.seat.charter.slug, thread])
        return self.done(201, Location=there)


class ThreadResolve(OfThread):
    rights = {"POST": Right.COMMENT}

    @describe(answer=ThreadShape)
    def post(self, request: Request, thread: int) -> Response:
        """Settle a thread."""
        actions.resolve_thread(actor=request.user, charter=self.seat.charter, thread=thread)
        return self.done()


class ThreadReopen(OfThread):
    rights = {"POST": Right.COMMENT}

    @describe(answer=ThreadShape)
    def post(self, request: Request, thread: int) -> Response:
        """Take a settled thread up again."""
        actions.reopen_thread(actor=request.user, charter=self.seat.charter, thread=thread)
        return self.done()


class ThreadReanchor(OfThread):
    rights = {"POST": Right.COMMENT}

    @describe(body=Anchor, answer=ThreadShape)
    def post(self, request: Request, thread: int) -> Response:
        """Put a thread on other words of its clause."""
        actions.reanchor_thread(
            actor=request.user,
            charter=self.seat.charter,
            thread=thread,
            base=self.said.get("revision", self.seat.charter.head),
            start=self.said["start"],
            end=self.said["end"],
        )
        return self.done()


def past(seat: Seat, asked: Mapping[str, Any]) -> Revision | None:
    """The revision asked for by `at`, None for the head. Http404 for one that is not there."""
    number = revision(asked.get("at"), seat)
    if number is None or number == seat.charter.head:
        return None
    return seat.charter.revisions.get(number=number)

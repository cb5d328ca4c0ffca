"""Going back: a revision undone, a clause taken back as it stood in an earlier one."""

from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import gate
from charter.actions.previews import preview_return, preview_undo
from charter.actions.refusals import Entangled
from charter.actions.returning import return_clause
from charter.actions.settling import Settled
from charter.actions.undoing import undo_revision
from charter.api.asked import Spoken
from charter.api.clauses import OfClause
from charter.api.committed import CommittedShape, answered
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Id, Language, Shape, Text, Truth, Whole, Words
from charter.api.preconditions import REVISION
from charter.api.previews import (
    PreviewShape,
    UndoPreviewShape,
    entangled_preview,
    preview_said,
)
from charter.text.words import Words as Wording

MOST = 1_000  # decisions of one undoing


class SettledWords(Words):
    """What a wording shall be where an undoing met later changes of the same words."""

    clause = Id()
    language = Language()


class SettledAct(Shape):
    """Whether a hindered act is left, or done all the same; `key` is the hindrance's."""

    key = Text(most=200)
    decision = Choice(choices=["leave", "force"])


class Decided(Shape):
    """What was decided where an undoing is entangled; else nothing."""

    words = SettledWords(many=True, default=list, max_length=MOST)
    acts = SettledAct(many=True, default=list, max_length=MOST)


class Undoing(Decided):
    """The same, and a message for the history."""

    message = Text(most=gate.MESSAGE, default="")


class OfUndoing(OfCharter):
    """An address about undoing a revision."""

    noun = "revisions"
    rights = {"POST": Right.EDIT}

    def enter(self, request: Request, named: dict) -> None:
        super().enter(request, named)
        if not 1 <= self.kwargs["revision"] <= self.seat.charter.head:
            raise Http404


class RevisionUndo(OfUndoing):
    @describe(body=Undoing, answer=CommittedShape, status=201, if_match=REVISION)
    def post(self, request: Request, revision: int) -> Response:
        """Take back what a revision did, by a new one.

        What others changed since is merged. Where that cannot be done the answer is `entangled`,
        with every wording that meets and every act that is hindered: send the request again with
        what each of them shall be. Decisions count for the text of the revision in If-Match.
        """
        done = undo_revision(
            actor=request.user,
            charter=self.seat.charter,
            number=revision,
            message=self.said["message"],
            settled=_settled(self.base, self.said),
        )
        return answered(self, done, 201)


class RevisionUndoPreview(OfUndoing):
    @describe(body=Decided, answer=UndoPreviewShape, query=Spoken)
    def post(self, request: Request, revision: int) -> Response:
        """What undoing a revision would change now, or what must be decided first.

        Nothing is kept. Decisions may be sent to see what comes of them; they count for the text
        as it stands.
        """
        charter = self.seat.charter
        try:
            redline = preview_undo(
                actor=request.user,
                charter=charter,
                number=revision,
                settled=_settled(charter.head, self.said),
                language=self.language,
            )
        except Entangled as error:
            return Response(entangled_preview(error))
        return Response(preview_said(redline) | {"entangled": None})


def _settled(base: int, said: dict[str, Any]) -> Settled:
    acts = {one["key"]: one["decision"] for one in said["acts"]}
    return Settled(
        base=base,
        words={
            (one["clause"], one["language"]): Wording(one["heading"], one["text"])
            for one in said["words"]
        },
        left=frozenset(key for key, decision in acts.items() if decision == "leave"),
        forced=frozenset(key for key, decision in acts.items() if decision == "force"),
    )


class ToReturn(Shape):
    """As of which revision; `languages` null for all, with kind, number and principles."""

    revision = Whole(least=1)
    languages = serializers.ListField(
        child=Language(), allow_null=True, default=None, min_length=1, max_length=200
    )
    with_children = Truth(default=False)


class Returning(ToReturn):
    """The same, and a message for the history."""

    message = Text(most=gate.MESSAGE, default="")


class ClauseReturn(OfClause):
    rights = {"POST": Right.EDIT}

    @describe(body=Returning, answer=CommittedShape, status=201, if_match=REVISION)
    def post(self, request: Request, clause: UUID) -> Response:
        """Have a clause be again what it was in a revision, where it stands now.

        With its children: those that stood in it then come back, and what was inserted into it
        since is struck. Words that changed after the revision in If-Match are merged.
        """
        done = return_clause(
            actor=request.user,
            charter=self.seat.charter,
            clause=clause,
            number=self.said["revision"],
            base=self.base,
            languages=self.said["languages"],
            with_children=self.said["with_children"],
            message=self.said["message"],
        )
        return answered(self, done, 201)


class ClauseReturnPreview(OfClause):
    rights = {"POST": Right.EDIT}

    @describe(body=ToReturn, answer=PreviewShape, query=Spoken)
    def post(self, request: Request, clause: UUID) -> Response:
        """What taking a clause back would change in the text as it stands. Nothing is kept."""
        redline = preview_return(
            actor=request.user,
            charter=self.seat.charter,
            clause=clause,
            number=self.said["revision"],
            languages=self.said["languages"],
            with_children=self.said["with_children"],
            language=self.language,
        )
        return Response(preview_said(redline))

"""Silence procedures: what is adopted unless a delegation objects before a deadline."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import silence as actions
from charter.api.asked import Spoken
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Id, Shape, Text, Whole
from charter.api.paging import Paged, page_of, sliced
from charter.api.picking import Moment
from charter.api.preconditions import REVISION
from charter.models import Rung, SilenceDeedKind, SilenceFailure, SilenceKind, SilenceState
from charter.queries.silence import NoSilence, Phase, Procedure, procedure_of, procedures_of

RUNGS = [rung.value for rung in actions.RUNGS]


class ItemShape(Shape):
    """A clause or an amendment under silence; of the two one is null. `citation` is "" for a clause
    that the text has not."""

    clause = serializers.UUIDField(allow_null=True)
    amendment = serializers.UUIDField(allow_null=True)
    citation = serializers.CharField()


class TurnShape(Shape):
    """A line of a procedure's log. `actor` is "" where time alone acted.

    `deadline` is the one it was opened with or extended to, `revision` the one that adopted, or
    that touched what was under silence. `failure` says why it failed, `about` what that is about.
    """

    kind = Choice(choices=list(SilenceDeedKind.values))
    actor = serializers.CharField()
    delegation = serializers.CharField()
    at = serializers.DateTimeField()
    note = serializers.CharField()
    deadline = serializers.DateTimeField(allow_null=True)
    revision = serializers.IntegerField(allow_null=True)
    failure = Choice(choices=list(SilenceFailure.values), allow_null=True)
    about = serializers.CharField()


class SilenceShape(Shape):
    """Procedure S-`number`, with its log, oldest first.

    `phase` is its state, and "kept" once the deadline of a running one is over: nobody can object
    any more, and the adoption is carried out within minutes. `revision` is the text the table was
    asked about; `rung` how far clauses are agreed if nobody objects. `edition` is null for other
    kinds, and once the edition lost its name, which `edition_name` keeps.
    """

    number = serializers.IntegerField()
    symbol = serializers.CharField()
    kind = Choice(choices=list(SilenceKind.values))
    state = Choice(choices=list(SilenceState.values))
    phase = Choice(choices=[phase.value for phase in Phase])
    deadline = serializers.DateTimeField()
    opened_at = serializers.DateTimeField()
    opened_by = serializers.CharField()
    invitation = serializers.CharField()
    rung = Choice(choices=list(Rung.values), allow_null=True)
    edition = serializers.IntegerField(allow_null=True)
    edition_name = serializers.CharField()
    revision = serializers.IntegerField()
    items = ItemShape(many=True)
    log = TurnShape(many=True)


class NewSilence(Shape):
    """What is put under silence, of one kind: clauses, amendments on the table, or an edition."""

    clauses = serializers.ListField(child=Id(), max_length=actions.MOST, default=list)
    amendments = serializers.ListField(child=Id(), max_length=actions.MOST, default=list)
    edition = Whole(least=1, required=False)
    rung = Choice(choices=RUNGS, default=Rung.AD_REFERENDUM.value)
    deadline = Moment(help_text="With its offset from UTC; within a year.")
    invitation = Text(most=actions.INVITATION, default="")


class Extension(Shape):
    """A later deadline, and why."""

    deadline = Moment(help_text="With its offset from UTC; within a year.")
    note = Text(most=actions.REASON, default="")


class Breaking(Shape):
    """Why one's delegation breaks silence."""

    reason = Text(most=actions.REASON)


class CallingOff(Shape):
    """Why it is called off."""

    note = Text(most=actions.REASON)


class WantedSilences(Paged, Spoken):
    """Which procedures; clauses and delegations are named in the language."""

    state = Choice(choices=list(SilenceState.values), required=False, help_text="Only these.")


class Silences(OfCharter):
    noun = "silence"
    rights = {"GET": Right.READ, "POST": Right.SILENCE}

    @describe(answer=page_of(SilenceShape), query=WantedSilences)
    def get(self, request: Request) -> Response:
        """The silence procedures by their numbers."""
        state = self.asked.get("state")
        found = procedures_of(self.seat.charter, self.language)
        wanted = [one for one in found if state in (None, one.state.value)]
        wanted.sort(key=lambda one: one.number)
        return sliced(request, self.asked, wanted, lambda one: one.number, said)

    @describe(body=NewSilence, answer=SilenceShape, status=201, if_match=REVISION)
    def post(self, request: Request) -> Response:
        """Put clauses, amendments or an edition under silence, as read in the revision of If-Match.

        An edit of what is under silence ends the procedure: nobody has agreed to other words.
        """
        made = actions.open_silence(
            actor=request.user, charter=self.seat.charter, base=self.base, **self.said
        )
        there = reverse("api:silence", args=[self.seat.charter.slug, made.number])
        shown = said(procedure_of(self.seat.charter, made.number))
        return Response(shown, status=201, headers={"Location": there})


class OfSilence(OfCharter):
    """An address under a procedure's."""

    noun = "silence"

    def enter(self, request: Request, named: dict) -> None:
        super().enter(request, named)
        self.found()

    def found(self, language: str = "") -> Procedure:
        """The procedure as it stands."""
        try:
            return procedure_of(self.seat.charter, self.kwargs["silence"], language)
        except NoSilence as error:
            raise Http404(str(error)) from error

    @property
    def act(self) -> dict[str, Any]:
        """What every action on the procedure is given."""
        return {
            "actor": self.seat.person,
            "charter": self.seat.charter,
            "silence": self.kwargs["silence"],
            **self.said,
        }


class Silence(OfSilence):
    rights = {"GET": Right.READ}

    @describe(answer=SilenceShape, query=Spoken)
    def get(self, request: Request, silence: int) -> Response:
        """One procedure, its clauses cited as they were when it began."""
        return Response(said(self.found(self.language)))


class SilenceBreak(OfSilence):
    rights = {"POST": Right.OBJECT}

    @describe(body=Breaking, answer=SilenceShape)
    def post(self, request: Request, silence: int) -> Response:
        """Break silence in the name of one's delegation. Nothing is adopted."""
        actions.break_silence(**self.act)
        return Response(said(self.found()))


class SilenceExtend(OfSilence):
    rights = {"POST": Right.SILENCE}

    @describe(body=Extension, answer=SilenceShape)
    def post(self, request: Request, silence: int) -> Response:
        """Move the deadline to a later time."""
        actions.extend_silence(**self.act)
        return Response(said(self.found()))


class SilenceCallOff(OfSilence):
    rights = {"POST": Right.MANAGE}

    @describe(body=CallingOff, answer=SilenceShape)
    def post(self, request: Request, silence: int) -> Response:
        """End a procedure without an outcome."""
        actions.call_off_silence(**self.act)
        return Response(said(self.found()))


def said(one: Procedure) -> dict[str, Any]:
    """A procedure as it is told, with where it stands at this moment."""
    phase = one.phase(timezone.now()).value
    plain = {name: getattr(one, name) for name in SilenceShape().fields if name != "phase"}
    return SilenceShape({**plain, "phase": phase}).data

"""Adopting amendments: first what would come of it, then the revision."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import adopting, gate
from charter.actions.combining import SettledWords, Taking
from charter.actions.previews import preview_adoption
from charter.api.asked import Spoken
from charter.api.clauses import SpanShape, spans_said
from charter.api.comparing import RowShape, row_said
from charter.api.described import describe
from charter.api.effects import EffectShape, effect_said
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Id, Language, Shape, Text, Truth, Whole, Words
from charter.api.preconditions import REVISION, tag_of_text
from charter.api.refused import plan_said
from charter.models import AmendmentStatus
from charter.text.words import Words as Wording


def _places() -> serializers.ListField:
    return serializers.ListField(
        child=Whole(most=100_000),
        allow_null=True,
        default=None,
        max_length=10_000,
        help_text="Places of the redline's spans to take, from 0; null takes all.",
    )


class TakingShape(Shape):
    """A change to adopt, of an amendment as it was read at `version`.

    `anyway` strikes a clause although its words have changed since the strike was proposed.
    """

    change = Id()
    version = Whole(least=1)
    heading = _places()
    text = _places()
    anyway = Truth(default=False)


class SettledShape(Shape):
    """Words of one's own where changes collide, or where one does not fit the text any more."""

    clause = Id()
    language = Language()
    words = Words()


class Choosing(Shape):
    """The changes to adopt, and words for what is open between them."""

    changes = TakingShape(many=True, max_length=adopting.MOST)
    settled = SettledShape(many=True, default=list, max_length=adopting.MOST)


class Adopting(Choosing):
    """The same with a message for the history; without one it names the amendments."""

    message = Text(most=gate.MESSAGE, default="")


class CollisionShape(Shape):
    """A change that cannot be made beside those before it: `before` was to give way to `after`.

    The place is in the current words, in code points.
    """

    change = serializers.UUIDField()
    part = Choice(choices=["heading", "text"])
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    before = serializers.CharField()
    after = serializers.CharField()


class CombinedShape(Shape):
    """What the changes make of the words of one clause in one language.

    `words` is null while something is open: `collisions`, or `conflicts`, changes that do not fit
    the current words.
    """

    clause = serializers.UUIDField()
    language = serializers.CharField()
    current = Words()
    changes = serializers.ListField(child=serializers.UUIDField())
    words = Words(allow_null=True)
    collisions = CollisionShape(many=True)
    conflicts = serializers.ListField(child=serializers.UUIDField())


class OutcomeShape(Shape):
    """What comes of an adoption: the title, the clauses that change, numbers and references."""

    title = SpanShape(many=True)
    clauses = RowShape(many=True)
    effect = EffectShape()


class PlanShape(Shape):
    """What an adoption would do to revision `head`.

    `open` while something must be decided; there is an `outcome` once nothing is. `misfits` are
    insertions, moves and strikes whose place is gone or whose words have changed, and what another
    of the changes would strike or move elsewhere.
    """

    head = serializers.IntegerField()
    open = serializers.BooleanField()
    words = CombinedShape(many=True)
    misfits = serializers.ListField(child=serializers.UUIDField())
    outcome = OutcomeShape(allow_null=True)


class AdoptedAmendmentShape(Shape):
    """What became of an amendment by an adoption."""

    id = serializers.UUIDField(source="uuid")
    symbol = serializers.CharField(source="__str__")
    status = Choice(choices=list(AmendmentStatus.values))


class AdoptedShape(Shape):
    """The revision that adopted, and the amendments it names."""

    revision = serializers.IntegerField()
    digest = serializers.CharField()
    amendments = AdoptedAmendmentShape(many=True)


class AdoptionPlan(OfCharter):
    noun = "adoption"
    rights = {"POST": Right.ADOPT}

    @describe(body=Choosing, answer=PlanShape, query=Spoken)
    def post(self, request: Request) -> Response:
        """Say what adopting these changes would do now, and commit nothing."""
        chosen = {**_chosen(self.said), "actor": request.user, "charter": self.seat.charter}
        plan = adopting.plan_adoption(**chosen)
        outcome = None
        if not plan.open:
            made = preview_adoption(**chosen, language=self.language)
            outcome = {
                "title": spans_said(made.redline.title),
                "clauses": [row_said(row) for row in made.redline.rows if row.changes],
                "effect": effect_said(made.effect),
            }
        return Response(plan_said(plan) | {"outcome": outcome})


class Adoption(OfCharter):
    noun = "adoption"
    rights = {"POST": Right.ADOPT}

    @describe(body=Adopting, answer=AdoptedShape, status=201, if_match=REVISION)
    def post(self, request: Request) -> Response:
        """Make these changes in one revision, which names their amendments.

        The revision in If-Match must be the head and each amendment at the version given: 412
        otherwise. 409 with the plan while changes collide or do not fit and nobody has settled it.
        """
        made = adopting.adopt_changes(
            **_chosen(self.said),
            actor=request.user,
            charter=self.seat.charter,
            base=self.base,
            message=self.said["message"],
        )
        number, digest = made.revision.number, made.revision.digest
        data = {
            "revision": number,
            "digest": digest,
            "amendments": [AdoptedAmendmentShape(one).data for one in made.amendments],
        }
        headers = {
            "ETag": tag_of_text(number, digest),
            "Location": reverse("api:revision", args=[self.seat.charter.slug, number]),
        }
        return Response(data, status=201, headers=headers)


def _chosen(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "takings": [
            Taking(
                change=one["change"],
                version=one["version"],
                heading=None if one["heading"] is None else frozenset(one["heading"]),
                text=None if one["text"] is None else frozenset(one["text"]),
                anyway=one["anyway"],
            )
            for one in said["changes"]
        ],
        "settled": [
            SettledWords(one["clause"], one["language"], Wording(**one["words"]))
            for one in said["settled"]
        ],
    }

"""What an amendment would do to the numbers of the text and to the references that print them."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.api.amendments import OfAmendment
from charter.api.asked import Spoken
from charter.api.described import describe
from charter.api.fields import Shape
from charter.queries.effects import effect_of
from charter.text.effects import Effect


class RenumberedShape(Shape):
    """A clause that would be cited otherwise; "" where it does not stand.

    `clause` is null for one that is to be put in.
    """

    clause = serializers.UUIDField(allow_null=True)
    before = serializers.CharField()
    after = serializers.CharField()


class AffectedReferenceShape(Shape):
    """A reference in the words of `clause` to `target`, and what it prints now and then.

    `citation` is the clause's then. "" is printed where the target does not stand in the text.
    """

    clause = serializers.UUIDField(allow_null=True)
    citation = serializers.CharField()
    target = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class EffectShape(Shape):
    """Numbers and references that would change.

    A clause cited otherwise only because what it stands in is, is not named.
    """

    renumbered = RenumberedShape(many=True)
    references = AffectedReferenceShape(many=True)


class AmendmentEffect(OfAmendment):
    rights = {"GET": Right.READ}

    @describe(answer=EffectShape, query=Spoken)
    def get(self, request: Request, amendment: UUID) -> Response:
        """Say what adopting all it still asks for would do to numbers and references.

        Clauses are cited in the language asked for. What does not fit the text is left out.
        """
        return Response(effect_said(effect_of(self.seat, amendment, self.language)))


def effect_said(effect: Effect) -> dict[str, Any]:
    """An effect as it goes out."""
    return {
        "renumbered": [
            {"clause": _clause(one.id), "before": one.before, "after": one.after}
            for one in effect.renumbered
        ],
        "references": [
            {
                "clause": _clause(one.id),
                "citation": one.citation,
                "target": one.target,
                "before": one.before,
                "after": one.after,
            }
            for one in effect.references
        ],
    }


def _clause(id: str) -> str | None:
    return None if id.startswith("new-") else id

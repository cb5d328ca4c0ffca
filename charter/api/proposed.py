"""What an amendment asks for, as it goes out."""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from charter.api.clauses import KINDS, SpanShape, spans_said
from charter.api.fields import Choice, Shape, Text, Words
from charter.models import ChangeStanding, ChangeState, ProposedAct
from charter.queries.proposed import ShownChange, ShownWords
from charter.text.outline import Clause


@extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/PlantedClause"}})
class _Inside(serializers.ListField):
    """Proposed clauses inside a proposed clause: the same shape again."""

    def to_internal_value(self, data: Any) -> list[Any]:
        self.child = PlantedClauseShape()
        return super().to_internal_value(data)


class PlantedClauseShape(Shape):
    """A clause to be put in with all it holds. It has no id before it is in the text.

    A `numeral` of null is computed.
    """

    kind = Choice(choices=KINDS)
    numeral = Text(most=80, allow_null=True, default=None)
    heading = Text(default="")
    text = Text(default="")
    clauses = _Inside(default=list)


class ProposedWordsShape(Shape):
    """Words of a clause: as the change was written, as proposed, as they are now.

    `heading` and `text` are the redline of the current words and what the change would make of
    them, and the places of its spans, from 0, say what to adopt of it. In a conflict it is that of
    the words it was written against and the proposed ones; `heading_since` and `text_since` then
    show what became of the former.
    """

    base = Words()
    proposed = Words()
    current = Words()
    heading = SpanShape(many=True)
    text = SpanShape(many=True)
    heading_since = SpanShape(many=True)
    text_since = SpanShape(many=True)


class ProposedShape(Shape):
    """One change that an amendment asks for, written against revision `base`.

    A rewording has `words`; an insertion `planted`; an insertion or a move lead into `parent`
    behind `after` (null: first). `citation` is the number of its clause, or of the place, today.
    """

    id = serializers.UUIDField()
    act = Choice(choices=list(ProposedAct.values))
    state = Choice(choices=list(ChangeState.values))
    standing = Choice(choices=list(ChangeStanding.values))
    clause = serializers.UUIDField(allow_null=True)
    language = serializers.CharField()
    base = serializers.IntegerField()
    adopted_in = serializers.IntegerField(allow_null=True)
    citation = serializers.CharField()
    parent = serializers.UUIDField(allow_null=True)
    after = serializers.UUIDField(allow_null=True)
    words = ProposedWordsShape(allow_null=True)
    planted = PlantedClauseShape(many=True)


def change_said(change: ShownChange) -> dict[str, Any]:
    """A change as it goes out."""
    return {
        "id": str(change.uuid),
        "act": change.act.value,
        "state": change.state.value,
        "standing": change.standing.value,
        "clause": str(change.clause) if change.clause else None,
        "language": change.language,
        "base": change.base,
        "adopted_in": change.adopted_in,
        "citation": change.citation,
        "parent": str(change.parent) if change.parent else None,
        "after": str(change.after) if change.after else None,
        "words": _words(change.words) if change.words else None,
        "planted": [_planted(one) for depth, one in change.planted if depth == 0],
    }


def clauses_of(planted: list[dict[str, Any]]) -> Iterator[Clause]:
    """The clauses that were sent, as the domain takes them."""
    for one in planted:
        inside = tuple(clauses_of(one["clauses"]))
        yield Clause(one["kind"], one["text"], one["heading"], "", one["numeral"], children=inside)


def _words(words: ShownWords) -> dict[str, Any]:
    sides = {
        name: {"heading": one.heading, "text": one.text}
        for name, one in (
            ("base", words.base),
            ("proposed", words.proposed),
            ("current", words.current),
        )
    }
    return sides | {
        name: spans_said(getattr(words, name))
        for name in ("heading", "text", "heading_since", "text_since")
    }


def _planted(clause: Clause) -> dict[str, Any]:
    return {
        "kind": clause.kind.value,
        "numeral": clause.numeral,
        "heading": clause.heading,
        "text": clause.text,
        "clauses": [_planted(child) for child in clause.children],
    }

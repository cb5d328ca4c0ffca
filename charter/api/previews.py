"""What an act would change, shown before it is done: as a redline, or as what stands in the way."""

from typing import Any

from rest_framework import serializers

from charter.actions.refusals import Act, Entangled, Why
from charter.api.clauses import SpanShape, spans_said
from charter.api.comparing import RowShape, row_said
from charter.api.fields import Choice, Shape, Words
from charter.api.refused import entangled_said
from charter.text.redline import Redline


class PreviewShape(Shape):
    """What an act would change: the redline of the revision it would be."""

    changed = serializers.BooleanField()
    title = SpanShape(many=True)
    clauses = RowShape(many=True)


class MergedRunShape(Shape):
    """A run of merged words: settled ones with their `origin`, or a conflict with all its sides."""

    conflict = serializers.BooleanField()
    words = serializers.CharField(required=False)
    origin = Choice(choices=["base", "yours", "theirs", "both"], required=False)
    base = serializers.CharField(required=False)
    theirs = serializers.CharField(required=False)
    yours = serializers.CharField(required=False)
    start = serializers.IntegerField(required=False)
    end = serializers.IntegerField(required=False)


class MergedShape(Shape):
    """Both halves of a wording, merged as far as that goes."""

    heading = MergedRunShape(many=True)
    text = MergedRunShape(many=True)


class MeetingShape(Shape):
    """Words that changed again: as of revision `since`, as they are, and as undoing has them."""

    clause = serializers.UUIDField()
    language = serializers.CharField()
    since = serializers.IntegerField()
    base = Words()
    theirs = Words()
    yours = Words()
    merged = MergedShape()


class HindranceShape(Shape):
    """An act that is to be left or, where it can be, done all the same.

    `subject` is a clause's id or a principle's name.
    """

    key = serializers.CharField()
    act = Choice(choices=[one.value for one in Act])
    why = Choice(choices=[one.value for one in Why])
    subject = serializers.CharField()
    can_be_forced = serializers.BooleanField()


class EntangledShape(Shape):
    """What must be decided before revision `number` can be undone, in the text of `head`."""

    number = serializers.IntegerField()
    head = serializers.IntegerField()
    words = MeetingShape(many=True)
    hindrances = HindranceShape(many=True)


class UndoPreviewShape(PreviewShape):
    """What an undoing would change; while it is `entangled`, nothing yet."""

    entangled = EntangledShape(allow_null=True)


def preview_said(redline: Redline) -> dict[str, Any]:
    """The clauses that would change, as they go out."""
    return {
        "changed": redline.changed,
        "title": spans_said(redline.title),
        "clauses": [row_said(row) for row in redline.rows if row.changes],
    }


def entangled_preview(error: Entangled) -> dict[str, Any]:
    """What stands in the way of an undoing, in the place of what it would change."""
    return {"changed": False, "title": [], "clauses": [], "entangled": entangled_said(error)}

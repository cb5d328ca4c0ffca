"""What every write of a text answers: the revision it made, or that there was nothing to change."""

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from charter.actions.values import Committed
from charter.api.endpoints import OfCharter
from charter.api.fields import Shape, Text
from charter.api.preconditions import tag_of_text


class CommittedShape(Shape):
    """The revision committed, null when nothing changed, and where the charter stands now.

    `merged` says that somebody else's words were combined with the ones sent. `clause` is the one
    that was changed, where it was one.
    """

    revision = serializers.IntegerField(allow_null=True)
    head = serializers.IntegerField()
    digest = serializers.CharField()
    merged = serializers.BooleanField()
    clause = serializers.UUIDField(allow_null=True)


class Said(Shape):
    """A message for the history, and no more."""

    message = Text(most=1000, default="")


def answered(view: OfCharter, done: Committed, status: int = 200, **headers: str) -> Response:
    """The answer to a write. Its ETag is the text's now, for the next write's If-Match.

    `status` is for a revision that was made; without one it is 200.
    """
    charter = view.seat.charter
    said: dict[str, Any] = {
        "revision": done.revision.number if done.revision else None,
        "head": charter.head,
        "digest": charter.digest,
        "merged": done.merged,
        "clause": str(done.clause.pk) if done.clause else None,
    }
    headers = {"ETag": tag_of_text(charter.head, charter.digest), **headers}
    return Response(said, status=status if done.revision else 200, headers=headers)

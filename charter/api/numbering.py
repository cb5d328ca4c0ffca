"""Numbers that stay as they were cited, from a revision on."""

from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import numbering as actions
from charter.api.committed import CommittedShape, Said, answered
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Whole
from charter.api.preconditions import REVISION


class Frozen(Said):
    """The revision whose numbers are to stay; the one in If-Match, if not given."""

    revision = Whole(least=1, required=False)


class NumbersFreeze(OfCharter):
    noun = "numbers"
    rights = {"POST": Right.DEFINE}

    @describe(body=Frozen, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request) -> Response:
        """Keep the numbers that a revision prints; what is inserted later becomes bis, ter."""
        done = actions.freeze_numbers(
            actor=request.user,
            charter=self.seat.charter,
            number=self.said.get("revision", self.base),
            message=self.said["message"],
        )
        return answered(self, done)


class NumbersRelease(OfCharter):
    noun = "numbers"
    rights = {"POST": Right.DEFINE}

    @describe(body=Said, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request) -> Response:
        """Compute all numbers anew."""
        done = actions.release_numbers(actor=request.user, charter=self.seat.charter, **self.said)
        return answered(self, done)

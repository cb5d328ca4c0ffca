"""Which revisions a list of them holds."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from charter.api.asked import Spoken
from charter.api.fields import Choice, Number, Text
from charter.api.paging import Paged
from charter.models import Cause
from charter.queries.picking import Wanted


class Moment(serializers.DateTimeField):
    """A moment in an address, with its offset from UTC."""

    default_error_messages = {"no_zone": "The offset from UTC is missing."}

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            self.fail("no_zone")
        return super().enforce_timezone(value)


class PagedRevisions(Paged, Spoken):
    """A page of revisions, of all or of those that are like what is asked for.

    Delegations and principles are named in the language.
    """

    author = serializers.UUIDField(required=False, help_text="The id of a person.")
    delegation = Number(
        least=1, required=False, help_text="The one that the author sat in then, by its id."
    )
    clause = serializers.UUIDField(
        required=False, help_text="A clause, struck or not, with all that stands in it now."
    )
    principle = Text(
        most=80,
        required=False,
        help_text="By its slug: changes of its entry, of its tags and of what serves it now.",
    )
    since = Moment(required=False, help_text="The first moment.")
    until = Moment(required=False, help_text="The first moment after the last.")
    words = Text(most=200, required=False, help_text="Words of the message, in any case.")
    cause = Choice(choices=list(Cause.values), required=False, help_text="The kind of act.")


def wanted(asked: dict[str, Any]) -> Wanted:
    """What the parameters ask for."""
    return Wanted(
        person=asked.get("author"),
        delegation=asked.get("delegation"),
        clause=asked.get("clause"),
        principle=asked.get("principle", ""),
        since=asked.get("since"),
        until=asked.get("until"),
        words=asked.get("words", ""),
        cause=asked.get("cause", ""),
    )

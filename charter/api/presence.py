"""Who of the members is in the room."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Shape
from charter.api.paging import Paged, page_of, sliced
from charter.queries.members import members_of
from charter.queries.presence import When, seen_in


class PresenceShape(Shape):
    """When a member last opened a page of the charter, to the minute or so."""

    member = serializers.IntegerField()
    name = serializers.CharField()
    when = Choice(choices=[one.value for one in When])
    seen_at = serializers.DateTimeField()


class Presences(OfCharter):
    noun = "members"
    rights = {"GET": Right.READ}

    @describe(answer=page_of(PresenceShape), query=Paged)
    def get(self, request: Request) -> Response:
        """Who is in the room (`now`: the last five minutes) and who was, in the browser.

        Who was not here yet, or does not want to be seen, is not in the list.
        """
        seen = seen_in(self.seat)
        here = [one for one in members_of(self.seat.charter) if one.person_id in seen]
        return sliced(
            request,
            self.asked,
            here,
            lambda one: one.id,
            lambda one: (
                PresenceShape(
                    {
                        "member": one.id,
                        "name": one.name,
                        "when": seen[one.person_id].when.value,
                        "seen_at": seen[one.person_id].at,
                    }
                ).data
            ),
        )

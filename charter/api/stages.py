"""The stages a charter has been through."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Choice, Shape
from charter.api.paging import Paged, page_of, sliced
from charter.models import Stage
from charter.queries.stages import steps_of

STAGES = list(Stage.values)


class StageStepShape(Shape):
    """A step from one stage to another; `revision` was the head."""

    id = serializers.IntegerField()
    was = Choice(choices=STAGES)
    stage = Choice(choices=STAGES)
    note = serializers.CharField()
    revision = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField()


class Stages(OfCharter):
    noun = "charters"
    rights = {"GET": Right.READ}

    @describe(answer=page_of(StageStepShape), query=Paged)
    def get(self, request: Request) -> Response:
        """The steps from stage to stage, the latest first. The settings take the next one."""
        return sliced(
            request,
            self.asked,
            steps_of(self.seat.charter),
            lambda one: one.id,
            lambda one: StageStepShape(one).data,
        )

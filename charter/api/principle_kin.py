"""Principles merged and split."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import gate
from charter.actions.principle_kin import merge_principles, split_principle
from charter.api.committed import CommittedShape
from charter.api.described import describe
from charter.api.fields import ByLanguage, Id, Shape, Text, Truth
from charter.api.preconditions import REVISION
from charter.api.principles import Colour, OfPrinciple

CLAUSES = 20_000  # that one principle can be split by


class Merging(Shape):
    """The principle, by slug, that takes the place of this one."""

    into = Text(most=80)
    message = Text(most=gate.MESSAGE, default="")


class PrincipleMerge(OfPrinciple):
    rights = {"POST": Right.DEFINE}

    @describe(body=Merging, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request, principle: str) -> Response:
        """Merge a principle into another.

        Every clause that serves it serves the other one; it is withdrawn and points there.
        """
        wish = {"withdrawn": True, "merged_into": self.said["into"]}
        return self.changing(request, merge_principles, wish, **self.said)


class Splitting(Shape):
    """A new principle, and the clauses it takes; with `both` they serve the old one too."""

    names = ByLanguage(Text(most=gate.NAME))
    definitions = ByLanguage(Text(most=gate.COMMENT), default=dict)
    colour = Colour(default="#4a5568")
    slug = Text(most=80, default="")
    clauses = serializers.ListField(child=Id(), min_length=1, max_length=CLAUSES)
    both = Truth(default=False)
    message = Text(most=gate.MESSAGE, default="")


class PrincipleSplit(OfPrinciple):
    rights = {"POST": Right.DEFINE}

    @describe(body=Splitting, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request, principle: str) -> Response:
        """Take a new principle out of this one, with some of its clauses."""
        return self.changing(request, split_principle, **self.said)

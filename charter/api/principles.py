"""The charter's vocabulary of principles. Each change of it is a revision."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import gate
from charter.actions import principles as actions
from charter.actions.values import UNCHANGED
from charter.api.asked import Spoken
from charter.api.committed import CommittedShape, Said, answered
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import ByLanguage, Shape, Text
from charter.api.paging import Paged, page_of, sliced
from charter.api.preconditions import REVISION
from charter.api.problems import Problem
from charter.queries.principles import changed_since, principle_of, vocabulary
from charter.queries.vocabulary import vocabulary_at


class Kin(serializers.CharField):
    """Another principle by its slug, null for none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)

    def to_representation(self, value: str) -> str | None:
        return value or None


class ListedPrincipleShape(Shape):
    """A principle in one language; `clauses` counts those in the text that serve it.

    `merged_into` and `split_from` name its kin as the principle itself does.
    """

    slug = serializers.CharField()
    name = serializers.CharField()
    definition = serializers.CharField()
    colour = serializers.CharField()
    withdrawn = serializers.BooleanField()
    clauses = serializers.IntegerField()
    merged_into = Kin(source="successor")
    split_from = Kin()


class PrincipleShape(Shape):
    """A principle with its names and definitions by language.

    `merged_into` is the slug of the principle that took its place, `split_from` of the one it was
    taken out of; null for none.
    """

    slug = serializers.CharField()
    names = serializers.DictField(child=serializers.CharField())
    definitions = serializers.DictField(child=serializers.CharField())
    colour = serializers.CharField()
    withdrawn = serializers.BooleanField()
    merged_into = Kin()
    split_from = Kin()


class Colour(serializers.RegexField):
    """A colour as #rrggbb."""

    def __init__(self, **options: Any) -> None:
        super().__init__("^#[0-9a-fA-F]{6}$", trim_whitespace=False, **options)


class NewPrinciple(Shape):
    """A principle for the end of the vocabulary; without a `slug` one is made of its first name."""

    names = ByLanguage(Text(most=gate.NAME))
    definitions = ByLanguage(Text(most=gate.COMMENT), default=dict)
    colour = Colour(default="#4a5568")
    slug = Text(most=80, default="")
    message = Text(most=gate.MESSAGE, default="")


class ChangedPrinciple(Shape):
    """What is to change; what is not given stays. `after`: the slug to follow, null to be first."""

    names = ByLanguage(Text(most=gate.NAME), required=False)
    definitions = ByLanguage(Text(most=gate.COMMENT), required=False)
    colour = Colour(required=False)
    after = Text(most=80, allow_null=True, required=False)
    message = Text(most=gate.MESSAGE, default="")


class PagedVocabulary(Paged, Spoken):
    """A page of the vocabulary, in a language."""


class Principles(OfCharter):
    noun = "principles"
    rights = {"GET": Right.READ, "POST": Right.DEFINE}

    @describe(answer=page_of(ListedPrincipleShape), query=PagedVocabulary)
    def get(self, request: Request) -> Response:
        """The vocabulary in its order, withdrawn principles too."""
        return sliced(
            request,
            self.asked,
            vocabulary(self.seat.charter, self.language),
            lambda one: one.slug,
            lambda one: ListedPrincipleShape(one).data,
        )

    @describe(body=NewPrinciple, answer=CommittedShape, status=201, if_match=REVISION)
    def post(self, request: Request) -> Response:
        """Add a principle."""
        known = {one.slug for one in vocabulary(self.seat.charter, self.language)}
        done = actions.add_principle(actor=request.user, charter=self.seat.charter, **self.said)
        now = vocabulary(self.seat.charter, self.language)
        slug = next(one.slug for one in reversed(now) if one.slug not in known)
        there = reverse("api:principle", args=[self.seat.charter.slug, slug])
        return answered(self, done, 201, Location=there)


class OfPrinciple(OfCharter):
    """An address under a principle's."""

    noun = "principles"

    def enter(self, request: Request, named: dict) -> None:
        super().enter(request, named)
        self.principle = principle_of(self.seat.charter, named["principle"])
        if self.principle is None:
            raise Http404

    def changing(
        self, request: Request, act, wish: dict[str, Any] | None = None, **more: Any
    ) -> Response:
        """Change the entry, unless somebody has changed it since the revision in If-Match.

        `wish` is what the caller would make of it.
        """
        slug = self.kwargs["principle"]
        with transaction.atomic():
            self.hold()
            if changed_since(self.seat.charter, slug, self.base):
                raise self._stale(wish or {})
            done = act(actor=request.user, charter=self.seat.charter, principle=slug, **more)
        return answered(self, done)

    def _stale(self, wish: dict[str, Any]) -> Problem:
        """With the entry as it was read, as it is, and as the caller would have it."""
        charter, slug = self.seat.charter, self.kwargs["principle"]
        then = (one for one in vocabulary_at(charter, self.base) if one.slug == slug)
        base = next((PrincipleShape(one).data for one in then), None)
        theirs = PrincipleShape(principle_of(charter, slug)).data
        return Problem(
            "stale",
            "The entry has changed since that revision.",
            head=charter.head,
            base=base,
            theirs=theirs,
            yours={**(base or theirs), **wish},
        )


class Principle(OfPrinciple):
    rights = {"GET": Right.READ, "PATCH": Right.DEFINE}

    @describe(answer=PrincipleShape)
    def get(self, request: Request, principle: str) -> Response:
        """One principle, with its names and definitions in every language."""
        return Response(PrincipleShape(self.principle).data)

    @describe(body=ChangedPrinciple, answer=CommittedShape, if_match=REVISION)
    def patch(self, request: Request, principle: str) -> Response:
        """Change a principle's entry or its place.

        What others have changed since the revision in If-Match stays: each name, each definition,
        the colour and the place are held against it for themselves. 412 with the three values
        where both have changed the same.
        """
        done = actions.change_principle(
            actor=request.user,
            charter=self.seat.charter,
            principle=principle,
            base=self.base,
            **{"after": UNCHANGED, **self.said},
        )
        return answered(self, done)


class PrincipleWithdraw(OfPrinciple):
    rights = {"POST": Right.DEFINE}

    @describe(body=Said, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request, principle: str) -> Response:
        """Take a principle out of use with its tags, which come back when it does."""
        wish = {"withdrawn": True}
        return self.changing(request, actions.withdraw_principle, wish, **self.said)


class PrincipleRestore(OfPrinciple):
    rights = {"POST": Right.DEFINE}

    @describe(body=Said, answer=CommittedShape, if_match=REVISION)
    def post(self, request: Request, principle: str) -> Response:
        """Bring a withdrawn principle back."""
        wish = {"withdrawn": False, "merged_into": None}
        return self.changing(request, actions.restore_principle, wish, **self.said)

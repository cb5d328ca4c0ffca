"""Charters: those one has a seat in, new ones, and what the chair decides about one."""

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right, may
from charter.actions import gate
from charter.actions.charters import change_charter, create_charter
from charter.api.described import describe
from charter.api.endpoints import Endpoint, OfCharter
from charter.api.fields import Choice, Language, Shape, Text, Truth
from charter.api.paging import Paged, page_of, sliced
from charter.api.preconditions import TAG
from charter.api.problems import Problem
from charter.api.sources import NAME, outline_of
from charter.formats.source import LARGEST
from charter.models import Role, Scheme, Stage
from charter.queries.charters import charters_of, clauses_of
from charter.queries.texts import frozen_at
from charter.text.usage import SCHEMES

STAGES, ROLES = list(Stage.values), list(Role.values)


class ListedCharterShape(Shape):
    """A charter one has a seat in. `revision` is its head; `clauses` counts those in its text."""

    slug = serializers.SlugField()
    title = serializers.CharField()
    stage = Choice(choices=STAGES)
    role = Choice(choices=ROLES)
    languages = serializers.ListField(child=serializers.CharField())
    revision = serializers.IntegerField(source="number")
    changed_by = serializers.CharField()
    changed_at = serializers.DateTimeField(allow_null=True)
    clauses = serializers.IntegerField()


class CharterShape(Shape):
    """A charter, and what one may do in it."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    title = serializers.CharField()
    stage = Choice(choices=STAGES)
    working_language = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    scheme = Choice(choices=list(SCHEMES))
    revision = serializers.IntegerField()
    digest = serializers.CharField()
    created_at = serializers.DateTimeField()
    numbers_frozen_at = serializers.IntegerField(allow_null=True)
    clauses = serializers.IntegerField()
    role = Choice(choices=ROLES)
    rights = serializers.ListField(child=Choice(choices=list(Right)))


class SettingsShape(Shape):
    """What the chair decides about a charter. `title` is what it goes by in lists."""

    title = serializers.CharField()
    stage = Choice(choices=STAGES)
    working_language = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    nothing_agreed = serializers.BooleanField(
        help_text="Whether the text says that nothing is agreed until everything is agreed."
    )


class NewCharter(Shape):
    """What a charter begins with: blank, or with a text in Markdown or plain text.

    Without a `title` it has that of the text; without a `slug` one is made of the title.
    """

    title = Text(most=gate.NAME, default="")
    slug = serializers.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80, required=False, trim_whitespace=False
    )
    working_language = Language(default="en")
    languages = serializers.ListField(child=Language(), default=list, max_length=50)
    scheme = Choice(choices=list(Scheme.values), required=False)
    text = Text(most=LARGEST, default="")
    name = Text(most=NAME, default="", help_text="The file's, whose ending says what it is.")
    message = Text(most=gate.MESSAGE, default="")


class ChangedSettings(Shape):
    """What is to change; what is not given stays."""

    title = Text(most=gate.NAME, required=False)
    stage = Choice(choices=STAGES, required=False)
    note = Text(most=gate.MESSAGE, required=False, help_text="On the step to another stage.")
    reopen = Truth(
        required=False, help_text="That a step from an adopted text to another stage is meant."
    )
    add_language = Language(required=False)
    nothing_agreed = Truth(required=False)


class Charters(Endpoint):
    noun = "charters"

    @describe(answer=page_of(ListedCharterShape), query=Paged)
    def get(self, request: Request) -> Response:
        """The charters one has a seat in, the one changed last first."""
        return sliced(
            request,
            self.asked,
            charters_of(request.user),
            lambda one: one.slug,
            lambda one: ListedCharterShape(one).data,
        )

    @describe(body=NewCharter, answer=CharterShape, status=201)
    def post(self, request: Request) -> Response:
        """Begin a charter, and be its chair."""
        said = self.said
        outline = None
        if said["text"].strip():
            outline = outline_of(
                said["text"], said["name"], said["working_language"], said.get("scheme")
            )
        title = said["title"].strip() or (outline.title if outline else "")
        if not title:
            raise Problem("missing", "A charter needs a title, and the text gives none.")
        charter = create_charter(
            actor=request.user,
            title=title,
            slug=said.get("slug", ""),
            working_language=said["working_language"],
            languages=said["languages"],
            scheme=said.get("scheme") or (outline.scheme if outline else Scheme.TREATY),
            outline=outline,
            heading=outline.title or None if outline else None,
            message=said["message"],
        )
        self.about, self.right = charter, Right.READ
        there = reverse("api:charter", args=[charter.slug])
        data = CharterShape(_facts(charter, Role.CHAIR)).data
        return Response(data, status=201, headers={"Location": there})


class Charter(OfCharter):
    noun = "charters"
    rights = {"GET": Right.READ}

    @describe(answer=CharterShape)
    def get(self, request: Request) -> Response:
        """One charter, and what one may do in it."""
        seat = self.seat
        return Response(CharterShape(_facts(seat.charter, Role(seat.membership.role))).data)


def _facts(charter, role: Role) -> dict:
    return {
        "id": charter.uuid,
        "slug": charter.slug,
        "title": charter.title,
        "stage": charter.stage,
        "working_language": charter.working_language,
        "languages": charter.languages,
        "scheme": charter.scheme,
        "revision": charter.head,
        "digest": charter.digest,
        "created_at": charter.created_at,
        "numbers_frozen_at": frozen_at(charter),
        "clauses": clauses_of(charter),
        "role": role,
        "rights": [right for right in Right if may(role, charter.stage, right)],
    }


class Settings(OfCharter):
    noun = "charters"
    rights = {"GET": Right.READ, "PATCH": Right.MANAGE}

    def shown(self) -> dict:
        return SettingsShape(self.seat.charter).data

    @describe(answer=SettingsShape)
    def get(self, request: Request) -> Response:
        """Where the negotiation stands, and the languages of the text."""
        return Response(self.shown())

    @describe(body=ChangedSettings, answer=SettingsShape, if_match=TAG)
    def patch(self, request: Request) -> Response:
        """Declare another stage, add a language, or give the charter another name.

        Any stage may follow any other; from `adopted` only with `reopen`. A language that was added
        stays. The title among the words of the text is its root clause's.
        """
        self.about = change_charter(actor=request.user, charter=self.seat.charter, **self.said)
        self.hold()
        return self.done()

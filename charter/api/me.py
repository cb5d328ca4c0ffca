"""Who one is to the API."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import people
from accounts.models import Appearance, Person, Scope, Token
from charter.actions.presence import be_unseen
from charter.api.described import describe
from charter.api.endpoints import Endpoint
from charter.api.fields import Choice, Shape, Text, Truth
from charter.api.preconditions import TAG


class TokenShape(Shape):
    """The token in use. Its secret is known to its holder alone."""

    name = serializers.CharField()
    scope = Choice(choices=Scope.values)
    expires_at = serializers.DateTimeField()


class MeShape(Shape):
    """A person, and the token in use: null for somebody signed in with a browser.

    `language` is the interface's, "" for what the browser asks for; `time_zone` a name of the IANA
    database, "" for UTC. `shows_presence`: whether others see when one was in the room.
    """

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField()
    language = serializers.CharField()
    time_zone = serializers.CharField()
    appearance = Choice(choices=Appearance.values)
    shows_presence = serializers.BooleanField()
    token = TokenShape(allow_null=True)


class ChangedMe(Shape):
    """What changes; what is not sent stays. `language` is one of the interface's, or ""."""

    name = Text(most=200, required=False)
    language = Choice(choices=["", *dict(settings.LANGUAGES)], required=False)
    time_zone = Text(most=64, required=False, help_text="As the IANA database has it, or empty.")
    appearance = Choice(choices=Appearance.values, required=False)
    shows_presence = Truth(required=False)


class Me(Endpoint):
    noun = "me"

    def shown(self) -> dict[str, Any]:
        token = self.request.auth if isinstance(self.request.auth, Token) else None
        person: Person = self.request.user
        said = {name: getattr(person, name) for name in ("name", "email", *_LIKINGS)}
        return MeShape({"id": person.uuid, "token": token, **said}).data

    def hold(self) -> None:
        self.request.user = people.held(self.request.user)

    @describe(answer=MeShape)
    def get(self, request: Request) -> Response:
        """Who asks, with which token, and how one likes the interface."""
        return Response(self.shown())

    @describe(body=ChangedMe, answer=MeShape, if_match=TAG)
    def patch(self, request: Request) -> Response:
        """Change one's name, and how one likes the interface.

        Where one was is forgotten with `shows_presence` false.
        """
        try:
            request.user = people.change(request.user, **self.said)
        except ValidationError as refused:
            raise serializers.ValidationError(refused.message_dict) from refused
        if not request.user.shows_presence:
            be_unseen(person=request.user)
        return self.done()


_LIKINGS = ("language", "time_zone", "appearance", "shows_presence")

"""A new version of the whole text from a file: tried first, or committed."""

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions import gate
from charter.actions.imports import import_outline
from charter.actions.previews import preview_import
from charter.actions.refusals import Stale
from charter.api.committed import CommittedShape, answered
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.fields import Language, Shape, Text
from charter.api.parsing import StrictJson, Upload
from charter.api.preconditions import REVISION
from charter.api.previews import PreviewShape, preview_said
from charter.api.problems import Problem
from charter.api.sources import NAME, outline_of, outline_of_file
from charter.formats.source import LARGEST
from charter.queries.comparisons import compare
from charter.text.outline import Outline


class NewVersion(Shape):
    """A text in Markdown or plain text, as `text` or as an uploaded `file`, in a language."""

    text = Text(most=LARGEST, required=False)
    file = serializers.FileField(required=False, max_length=NAME, allow_empty_file=True)
    name = Text(most=NAME, default="", help_text="The file's, whose ending says what it is.")
    language = Language(required=False, help_text="The working language, if not given.")
    message = Text(most=gate.MESSAGE, default="")

    def validate(self, attrs: dict) -> dict:
        if ("text" in attrs) == ("file" in attrs):
            raise serializers.ValidationError(_("Send a text or a file, and not both."))
        return attrs


class OfImport(OfCharter):
    """Takes a text in."""

    noun = "imports"
    rights = {"POST": Right.EDIT}
    parser_classes = [StrictJson, Upload]
    largest = settings.MAX_UPLOAD

    def outline(self) -> tuple[Outline, str]:
        """What was sent, and the language it is in."""
        said, charter = self.said, self.seat.charter
        language = said.get("language", charter.working_language)
        if language not in {charter.working_language, *charter.languages}:
            raise Http404(language)
        if "file" in said:
            file = said["file"]
            name = said["name"] or file.name
            return outline_of_file(file.read(), name, language, charter.scheme), language
        return outline_of(said["text"], said["name"], language, charter.scheme), language


class Imports(OfImport):
    @describe(body=NewVersion, answer=CommittedShape, status=201, if_match=REVISION)
    def post(self, request: Request) -> Response:
        """Put a text in the place of the one there is, as one revision.

        Its clauses are known again, so that each keeps its history. As the whole text is replaced
        there is nothing to merge: 412 when the charter has gone on since the revision in If-Match,
        with `theirs`, what others have changed since, and `yours`, what the text would change now.
        """
        outline, language = self.outline()
        try:
            done = import_outline(
                actor=request.user,
                charter=self.seat.charter,
                outline=outline,
                language=language,
                message=self.said["message"],
                base=self.base,
            )
        except Stale as moved:
            raise self._stale(moved, outline, language) from moved
        return answered(self, done, 201)

    def _stale(self, moved: Stale, outline: Outline, language: str) -> Problem:
        charter = self.seat.charter
        charter.refresh_from_db()
        yours = preview_import(
            actor=self.seat.person, charter=charter, outline=outline, language=language
        )
        return Problem(
            "stale",
            moved.message,
            head=charter.head,
            theirs=preview_said(compare(charter, self.base, charter.head, language)),
            yours=preview_said(yours),
        )


class ImportPreview(OfImport):
    @describe(body=NewVersion, answer=PreviewShape)
    def post(self, request: Request) -> Response:
        """What a text would change, clause by clause. Nothing is kept."""
        outline, language = self.outline()
        redline = preview_import(
            actor=request.user, charter=self.seat.charter, outline=outline, language=language
        )
        return Response(preview_said(redline))

"""The register of parties as a file: taken away, tried, taken in."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from charter.access import Right
from charter.actions.refusals import Flawed, StaleRegister
from charter.actions.register import import_register, preview_register
from charter.api.asked import Asked
from charter.api.described import describe
from charter.api.endpoints import OfCharter
from charter.api.exports import ByFormat
from charter.api.fields import Choice, Shape, Text, Truth
from charter.api.preconditions import REGISTER, tag_of_register
from charter.api.problems import Problem
from charter.api.rendering import rendered
from charter.formats import csv_, register, xlsx
from charter.queries.parties import register_values
from charter.text.register import Belonging, ReadEntry, digest
from charter.text.register_changes import Changes, Doing

_WRITERS = {
    "csv": (lambda table: csv_.write(table, bom=True), csv_.MEDIA_TYPE),
    "xlsx": (lambda table: xlsx.write([table]), xlsx.MEDIA_TYPE),
}


class RegisterTaken(Asked):
    """As what to take the register away."""

    format = Choice(choices=list(_WRITERS), default="csv")


class RegisterFile(Shape):
    """A register as CSV. With `whole`, what is not in it is taken out; else nothing is."""

    text = Text(most=register.LARGEST)
    whole = Truth(default=False)


class RegisterDetailShape(Shape):
    """A value of an entry that changes; null where there is none."""

    what = serializers.CharField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)


class RegisterStepShape(Shape):
    """What becomes of a party."""

    code = serializers.CharField()
    doing = Choice(choices=[one.value for one in Doing])
    details = RegisterDetailShape(many=True)


class RegisterChangesShape(Shape):
    """What a file does to the register, party by party."""

    changed = serializers.BooleanField()
    parties = RegisterStepShape(many=True)


class PartiesExport(OfCharter):
    noun = "parties"
    rights = {"GET": Right.READ}
    content_negotiation_class = ByFormat

    @describe(
        answer=OpenApiTypes.BINARY,
        query=RegisterTaken,
        media_types=tuple(kind.partition(";")[0] for _write, kind in _WRITERS.values()),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The register with the memberships of all times, as a file.

        Its ETag is for the If-Match of the file when it comes back.
        """
        write, media_type = _WRITERS[self.asked["format"]]
        charter = self.seat.charter
        entries = register_values(charter)
        content = write(register.table(entries, charter.languages))
        answer = HttpResponse(content, content_type=media_type)
        answer["ETag"] = tag_of_register(digest(entries), content)
        name = f"{charter.slug}-parties.{self.asked['format']}"
        answer["Content-Disposition"] = content_disposition_header(True, name)
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


class OfRegister(OfCharter):
    """Takes a register in."""

    noun = "parties"
    rights = {"POST": Right.MANAGE}

    def entries(self) -> tuple[ReadEntry, ...]:
        reading = register.read(self.said["text"].encode())
        if reading.flaws:
            raise Flawed(reading.flaws)
        return reading.entries


class PartiesImport(OfRegister):
    @describe(body=RegisterFile, answer=RegisterChangesShape, if_match=REGISTER)
    def post(self, request: Request) -> Response:
        """Take a register in: all of it, or 422 with every mistake, its line and its column.

        412 when the register is not the one in If-Match, with `changes`: what the file would do
        to it now. The ETag of that answer is the one to send when this is meant.
        """
        try:
            done = import_register(
                actor=request.user,
                charter=self.seat.charter,
                read=self.entries(),
                whole=self.said["whole"],
                against=self.register,
            )
        except StaleRegister as moved:
            said = changes_said(moved.changes)
            tag = tag_of_register(moved.digest, rendered(said))
            raise Problem("stale", moved.message, {"ETag": tag}, changes=said) from moved
        return _tagged(done, digest(register_values(self.seat.charter)))


class PartiesImportPreview(OfRegister):
    @describe(body=RegisterFile, answer=RegisterChangesShape)
    def post(self, request: Request) -> Response:
        """What a register would change. Nothing is kept.

        The ETag is for the If-Match of taking it in.
        """
        done, standing = preview_register(
            actor=request.user,
            charter=self.seat.charter,
            read=self.entries(),
            whole=self.said["whole"],
        )
        return _tagged(done, standing)


def _tagged(done: Changes, standing: str) -> Response:
    said = changes_said(done)
    return Response(said, headers={"ETag": tag_of_register(standing, rendered(said))})


def changes_said(done: Changes) -> dict[str, Any]:
    """What a file does to the register, as it goes out."""
    steps = [
        {
            "code": step.entry.code,
            "doing": step.doing.value,
            "details": [
                {"what": one.what, "before": _value(one.before), "after": _value(one.after)}
                for one in step.details
            ],
        }
        for step in done.steps
    ]
    return RegisterChangesShape({"changed": done.changed, "parties": steps}).data


def _value(value: str | Belonging | None) -> str | None:
    """A text as it is; a membership as "CSTO 1992-05-15/..", with two dots for an open end."""
    if isinstance(value, Belonging):
        since, until = value.days.since or "..", value.days.until or ".."
        return f"{value.organisation} {since}/{until}"
    return value or None

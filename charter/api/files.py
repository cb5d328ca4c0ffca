"""Figures and tables as files: asked for by `format`, in the words of the request's language."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes

from charter.api.asked import Dated
from charter.api.fields import Choice
from charter.api.problems import Problem
from charter.exports.files import File, NoFile
from charter.formats import csv_, picture, xlsx
from charter.formats.sheets_writers import SHEETS

JSON = "json"
DRAWN = ("svg", "png", "csv", "xlsx")
_TYPES = {
    "svg": "image/svg+xml",
    "png": picture.MEDIA_TYPE,
    "csv": csv_.MEDIA_TYPE,
    "xlsx": xlsx.MEDIA_TYPE,
    "pdf": SHEETS["pdf"].media_type,
}


def formats(offered: Sequence[str]) -> Choice:
    """The parameter that asks for a file."""
    return Choice(
        choices=[JSON, *offered],
        default=JSON,
        help_text="As a file; its words are in the language of Accept-Language.",
    )


def figure(keys: Sequence[str]) -> Choice:
    """The parameter that asks for one figure of several."""
    return Choice(
        choices=list(keys),
        required=False,
        help_text="Which figure's file; a workbook has all unasked.",
    )


def answers(offered: Sequence[str]) -> dict[Any, Any]:
    """The further answers of an address with these files, for `describe`."""
    kinds = (_TYPES[name].partition(";")[0] for name in offered)
    return {(200, kind): OpenApiTypes.BINARY for kind in kinds}


class Drawn(Dated):
    """What is drawn of the text as of a revision, in the language of its words, and as what."""

    format = formats(DRAWN)


def answered(make: Callable[[], File]) -> HttpResponse:
    """The file; Problem where the figure is not made in the format."""
    try:
        file = make()
    except NoFile as error:
        raise Problem("bad_query", _("This is not to be had in this format.")) from error
    answer = HttpResponse(file.data, content_type=file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

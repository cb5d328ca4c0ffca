"""Figures of a charter, and other files, as answers to a browser."""

from collections.abc import Sequence
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from charter.access import Seat
from charter.exports.figures import Figure, file_of
from charter.exports.files import File, NoFile
from charter.formats.typesetting import TypesettingFailed
from charter.models import Revision


def taken(
    request: HttpRequest,
    seat: Seat,
    figures: Sequence[Figure],
    *,
    name: str,
    source: str,
    revision: Revision | None,
) -> HttpResponse:
    """The file of `?format=`: a workbook of all figures, or one of `?figure=` (the first unasked).

    `name` is what the file is called. Http404 for a format or a figure there is not.
    """
    key = request.GET.get("figure", "")
    try:
        return download(
            request,
            file_of(
                figures,
                request.GET["format"],
                key,
                name=name,
                source=source,
                revision=revision,
            ),
        )
    except NoFile as error:
        raise Http404(str(error)) from error
    except TypesettingFailed as failed:
        reason = gettext(failed.sentence) % failed.values
        context = {"seat": seat, "reason": reason, "key": key or figures[0].key}
        return render(request, "statistics/failed.html", context, status=503)


def download(request: HttpRequest, file: File) -> HttpResponse:
    """A file to keep; 304 when the browser has these bytes."""
    tag = f'"{sha256(file.data).hexdigest()[:32]}"'
    answer = HttpResponse(file.data, content_type=file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name)
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=tag, response=answer)

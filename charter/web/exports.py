"""Taking the text away: every format, any revision, clean or as a redline."""

from hashlib import sha256

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from charter.access import Seat, enter
from charter.exports import document, file_name, lend_connection
from charter.formats.document import Options
from charter.formats.typesetting import TypesettingFailed
from charter.formats.writers import FORMATS
from charter.queries.points import points_of
from charter.web import asked

NAMES = {
    "pdf": gettext_lazy("PDF, set for printing"),
    "html": gettext_lazy("Web page"),
    "md": gettext_lazy("Markdown"),
    "txt": gettext_lazy("Plain text"),
    "diff": gettext_lazy("Unified diff, for patch"),
    "json": gettext_lazy("JSON, everything"),
}


class Wanted(forms.Form):
    """What to take away; `at` empty is the head, `since` empty a clean text."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=NAMES.items(), widget=forms.RadioSelect
    )
    line_numbers = forms.BooleanField(
        label=gettext_lazy("Line numbers in the margin (PDF)"), required=False
    )
    principles = forms.BooleanField(label=gettext_lazy("Principles of each clause"), required=False)


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """With `?format=` the file; without it, the page where one chooses."""
    seat = enter(request.user, slug)
    at = asked.revision(request.GET.get("at"), seat) or seat.charter.head
    since = asked.revision(request.GET.get("since"), seat)
    language = asked.language(request, seat)
    if "format" in request.GET:
        form = Wanted(request.GET)
        if form.is_valid():
            return _file(request, seat, form.cleaned_data, at, since, language)
    else:
        form = Wanted(initial={"format": "pdf"})
    return render(
        request,
        "exports/export.html",
        {
            "seat": seat,
            "form": form,
            "at": at,
            "since": since,
            "language": language,
            "points": points_of(seat.charter, at, since),
        },
        status=400 if form.errors else 200,
    )


def _file(
    request: HttpRequest, seat: Seat, wanted: dict, at: int, since: int | None, language: str
) -> HttpResponse:
    options = Options(line_numbers=wanted["line_numbers"], principles=wanted["principles"])
    made = document(seat.charter, at=at, since=since, language=language)
    form = FORMATS[wanted["format"]]
    lend_connection()
    try:
        data = form.write(made, options)
    except TypesettingFailed as failed:
        return render(
            request,
            "exports/failed.html",
            {
                "seat": seat,
                "reason": gettext(failed.sentence) % failed.values,
                "language": language,
                "at": at,
                "since": since,
            },
            status=503,
        )
    # Pages compressed on their way get a weak tag; this is the tag of the bytes themselves.
    tag = f'"{sha256(data).hexdigest()[:32]}"'
    answer = HttpResponse(data, content_type=form.media_type)
    answer["Content-Disposition"] = content_disposition_header(
        True, file_name(seat.charter, made, form.extension)
    )
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=tag, response=answer)

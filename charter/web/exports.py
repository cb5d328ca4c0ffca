"""Taking the text away: every format, any revision, clean or as a redline."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from charter.access import Seat, enter
from charter.exports.documents import document, file_name, rolling_document
from charter.exports.files import lend_connection
from charter.formats.document import Options
from charter.formats.typesetting import TypesettingFailed
from charter.formats.writers import FORMATS, LINED
from charter.queries.points import Points, points_of
from charter.queries.proposing import Proposing, proposing
from charter.web import asked

NAMES = {
    "pdf": gettext_lazy("PDF, set for printing"),
    "html": gettext_lazy("Web page"),
    "md": gettext_lazy("Markdown"),
    "txt": gettext_lazy("Plain text"),
    "diff": gettext_lazy("Unified diff, for patch"),
    "json": gettext_lazy("JSON, everything"),
}


CLEAN, REDLINE, ROLLING, UNATTRIBUTED = "clean", "redline", "rolling", "unattributed"
SHOWN = {
    CLEAN: gettext_lazy("Clean text"),
    REDLINE: gettext_lazy("Redline, against the earlier text chosen below"),
    ROLLING: gettext_lazy("Rolling text: with all amendments on the table, in brackets"),
    UNATTRIBUTED: gettext_lazy("Rolling text without the names of who proposes what"),
}


class Wanted(forms.Form):
    """What to take away; `at` empty is the head.

    Addresses may name what is `shown` by its own parameters too: `since` for a redline, `rolling`
    and `unattributed`.
    """

    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=NAMES.items(), widget=forms.RadioSelect
    )
    shown = forms.ChoiceField(
        label=gettext_lazy("Text"),
        choices=SHOWN.items(),
        widget=forms.RadioSelect,
        required=False,
    )
    line_numbers = forms.BooleanField(
        label=gettext_lazy("Line numbers in the margin (PDF, web page, plain text)"), required=False
    )
    rolling = forms.BooleanField(required=False)
    unattributed = forms.BooleanField(required=False)
    principles = forms.BooleanField(
        label=gettext_lazy("Principles of each clause (PDF, web page, JSON, redlines)"),
        required=False,
    )
    statements = forms.BooleanField(
        label=gettext_lazy("Statements of delegations, as an annex"), required=False
    )
    delegation = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Only what these propose or sponsor"),
        help_text=gettext_lazy("Nobody chosen is everybody."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, who: Iterable[Proposing], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(one.key, one.name or gettext("Chair")) for one in who]
        self.fields["delegation"].choices = choices

    def clean(self) -> dict[str, Any]:
        """Delegations are of a rolling text; where `shown` is said, it decides."""
        said = super().clean()
        if said.get("delegation") and not (said.get("rolling") or said.get("shown")):
            self.add_error(
                "delegation", gettext("Only a rolling text is of delegations: choose one above.")
            )
        if said.get("line_numbers") and said.get("format") not in (None, *LINED):
            self.add_error(
                "line_numbers",
                gettext("This format has no lines: take a PDF, a web page or plain text."),
            )
        return said


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """With `?format=` the file; without it, the page where one chooses."""
    seat = enter(request.user, slug)
    at = asked.revision(request.GET.get("at"), seat) or seat.charter.head
    since = asked.revision(request.GET.get("since"), seat)
    language = asked.language(request, seat)
    shown = _shown(request.GET, since)
    points = points_of(seat.charter, at, since)
    before = since or _before(points, at)
    who = proposing(seat.charter, language)
    if "format" in request.GET:
        form = Wanted(request.GET, who=who)
        if form.is_valid():
            against = before if shown == REDLINE else None
            return _file(request, seat, form.cleaned_data, shown, at, against, language)
    else:
        delegations = request.GET.getlist("delegation")
        start = {
            "format": "pdf",
            "shown": shown,
            "delegation": delegations,
            "line_numbers": "line_numbers" in request.GET,
        }
        form = Wanted(initial=start, who=who)
    return render(
        request,
        "exports/export.html",
        {
            "seat": seat,
            "form": form,
            "at": at,
            "since": before,
            "language": language,
            "points": points,
        },
        status=400 if form.errors else 200,
    )


def _shown(said: QueryDict, since: int | None) -> str:
    """What the address asks to have shown, a clean text unless it says otherwise."""
    if said.get("shown") in SHOWN:
        return said["shown"]
    if said.get("rolling"):
        return UNATTRIBUTED if said.get("unattributed") else ROLLING
    return REDLINE if since else CLEAN


def _before(points: Points, at: int) -> int | None:
    """The text a redline is most likely wanted against: the last edition before, else revision."""
    named = [edition.number for edition in points.editions if edition.number < at]
    return max(named, default=at - 1 or None)


def _file(
    request: HttpRequest,
    seat: Seat,
    wanted: dict,
    shown: str,
    at: int,
    since: int | None,
    language: str,
) -> HttpResponse:
    options = Options(line_numbers=wanted["line_numbers"], principles=wanted["principles"])
    of = {"at": at, "language": language, "statements": wanted["statements"]}
    if shown in (ROLLING, UNATTRIBUTED):
        whose = wanted["delegation"] or None
        made = rolling_document(seat.charter, **of, attributed=shown == ROLLING, delegations=whose)
    else:
        made = document(seat.charter, **of, since=since)
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

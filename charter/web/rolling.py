"""The rolling text: the consolidated text with everything that is open in brackets."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from charter.access import enter
from charter.queries.pages import text_page
from charter.queries.proposing import NoSuchDelegation, proposing
from charter.queries.rolling import RollingPage, rolling_text
from charter.text.compare import clean
from charter.web import asked
from charter.web.blocks import entries, laid_out
from charter.web.pieces import cited, look_of
from charter.web.reading import LONG, Reading
from charter.web.rolled import RolledPieces, RolledWords
from charter.web.text import framed, put_together


@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The text as it is, or as of `?at=`, with all amendments or those of `?delegation=`."""
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    at = asked.revision(request.GET.get("at", "").strip(), seat)
    said = [asked.whole(one) for one in request.GET.getlist("delegation") if one]
    try:
        rolling = rolling_text(seat.charter, language, at, said or None)
    except NoSuchDelegation as missing:
        raise Http404(missing.args[0]) from missing
    page = text_page(seat, language, at)
    address = reverse("text", args=[slug])
    rows = clean(rolling.numbered(rolling.rolled.outline())).rows
    attributed, lined = "unattributed" not in request.GET, "line_numbers" in request.GET
    words = RolledWords(cited(rows), rolling, address, attributed=attributed, lined=lined)
    pieces = RolledPieces(rows, look_of(page, address), words)
    return put_together(
        request,
        "rolling/text.html",
        framed(seat, page)
        | {
            "reading": Reading(
                text=b"".join(laid_out(pieces)),
                outline=mark_safe("".join(entries(pieces))),  # noqa: S308  made by `pieces`
                long=len(pieces.clauses) > LONG,
                matching=0,
            ),
            "title_shown": mark_safe(_title(rolling, words)),  # noqa: S308  made by `rolled`
            "rolling": rolling,
            "delegations": proposing(seat.charter, language),
            "chosen": frozenset(said),
            "attributed": attributed,
            "lined": lined,
            "kept": asked.kept(request, "delegation", "unattributed", "line_numbers"),
        },
    )


def _title(rolling: RollingPage, words: RolledWords) -> str:
    return words.written(rolling.rolled.title, "title").html

"""Who wrote what: the text, or one clause, with the author of every run of words."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charter.access import enter
from charter.actions.books import keep_books
from charter.models import ClauseKind
from charter.queries.blame import NoClause, blame_laid, clause_page
from charter.queries.pages import TextPage, text_page
from charter.web import asked
from charter.web.blocks import entries, laid_out
from charter.web.credited import CreditedPieces, CreditedWords, listed
from charter.web.pieces import look_of, text_attributes
from charter.web.reading import LONG, Reading
from charter.web.signs import BY, PERSON, Signs, signs
from charter.web.telling import Telling
from charter.web.text import framed, put_together
from charter.web.unchanged import unless_unchanged

LEGEND, FOLDED = 8, 200  # signs that the legend lists, and those it has folded up


@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The text as it is, or as of `?at=`, with who wrote each run of its words.

    `?by=` chooses whom the signs are for: person, delegation or revision; `?who=` picks one out.
    """
    return unless_unchanged(request, slug, lambda _stamp: _text(request, slug))


def _text(request: HttpRequest, slug: str) -> HttpResponse:
    seat = enter(request.user, slug)
    at = asked.revision(request.GET.get("at", "").strip(), seat)
    page = text_page(seat, asked.language(request, seat), at, discussed=False)
    found = blame_laid(seat.charter, page.text, page.revision, page.language)
    keep_books(seat.charter, page.language)
    made = signs(found, _by(request))
    telling = Telling(found, made, _picked(request, made))
    pieces = _pieces(page, telling, reverse("text", args=[slug]))
    return put_together(
        request,
        "blame/text.html",
        framed(seat, page)
        | _legend(telling)
        | {
            "reading": _reading(pieces),
            "title_shown": _title(page, pieces),
            "title_told": _title_told(page, pieces),
            "kept": asked.kept(request, "by", "who"),
        },
    )


@require_safe
def clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """One clause, in the text or struck, with who wrote each run of its words."""
    return unless_unchanged(request, slug, lambda _stamp: _clause(request, slug, clause))


def _clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    at = asked.revision(request.GET.get("at", "").strip(), seat)
    try:
        page = clause_page(seat.charter, clause, language, at)
    except NoClause as error:
        raise Http404(str(error)) from error
    keep_books(seat.charter, language)
    made = signs(page.blame, _by(request))
    telling = Telling(page.blame, made, _picked(request, made))
    words, found = CreditedWords(page.cited, telling), page.blame.clauses[page.id]
    heading, shown = words.heading("", key=page.id), words.of("", key=page.id)
    return render(
        request,
        "blame/clause.html",
        {
            "seat": seat,
            "clause": page,
            "name": page.citation or ClauseKind(page.kind).label,
            "language": language,
            "attributes": text_attributes(language),
            "heading": heading,
            "shown": shown,
            "runs": _safe(listed(found, telling, words)) if any(found.parts) else "",
            "current": page.number == seat.charter.head,
        }
        | _legend(telling),
    )


def _by(request: HttpRequest) -> str:
    said = request.GET.get("by", PERSON)
    if said not in BY:
        raise Http404(said)
    return said


def _picked(request: HttpRequest, made: Signs) -> str | None:
    """The key of the sign that is picked out, None where none is or nobody has it any more."""
    said = request.GET.get("who")
    return said if any(sign.key == said for sign in made.all) else None


def _legend(telling: Telling) -> dict:
    made = telling.signs
    names = {"person": _("Person"), "delegation": _("Delegation"), "revision": _("Revision")}
    return {
        "by": [(by, names[by]) for by in BY],
        "signs": made,
        "legend": made.all[:LEGEND],
        "folded": made.all[LEGEND:FOLDED],
        "picked": next((sign for sign in made.all if sign.key == telling.picked), None),
    }


def _pieces(page: TextPage, telling: Telling, address: str) -> CreditedPieces:
    """The pieces of the text, kept beside it as they last looked with nobody picked out."""
    look = look_of(page, address)
    if telling.picked is not None:
        return CreditedPieces(page.redline.rows, look, telling)
    kept = page.text.beside.get("credited")
    if not isinstance(kept, CreditedPieces) or not kept.looks(look, telling):
        kept = page.text.beside["credited"] = CreditedPieces(page.redline.rows, look, telling)
    return kept


def _reading(pieces: CreditedPieces) -> Reading:
    return Reading(
        text=b"".join(laid_out(pieces)),
        outline=_safe("".join(entries(pieces))),
        long=len(pieces.clauses) > LONG,
        matching=0,
    )


def _title(page: TextPage, pieces: CreditedPieces) -> SafeString | str:
    """The title with its runs; "" where the text has none."""
    root = str(page.root)
    return _safe(pieces.words.heading("", key=root).html) if page.outline.title else ""


def _title_told(page: TextPage, pieces: CreditedPieces) -> SafeString:
    found = pieces.telling.found.clauses[str(page.root)]
    return _safe(pieces.told(found, _("the title")))


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  made by `credited`, which escapes what people wrote

"""The page of a charter's text."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from charter.access import Right, Seat, enter
from charter.queries.beside import Beside
from charter.queries.pages import TextPage
from charter.queries.stamps import Stamp
from charter.queries.standing import Standing, amendments_standing, standing_text
from charter.web import asked
from charter.web.cards import Cards
from charter.web.ladder import rung_signs
from charter.web.languages import languages_of
from charter.web.reading import reading, text_attributes
from charter.web.silence_said import beside_clauses, in_outline
from charter.web.unchanged import unless_unchanged

PLACE = "<!--text-->"  # in the template


@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The text in one language, as it is or as of `?at=`, all of it or one principle's clauses."""
    return unless_unchanged(request, slug, lambda stamp: _page(request, slug, stamp))


def _page(request: HttpRequest, slug: str, stamp: Stamp | None) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    at = asked.revision(request.GET.get("at", "").strip(), seat)
    resolved = "resolved" in request.GET
    standing = standing_text(seat, language, at, resolved=resolved, stamp=stamp)
    shown = request.GET.get("amendments") != "hidden"
    amendments = amendments_standing(seat, standing.page, stamp) if shown else None
    context = text_context(request, seat, standing, amendments)
    return put_together(request, "charters/text.html", context)


def put_together(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """The page of a reading, which the context has as `reading`."""
    # A long text is most of the page by far and passes the template by: nothing that people write
    # can look like its place, as none of it comes to the page unescaped.
    before, _, after = render_to_string(template, context, request).partition(PLACE)
    return HttpResponse(b"".join((before.encode(), context["reading"].text, after.encode())))


def framed(seat: Seat, page: TextPage) -> dict:
    """What the template of any reading of the text needs, besides the reading itself."""
    return {
        "seat": seat,
        "page": page,
        "attributes": text_attributes(page.language),
        "title": page.outline.title or seat.charter.title,
        "title_attributes": text_attributes(
            page.language if page.outline.title else seat.charter.working_language
        ),
        "languages": languages_of(seat.charter),
        "edition_shown": next(
            (one for one in page.editions if one.revision.number == page.number), None
        ),
    }


def text_context(
    request: HttpRequest,
    seat: Seat,
    standing: Standing,
    amendments: Mapping[str, tuple[Beside, ...]] | None,
) -> dict:
    """What the template of the text needs; `amendments` None: hidden."""
    page = standing.page
    address = reverse("text", args=[seat.charter.slug])
    slug = request.GET.get("principle", "")
    principle = next((one for one in page.principles if one.slug == slug), None)
    cards = Cards(address, language=page.language, may_comment=seat.may(Right.COMMENT))
    return framed(seat, page) | {
        "reading": reading(
            page,
            cards,
            address=address,
            principle=slug if principle else "",
            rungs=in_outline(standing.silenced, rung_signs(standing.rungs)),
            notes=beside_clauses(standing.silenced, seat.charter.slug),
            beside=amendments,
        ),
        "principle": principle and (principle.name(page.language), principle),
        "principles": [(one.name(page.language), one) for one in page.principles],
        "may_edit": page.current and seat.may(Right.EDIT),
        "may_correct": page.current and seat.may(Right.CORRECT),
        "may_propose": page.current and seat.may(Right.PROPOSE),
        "may_comment": page.current and seat.may(Right.COMMENT),
        "shows_amendments": amendments is not None,
        "shows_resolved": "resolved" in request.GET,
        "kept": asked.kept(request, "principle", "resolved", "amendments"),
    }

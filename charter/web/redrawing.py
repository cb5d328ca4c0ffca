"""The redline of words that are being typed, against those of the text. It keeps none of them."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from charter.access import Right, enter
from charter.actions import gate
from charter.actions.paces import Limit, spend
from charter.actions.refusals import Refused
from charter.queries.proposed import citations_now
from charter.queries.states import words_at
from charter.text.diff import diff
from charter.text.redline import Spans
from charter.text.words import Words
from charter.web import asked
from charter.web.editing import clause_of
from charter.web.reading import text_attributes

A_MINUTE = 120  # redlines for one person: more than anybody types, and what they cost is bounded


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What typed words change, or why they could not be kept as they are."""

    heading: Spans = ()
    text: Spans = ()
    refused: str = ""

    @property
    def changes(self) -> bool:
        """Whether any word is another."""
        return any(span.op != "equal" for span in (*self.heading, *self.text))


def redrawn(was: Words, typed: Words, language: str) -> Redrawn:
    """The redline of the words as they were read and as they are typed, through the one gate."""
    try:
        given = gate.balanced(gate.words(typed), was)
    except Refused as refused:
        return Redrawn(refused=refused.message)
    return Redrawn(diff(was.heading, given.heading, language), diff(was.text, given.text, language))


@require_POST
def suggested(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Of the words that somebody suggests."""
    return _redline(request, slug, clause, Right.PROPOSE)


@require_POST
def edited(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Of the words of the page's language that somebody edits."""
    return _redline(request, slug, clause, Right.EDIT, own_fields=True)


def _redline(
    request: HttpRequest, slug: str, clause: UUID, right: Right, *, own_fields: bool = False
) -> HttpResponse:
    """The redline alone; status 422 where the words could not be kept, 429 where it is asked for
    too often. `own_fields`: there are fields for each language, whose names end with its code."""
    seat = enter(request.user, slug, right)
    clause_of(seat.charter, clause)
    (pace,) = spend([Limit("redline", f"redline {request.user.pk}", A_MINUTE)])
    if pace.wait:
        return HttpResponse(status=429, headers={"Retry-After": str(pace.wait)})
    language = asked.language(request, seat)
    base = asked.revision(request.POST.get("base"), seat) or seat.charter.head
    ending = f"_{language}" if own_fields else ""
    typed = Words(*(request.POST.get(f"{part}{ending}", "") for part in ("heading", "text")))
    was, now = (
        words_at(clause, [language], at).get(language, Words()) for at in (base, seat.charter.head)
    )
    found = redrawn(was, typed, language)
    context = {
        "seat": seat,
        "clause_id": clause,
        "attributes": text_attributes(language),
        "redline": found,
        "places": citations_now(seat.charter, language),
        "moved_on": now != was,
    }
    return render(request, "suggesting/redline.html", context, status=422 if found.refused else 200)

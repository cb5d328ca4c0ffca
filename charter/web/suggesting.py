"""Suggesting a change on the text itself: what is written goes into an amendment of one's own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat, enter
from charter.actions import proposals
from charter.exports.citations import citation_of
from charter.exports.languages import isolated
from charter.models import OPEN_STATUSES, AmendmentStatus
from charter.queries import texts
from charter.queries.amendments import ListedAmendment, amendments_of
from charter.queries.proposed import ShownChange, citations_now, shown_changes
from charter.queries.states import words_at
from charter.text.kinds import Kind, holdable
from charter.text.outline import Outline
from charter.text.words import Words
from charter.web import asked
from charter.web.amendment_forms import (
    InsertionSuggestion,
    MoveSuggestion,
    Suggestion,
    WordsSuggestion,
)
from charter.web.clauses import cited_in
from charter.web.drafting import in_hand, put, suggested
from charter.web.editing import clause_of
from charter.web.moving import spot_said
from charter.web.places import find, placed, spots
from charter.web.reading import HEADED, text_attributes
from charter.web.redrawing import redrawn
from charter.web.replies import form_page, posted

ALIVE = (AmendmentStatus.DRAFT, *OPEN_STATUSES)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Other words for a clause, in one language."""
    at = _entered(request, slug)
    row = clause_of(at.seat.charter, clause)
    asked = at.asked(clause)
    if request.method != "POST" and asked and asked.conflicts:
        where = reverse("amendment_rework", args=[slug, at.chosen, asked.uuid])
        return redirect(f"{where}?language={at.language}")
    now = words_at(clause, [at.language], at.seat.charter.head).get(at.language, Words())
    start = asked.words.wanted if asked and asked.words else now
    form = at.form(
        WordsSuggestion,
        f"suggesting-{clause}",
        language=at.language,
        initial={
            "base": at.seat.charter.head,
            "begun": at.chosen,
            "heading": start.heading,
            "text": start.text,
        },
    )
    if row.parent_id is None:
        del form.fields["text"]
    if form.is_valid() and at.would_replace(form.cleaned_data, clause):
        said = _("It asks for other words here already. Choose another, or change them there.")
        form.add_error("amendment", said)
    if form.is_valid():
        base, given = form.cleaned_data["base"], form.words()
        more = {"clause": clause, "language": at.language, "base": base, "words": given}
        made = put(at.seat, form, lambda **act: proposals.propose_rewording(**act, **more))
        if made:
            return suggested(request, at.seat, at.language, made, clause if row.parent_id else "")
    context = {
        "citation": citation_of(at.seat.charter, clause, at.language) or _("the title"),
        "clause": row,
        "heading_aside": row.parent_id is not None and row.kind not in HEADED,
        "redline": redrawn(now, form.typed(), at.language),
        "places": citations_now(at.seat.charter, at.language),
    }
    return at.page(form, "suggesting/words.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """That a clause leave the text."""
    at = _entered(request, slug)
    standing = _standing(at, clause)
    form = at.form(Suggestion, f"suggesting-strike-{clause}")
    if form.is_valid():
        made = put(at.seat, form, lambda **act: proposals.propose_strike(**act, clause=clause))
        if made:
            return suggested(request, at.seat, at.language, made, clause)
    context = {
        "citation": citation_of(at.seat.charter, clause, at.language),
        "clause": standing,
        "below": sum(1 for _one in standing.walk()) - 1,
        "places": citations_now(at.seat.charter, at.language),
    }
    return at.page(form, "suggesting/strike.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """That a clause stand elsewhere."""
    at = _entered(request, slug)
    outline = texts.text_at(at.seat.charter, None, at.language)
    standing = _standing(at, clause)
    offered = [(one.value, spot_said(one)) for one in spots(outline, standing.kind, str(clause))]
    form = at.form(MoveSuggestion, f"suggesting-move-{clause}", places=offered)
    if form.is_valid():
        more = {"clause": clause, **_where(outline, form.cleaned_data["place"])}
        made = put(at.seat, form, lambda **act: proposals.propose_move(**act, **more))
        if made:
            return suggested(request, at.seat, at.language, made, clause)
    context = {
        "citation": citation_of(at.seat.charter, clause, at.language),
        "clause": standing,
    }
    return at.page(form, "suggesting/move.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def insert(request: HttpRequest, slug: str) -> HttpResponse:
    """A new clause at `?place=`: "first", "after:" or "inside:" and a clause's id."""
    at = _entered(request, slug)
    outline = texts.text_at(at.seat.charter, None, at.language)
    value = request.GET.get("place", "first")
    place = placed(outline, value)
    if place is None or value.startswith("before:"):
        raise Http404(value)
    where, _colon, target = value.partition(":")
    parent = find(outline, place.parent).clause if place.parent else None
    kinds = holdable(parent.kind if parent else None)
    beside = find(outline, target)
    initial = {"kind": _first_kind(kinds, beside.clause.kind if beside else None)}
    form = at.form(
        InsertionSuggestion,
        f"suggesting-beside-{target or 'first'}",
        language=at.language,
        kinds=kinds,
        initial=initial | _left_over(at, kinds),
    )
    if form.is_valid():
        more = {"clauses": [form.clause()], "language": at.language, **_where(outline, value)}
        made = put(at.seat, form, lambda **act: proposals.propose_insertion(**act, **more))
        if made:
            return suggested(request, at.seat, at.language, made, target)
    citation = cited_in(outline).get(target, "")
    context = {"citation": isolated(citation, at.language), "where": where, "target": target}
    return at.page(form, "suggesting/insert.html", context)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who suggests, in which language of the text. `own` are the amendments that a change can go
    into, `chosen` the id of the one it goes into unless another is chosen, "" for a new one."""

    request: HttpRequest
    seat: Seat
    language: str
    own: list[ListedAmendment]
    chosen: str

    def form(self, kind: type[Form], form_id: str, *, initial: Any = None, **more: Any) -> Any:
        """A form of this kind with fields whose ids no other form on the page has."""
        initial = {"amendment": self.chosen, **(initial or {})}
        made = kind(
            posted(self.request), own=self.own, initial=initial, auto_id=f"{form_id}-%s", **more
        )
        made.id = form_id
        return made

    def asked(self, clause: UUID, amendment: str = "") -> ShownChange | None:
        """What an amendment, else the one in hand, asks of the clause's words in this language."""
        amendment = amendment or self.chosen
        if not amendment:
            return None
        return next(
            (
                one
                for one in shown_changes(self.seat, UUID(amendment), self.language)
                if one.open and one.words and (one.clause, one.language) == (clause, self.language)
            ),
            None,
        )

    def would_replace(self, data: dict[str, Any], clause: UUID) -> bool:
        """Whether words that nobody saw in the form would be lost to those typed in it."""
        chosen = data["amendment"]
        seen = "begun" not in self.request.POST or chosen in ("", data["begun"])
        return not seen and self.asked(clause, chosen) is not None

    def page(self, form: Any, template: str, context: dict[str, Any]) -> HttpResponse:
        """The form on a page of its own, from which htmx takes it into the text."""
        context |= {
            "seat": self.seat,
            "language": self.language,
            "attributes": text_attributes(self.language),
            "form": form,
            "form_id": form.id,
        }
        return form_page(self.request, template, context, 422 if form.is_bound else 200)


def _entered(request: HttpRequest, slug: str) -> _Desk:
    seat = enter(request.user, slug, Right.PROPOSE)
    language = asked.language(request, seat)
    own = [one for one in amendments_of(seat, language, ALIVE) if one.own]
    said = request.GET.get("amendment", "")
    known = said in {str(one.uuid) for one in own}
    return _Desk(request, seat, language, own, said if known else in_hand(request, seat, own))


def _standing(at: _Desk, clause: UUID) -> Any:
    """The clause as it stands in the text. Http404 when it does not."""
    clause_of(at.seat.charter, clause)
    found = find(texts.text_at(at.seat.charter, None, at.language), str(clause))
    if found is None:
        raise Http404(str(clause))
    return found.clause


def _left_over(at: _Desk, kinds: tuple[Kind, ...]) -> dict[str, Any]:
    """Words that the change of `?change=` proposed for a clause that has left the text."""
    said = at.request.GET.get("change", "")
    changes = shown_changes(at.seat, UUID(at.chosen), at.language) if said and at.chosen else ()
    found = next((one for one in changes if str(one.uuid) == said and one.words), None)
    if found is None:
        return {}
    words, kind = found.words.proposed, clause_of(at.seat.charter, found.clause).kind
    left = {"heading": words.heading, "text": words.text}
    return left | ({"kind": kind} if kind in kinds else {})


def _where(outline: Outline, value: str) -> dict[str, UUID | None]:
    """A place as the clause to stand in and the one to stand behind."""
    place = placed(outline, value)
    if place is None:
        raise Http404(value)
    after = UUID(place.after) if place.after else None
    return {"parent": UUID(place.parent) if place.parent else None, "after": after}


def _first_kind(kinds: tuple[Kind, ...], beside: Kind | None) -> Kind:
    if beside in kinds:
        return beside
    return next((kind for kind in (Kind.ARTICLE, Kind.PARAGRAPH) if kind in kinds), kinds[0])

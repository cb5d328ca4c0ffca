"""Moving a clause: one step, or to any place of the text that may hold it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from charter.access import Seat
from charter.actions.clauses import move_clause
from charter.actions.staleness import StaleClause
from charter.actions.values import Committed
from charter.exports.languages import isolated
from charter.text.outline import Outline
from charter.web.clause_forms import MoveForm
from charter.web.clauses import cited_in, ids_of, to_edit
from charter.web.places import (
    Place,
    Spot,
    Standing,
    offered,
    placed,
    spots,
    step,
    steps,
)
from charter.web.replies import committed, form_page, posted, to_text, try_with
from charter.web.stale import moved_on


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Move a clause: one `step`, or to a `place`."""
    seat, language, outline, standing = to_edit(request, slug, clause)
    form = _form(request, seat, outline, standing)
    if not form.is_valid():
        return _page(request, seat, language, outline, standing, form)
    place = _wanted(outline, str(clause), form)
    try:
        done = try_with(form, lambda: _move(seat, clause, place, form)) if place else None
    except StaleClause as stale:
        form.seen_again(stale.head)
        form.data["place"] = offered(outline, form.data.get("place", ""), str(clause))
        return _page(request, seat, language, outline, standing, form, stale)
    if done is None:
        return _page(request, seat, language, outline, standing, form)
    committed(request, done)
    return to_text(seat, language, clause)


def _form(request: HttpRequest, seat: Seat, outline: Outline, standing: Standing) -> MoveForm:
    form = MoveForm(posted(request), initial={"base": seat.charter.head})
    clause = standing.clause
    offered = {spot.value for spot in spots(outline, clause.kind, clause.id)}
    values = {f"before:{one.id}" for _depth, one in outline.walk()}
    form.fields["place"].choices = [("", ""), *((one, one) for one in sorted(values | offered))]
    return form


def _page(
    request: HttpRequest,
    seat: Seat,
    language: str,
    outline: Outline,
    standing: Standing,
    form: MoveForm,
    stale: StaleClause | None = None,
) -> HttpResponse:
    clause = standing.clause
    context = {
        "seat": seat,
        "language": language,
        "form": form,
        "form_id": f"moving-{clause.id}",
        "clause": clause,
        "citation": isolated(cited_in(outline)[clause.id], language),
        "steps": steps(outline, clause.id),
        "spots": [(one.value, spot_said(one)) for one in spots(outline, clause.kind, clause.id)],
        "moved_on": stale and moved_on(stale, seat.charter, language),
    }
    refused = 409 if stale else 422
    return form_page(request, "clauses/move.html", context, refused if form.is_bound else 200)


def _move(seat: Seat, clause: UUID, place: Place, form: MoveForm) -> Committed:
    return move_clause(
        actor=seat.person,
        charter=seat.charter,
        clause=clause,
        base=form.cleaned_data["base"],
        message=form.cleaned_data["message"],
        **ids_of(place),
    )


def _wanted(outline: Outline, clause: str, form: MoveForm) -> Place | None:
    """The place the form asks for; None, with the reason in the form, when there is none."""
    data = form.cleaned_data
    wanted = data["step"]
    place = step(outline, clause, wanted) if wanted else placed(outline, data["place"])
    if place is None:
        form.add_error(None, _("It cannot go there. Choose another place."))
    elif clause in (place.before, place.after):
        form.add_error(None, _("It stands there already."))
        return None
    return place


def spot_said(spot: Spot) -> str:
    """A place as a line of the list, set in by its depth."""
    said = {
        "first": _("At the very beginning"),
        "inside": _("First in %(clause)s"),
        "after": _("After %(clause)s"),
    }[spot.where] % {"clause": spot.citation}
    return "\u2003" * spot.depth + said

"""A clause on its own page, and the changes of the tree: insert, strike, restore, move."""

from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from charter.access import Right, Seat, enter
from charter.actions import clauses as actions
from charter.actions.refusals import StaleWording
from charter.actions.values import Committed
from charter.exports.languages import isolated
from charter.queries import texts
from charter.queries.struck import struck_clauses
from charter.queries.threads import threads_of
from charter.text.kinds import Kind, holdable
from charter.text.numbering import citations
from charter.text.outline import Outline
from charter.web import asked
from charter.web.cards import Cards
from charter.web.clause_forms import ClauseForm, MessageForm, SeenForm
from charter.web.editing import clause_of
from charter.web.following import following_context
from charter.web.ladder_forms import ladder_context
from charter.web.places import Place, Standing, find, placed
from charter.web.position_forms import position_context
from charter.web.reading import text_attributes
from charter.web.replies import committed, form_page, posted, to_text, try_with
from charter.web.silence_shown import silence_context
from charter.web.stale import words_moved_on
from charter.web.statements import statement_context
from charter.web.thread_forms import CommentForm
from charter.web.words import WordsHtml


@require_safe
def clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """One clause with its discussion and all that can be done with it."""
    return clause_page(request, enter(request.user, slug), clause)


def clause_page(request: HttpRequest, seat: Seat, clause: UUID, **came_back: Form) -> HttpResponse:
    """The page of a clause; status 422 with a form that came back, by its name on the page."""
    language = asked.language(request, seat)
    outline = texts.text_at(seat.charter, None, language)
    standing = find(outline, str(clause))
    if standing is None:
        clause_of(seat.charter, clause)
        raise Http404(str(clause))
    address = reverse("text", args=[seat.charter.slug])
    cards = Cards(address, language=language, may_comment=seat.may(Right.COMMENT))
    cited = cited_in(outline)
    words = WordsHtml(cited)
    threads = threads_of(seat.charter, language, clause=clause)
    context = {
        "seat": seat,
        "language": language,
        "attributes": text_attributes(language),
        "clause": standing.clause,
        "parents": [(one, cited[one.id]) for one in standing.parents],
        "citation": isolated(cited[standing.clause.id], language),
        "heading": words.heading(standing.clause.heading),
        "shown": words.of(standing.clause.text),
        "cards": [
            cards.card(thread, at, cited[standing.clause.id])
            for at, thread in enumerate(threads, start=1)
        ],
        "may_edit": seat.may(Right.EDIT),
        "may_correct": seat.may(Right.CORRECT),
        "may_propose": seat.may(Right.PROPOSE),
        "may_comment": seat.may(Right.COMMENT),
        "form": CommentForm(initial={"base": seat.charter.head, "language": language}),
    }
    context |= following_context(seat, clause)
    context |= ladder_context(seat, clause)
    context |= statement_context(seat, language, clause)
    context |= silence_context(seat, clause=clause)
    context |= position_context(seat, language, clause=clause)
    context |= came_back
    return render(request, "clauses/clause.html", context, status=422 if came_back else 200)


def to_edit(request: HttpRequest, slug: str, clause: UUID) -> tuple[Seat, str, Outline, Standing]:
    """Who edits, in which language, the text and where in it the clause stands.

    Raises Http404 for a clause that does not stand in it, PermissionDenied.
    """
    seat = enter(request.user, slug, Right.EDIT)
    language = asked.language(request, seat)
    clause_of(seat.charter, clause)
    outline = texts.text_at(seat.charter, None, language)
    standing = find(outline, str(clause))
    if standing is None:
        raise Http404(str(clause))
    return seat, language, outline, standing


@require_http_methods(["GET", "HEAD", "POST"])
def insert(request: HttpRequest, slug: str) -> HttpResponse:
    """A new clause at `?place=`: "first", or "before:", "after:", "inside:" and a clause's id."""
    seat = enter(request.user, slug, Right.EDIT)
    language = asked.language(request, seat)
    outline = texts.text_at(seat.charter, None, language)
    value = request.GET.get("place", "first")
    place = placed(outline, value)
    if place is None:
        raise Http404(value)
    form = _insert_form(request, seat, language, outline, place)
    if form.is_valid():
        done = try_with(form, lambda: _insert(seat, place, form))
        if done is not None:
            committed(request, done)
            return to_text(seat, language, done.clause.pk)
    _where, _colon, target = value.partition(":")
    context = {
        "seat": seat,
        "language": language,
        "form": form,
        "form_id": f"inserting-{target or 'first'}",
        "place": value,
        "where": _where,
        "citation": isolated(cited_in(outline).get(target, ""), language),
    }
    return form_page(request, "clauses/insert.html", context, 422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Ask for a message and take the clause out of the text."""
    seat, language, outline, standing = to_edit(request, slug, clause)
    form, stale = SeenForm(posted(request), initial={"base": seat.charter.head}), None
    if form.is_valid():
        base = form.cleaned_data["base"]
        try:
            done = try_with(
                form, lambda: _told(actions.strike_clause, seat, clause, form, base=base)
            )
        except StaleWording as found:
            done, stale = None, found
            form.seen_again(found.head)
        if done is not None:
            committed(request, done)
            after = standing.parent.id if standing.parent else ""
            return to_text(seat, language, after)
    context = {
        "moved_on": stale and words_moved_on(stale),
        "seat": seat,
        "language": language,
        "form": form,
        "form_id": f"striking-{clause}",
        "clause": standing.clause,
        "citation": isolated(cited_in(outline)[str(clause)], language),
        "below": sum(1 for _one in standing.clause.walk()) - 1,
    }
    refused = 409 if stale else 422
    return form_page(request, "clauses/strike.html", context, refused if form.is_bound else 200)


@require_http_methods(["POST"])
def restore(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Put a struck clause back where it stood."""
    seat = enter(request.user, slug, Right.EDIT)
    language = asked.language(request, seat)
    clause_of(seat.charter, clause)
    form = MessageForm(request.POST)
    if form.is_valid():
        done = try_with(form, lambda: _told(actions.restore_clause, seat, clause, form))
        if done is not None:
            committed(request, done)
            return to_text(seat, language, clause)
    return _struck_page(request, seat, language, refused=clause, form=form)


@require_safe
def struck(request: HttpRequest, slug: str) -> HttpResponse:
    """The clauses that were taken out and can come back."""
    seat = enter(request.user, slug)
    return _struck_page(request, seat, asked.language(request, seat))


def cited_in(outline: Outline) -> dict[str, str]:
    """The citation of every clause of the text, by id."""
    pairs = zip(outline.walk(), citations(outline), strict=True)
    return {one.id: said for (_depth, one), said in pairs}


def _insert_form(
    request: HttpRequest, seat: Seat, language: str, outline: Outline, place: Place
) -> ClauseForm:
    parent = find(outline, place.parent).clause if place.parent else None
    kinds = holdable(parent.kind if parent else None)
    beside = find(outline, place.after or place.before or "")
    kind = beside.clause.kind if beside and beside.clause.kind in kinds else _first(parent, kinds)
    return ClauseForm(
        posted(request),
        languages=seat.charter.languages,
        shown=language,
        kinds=kinds,
        principles=seat.charter.principles.filter(withdrawn=False),
        initial={"kind": kind, "numbering": "computed"},
    )


def _first(parent, kinds: tuple[Kind, ...]) -> Kind:
    """The kind to offer in a place without neighbours."""
    if parent is None and Kind.ARTICLE in kinds:
        return Kind.ARTICLE
    wider = {Kind.PREAMBLE: Kind.RECITAL, Kind.ARTICLE: Kind.PARAGRAPH}
    wish = wider.get(parent.kind if parent else None, Kind.ARTICLE)
    return wish if wish in kinds else kinds[0]


def _insert(seat: Seat, place: Place, form: ClauseForm) -> Committed:
    return actions.insert_clause(
        actor=seat.person,
        charter=seat.charter,
        kind=form.cleaned_data["kind"],
        words=form.words(),
        numeral=form.numeral_chosen(),
        principles=form.cleaned_data["principles"],
        message=form.cleaned_data["message"],
        **ids_of(place),
    )


def _told(act, seat: Seat, clause: UUID, form: Form, **more: int) -> Committed:
    return act(
        actor=seat.person,
        charter=seat.charter,
        clause=clause,
        message=form.cleaned_data["message"],
        **more,
    )


def ids_of(place: Place) -> dict[str, UUID | None]:
    """The place as actions take it."""
    named = {"parent": place.parent, "before": place.before, "after": place.after}
    return {name: UUID(id) if id else None for name, id in named.items()}


def _struck_page(
    request: HttpRequest,
    seat: Seat,
    language: str,
    refused: UUID | None = None,
    form: Form | None = None,
) -> HttpResponse:
    context = {
        "seat": seat,
        "language": language,
        "attributes": text_attributes(language),
        "struck": struck_clauses(seat.charter, language),
        "may_edit": seat.may(Right.EDIT),
        "refused": refused,
        "form": form,
    }
    return render(request, "clauses/struck.html", context, status=422 if refused else 200)

"""What became of a charter and of a clause."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from charter.access import Right, Seat, enter
from charter.exports.bracket_figures import labels, over_time
from charter.exports.figures import Figure
from charter.models import ClauseKind
from charter.queries import brackets
from charter.queries import clause_history as clauses
from charter.queries import history as queries
from charter.queries.comparisons import compare as compared
from charter.queries.picking import choices_of
from charter.queries.principles import names_of
from charter.queries.sittings import cut, sittings
from charter.web import asked, compare, figures
from charter.web.history_filters import HistoryForm
from charter.web.unchanged import unless_unchanged

A_PAGE = 40
OPEN = 2  # sittings that are unfolded, of a list that nothing was asked of


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """The revisions of a charter, newest first, by sitting; all or those that are asked for."""
    return unless_unchanged(request, slug, lambda _stamp: _history(request, slug))


def _history(request: HttpRequest, slug: str) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    before = _cursor(request)
    form = HistoryForm(
        request.GET, choices=choices_of(seat.charter, language, asked.clause(request))
    )
    page = queries.Page((), None)
    if form.is_valid():
        page = queries.revisions_of(
            seat.charter,
            before=before,
            limit=A_PAGE,
            language=language,
            wanted=form.wanted(),
            pick=cut,
        )
    groups = sittings(page.entries)
    context = {
        "seat": seat,
        "language": language,
        "form": form,
        "sittings": groups,
        "unfolded": len(groups) if form.asks else OPEN,
        "older": page.older,
        "newest": before is None,
        "may_edit": seat.may(Right.EDIT),
        "may_define": seat.may(Right.DEFINE),
    }
    return render(request, "history/history.html", context, status=200 if form.is_valid() else 422)


@require_safe
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One revision: who, when, why, and its redline against the one before."""
    return unless_unchanged(request, slug, lambda _stamp: _revision(request, slug, number))


def _revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    try:
        entry = queries.revision_of(seat.charter, number, language)
    except queries.NoRevision as error:
        raise Http404(str(error)) from error
    redline = compared(seat.charter, number - 1, number, language)
    return render(
        request,
        "history/revision.html",
        {
            "seat": seat,
            "entry": entry,
            "language": language,
            "before": number - 1,
            "after": number + 1 if number < seat.charter.head else None,
            "redline": redline,
            "counts": compare.counts(redline),
            "principle_names": names_of(seat.charter, language),
            "everything": False,
            "may_edit": seat.may(Right.EDIT),
            "may_define": seat.may(Right.DEFINE),
        },
    )


@require_safe
def clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Every state of one clause, newest first, each against the one before.

    With `?format=` the chart of its brackets as a file.
    """
    if "format" in request.GET:
        return _clause(request, slug, clause)
    return unless_unchanged(request, slug, lambda _stamp: _clause(request, slug, clause))


def _clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    try:
        found = clauses.clause_history(
            seat.charter, clause, language, before=_cursor(request), limit=A_PAGE
        )
    except clauses.NoClause as error:
        raise Http404(str(error)) from error
    course = brackets.course_of(seat.charter, clause)
    figure = over_time(course)
    if "format" in request.GET:
        return _taken(request, seat, found, figure, language)
    return render(
        request,
        "history/clause.html",
        {
            "seat": seat,
            "clause": found,
            "name": ClauseKind(found.kind).label,
            "figure": None if course.empty else figure,
            "at": course.number,
            "language": language,
            "newest": _cursor(request) is None,
            "may_edit": seat.may(Right.EDIT),
        },
    )


def _taken(
    request: HttpRequest, seat: Seat, found: clauses.ClauseHistory, figure: Figure, language: str
) -> HttpResponse:
    name, said = labels(seat.charter, found.id, found.citation, language)
    return figures.taken(request, seat, [figure], name=name, source=said, revision=None)


def _cursor(request: HttpRequest) -> int | None:
    said = request.GET.get("before", "")
    return asked.whole(said) if said else None

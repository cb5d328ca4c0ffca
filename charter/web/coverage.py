"""Which articles serve which principles: the matrix, and how it came about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charter.access import enter
from charter.exports.coverage_figures import courses_figure, matrix_figure
from charter.exports.figures import file_name, formats, source
from charter.queries.coverage import courses, coverage_at
from charter.queries.points import points_of
from charter.web import asked, figures
from charter.web.matrix import Matrix
from charter.web.unchanged import unless_unchanged

DOUBLES = 200  # clauses with several principles that the page lists


@require_safe
def coverage(request: HttpRequest, slug: str) -> HttpResponse:
    """The matrix as of `?at=`; with `?format=` a file, of the courses with `&figure=courses`."""
    if "format" in request.GET:
        return _page(request, slug)
    return unless_unchanged(request, slug, lambda _stamp: _page(request, slug))


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    at = asked.revision(request.GET.get("at"), seat) or seat.charter.head
    found = coverage_at(seat.charter, at, language)
    points = points_of(seat.charter, at)
    went = courses(seat.charter, at)
    drawn = (matrix_figure(found), courses_figure(found, went, points))
    if "format" in request.GET:
        return figures.taken(
            request,
            seat,
            drawn,
            name=file_name(seat.charter, "coverage", at, language),
            source=source(seat.charter, points, at, language),
            revision=found.revision,
        )
    context = {
        "seat": seat,
        "language": language,
        "at": at,
        "points": points,
        "coverage": found,
        "matrix": Matrix(found, seat.charter.slug),
        "unserved": [
            (one, one.name(language))
            for one in found.principles
            if one.slug in found.matrix.unserved
        ],
        "doubles": found.matrix.doubles[:DOUBLES],
        "courses": drawn[1],
        "counted": went.counted,
        "formats": formats(),
        "label": _("As of"),
    }
    # While a long history is being counted, the page is not the one that will be there next.
    status = 200 if went.counted >= at else 202
    return render(request, "principles/coverage.html", context, status=status)

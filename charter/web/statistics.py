"""The numbers of a charter: how it grew, when and by whom, and what is disputed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from charter.access import enter
from charter.exports.figures import file_name, shown, source
from charter.exports.statistics_figures import figures_of
from charter.queries.points import points_of
from charter.queries.statistics import Numbers, numbers_of
from charter.web import asked, figures
from charter.web.unchanged import unless_unchanged


@require_safe
def statistics(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures as of `?at=`; with `?format=` (and `&figure=`) a file."""
    if "format" in request.GET:
        return _page(request, slug)
    return unless_unchanged(request, slug, lambda _stamp: _page(request, slug))


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    at = asked.revision(request.GET.get("at"), seat) or seat.charter.head
    numbers = numbers_of(seat.charter, at, language)
    points = points_of(seat.charter, at)
    drawn = figures_of(numbers, points)
    if "format" in request.GET:
        return figures.taken(
            request,
            seat,
            drawn,
            name=file_name(seat.charter, "statistics", at, language),
            source=source(seat.charter, points, at, language),
            revision=numbers.revision,
        )
    context = {
        "seat": seat,
        "language": language,
        "at": at,
        "points": points,
        "numbers": numbers,
        "summary": _summary(numbers),
        "figures": drawn,
        "label": _("As of"),
    }
    # While a long history is being counted, the page is not the one that will be there next.
    status = 200 if numbers.counted >= at else 202
    return render(request, "statistics/statistics.html", context, status=status)


def _summary(numbers: Numbers) -> list[tuple[str, str]]:
    """The first figures of the page, each with its name."""
    named = (
        (pgettext("number of words", "Words"), numbers.words),
        (_("Clauses"), numbers.clauses),
        (_("Revisions"), numbers.counted),
        (_("Sittings"), len(numbers.sittings)),
        (_("Contributors"), len({one.person for one in numbers.contributors})),
        (_("Comments"), sum(one.comments for one in numbers.contributors)),
    )
    return [(name, shown(value)) for name, value in named]

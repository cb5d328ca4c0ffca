"""How near the text is to agreement: a matrix of articles and delegations, and who blocks what."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charter.access import Seat, enter
from charter.exports.convergence import course_figures, file_of, summary
from charter.exports.figures import file_name, source
from charter.exports.files import NoFile
from charter.exports.languages import own_name
from charter.formats.typesetting import TypesettingFailed
from charter.queries import brackets
from charter.queries.convergence import Convergence, convergence_of
from charter.queries.points import Points, points_of
from charter.web import asked, figures
from charter.web.grid import Grid
from charter.web.unchanged import unless_unchanged


@require_safe
def convergence(request: HttpRequest, slug: str) -> HttpResponse:
    """The matrix at the head, compared with `?since=`; with `?format=` a file."""
    if "format" in request.GET:
        return _page(request, slug)
    return unless_unchanged(request, slug, lambda _stamp: _page(request, slug))


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    since = asked.revision(request.GET.get("since"), seat)
    points = points_of(seat.charter, since)
    found = convergence_of(seat, language, since)
    if "format" in request.GET:
        return _taken(request, seat, found, points, language)
    bracketed = brackets.course_of(seat.charter)
    went, bracketed_over_time = course_figures(seat.charter, points, language, bracketed)
    context = {
        "seat": seat,
        "language": language,
        "since": since,
        "at": found.number,
        "points": points,
        "found": found,
        "grid": Grid(found, slug, language),
        "summary": summary(found),
        "blocks": [(team.name, blocks) for team, blocks in found.blocks.items()],
        "course": went,
        "brackets": bracketed_over_time,
        "spoken": [(own_name(code), bracketed.at(code, found.number)) for code in bracketed.steps],
        "differing": _differing(seat, language),
    }
    return render(request, "convergence/convergence.html", context)


def _differing(seat: Seat, language: str) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """The clauses whose languages differ in their brackets: address, citation, how many in each."""
    return [
        (
            reverse(
                "clause" if one.citation else "clause_history", args=[seat.charter.slug, one.clause]
            ),
            one.citation or _("the title"),
            [(own_name(code), count) for code, count in one.counts.items()],
        )
        for one in brackets.differences(seat.charter, language)
    ]


def _taken(
    request: HttpRequest, seat: Seat, found: Convergence, points: Points, language: str
) -> HttpResponse:
    """The matrix as CSV, all tables as a workbook or for printing, or the file of a chart."""
    try:
        file = file_of(
            found,
            course_figures(seat.charter, points, language),
            request.GET["format"],
            request.GET.get("figure", ""),
            source=source(seat.charter, points, found.number, language),
            name=file_name(seat.charter, "convergence", found.number, language),
        )
    except NoFile as error:
        raise Http404(str(error)) from error
    except TypesettingFailed as failed:
        return _failed(request, seat, failed)
    return figures.download(request, file)


def _failed(request: HttpRequest, seat: Seat, failed: TypesettingFailed) -> HttpResponse:
    reason, key = gettext(failed.sentence) % failed.values, request.GET.get("figure", "")
    if key:
        context = {"seat": seat, "reason": reason, "key": key}
        return render(request, "statistics/failed.html", context, status=503)
    context = {"seat": seat, "reason": reason, "others": [("xlsx", _("Excel"))]}
    return render(request, "exports/sheet_failed.html", context, status=503)

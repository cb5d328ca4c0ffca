"""Two revisions of a charter compared."""

from collections import Counter
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from charter.access import enter
from charter.exports import said
from charter.exports.points import name
from charter.queries.comparisons import compare as compared
from charter.queries.points import Points, points_of
from charter.queries.principles import names_of
from charter.text.redline import Change, Redline
from charter.web import asked
from charter.web.unchanged import unless_unchanged


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """`?since=&at=`, revision numbers; `view` inline or side; `all` for unchanged clauses too."""
    return unless_unchanged(request, slug, lambda _stamp: _page(request, slug))


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    at = asked.revision(request.GET.get("at"), seat) or seat.charter.head
    since = asked.revision(request.GET.get("since"), seat)
    points = points_of(seat.charter, since, at)
    since = since or default_since(points, at)
    context = {
        "seat": seat,
        "language": language,
        "since": since,
        "at": at,
        "points": points,
        "view": "side" if request.GET.get("view") == "side" else "inline",
        "everything": bool(request.GET.get("all")),
    }
    if since is not None:
        redline = compared(seat.charter, since, at, language)
        context |= {
            "since_name": name(points, since),
            "at_name": name(points, at),
            "redline": redline,
            "counts": counts(redline),
            "principle_names": names_of(seat.charter, language),
        }
    return render(request, "compare/compare.html", context)


def counts(redline: Redline) -> list[tuple[str, int]]:
    """How many clauses changed in each way, in words; ways that did not happen are left out."""
    rows = (row.changes for row in redline.rows if row.changes and not row.left_for)
    found = Counter(chain.from_iterable(rows))
    return [(str(said.CHANGES[change]), found[change]) for change in Change if found[change]]


def default_since(points: Points, at: int) -> int | None:
    """Where a comparison starts unasked: the last edition before `at`, else one revision back."""
    before = [edition.number for edition in points.editions if edition.number < at]
    return max(before, default=at - 1 if at > 1 else None)

"""What became of a charter and of a clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from charter.access import Right, enter
from charter.models import ClauseKind
from charter.queries import clause_history as clauses
from charter.queries import history as queries
from charter.queries.comparisons import compare as compared
from charter.queries.principles import names_of
from charter.web import asked, compare
from charter.web.unchanged import unless_unchanged

PAUSE = timedelta(hours=6)  # between two sittings
A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Sitting:
    """Entries, newest first, with no pause longer than `PAUSE` between any two."""

    entries: tuple[queries.Entry, ...]

    @property
    def began(self):
        return self.entries[-1].at

    @property
    def ended(self):
        return self.entries[0].at

    @property
    def one_day(self) -> bool:
        return self.began.date() == self.ended.date()

    @property
    def authors(self) -> list[str]:
        """Everybody who worked in it, in order of appearance."""
        return list(dict.fromkeys(entry.author for entry in reversed(self.entries)))


def sittings(entries: Sequence[queries.Entry]) -> list[Sitting]:
    """Entries, newest first, in groups parted by pauses."""
    groups: list[list[queries.Entry]] = []
    for entry in entries:
        if groups and groups[-1][-1].at - entry.at <= PAUSE:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return [Sitting(tuple(group)) for group in groups]


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """The revisions of a charter, newest first, by sitting."""
    return unless_unchanged(request, slug, lambda: _history(request, slug))


def _history(request: HttpRequest, slug: str) -> HttpResponse:
    seat = enter(request.user, slug)
    page = queries.revisions_of(
        seat.charter,
        before=_cursor(request),
        limit=A_PAGE,
        language=asked.language(request, seat),
    )
    return render(
        request,
        "history/history.html",
        {
            "seat": seat,
            "sittings": sittings(page.entries),
            "older": page.older,
            "newest": _cursor(request) is None,
            "may_edit": seat.may(Right.EDIT),
        },
    )


@require_safe
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One revision: who, when, why, and its redline against the one before."""
    return unless_unchanged(request, slug, lambda: _revision(request, slug, number))


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
        },
    )


@require_safe
def clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Every state of one clause, newest first, each against the one before."""
    return unless_unchanged(request, slug, lambda: _clause(request, slug, clause))


def _clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    try:
        found = clauses.clause_history(
            seat.charter, clause, language, before=_cursor(request), limit=A_PAGE
        )
    except clauses.NoClause as error:
        raise Http404(str(error)) from error
    return render(
        request,
        "history/clause.html",
        {
            "seat": seat,
            "clause": found,
            "name": ClauseKind(found.kind).label,
            "language": language,
            "newest": _cursor(request) is None,
        },
    )


def _cursor(request: HttpRequest) -> int | None:
    said = request.GET.get("before", "")
    return asked.whole(said) if said else None

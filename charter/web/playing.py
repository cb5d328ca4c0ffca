"""The text through its revisions: one after another, with what each changed marked in it.

A revision never changes, so what is shown of it may be kept for ever by a browser that asks for it
by its tag: a digest of the revision's own and of all else that goes into the page.
"""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from charter.access import Right, Seat, enter
from charter.models import Revision
from charter.queries.comparisons import compare as compared
from charter.queries.history import revision_of
from charter.queries.picking import Choices, choices_of
from charter.queries.playing import numbered, run_of, window
from charter.queries.points import points_of
from charter.queries.principles import names_of
from charter.text.redline import Redline
from charter.web import asked, compare
from charter.web.editing import clause_of
from charter.web.unchanged import program, unless_unchanged

WHOLE = 1_000  # rows of a text that is shown whole; of a longer one only what changed
KEPT = "private, max-age=31536000, immutable"


@require_safe
def play(request: HttpRequest, slug: str) -> HttpResponse:
    """`?at=` a revision, `clause` for one clause alone."""
    return unless_unchanged(request, slug, lambda _stamp: _page(request, slug))


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    clause = _clause(request, seat)
    at = asked.revision(request.GET.get("at"), seat) or seat.charter.head
    run = run_of(seat.charter, clause, at)
    at = run.nearest(at) if at else at
    choices = choices_of(seat.charter, language, clause)
    revisions = window(seat.charter, run, at)
    names = names_of(seat.charter, language)
    context = {
        "seat": seat,
        "language": language,
        "clause": clause,
        "called": _called(choices, clause),
        "at": at,
        "run": run,
        "before": run.before(at),
        "after": run.after(at),
        "tags": [(one.number, _tag(seat, one, language, names)) for one in revisions],
        "editions": points_of(seat.charter).editions,
        "choices": choices,
        "may_edit": seat.may(Right.EDIT),
        "may_define": seat.may(Right.DEFINE),
    }
    if at:
        context["shown"] = _shown(request, seat, at, language, clause, names)
    return render(request, "history/play.html", context)


@require_safe
def shown(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One revision for the page above. Asked for by its tag (`v`), it may be kept for ever."""
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    clause = _clause(request, seat)
    revision = next(iter(numbered(seat.charter, [number])), None)
    if revision is None:
        raise Http404(str(number))
    names = names_of(seat.charter, language)
    tag = _tag(seat, revision, language, names)
    etag = f'"{tag}-{clause.hex if clause else "all"}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(_shown(request, seat, number, language, clause, names))
    answer.headers["ETag"] = etag
    kept = request.GET.get("v") == tag
    answer.headers["Cache-Control"] = KEPT if kept else "private, no-cache"
    return answer


def _shown(
    request: HttpRequest,
    seat: Seat,
    number: int,
    language: str,
    clause: UUID | None,
    names: dict[str, str],
) -> str:
    redline = compared(seat.charter, number - 1, number, language)
    if clause is not None:
        redline = of_clause(redline, str(clause))
    context = {
        "seat": seat,
        "language": language,
        "entry": revision_of(seat.charter, number, language),
        "redline": redline,
        "alone": clause is not None,
        "counts": compare.counts(redline),
        "principle_names": names,
        "everything": len(redline.rows) <= WHOLE,
    }
    return render_to_string("history/shown.html", context, request)


def of_clause(redline: Redline, clause: str) -> Redline:
    """The rows of one clause and of all that stands in it, and no title."""
    rows = redline.rows
    first = next(
        (at for at, row in enumerate(rows) if row.id == clause and not row.left_for), len(rows)
    )
    last = first + 1
    while last < len(rows) and rows[last].depth > rows[first].depth:
        last += 1
    depth = rows[first].depth if first < len(rows) else 0
    kept = tuple(replace(row, depth=row.depth - depth) for row in rows[first:last])
    return replace(redline, title=(), rows=kept)


def _tag(seat: Seat, revision: Revision, language: str, names: dict[str, str]) -> str:
    """What the shown revision is made of, in one word."""
    parts = (
        revision.digest,
        str(revision.author),
        seat.charter.slug,
        seat.charter.scheme,
        seat.charter.languages,
        language,
        sorted(names.items()),
        get_language(),
        get_current_timezone_name(),  # on whose clock the commit's time is told
        program(),
    )
    return sha256(repr(parts).encode()).hexdigest()[:16]


def _clause(request: HttpRequest, seat: Seat) -> UUID | None:
    said = request.GET.get("clause")
    if not said:
        return None
    clause = asked.clause(request)
    if clause is None:
        raise Http404(said)
    return clause_of(seat.charter, clause).pk


def _called(choices: Choices, clause: UUID | None) -> str:
    pairs: Iterable[tuple[UUID, str]] = (*choices.clauses, *choices.struck)
    return dict(pairs).get(clause, "") if clause else ""

"""The compilation: each clause, and beside it what each delegation proposes for it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from charter.access import Seat, enter
from charter.exports.documents import (
    compilation_grid,
    compilation_name,
    compilation_sheet,
    proposers,
)
from charter.formats import languages
from charter.formats.compilation import Proposer, Shown
from charter.formats.html import Notes
from charter.formats.sheets_html import body_html, head_html
from charter.formats.sheets_writers import SHEETS
from charter.queries.compilation import MOST, CompilationPage, compilation_of
from charter.queries.points import points_of
from charter.web import asked
from charter.web.sheets import taken

_CLAUSE = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `at` None is the head, `chosen` None whoever has something open."""

    language: str
    at: int | None
    chosen: frozenset[int] | None
    everything: bool
    clean: bool
    rationale: bool

    @property
    def too_many(self) -> bool:
        return self.chosen is not None and len(self.chosen) > MOST


@dataclass(frozen=True, slots=True)
class Laid:
    """The table as HTML, its rationales, its footnotes."""

    head: SafeString
    body: SafeString
    notes: SafeString
    rows: int
    behind: tuple[Proposer, ...]


@require_safe
def compilation(request: HttpRequest, slug: str) -> HttpResponse:
    """The table of the head or of `?at=`, of those in `?delegation=`; with `?format=` a file."""
    seat = enter(request.user, slug)
    wanted = _wanted(request, seat)
    page = compilation_of(seat.charter, wanted.language, wanted.at, wanted.chosen)
    if wanted.chosen is not None and wanted.chosen - {one.key for one in page.all}:
        raise Http404("delegation")
    if "format" in request.GET and not wanted.too_many:
        return _file(request, seat, page, wanted)
    context = {
        "seat": seat,
        "page": page,
        "wanted": wanted,
        "most": MOST,
        "language": wanted.language,
        "points": points_of(seat.charter, page.rolling.number),
        "shown": frozenset(one.key for one in page.columns),
        "table": None if wanted.too_many else _laid(slug, page, wanted),
    }
    status = 400 if wanted.too_many else 200
    return render(request, "compilation/compilation.html", context, status=status)


def _wanted(request: HttpRequest, seat: Seat) -> Wanted:
    said = [asked.whole(one) for one in request.GET.getlist("delegation")]
    return Wanted(
        language=asked.language(request, seat),
        at=asked.revision(request.GET.get("at", "").strip(), seat),
        chosen=frozenset(said) if said else None,
        everything="all" in request.GET,
        clean="clean" in request.GET,
        rationale="rationale" in request.GET,
    )


def _laid(slug: str, page: CompilationPage, wanted: Wanted) -> Laid:
    text = reverse("text", args=[slug])
    words = languages.words(get_language() or "en")
    addresses = {
        label: f"{text}amendments/{one.uuid}/" for label, one in page.rolling.behind.items()
    }
    behind = proposers(page, addresses)
    shown = Shown(
        words=words,
        base=words["base"].format(revision=page.rolling.number),
        clean=wanted.clean,
        clauses=reverse("clause", args=[slug, _CLAUSE]).replace(_CLAUSE, "{}")
        + f"?language={wanted.language}",
    )
    grid = compilation_grid(page, shown, behind, everything=wanted.everything)
    notes = Notes(page=f"{text}?language={wanted.language}")
    body = body_html(grid, wanted.language, notes)
    return Laid(
        head=mark_safe(head_html(grid)),  # noqa: S308  written by `formats`, which escapes
        body=mark_safe(body),  # noqa: S308
        notes=mark_safe(notes.html()),  # noqa: S308
        rows=len(grid.rows),
        behind=tuple(behind.values()),
    )


def _file(request: HttpRequest, seat: Seat, page: CompilationPage, wanted: Wanted) -> HttpResponse:
    form = SHEETS.get(request.GET["format"])
    if form is None:
        raise Http404(request.GET["format"])
    sheet = compilation_sheet(
        seat.charter,
        page,
        clean=wanted.clean,
        everything=wanted.everything,
        rationale=wanted.rationale,
    )
    name = compilation_name(seat.charter, page)
    others = [("html", gettext("Web page")), ("xlsx", gettext("Excel"))]
    return taken(request, seat, sheet, form, name=name, others=others)

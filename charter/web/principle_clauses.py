"""The reader of one principle: all its clauses in order, each with its place in the text."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charter.access import Right, enter
from charter.exports.figures import file_name
from charter.exports.files import NoFile
from charter.exports.principle_tables import file_of
from charter.exports.principle_tables import place as place_of
from charter.queries.coverage import NoPrinciple, Reading, reading_of
from charter.queries.points import points_of
from charter.queries.vocabulary import happenings
from charter.web import asked, figures
from charter.web.unchanged import unless_unchanged
from charter.web.words import WordsHtml


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause on the page. `place` are the units it stands in, where they are not the ones the
    clause before it stands in; `own` says that it carries the tag itself."""

    id: str
    citation: str
    label: str
    heading: SafeString
    words: SafeString
    notes: SafeString
    place: tuple[str, ...]
    own: bool
    depth: int


@require_safe
def principle_clauses(request: HttpRequest, slug: str, principle: str) -> HttpResponse:
    """The clauses as of `?at=`; with `?format=` xlsx or csv a table of them."""
    if "format" in request.GET:
        return _page(request, slug, principle)
    return unless_unchanged(request, slug, lambda _stamp: _page(request, slug, principle))


def _page(request: HttpRequest, slug: str, principle: str) -> HttpResponse:
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    at = asked.revision(request.GET.get("at"), seat) or seat.charter.head
    try:
        found = reading_of(seat.charter, principle, at, language)
    except NoPrinciple as error:
        raise Http404(principle) from error
    points = points_of(seat.charter, at)
    if "format" in request.GET:
        name = file_name(seat.charter, principle, at, language)
        try:
            return figures.download(request, file_of(found, request.GET["format"], name=name))
        except NoFile as error:
            raise Http404(str(error)) from error
    told = happenings(seat.charter, 1, at, language)
    context = {
        "seat": seat,
        "language": language,
        "at": at,
        "points": points,
        "reading": found,
        "name": found.principle.name(language),
        "definition": found.principle.definition(language),
        "successor": found.successor and (found.successor, found.successor.name(language)),
        "clauses": list(_shown(found)),
        "happenings": [
            one
            for number in sorted(told, reverse=True)
            for one in told[number]
            if one.slug == principle
        ],
        "label": _("As of"),
        "may_define": seat.may(Right.DEFINE) and at == seat.charter.head,
    }
    return render(request, "principles/clauses.html", context)


def _shown(found: Reading) -> Iterator[Shown]:
    writing = WordsHtml(found.citations)
    before: tuple[str, ...] = ()
    listed: set[str] = set()
    for member in found.members:
        clause = member.clause
        place = place_of(member)
        inside = any(one.clause.id in listed for one in member.above)
        listed.add(clause.id)
        shown = writing.of(clause.text, key=clause.id)
        yield Shown(
            id=clause.id,
            citation=member.number.citation,
            label=member.number.label,
            heading=mark_safe(writing.heading(clause.heading, key=clause.id).html),  # noqa: S308
            words=mark_safe(shown.html),  # noqa: S308
            notes=mark_safe(shown.notes),  # noqa: S308
            place=() if inside or place == before else place,
            own=clause.id in found.tagged,
            depth=sum(one.clause.id in listed for one in member.above),
        )
        before = before if inside else place

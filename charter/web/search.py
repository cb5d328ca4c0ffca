"""Search: in one charter, and in all that one may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charter.access import enter, visible_to
from charter.actions.search import catch_up
from charter.models import Charter, ClauseKind
from charter.queries import search as queries
from charter.queries.search_facets import Facet
from charter.text.seeking import LENGTH, Mode
from charter.web import asked, languages

FACETS = ("charter", "part", "principle", "kind", "person", "language")

MODES = {
    Mode.WORDS: gettext_lazy("All of the words, in any form"),
    Mode.PHRASE: gettext_lazy("The phrase, in any form"),
    Mode.PREFIX: gettext_lazy("Words that begin so"),
    Mode.EXACT: gettext_lazy("The words as written"),
}
PLACES = {
    queries.Where.TEXT: pgettext_lazy("search", "Text"),
    queries.Where.HISTORY: pgettext_lazy("search", "History"),
    queries.Where.DISCUSSION: pgettext_lazy("search", "Discussion"),
}
TITLES = {
    "charter": gettext_lazy("Charter"),
    "part": gettext_lazy("Part of the text"),
    "principle": gettext_lazy("Principle"),
    "kind": gettext_lazy("Kind of clause"),
    "person": gettext_lazy("Last changed by"),
    "language": gettext_lazy("Language"),
}
PEOPLE = {
    queries.Where.TEXT: TITLES["person"],
    queries.Where.HISTORY: gettext_lazy("Brought or removed by"),
    queries.Where.DISCUSSION: gettext_lazy("Written by"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows or changes the search."""

    label: str
    address: str
    count: int | None = None
    chosen: bool = False


@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """`?q=` in one charter: `in` text, history or discussion, `mode`, `at` a revision, facets."""
    seat = enter(request.user, slug)
    language = asked.language(request, seat)
    at = asked.revision(request.GET.get("at", "").strip(), seat)
    context = _context(request, [seat.charter], language, at)
    return render(request, "search/search.html", {"seat": seat, "at": at, **context})


@require_safe
@login_required
def everywhere(request: HttpRequest) -> HttpResponse:
    """`?q=` in every charter in which one has a seat."""
    charters = list(visible_to(request.user))
    language = request.GET.get("language", "") or get_language() or ""
    return render(request, "search/search.html", _context(request, charters, language, None))


def _context(
    request: HttpRequest, charters: Sequence[Charter], language: str, at: int | None
) -> dict:
    wish = asked_for(request.GET, at)
    page = asked.whole(request.GET.get("page", "1"))
    results = None
    if wish.said.strip() and charters:
        catch_up(charters)
        results = queries.search(charters, wish, language, page=page or 1)
    pages = ceil(results.total / queries.A_PAGE) if results else 0
    if not 1 <= page <= max(pages, 1):
        raise Http404(str(page))
    return {
        "asked": wish,
        "language": language,
        "results": results,
        "modes": [(mode.value, label, mode == wish.mode) for mode, label in MODES.items()],
        "places": [_place(request, where, wish.where) for where in queries.Where],
        "past": _place(request, queries.Where.HISTORY, wish.where).address,
        "facets": [_facet(request, facet, wish) for facet in _ordered(results)],
        "guesses": _guesses(request, results),
        "page": page,
        "pages": pages,
        "older": _address(request, page=page + 1) if page < pages else "",
        "newer": _address(request, page=page - 1) if page > 1 else "",
    }


def asked_for(said: QueryDict, at: int | None) -> queries.Asked:
    """The search an address asks for; what it says that is no choice is the first one."""
    return queries.Asked(
        said=said.get("q", "")[: LENGTH + 1],
        mode=_one_of(Mode, said.get("mode"), Mode.WORDS),
        where=_one_of(queries.Where, said.get("in"), queries.Where.TEXT),
        at=at,
        order="place" if said.get("order") == "place" else "rank",
        chosen={name: said[name] for name in FACETS if said.get(name)},
    )


def _one_of(choices, said: str | None, otherwise):
    return choices(said) if said in list(choices) else otherwise


def _place(request: HttpRequest, where: queries.Where, chosen: queries.Where) -> Choice:
    """A tab; facets do not go along, as what is found in another place has others."""
    let_go = dict.fromkeys(FACETS) | {"in": where.value, "at": None}
    return Choice(str(PLACES[where]), _address(request, **let_go), chosen=where == chosen)


def _ordered(results: queries.Results | None) -> list[Facet]:
    """The facets by which there is something to narrow."""
    if results is None:
        return []
    facets = {facet.name: facet for facet in results.facets}
    found = [facets[name] for name in FACETS if name in facets]
    return [
        facet
        for facet in found
        if facet.chosen or any(option.count < results.total for option in facet.options)
    ]


def _facet(request: HttpRequest, facet: Facet, wish: queries.Asked) -> dict:
    title = PEOPLE[wish.where] if facet.name == "person" else TITLES[facet.name]
    return {
        "name": facet.name,
        "title": title,
        "options": [
            Choice(
                _label(facet.name, option.value, option.label),
                _address(request, **{facet.name: None if option.chosen else option.value}),
                option.count,
                option.chosen,
            )
            for option in facet.options
        ],
    }


def _label(name: str, value: str, label: str) -> str:
    if name == "kind" and value in ClauseKind.values:
        return str(ClauseKind(value).label)
    if name == "language":
        return languages.name(value)
    if name == "part":
        return _("Not in the text now") if value == queries.STRUCK else label or _("Title")
    return label


def _guesses(request: HttpRequest, results: queries.Results | None) -> list[Choice]:
    """The search again with words changed for those that are there."""
    return [
        Choice(again, _address(request, q=again)) for again in (results.again if results else ())
    ]


def _address(request: HttpRequest, **changes: object) -> str:
    """The same search with some parameters changed or, when None, let go; from its first page."""
    said = request.GET.copy()
    for name, value in ({"page": None} | changes).items():
        if value is None:
            said.pop(name, None)
        else:
            said[name] = str(value)
    return f"?{said.urlencode()}"

"""The form for a new silence procedure: what of the charter can be put under silence."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from charter.access import Seat
from charter.models import OPEN_STATUSES, SilenceKind
from charter.queries.amendments import amendments_of
from charter.queries.editions import editions_of
from charter.queries.silence import under_silence
from charter.queries.texts import text_at
from charter.text.kinds import Kind
from charter.text.numbering import citations
from charter.web import asked
from charter.web.silence_forms import AmendmentsForm, ClausesForm, EditionForm, OpeningForm

Choices = Iterator[tuple[str, str]]

TABS = (
    (SilenceKind.CLAUSES, gettext_lazy("Clauses")),
    (SilenceKind.AMENDMENTS, gettext_lazy("Amendments")),
    (SilenceKind.EDITION, gettext_lazy("An edition")),
)
# What is agreed as a whole; a clause within is offered when the address names it.
UNITS = (Kind.PREAMBLE, Kind.ARTICLE, Kind.ANNEX)


def opening_form(request: HttpRequest, seat: Seat) -> OpeningForm:
    """The form for what `?of=` names, with what the address names chosen."""
    data = request.POST if request.method == "POST" else None
    named = {name: request.GET.getlist(name) for name in ("clause", "amendment", "edition")}
    initial: dict[str, Any] = {"base": seat.charter.head}
    wanted = request.GET.get("of", SilenceKind.CLAUSES)
    language = asked.language(request, seat)
    if wanted == SilenceKind.AMENDMENTS:
        initial["amendments"] = named["amendment"]
        offered = list(_amendments(seat, language))
        return AmendmentsForm(data, initial=initial, offered=offered)
    if wanted == SilenceKind.EDITION:
        initial["edition"] = next(iter(named["edition"]), None)
        return EditionForm(data, initial=initial, offered=list(_editions(seat)))
    initial["clauses"] = named["clause"]
    offered = list(_clauses(seat, language, named["clause"]))
    return ClausesForm(data, initial=initial, offered=offered)


def opening_context(form: OpeningForm) -> dict[str, Any]:
    """What the page needs besides: the tabs, and the field of the choice."""
    chosen = {
        SilenceKind.CLAUSES: "clauses",
        SilenceKind.AMENDMENTS: "amendments",
        SilenceKind.EDITION: "edition",
    }[form.kind]
    return {"tabs": TABS, "kind": form.kind, "choice": form[chosen]}


def _clauses(seat: Seat, language: str, named: list[str]) -> Choices:
    under = under_silence(seat.charter).clauses
    taken = {str(clause) for clause in under}
    text = text_at(seat.charter, None, language)
    for (_depth, clause), cited in zip(text.walk(), citations(text), strict=True):
        wanted = clause.kind in UNITS or clause.id in named
        if wanted and clause.id not in taken:
            heading = f" · {clause.heading}" if clause.heading else ""
            yield clause.id, Truncator(f"{cited}{heading}").chars(90)


def _amendments(seat: Seat, language: str) -> Choices:
    taken = under_silence(seat.charter).amendments
    for one in amendments_of(seat, language, OPEN_STATUSES):
        if one.uuid not in taken:
            title = f" {one.title}" if one.title else ""
            yield str(one.uuid), Truncator(f"{one.symbol}{title} ({one.attribution})").chars(120)


def _editions(seat: Seat) -> Choices:
    taken = under_silence(seat.charter).editions
    for one in editions_of(seat.charter):
        if one.id not in taken:
            yield str(one.id), f"{one.name} {one.symbol}".strip()

"""Editing a clause in place, and what happens when somebody else was faster."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat, enter
from charter.actions.clauses import change_clause
from charter.actions.refusals import StaleWording
from charter.actions.staleness import StaleClause
from charter.actions.values import UNCHANGED, Committed
from charter.exports.citations import citation_of
from charter.models import ROOT, Charter, Clause
from charter.queries.states import principles_at, words_at
from charter.text.kinds import Kind, holdable
from charter.web import asked
from charter.web.clause_forms import (
    EditForm,
    TitleForm,
    initial_numbering,
    initial_words,
)
from charter.web.merging import merging, resolved, too_long
from charter.web.reading import HEADED
from charter.web.replies import committed, form_page, to_text, try_with
from charter.web.stale import moved_on


@dataclass(frozen=True, slots=True)
class Manner:
    """A way of changing a clause: the right it takes, its page, its form, and what is done.

    `form` takes the charter, the clause's row, the language, what was sent and what it begins
    with.
    """

    right: Right
    view: str
    template: str
    form: Callable[..., Form]
    change: Callable[[Seat, Clause, Form], Committed]


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """The form of a clause, or of the charter's title when `clause` is the root."""
    return changed(request, slug, clause, EDITING)


def changed(request: HttpRequest, slug: str, clause: UUID, manner: Manner) -> HttpResponse:
    """The form of a clause in this manner, the merge of two changes, or back to the text."""
    seat = enter(request.user, slug, manner.right)
    row = clause_of(seat.charter, clause)
    at = _Desk(request, seat, asked.language(request, seat), row, manner)
    if request.method != "POST":
        return _page(at, _blank_form(at))
    if "from" in request.POST and (refusal := too_long(request.POST)):
        form = at.form(request.POST)
        form.is_valid()
        form.add_error(None, refusal)
        return _page(at, form, status=422)
    form = at.form(resolved(request.POST, seat.charter, row.pk))
    if "compose" in request.POST:
        return _merge_page(at, form)
    if not form.is_valid():
        return _page(at, form, status=422)
    try:
        done = try_with(form, lambda: manner.change(seat, row, form))
    except StaleWording:
        return _merge_page(at, form, stale=True)
    except StaleClause as stale:
        return _moved_on_page(at, stale)
    if done is None:
        return _page(at, form, status=422)
    committed(request, done)
    return to_text(seat, at.language, "" if row.kind == ROOT else row.pk)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who changes which clause how, in which language of the page."""

    request: HttpRequest
    seat: Seat
    language: str
    row: Clause
    manner: Manner

    def form(self, data=None, initial=None) -> Form:
        return self.manner.form(self.seat.charter, self.row, self.language, data, initial)

    @property
    def context(self) -> dict:
        """What either page needs."""
        slug, title = self.seat.charter.slug, self.row.kind == ROOT
        return {
            "seat": self.seat,
            "language": self.language,
            "clause": self.row,
            "form_id": f"editing-{self.row.pk}",
            "address": reverse(self.manner.view, args=[slug, self.row.pk]),
            "citation": "" if title else citation_of(self.seat.charter, self.row.pk, self.language),
        }


def clause_of(charter: Charter, clause: UUID) -> Clause:
    """The clause's row. Http404 when it is not of this charter."""
    found = charter.clauses.select_related("parent").filter(pk=clause).first()
    if found is None:
        raise Http404(str(clause))
    return found


def kinds_beside(clause: Clause) -> tuple[Kind, ...]:
    """The kinds that may stand where the clause stands."""
    parent = clause.parent
    return holdable(None if parent.kind == ROOT else Kind(parent.kind))


def _form(charter: Charter, row: Clause, language: str, data=None, initial=None) -> Form:
    common = {"languages": charter.languages, "shown": language, "initial": initial}
    if row.kind == ROOT:
        return TitleForm(data, **common)
    principles = charter.principles.filter(withdrawn=False)
    return EditForm(data, kinds=kinds_beside(row), principles=principles, **common)


def _blank_form(at: _Desk) -> Form:
    charter, row = at.seat.charter, at.row
    initial = {"base": charter.head}
    initial |= initial_words(words_at(row.pk, charter.languages, charter.head))
    if row.kind != ROOT:
        initial |= {"kind": row.kind, "principles": sorted(principles_at(row.pk, charter.head))}
        initial |= initial_numbering(row.numeral)
    return at.form(initial=initial)


def _change(seat: Seat, row: Clause, form: Form) -> Committed:
    data = form.cleaned_data
    more = {}
    if row.kind != ROOT:
        more = {
            "kind": data["kind"],
            "numeral": form.numeral_chosen() if data["numbering"] else UNCHANGED,
            "principles": data["principles"],
            "seen": form.seen(),
        }
    return change_clause(
        actor=seat.person,
        charter=seat.charter,
        clause=row.pk,
        base=data["base"] if row.kind == ROOT else form.read(),
        words=form.words(),
        message=data["message"],
        **more,
    )


def _moved_on_page(at: _Desk, stale: StaleClause) -> HttpResponse:
    """The form with what somebody else made of a kind or a number, now seen."""
    data = at.request.POST.copy()
    data[f"seen_{stale.part}"] = str(stale.head)
    shown = moved_on(stale, at.seat.charter, at.language)
    return _page(at, at.form(data), status=409, moved_on=shown)


def _page(at: _Desk, form: Form, status: int = 200, **more: Any) -> HttpResponse:
    title = at.row.kind == ROOT
    context = (
        at.context
        | more
        | {
            "form": form,
            "is_title": title,
            "heading_aside": not title and at.row.kind not in HEADED,
        }
    )
    return form_page(at.request, at.manner.template, context, status)


def _merge_page(at: _Desk, form: Form, *, stale: bool = False) -> HttpResponse:
    """Both wordings side by side with what they have in common, to be made one by a person."""
    form.is_valid()
    context = at.context | {
        "form": form,
        **merging(at.request.POST, at.seat.charter, at.row.pk, form, stale=stale),
    }
    return form_page(at.request, "clauses/merge.html", context, status=409 if stale else 200)


EDITING = Manner(Right.EDIT, "clause_edit", "clauses/edit.html", _form, _change)

"""Editing a clause in place, and what happens when somebody else was faster."""

from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat, enter
from charter.actions.clauses import change_clause
from charter.actions.refusals import StaleWording
from charter.actions.values import UNCHANGED, Committed
from charter.models import ROOT, Charter, Clause
from charter.queries.states import principles_at, words_at
from charter.queries.texts import text_at
from charter.text.kinds import Kind, holdable
from charter.text.numbering import citations
from charter.web.clause_forms import (
    EditForm,
    TitleForm,
    initial_numbering,
    initial_words,
)
from charter.web.languages import chosen_language, isolated
from charter.web.merging import merging, resolved, too_long
from charter.web.reading import HEADED
from charter.web.replies import committed, form_page, to_text, try_with


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """The form of a clause, or of the charter's title when `clause` is the root."""
    seat = enter(request.user, slug, Right.EDIT)
    language = chosen_language(request, seat.charter)
    row = clause_of(seat.charter, clause)
    if request.method != "POST":
        return _page(request, seat, language, row, _blank_form(seat.charter, row, language))
    if "from" in request.POST and (refusal := too_long(request.POST)):
        form = _form(seat.charter, row, language, request.POST)
        form.is_valid()
        form.add_error(None, refusal)
        return _page(request, seat, language, row, form, status=422)
    data = resolved(request.POST, seat.charter, row.pk)
    form = _form(seat.charter, row, language, data)
    if "compose" in request.POST:
        return _merge_page(request, seat, language, row, form)
    if not form.is_valid():
        return _page(request, seat, language, row, form, status=422)
    try:
        done = try_with(form, lambda: _change(seat, row, form))
    except StaleWording:
        return _merge_page(request, seat, language, row, form, stale=True)
    if done is None:
        return _page(request, seat, language, row, form, status=422)
    committed(request, done)
    return to_text(seat, language, "" if row.kind == ROOT else row.pk)


def clause_of(charter: Charter, clause: UUID) -> Clause:
    """The clause's row. Http404 when it is not of this charter."""
    found = charter.clauses.select_related("parent").filter(pk=clause).first()
    if found is None:
        raise Http404(str(clause))
    return found


def citation_of(charter: Charter, clause: UUID, language: str) -> str:
    """How a sentence cites the clause as it stands now; "" when it is not in the text."""
    outline = text_at(charter, None, language)
    pairs = zip(outline.walk(), citations(outline), strict=True)
    said = next((said for (_, one), said in pairs if one.id == str(clause)), "")
    return isolated(said, language)


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


def _blank_form(charter: Charter, row: Clause, language: str) -> Form:
    initial = {"base": charter.head}
    initial |= initial_words(words_at(row.pk, charter.languages, charter.head))
    if row.kind != ROOT:
        initial |= {"kind": row.kind, "principles": sorted(principles_at(row.pk, charter.head))}
        initial |= initial_numbering(row.numeral)
    return _form(charter, row, language, initial=initial)


def _change(seat: Seat, row: Clause, form: Form) -> Committed:
    data = form.cleaned_data
    more = {}
    if row.kind != ROOT:
        more = {
            "kind": data["kind"],
            "numeral": form.numeral_chosen() if data["numbering"] else UNCHANGED,
            "principles": data["principles"],
        }
    return change_clause(
        actor=seat.person,
        charter=seat.charter,
        clause=row.pk,
        base=data["base"],
        words=form.words(),
        message=data["message"],
        **more,
    )


def _page(
    request: HttpRequest,
    seat: Seat,
    language: str,
    row: Clause,
    form: Form,
    status: int = 200,
) -> HttpResponse:
    context = {
        "seat": seat,
        "language": language,
        "clause": row,
        "form": form,
        "form_id": f"editing-{row.pk}",
        "is_title": row.kind == ROOT,
        "heading_aside": row.kind != ROOT and row.kind not in HEADED,
        "citation": "" if row.kind == ROOT else citation_of(seat.charter, row.pk, language),
    }
    return form_page(request, "clauses/edit.html", context, status)


def _merge_page(
    request: HttpRequest,
    seat: Seat,
    language: str,
    row: Clause,
    form: Form,
    *,
    stale: bool = False,
) -> HttpResponse:
    """Both wordings side by side with what they have in common, to be made one by a person."""
    form.is_valid()
    context = {
        "seat": seat,
        "language": language,
        "clause": row,
        "form": form,
        "form_id": f"editing-{row.pk}",
        "citation": "" if row.kind == ROOT else citation_of(seat.charter, row.pk, language),
        **merging(request.POST, seat.charter, row.pk, form, stale=stale),
    }
    return form_page(request, "clauses/merge.html", context, status=409 if stale else 200)

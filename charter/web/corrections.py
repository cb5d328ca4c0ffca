"""Correcting a clause of an adopted text, by the same form and the same merge as editing."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat
from charter.actions.corrections import correct_clause
from charter.actions.values import UNCHANGED, Committed
from charter.models import ROOT, Charter, Clause
from charter.web.clause_forms import CorrectionForm, TitleCorrectionForm
from charter.web.editing import Manner, changed


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """The form that corrects a clause, or the charter's title when `clause` is the root."""
    return changed(request, slug, clause, CORRECTING)


def _form(charter: Charter, row: Clause, language: str, data: Any, initial: Any) -> Form:
    form = TitleCorrectionForm if row.kind == ROOT else CorrectionForm
    return form(data, languages=charter.languages, shown=language, initial=initial)


def _correct(seat: Seat, row: Clause, form: Form) -> Committed:
    data = form.cleaned_data
    return correct_clause(
        actor=seat.person,
        charter=seat.charter,
        clause=row.pk,
        base=data["base"] if row.kind == ROOT else form.read(),
        reason=data["message"],
        words=form.words(),
        numeral=form.numeral_chosen() if data.get("numbering") else UNCHANGED,
        seen={} if row.kind == ROOT else form.seen(),
    )


CORRECTING = Manner(Right.CORRECT, "clause_correct", "clauses/correct.html", _form, _correct)

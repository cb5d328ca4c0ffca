"""The ladder of agreement on pages: a clause's rung, its steps, and the sign in the outline."""

from collections.abc import Mapping
from html import escape
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charter.access import Right, Seat, enter
from charter.actions import gate
from charter.actions import ladder as actions
from charter.exports.stances import RUNGS
from charter.models import Rung
from charter.queries.ladder import Step, rungs_of, steps_of
from charter.web import asked
from charter.web.editing import clause_of
from charter.web.forms import refusing


class RungForm(forms.Form):
    """Where the chair puts a clause, having seen it in revision `base`."""

    rung = forms.ChoiceField(label=gettext_lazy("This clause is"), choices=Rung.choices)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=gate.MESSAGE)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def ladder_context(seat: Seat, clause: UUID) -> dict[str, Any]:
    """What `ladder/panel.html` needs."""
    steps = steps_of(seat.charter, clause)
    now = steps[0].now if steps else Rung.OPEN
    form = RungForm(auto_id="rung_%s", initial={"rung": now, "base": seat.charter.head})
    return {
        "rung": now,
        "rung_sign": RUNGS[now],
        "rung_steps": steps,
        "rung_form": form if seat.may(Right.AGREE) else None,
    }


def rung_signs(rungs: Mapping[UUID, Step]) -> dict[str, str]:
    """For the outline, the sign of each clause that is agreed to some degree, by its id."""
    return {str(clause): rung_sign(step.now) for clause, step in rungs.items() if _says(step)}


def _says(step: Step) -> bool:
    return step.now != Rung.OPEN or step.fell is not None


def rung_sign(rung: Rung) -> str:
    """The sign with its words for who does not see it, as HTML."""
    said = escape(str(rung.label))
    return (
        f'<span class="rung rung-{rung.value}" title="{said}"><span aria-hidden="true">'
        f'{RUNGS[rung]}</span><span class="unseen">{said}</span></span>'
    )


def outline_signs(seat: Seat, number: int) -> dict[str, str]:
    """The signs of a text as of a revision."""
    return rung_signs(rungs_of(seat.charter, number))


@require_POST
def put(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Put a clause on a rung."""
    seat = enter(request.user, slug, Right.AGREE)
    clause_of(seat.charter, clause)
    form = RungForm(request.POST)
    if form.is_valid():
        with refusing(request):
            actions.set_rung(
                actor=seat.person, charter=seat.charter, clause=clause, **form.cleaned_data
            )
            messages.success(request, _("Noted on the ladder of agreement."))
    else:
        messages.error(request, _("Choose how far the clause is agreed."))
    language = asked.language(request, seat)
    address = reverse("clause", args=[slug, clause], query={"language": language})
    return redirect(f"{address}#ladder")

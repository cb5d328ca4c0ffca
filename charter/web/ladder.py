"""The ladder of agreement on pages: a clause put on a rung, and the sign in the outline."""

from collections.abc import Mapping
from html import escape
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charter.access import Right, enter
from charter.actions import ladder as actions
from charter.exports.stances import RUNGS
from charter.models import Rung
from charter.queries.ladder import Step
from charter.web import asked
from charter.web.clauses import clause_page
from charter.web.editing import clause_of
from charter.web.forms import attempt
from charter.web.ladder_forms import RungForm


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


@require_POST
def put(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Put a clause on a rung."""
    seat = enter(request.user, slug, Right.AGREE)
    clause_of(seat.charter, clause)
    form = RungForm(request.POST)
    if form.is_valid():
        with attempt(form):
            actions.set_rung(
                actor=seat.person, charter=seat.charter, clause=clause, **form.cleaned_data
            )
            messages.success(request, _("Noted on the ladder of agreement."))
            language = asked.language(request, seat)
            address = reverse("clause", args=[slug, clause], query={"language": language})
            return redirect(f"{address}#ladder")
    seat.charter.refresh_from_db()
    form.seen_again(seat.charter.head)
    return clause_page(request, seat, clause, rung_form=form)

"""Taking a position on a clause or an amendment, and taking it back, from their pages."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charter.access import Right, Seat, enter
from charter.actions import positions as actions
from charter.models import Visibility
from charter.web import asked
from charter.web.amendments import amendment_page, found_amendment
from charter.web.clauses import clause_page
from charter.web.editing import clause_of
from charter.web.forms import attempt, refusing
from charter.web.position_forms import PositionForm


@require_POST
def take_on_clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Say what one's delegation holds on a clause."""
    seat = enter(request.user, slug, Right.HOLD)
    clause_of(seat.charter, clause)
    return _take(request, seat, "clause", clause)


@require_POST
def withdraw_on_clause(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Hold it no longer."""
    seat = enter(request.user, slug, Right.WITHDRAW)
    clause_of(seat.charter, clause)
    return _withdraw(request, seat, "clause", clause)


@require_POST
def take_on_amendment(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """Say what one's delegation holds on an amendment."""
    seat = enter(request.user, slug, Right.HOLD)
    found_amendment(seat, amendment)
    return _take(request, seat, "amendment", amendment)


@require_POST
def withdraw_on_amendment(request: HttpRequest, slug: str, amendment: UUID) -> HttpResponse:
    """Hold it no longer."""
    seat = enter(request.user, slug, Right.WITHDRAW)
    found_amendment(seat, amendment)
    return _withdraw(request, seat, "amendment", amendment)


def _take(request: HttpRequest, seat: Seat, kind: str, key: UUID) -> HttpResponse:
    form = PositionForm(request.POST)
    if form.is_valid():
        with attempt(form):
            actions.take_position(
                actor=seat.person, charter=seat.charter, **{kind: key}, **form.cleaned_data
            )
            messages.success(request, _("The position of your delegation is kept."))
            return _back(request, seat, kind, key)
    page = {"clause": clause_page, "amendment": amendment_page}[kind]
    return page(request, seat, key, position_form=form)


def _withdraw(request: HttpRequest, seat: Seat, kind: str, key: UUID) -> HttpResponse:
    with refusing(request):
        actions.withdraw_position(
            actor=seat.person,
            charter=seat.charter,
            visibility=request.POST.get("visibility", Visibility.ALL),
            **{kind: key},
        )
        messages.success(request, _("Your delegation holds this no longer."))
    return _back(request, seat, kind, key)


def _back(request: HttpRequest, seat: Seat, kind: str, key: UUID) -> HttpResponse:
    language = asked.language(request, seat)
    address = reverse(kind, args=[seat.charter.slug, key], query={"language": language})
    return redirect(f"{address}#positions")

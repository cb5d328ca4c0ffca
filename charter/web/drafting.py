"""The amendment that a suggestion goes into: a draft in hand, another of one's own, or a new one.

The draft that the last suggestion went into stays in hand from clause to clause, until it is on the
table: what others read is changed only by who chooses it.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from charter.access import Seat
from charter.actions.amendments import draft_amendment
from charter.models import AmendmentStatus
from charter.queries.amendments import ListedAmendment, amendment_of
from charter.web.replies import to_text, try_with

IN_HAND = "drafts-in-hand"  # of a session: by the charter's slug, the draft


def in_hand(request: HttpRequest, seat: Seat, own: list[ListedAmendment]) -> str:
    """The id of the draft in hand, one of `own`; "" for none."""
    said = request.session.get(IN_HAND, {}).get(seat.charter.slug, "")
    drafts = {str(one.uuid) for one in own if one.status == AmendmentStatus.DRAFT}
    return said if said in drafts else ""


def put(seat: Seat, form: Form, ask: Callable[..., object]) -> UUID | None:
    """Ask for a change in the amendment chosen, or in a new draft; None when it is refused.

    `ask` takes the actor, the charter and the amendment.
    """
    chosen = form.cleaned_data["amendment"]
    act = {"actor": seat.person, "charter": seat.charter}

    def ask_in() -> UUID:
        with transaction.atomic():
            made = UUID(chosen) if chosen else draft_amendment(**act).uuid
            ask(**act, amendment=made)
            return made

    made: UUID | None = try_with(form, ask_in)
    return made


def suggested(
    request: HttpRequest, seat: Seat, language: str, amendment: UUID, clause: Any = ""
) -> HttpResponse:
    """Back to the text, at the clause, for who suggested there; else to the amendment.

    Of a draft it is said what is to be done next, and where.
    """
    page = reverse("amendment", args=[seat.charter.slug, amendment])
    if amendment_of(seat, amendment).status == AmendmentStatus.DRAFT:
        kept = request.session.get(IN_HAND, {})
        request.session[IN_HAND] = {**kept, seat.charter.slug: str(amendment)}
        said, next_ = (
            _("It is in the draft, which only your delegation sees."),
            _("Put it on the table"),
        )
        told = format_html('{} <a href="{}#table">{}</a>', said, page, next_)
    else:
        told = _("The amendment asks for it now.")
    messages.success(request, told)
    return to_text(seat, language, clause) if request.htmx else redirect(page)

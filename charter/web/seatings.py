"""The word of a delegation on somebody whom the chair named to it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charter.access import enter
from charter.actions import seatings as actions
from charter.queries.members import member_of
from charter.web.forms import refusing


@require_POST
def confirm(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """Let them in."""
    return _answer(request, slug, member, actions.confirm_seat, _("%(name)s sits with you now."))


@require_POST
def decline(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """Send them back."""
    said = _("%(name)s does not sit with your delegation.")
    return _answer(request, slug, member, actions.decline_seat, said)


def _answer(
    request: HttpRequest, slug: str, member: int, act: Callable[..., object], said: str
) -> HttpResponse:
    seat = enter(request.user, slug)
    found = member_of(seat.charter, member)
    if found is None:
        raise Http404(str(member))
    with refusing(request):
        act(actor=request.user, charter=seat.charter, member=found.id)
        messages.success(request, said % {"name": found.name})
    team = found.waits_for_id or found.delegation_id
    return redirect("delegation", slug, team) if team else redirect("members", slug)

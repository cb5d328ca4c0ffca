"""Invitations: what their holders open, and what the chair does with those that wait.

The page of a key says "strict-origin" to where one goes from it, so that the key is in no Referer.
With "no-referrer" browsers would send its forms as of no origin, and these are refused as forged.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import sessions, throttle
from accounts.forms import NewAccount, SignIn
from charter.access import Right, enter
from charter.actions import invitations as actions
from charter.actions.refusals import NoSuch, Refused
from charter.models import Membership
from charter.queries import invitations as queries
from charter.queries.invitations import Invited, State
from charter.queries.members import sits_in
from charter.web.forms import attempt, refusing, sent
from charter.web.members import handed_over


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever holds the key takes the seat, with the account they have or a new one."""
    found = queries.invitation_by(key)
    if found is None:
        answer = render(request, "invitations/closed.html", {"state": ""}, status=404)
    elif request.user.is_authenticated:
        answer = _take(request, found, key)
    elif found.state != State.OPEN:
        answer = _closed(request, found.state)
    else:
        answer = _join(request, found, key)
    answer["Referrer-Policy"] = "strict-origin"
    return answer


@require_POST
@login_required
def accept(request: HttpRequest, invitation: int) -> HttpResponse:
    """Take a seat that is kept for the person's own confirmed address."""
    try:
        seat = actions.accept_own(person=request.user, invitation=invitation)
    except NoSuch:
        raise Http404(str(invitation)) from None
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("charters")
    return _seated(request, seat)


@require_POST
@login_required
def decline(request: HttpRequest, invitation: int) -> HttpResponse:
    """Send such an invitation back."""
    try:
        actions.decline_own(person=request.user, invitation=invitation)
    except NoSuch:
        raise Http404(str(invitation)) from None
    messages.success(request, _("The invitation is declined."))
    return redirect("charters")


@require_POST
def renew(request: HttpRequest, slug: str, invitation: int) -> HttpResponse:
    """New keys for an invitation that waits, shown once."""
    seat = enter(request.user, slug, Right.MANAGE)
    _waits(seat.charter, invitation)
    with refusing(request):
        issued = actions.renew_invitation(
            actor=request.user, charter=seat.charter, invitation=invitation
        )
        return handed_over(request, seat, issued)
    return redirect("members", slug)


@require_POST
def withdraw(request: HttpRequest, slug: str, invitation: int) -> HttpResponse:
    """Let nobody in by an invitation any more."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _waits(seat.charter, invitation)
    with refusing(request):
        actions.withdraw_invitation(actor=request.user, charter=seat.charter, invitation=invitation)
        messages.success(
            request,
            _("The invitation of %(name)s is withdrawn.") % {"name": found.name or found.email},
        )
    return redirect("members", slug)


def _take(request: HttpRequest, found: Invited, key: str) -> HttpResponse:
    """For somebody who is signed in: one button, or the charter where they sit already."""
    if sits_in(request.user, found.charter_id):
        if found.accepted_by_id != request.user.pk:
            messages.info(request, _("You have a seat in this charter already."))
        return redirect("text", found.slug)
    if found.state != State.OPEN:
        return _closed(request, found.state)
    if request.method == "POST":
        with refusing(request):
            return _seated(request, actions.accept_invitation(person=request.user, key=key))
        return redirect("invitation", key)
    return render(request, "invitations/invitation.html", {"invitation": found})


def _join(request: HttpRequest, found: Invited, key: str) -> HttpResponse:
    """For somebody who is not: a new account, or the way to sign in and come back."""
    form = NewAccount(*sent(request)[:1], initial={"name": found.name, "email": found.email})
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        seat, status = _joined(request, found, key, form)
        if seat:
            return _begun(request, seat)
    context = {
        "invitation": found,
        "form": form,
        "sign_in": SignIn(auto_id="known_%s", initial={"email": found.email}),
    }
    return render(request, "invitations/invitation.html", context, status=status)


def _joined(
    request: HttpRequest, found: Invited, key: str, form: NewAccount
) -> tuple[Membership | None, int]:
    """The seat of a new account, or None and the status of the form with what is wrong.

    The answer can tell that an address has an account, so there are few of them for all the
    invitations that one person may have made to find out.
    """
    tried = throttle.enter(f"join {found.invited_by_id}", sessions.origin(request))
    if tried is None:
        form.add_error(None, _("Too many attempts. Please wait a quarter of an hour."))
        return None, 429
    said = form.cleaned_data
    with attempt(form):
        seat = actions.join(
            key=key, email=said["email"], name=said["name"], password=said["password1"]
        )
        throttle.forgive(tried)
        return seat, 302
    return None, 422


def _begun(request: HttpRequest, seat: Membership) -> HttpResponse:
    sessions.begin(request, seat.person)
    answer = _seated(request, seat)
    throttle.remember(answer, seat.person.email)
    return answer


def _seated(request: HttpRequest, seat: Membership) -> HttpResponse:
    said = _("You have a seat in this charter now. Your role: %(role)s.")
    messages.success(request, said % {"role": seat.get_role_display()})
    return redirect("text", seat.charter.slug)


def _closed(request: HttpRequest, state: State) -> HttpResponse:
    return render(request, "invitations/closed.html", {"state": state}, status=410)


def _waits(charter, invitation: int) -> Invited:
    found = queries.invitation_of(charter, invitation)
    if found is None:
        raise Http404(str(invitation))
    return found

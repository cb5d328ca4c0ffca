"""Signing in and out, invitations, forgotten passwords, and one's own account."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import letters, people, sessions, throttle
from accounts.forms import Account, Forgotten, Invitation, NewPassword, SignIn
from accounts.models import Person


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next(request))
    form, status = SignIn(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        device = throttle.device_of(request, email)
        attempt = throttle.enter(email, device or sessions.origin(request), known=bool(device))
        if attempt is None:
            form.add_error(None, _("Too many attempts. Please wait a quarter of an hour."))
            status = 429
        else:
            person = authenticate(
                request,
                username=email.lower(),
                password=form.cleaned_data["password"],
            )
            if person:
                throttle.succeed(attempt)
                sessions.begin(request, person)
                answer = HttpResponseRedirect(_next(request))
                throttle.remember(answer, email)
                return answer
            form.add_error(None, _("The address or the password is not right."))
    cast = people.cast() if settings.DEMO else []
    context = {"form": form, "cast": cast, "next": _next(request)}
    return render(request, "accounts/sign_in.html", context, status=status)


@require_POST
@never_cache
def sign_in_as(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One click per member of the cast, in the demo only."""
    person = next((one for one in people.cast() if one.uuid == uuid), None)
    if not settings.DEMO or person is None:
        raise Http404
    sessions.begin(request, person)
    return HttpResponseRedirect(_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    answer = redirect("accounts:sign_in")
    # What the browser has kept of the pages is not for who sits down there next.
    answer["Clear-Site-Data"] = '"cache"'
    return answer


@never_cache
def invitation(request: HttpRequest, uuid: UUID, token: str) -> HttpResponse:
    person = people.invited(uuid, token)
    if person is None:
        return render(request, "accounts/stale_link.html", status=404)
    form = Invitation(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        by_letter = people.came_by_letter(person, token)  # of the password there was
        form.save()
        if by_letter:
            people.confirm(person)
        sessions.begin(request, person)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/invitation.html", {"form": form, "person": person})


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Says the same whether or not somebody has the address."""
    if not settings.EMAIL_OFFERED:
        raise Http404
    form = Forgotten(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if throttle.enter(f"forgotten {email}", sessions.origin(request)):
            letters.send_link(email, request.build_absolute_uri("/").rstrip("/"))
        return render(request, "accounts/forgotten_sent.html")
    return render(request, "accounts/forgotten.html", {"form": form})


@login_required
def account(request: HttpRequest) -> HttpResponse:
    # A form changes its instance even when it is refused, so it gets one of its own.
    form = Account(request.POST or None, instance=Person.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        person = form.save()
        with translation.override(person.language or translation.get_language()):
            messages.success(request, _("Saved."))
        return redirect("accounts:account")
    return render(request, "accounts/account.html", {"form": form})


@login_required
def password(request: HttpRequest) -> HttpResponse:
    if not request.user.has_usable_password():
        raise Http404
    form = NewPassword(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("The password is changed."))
        return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form})


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of this site."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wish if safe and wish.startswith("/") else resolve_url(settings.LOGIN_REDIRECT_URL)

"""Webhooks: which programs the chair has told of what happens, and what they were told."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from charter.access import Right, Seat, enter
from charter.actions import webhooks as actions
from charter.queries import webhooks as queries
from charter.web import asked
from charter.web.forms import attempt, refusing, sent


class Wish(forms.Form):
    """Who is told of what."""

    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        help_text=gettext_lazy("Where the messages are sent, by https."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Events"),
        choices=[(name.value, name.label) for name in actions.OFFERED],
        initial=[name.value for name in actions.OFFERED],
        widget=forms.CheckboxSelectMultiple,
    )
    description = forms.CharField(
        label=gettext_lazy("What it is for"), max_length=actions.DESCRIPTION, required=False
    )


class Change(Wish):
    """The same, and whether it is told at all."""

    active = forms.BooleanField(label=gettext_lazy("Switched on"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, slug: str) -> HttpResponse:
    """All of a charter's; the chair adds one and is shown its secret this once."""
    seat = enter(request.user, slug, Right.MANAGE)
    form, secret = Wish(*sent(request)), ""
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            _made, secret = actions.add_webhook(
                actor=request.user, charter=seat.charter, **form.cleaned_data
            )
            form = Wish()
    answer = render(
        request,
        "webhooks/webhooks.html",
        {
            "seat": seat,
            "form": form,
            "secret": secret,
            "webhooks": queries.webhooks_of(seat.charter),
        },
        status=422 if form.errors else 200,
    )
    return _shown_once(answer) if secret else answer


@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, slug: str, webhook: int) -> HttpResponse:
    """One webhook: what it is told, what it was told, and how that went."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _found(seat, webhook)
    form = Change(*sent(request), initial=_said(found))
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            actions.change_webhook(
                actor=request.user, charter=seat.charter, webhook=found.id, **form.cleaned_data
            )
            messages.success(request, _("Saved."))
            return redirect("webhook", slug, found.id)
    return _page(request, seat, found, form)


@require_POST
def withdraw(request: HttpRequest, slug: str, webhook: int) -> HttpResponse:
    """Tell it nothing any more."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _found(seat, webhook)
    with refusing(request):
        actions.withdraw_webhook(actor=request.user, charter=seat.charter, webhook=found.id)
        messages.success(request, _("The webhook is withdrawn."))
    return redirect("webhooks", slug)


@require_POST
def secret(request: HttpRequest, slug: str, webhook: int) -> HttpResponse:
    """Another secret, shown this once."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _found(seat, webhook)
    made = actions.rotate_secret(actor=request.user, charter=seat.charter, webhook=found.id)
    return _shown_once(_page(request, seat, found, Change(initial=_said(found)), secret=made))


@require_POST
def test(request: HttpRequest, slug: str, webhook: int) -> HttpResponse:
    """Send it a message that says nothing but that it is a test."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _found(seat, webhook)
    with refusing(request):
        actions.send_test(actor=request.user, charter=seat.charter, webhook=found.id)
        messages.success(request, _("A test is on its way; the log below will say how it went."))
    return redirect("webhook", slug, found.id)


@require_POST
def again(request: HttpRequest, slug: str, delivery: int) -> HttpResponse:
    """Send a message of the log once more."""
    seat = enter(request.user, slug, Right.MANAGE)
    whose = queries.webhook_of_delivery(seat.charter, delivery)
    if whose is None:
        raise Http404(str(delivery))
    with refusing(request):
        actions.redeliver(actor=request.user, charter=seat.charter, delivery=delivery)
        messages.success(request, _("The message is in line again."))
    return redirect("webhook", slug, whose)


def _page(
    request: HttpRequest, seat: Seat, found: queries.Listener, form: Change, *, secret: str = ""
) -> HttpResponse:
    before = request.GET.get("before", "")
    return render(
        request,
        "webhooks/webhook.html",
        {
            "seat": seat,
            "form": form,
            "webhook": found,
            "secret": secret,
            "log": queries.log_of(
                seat.charter, found.id, before=asked.whole(before) if before else None
            ),
            "back": reverse("webhooks", args=[seat.charter.slug]),
        },
        status=422 if form.errors else 200,
    )


def _said(found: queries.Listener) -> dict[str, object]:
    return {
        "url": found.url,
        "events": [name.value for name in found.events],
        "description": found.description,
        "active": found.running,
    }


def _shown_once(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer


def _found(seat: Seat, webhook: int) -> queries.Listener:
    found = queries.webhook_of(seat.charter, webhook)
    if found is None:
        raise Http404(str(webhook))
    return found

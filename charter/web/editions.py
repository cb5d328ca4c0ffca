"""Editions: revisions with a name."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from charter.access import Right, Seat, enter
from charter.actions import editions as actions
from charter.queries.editions import NamedRevision, editions_of
from charter.queries.silence import silences_of_editions
from charter.web.forms import attempt, refusing, sent
from charter.web.standing_forms import OfWhatStands


class Name(forms.Form):
    """What an edition is called."""

    name = forms.CharField(
        label=pgettext_lazy("of an edition", "Name"),
        max_length=120,
        help_text=gettext_lazy("As it will be cited: Rev.1, Chair's text."),
    )
    symbol = forms.CharField(
        label=gettext_lazy("Document symbol"),
        max_length=80,
        required=False,
    )


class Renaming(OfWhatStands, Name):
    """Another name for an edition."""


class NewEdition(Name):
    """A name for one revision."""

    def __init__(self, *args, head: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"] = forms.IntegerField(
            label=gettext_lazy("Revision"), min_value=1, max_value=head, initial=head
        )


@require_http_methods(["GET", "HEAD", "POST"])
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """All editions; the chair names another."""
    seat = enter(request.user, slug, Right.MANAGE if request.method == "POST" else Right.READ)
    form = NewEdition(*sent(request), head=seat.charter.head)
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            actions.name_edition(actor=request.user, charter=seat.charter, **form.cleaned_data)
            messages.success(request, _("The edition has its name."))
            return redirect("editions", slug)
    return render(
        request,
        "editions/editions.html",
        {
            "seat": seat,
            "form": form,
            "editions": editions_of(seat.charter),
            "silences": silences_of_editions(seat.charter),
            "may_manage": seat.may(Right.MANAGE),
            "may_silence": seat.may(Right.SILENCE),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: HttpRequest, slug: str, edition: int) -> HttpResponse:
    """Correct an edition's name or symbol."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _found(seat, edition)
    form = Renaming(*sent(request), initial={"name": found.name, "symbol": found.symbol})
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            actions.rename_edition(
                actor=request.user, charter=seat.charter, edition=found.id, **form.cleaned_data
            )
            messages.success(request, _("Saved."))
            return redirect("editions", slug)
    return render(
        request,
        "editions/edition.html",
        {"seat": seat, "form": form, "edition": found, "back": reverse("editions", args=[slug])},
        status=422 if form.errors else 200,
    )


@require_POST
def withdraw(request: HttpRequest, slug: str, edition: int) -> HttpResponse:
    """Take a name off its revision."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _found(seat, edition)
    with refusing(request):
        actions.withdraw_edition(actor=request.user, charter=seat.charter, edition=found.id)
        messages.success(
            request, _("Revision %(number)d has lost this name.") % {"number": found.number}
        )
    return redirect("editions", slug)


def _found(seat: Seat, edition: int) -> NamedRevision:
    for found in editions_of(seat.charter):
        if found.id == edition:
            return found
    raise Http404(str(edition))

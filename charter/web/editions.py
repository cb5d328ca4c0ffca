"""Editions: revisions with a name."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from charter.access import Right, enter
from charter.actions.editions import name_edition
from charter.queries.editions import editions_of
from charter.web.forms import attempt, sent


class NewEdition(forms.Form):
    """A name for one revision."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("As it will be cited: Rev.1, Chair's text."),
    )
    symbol = forms.CharField(
        label=gettext_lazy("Document symbol"),
        max_length=80,
        required=False,
    )

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
            name_edition(actor=request.user, charter=seat.charter, **form.cleaned_data)
            messages.success(request, _("The edition has its name."))
            return redirect("editions", slug)
    return render(
        request,
        "editions/editions.html",
        {
            "seat": seat,
            "form": form,
            "editions": editions_of(seat.charter),
            "may_manage": seat.may(Right.MANAGE),
        },
        status=422 if form.errors else 200,
    )

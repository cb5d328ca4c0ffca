"""Who belongs to an organisation or a format, and from when to when."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from charter.access import Right, enter
from charter.actions import party_members as actions
from charter.queries import parties as queries
from charter.web import asked
from charter.web.forms import attempt, refusing, sent
from charter.web.parties import found_party


class _Day(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Days(forms.Form):
    """From one day to another; an empty one is open."""

    since = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        widget=_Day,
        help_text=gettext_lazy("Empty when it is not known."),
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=_Day,
        help_text=gettext_lazy("Empty while the membership lasts."),
    )


class NewMembers(Days):
    """One party or several that belong to it in the same days."""

    members = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Members"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("members", "since", "until")

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = choices


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str, party: int) -> HttpResponse:
    """Say who else belongs to it."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = found_party(seat, party)
    language = asked.language(request, seat)
    choices = queries.party_choices(seat.charter, language, without=found.id)
    form = NewMembers(*sent(request), choices=choices)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with attempt(form), transaction.atomic():
            for member in said["members"]:
                actions.add_party_member(
                    actor=request.user,
                    charter=seat.charter,
                    organisation=found.id,
                    member=member,
                    since=said["since"],
                    until=said["until"],
                )
            messages.success(request, _("Saved."))
            return redirect("party", slug, found.id)
    context = {"seat": seat, "form": form, "party": found, "name": _name(found, language)}
    context["back"] = reverse("party", args=[slug, found.id])
    return render(request, "parties/members.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, slug: str, party: int, membership: int) -> HttpResponse:
    """Correct the days of a membership."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = found_party(seat, party)
    tie = queries.tie_of(seat.charter, found.id, membership)
    if tie is None:
        raise Http404(str(membership))
    language = asked.language(request, seat)
    form = Days(*sent(request), initial={"since": tie.days.since, "until": tie.days.until})
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            actions.change_party_member(
                actor=request.user, charter=seat.charter, membership=tie.id, **form.cleaned_data
            )
            messages.success(request, _("Saved."))
            return redirect("party", slug, found.id)
    context = {
        "seat": seat,
        "form": form,
        "party": found,
        "tie": tie,
        "name": _name(found, language),
        "member": dict(queries.party_choices(seat.charter, language))[tie.member],
        "back": reverse("party", args=[slug, found.id]),
    }
    return render(request, "parties/membership.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, slug: str, party: int, membership: int) -> HttpResponse:
    """Take a membership out."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = found_party(seat, party)
    if queries.tie_of(seat.charter, found.id, membership) is None:
        raise Http404(str(membership))
    with refusing(request):
        actions.remove_party_member(actor=request.user, charter=seat.charter, membership=membership)
        messages.success(request, _("The membership is taken out."))
    return redirect("party", slug, found.id)


def _name(found: queries.Entry, language: str) -> str:
    return found.names.get(language) or found.name

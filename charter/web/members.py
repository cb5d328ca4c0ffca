"""Who has a seat in a charter."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Person
from accounts.people import invite
from charter.access import Right, Seat, enter
from charter.actions import gate
from charter.actions import members as actions
from charter.models import Role
from charter.queries import members as queries
from charter.queries.parties import delegation_choices
from charter.web import asked
from charter.web.forms import attempt, refusing, sent


class Place(forms.Form):
    """A role, and a delegation or none."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Role.choices, initial=Role.OBSERVER
    )
    delegation = forms.TypedChoiceField(
        label=gettext_lazy("Delegation"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args, delegations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["delegation"].choices = [("", gettext_lazy("None")), *delegations]


class Invitation(Place):
    """Somebody by e-mail address, with or without an account."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Not needed for somebody who has an account."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ("email", "name", "role", "delegation")


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody with a seat; the chair gives a seat to another."""
    seat = enter(request.user, slug, Right.MANAGE if request.method == "POST" else Right.READ)
    form = Invitation(*sent(request), delegations=_delegations(request, seat))
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            person, link = _give(seat, form.cleaned_data)
            if link:
                return _page(request, seat, invited=str(person), link=link)
            messages.success(request, _("%(name)s has a seat.") % {"name": person})
            return redirect("members", slug)
    return _page(request, seat, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """Change somebody's role or delegation."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _found(seat, member)
    form = Place(
        *sent(request),
        delegations=_delegations(request, seat),
        initial={"role": found.role, "delegation": found.delegation_id},
    )
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            actions.change_member(
                actor=request.user, charter=seat.charter, member=found.id, **form.cleaned_data
            )
            messages.success(request, _("Saved."))
            return redirect("members", slug)
    return render(
        request,
        "members/member.html",
        {"seat": seat, "form": form, "member": found},
        status=422 if form.errors else 200,
    )


@require_POST
def remove(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """Take a seat away."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _found(seat, member)
    with refusing(request):
        actions.remove_member(actor=request.user, charter=seat.charter, member=found.id)
        messages.success(request, _("%(name)s has no seat any more.") % {"name": found.name})
        if found.person_id == request.user.pk:
            return redirect("charters")
    return redirect("members", slug)


@require_POST
def link(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """The one-time link again, for a member who has not used theirs."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _found(seat, member)
    person, path = invite(found.email, found.name, by=request.user)
    if path:
        return _page(request, seat, invited=str(person), link=path)
    messages.info(
        request,
        _("There is no link for %(name)s: they can sign in already, or another invited them.")
        % {"name": found.name},
    )
    return redirect("members", slug)


def _give(seat: Seat, said: dict) -> tuple[Person, str]:
    name = gate.line(said["name"], 200)
    person, path = invite(said["email"], name, by=seat.person)
    actions.add_member(
        actor=seat.person,
        charter=seat.charter,
        person=person,
        role=said["role"],
        delegation=said["delegation"],
    )
    return person, path


def _page(
    request: HttpRequest,
    seat: Seat,
    *,
    form: Invitation | None = None,
    invited: str = "",
    link: str = "",
) -> HttpResponse:
    form = form or Invitation(delegations=_delegations(request, seat))
    answer = render(
        request,
        "members/members.html",
        {
            "seat": seat,
            "form": form,
            "members": queries.members_of(seat.charter, asked.language(request, seat)),
            "may_manage": seat.may(Right.MANAGE),
            "invited": invited,
            "link": request.build_absolute_uri(link) if link else "",
        },
        status=422 if form.errors else 200,
    )
    if link:
        answer["Cache-Control"] = "no-store"
    return answer


def _delegations(request: HttpRequest, seat: Seat) -> list[tuple[int, str]]:
    return delegation_choices(seat.charter, asked.language(request, seat))


def _found(seat: Seat, member: int) -> queries.Member:
    found = queries.member_of(seat.charter, member)
    if found is None:
        raise Http404(str(member))
    return found

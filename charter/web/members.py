"""Who has a seat in a charter, and for whom one is kept."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from charter.access import Right, Seat, enter
from charter.actions import invitations as inviting
from charter.actions import members as actions
from charter.letters import send_invitation
from charter.models import Role
from charter.queries import members as queries
from charter.queries.invitations import invitations_of
from charter.queries.parties import delegation_choices
from charter.queries.presence import seen_in
from charter.web import asked
from charter.web.forms import attempt, refusing, sent
from charter.web.standing_forms import OfWhatStands


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


class Reseating(OfWhatStands, Place):
    """Another role or delegation for somebody."""


class Invitation(Place):
    """Somebody by e-mail address, with or without an account."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=inviting.ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=inviting.NAME,
        required=False,
        help_text=gettext_lazy("So that you know for whom it is. They may call themselves else."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ("email", "name", "role", "delegation")


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody with a seat; the chair invites another."""
    seat = enter(request.user, slug, Right.MANAGE if request.method == "POST" else Right.READ)
    form = Invitation(*sent(request), delegations=_delegations(request, seat))
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            issued = inviting.invite_member(
                actor=request.user, charter=seat.charter, **form.cleaned_data
            )
            return handed_over(request, seat, issued)
    return _page(request, seat, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """Change somebody's role or delegation."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = _found(seat, member)
    form = Reseating(
        *sent(request),
        delegations=_delegations(request, seat),
        initial={"role": found.role, "delegation": found.delegation_id or found.waits_for_id},
    )
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            changed = actions.change_member(
                actor=request.user, charter=seat.charter, member=found.id, **form.cleaned_data
            )
            messages.success(request, _("Saved."))
            if changed.waits_for_id:
                messages.info(request, _("The delegation has to confirm this person."))
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


def handed_over(request: HttpRequest, seat: Seat, issued: inviting.Issued) -> HttpResponse:
    """The members with the link of a new invitation, which no other answer ever shows."""
    by_letter = send_invitation(issued, request.build_absolute_uri("/").rstrip("/"))
    path = reverse("invitation", args=[issued.key])
    answer = _page(
        request,
        seat,
        invited=issued.invitation.name or issued.invitation.email,
        link=request.build_absolute_uri(path),
        by_letter=by_letter,
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _page(
    request: HttpRequest, seat: Seat, *, form: Invitation | None = None, **more: object
) -> HttpResponse:
    form = form or Invitation(delegations=_delegations(request, seat))
    language, may_manage = asked.language(request, seat), seat.may(Right.MANAGE)
    return render(
        request,
        "members/members.html",
        {
            "seat": seat,
            "form": form,
            "members": queries.members_of(seat.charter, language),
            "seen": seen_in(seat),
            "invitations": invitations_of(seat.charter, language) if may_manage else [],
            "may_manage": may_manage,
            **more,
        },
        status=422 if form.errors else 200,
    )


def _delegations(request: HttpRequest, seat: Seat) -> list[tuple[int, str]]:
    return delegation_choices(seat.charter, asked.language(request, seat))


def _found(seat: Seat, member: int) -> queries.Member:
    found = queries.member_of(seat.charter, member)
    if found is None:
        raise Http404(str(member))
    return found

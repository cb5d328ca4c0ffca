"""The register of parties, and the delegations that take part."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from charter.access import Right, Seat, enter
from charter.actions import parties as actions
from charter.models import PartyKind, Standing
from charter.queries import parties as queries
from charter.web import asked, languages
from charter.web.forms import attempt, refusing, sent
from charter.web.standing_forms import OfWhatStands


class Entry(forms.Form):
    """What the register says of a party, and its delegation's standing."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PartyKind.choices)
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=16,
        help_text=gettext_lazy("Short and unique here: BLR, CSTO."),
    )

    def __init__(self, *args, charter, party=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.languages = charter.languages
        for code in self.languages:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": languages.name(code)},
                max_length=500,
                required=code == charter.working_language,
                initial=party.names.get(code, "") if party else "",
                widget=forms.TextInput(attrs={"lang": code}),
            )
        self.fields["standing"] = forms.ChoiceField(
            label=_("Delegation"),
            required=False,
            choices=[("", _("takes no part")), *Standing.choices],
            initial=party.standing if party else "",
            help_text=_("Its role in the process; a party that takes no part has no seats."),
        )
        if party:
            self.initial |= {"kind": party.kind, "code": party.code}

    def names(self) -> dict[str, str]:
        """The names that were given, by language."""
        said = {code: self.cleaned_data[f"name_{code}"] for code in self.languages}
        return {code: name for code, name in said.items() if name}


class Correction(OfWhatStands, Entry):
    """Another entry for a party."""


@require_http_methods(["GET", "HEAD", "POST"])
def parties(request: HttpRequest, slug: str) -> HttpResponse:
    """The register by kind; the chair adds to it."""
    seat = enter(request.user, slug, Right.MANAGE if request.method == "POST" else Right.READ)
    form = Entry(*sent(request), charter=seat.charter)
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            _add(seat, form)
            messages.success(request, _("The party is in the register."))
            return redirect("parties", slug)
    on = day_asked(request)
    language = asked.language(request, seat)
    register = queries.register(seat.charter, language, on)
    return render(
        request,
        "parties/parties.html",
        {
            "seat": seat,
            "language": language,
            "form": form,
            "on": on or timezone.localdate(),
            "as_of": on,
            "kinds": list(_by_kind(register)),
            "matrix": matrix_of(register),
            "any": bool(register),
            "may_manage": seat.may(Right.MANAGE),
        },
        status=422 if form.errors else 200,
    )


def day_asked(request: HttpRequest) -> date | None:
    """The day of `?on=`, None when none was said. What is no day is 404."""
    said = request.GET.get("on", "")
    if not said:
        return None
    try:
        return datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise Http404(said) from None


_KINDS = {
    PartyKind.STATE: gettext_lazy("States"),
    PartyKind.ORGANISATION: gettext_lazy("Organisations"),
    PartyKind.FORMAT: gettext_lazy("Formats"),
}


def _by_kind(register: list[queries.Entry]) -> Iterator[dict]:
    """The parties of each kind; with a state what it belongs to, with others who belongs to it."""
    by_id = {party.id: party for party in register}
    for kind, label in _KINDS.items():
        rows = []
        for party in (party for party in register if party.kind == kind):
            tied = party.organisation_ids if kind == PartyKind.STATE else party.member_ids
            rows.append({"party": party, "ties": [by_id[one] for one in tied]})
        yield {"kind": kind.value, "label": label, "rows": rows}


def matrix_of(register: list[queries.Entry]) -> dict | None:
    """Who belongs to what: a line for each member, a column for each organisation that has any."""
    holders = [party for party in register if party.member_ids]
    members = {member for party in holders for member in party.member_ids}
    if not holders:
        return None
    lines = [
        {"party": party, "cells": [party.id in holder.member_ids for holder in holders]}
        for party in register
        if party.id in members
    ]
    return {"holders": holders, "lines": lines}


@require_http_methods(["GET", "HEAD", "POST"])
def party(request: HttpRequest, slug: str, party: int) -> HttpResponse:
    """Correct one entry of the register."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = found_party(seat, party)
    language = asked.language(request, seat)
    form = Correction(*sent(request), charter=seat.charter, party=found)
    if request.method == "POST" and form.is_valid():
        with attempt(form), transaction.atomic():
            _change(seat, found, form)
            messages.success(request, _("Saved."))
            return redirect("parties", slug)
    return render(
        request,
        "parties/party.html",
        {
            "seat": seat,
            "form": form,
            "party": found,
            "ties": ties_of(seat, found, language),
            "back": reverse("parties", args=[slug]),
            "name": found.names.get(language) or found.name,
        },
        status=422 if form.errors else 200,
    )


def ties_of(seat: Seat, found: queries.Entry, language: str) -> list[dict]:
    """The memberships in a party with the names of the members, the earliest of each first."""
    names = dict(queries.party_choices(seat.charter, language)) if found.ties else {}
    return [{"tie": tie, "name": names[tie.member]} for tie in found.ties]


@require_POST
def remove(request: HttpRequest, slug: str, party: int) -> HttpResponse:
    """Take a party out of the register."""
    seat = enter(request.user, slug, Right.MANAGE)
    found = found_party(seat, party)
    with refusing(request):
        actions.remove_party(actor=request.user, charter=seat.charter, party=found.id)
        messages.success(request, _("The party is out of the register."))
        return redirect("parties", slug)
    return redirect("party", slug, found.id)


def _add(seat: Seat, form: Entry) -> None:
    with transaction.atomic():
        party = actions.add_party(
            actor=seat.person,
            charter=seat.charter,
            kind=form.cleaned_data["kind"],
            code=form.cleaned_data["code"],
            names=form.names(),
        )
        if form.cleaned_data["standing"]:
            actions.add_delegation(
                actor=seat.person,
                charter=seat.charter,
                party=party.pk,
                standing=form.cleaned_data["standing"],
            )


def _change(seat: Seat, found: queries.Entry, form: Entry) -> None:
    said = form.cleaned_data
    at_table = {"actor": seat.person, "charter": seat.charter}
    actions.change_party(
        **at_table, party=found.id, kind=said["kind"], code=said["code"], names=form.names()
    )
    if said["standing"] == (found.standing or ""):
        return
    if not said["standing"]:
        actions.remove_delegation(**at_table, delegation=found.delegation_id)
    elif found.delegation_id:
        actions.change_delegation(
            **at_table, delegation=found.delegation_id, standing=said["standing"]
        )
    else:
        actions.add_delegation(**at_table, party=found.id, standing=said["standing"])


def found_party(seat: Seat, party: int) -> queries.Entry:
    found = queries.party_of(seat.charter, party)
    if found is None:
        raise Http404(str(party))
    return found

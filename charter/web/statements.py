"""Statements of delegations: the page of all of them, making one and withdrawing one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from charter.access import Right, Seat, enter
from charter.actions import statements as actions
from charter.exports.citations import citation_of
from charter.models import StatementKind
from charter.queries.statements import NoStatement, Stated, statement_of, statements_of
from charter.web import asked, languages
from charter.web.editing import clause_of
from charter.web.forms import attempt, refusing, sent


class StatementForm(forms.Form):
    """What one's delegation states, on `clause` or on the whole."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=StatementKind.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the statement"))
    text = forms.CharField(
        label=gettext_lazy("Statement"),
        max_length=actions.TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    clause = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, seat: Seat, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        spoken = seat.charter.languages
        self.fields["language"].choices = [(code, languages.own_name(code)) for code in spoken]
        if len(spoken) == 1:
            self.fields["language"].widget = forms.HiddenInput()


@require_http_methods(["GET", "HEAD", "POST"])
def statements(request: HttpRequest, slug: str) -> HttpResponse:
    """All statements, and the form for one: on the whole, or on the clause in `?clause=`."""
    seat = enter(request.user, slug, Right.DECLARE if request.method == "POST" else Right.READ)
    language = asked.language(request, seat)
    clause = _clause(request, seat)
    form = StatementForm(*sent(request), seat=seat, initial=_initial(seat, language, clause))
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            made = actions.make_statement(
                actor=request.user, charter=seat.charter, **form.cleaned_data
            )
            messages.success(request, _("The statement of your delegation is made."))
            address = reverse("statements", args=[slug], query={"language": language})
            return redirect(f"{address}#statement-{made.number}")
    found = statements_of(seat.charter, language, withdrawn=True)
    context = {
        "seat": seat,
        "language": language,
        "standing": [one for one in found if one.withdrawn is None],
        "gone": [one for one in found if one.withdrawn is not None],
        "form": form if _may_declare(seat) else None,
        "about": citation_of(seat.charter, clause, language) if clause else "",
        "clause": clause,
        **own(seat),
    }
    return render(
        request, "statements/statements.html", context, status=422 if form.errors else 200
    )


@require_POST
def withdraw(request: HttpRequest, slug: str, statement: UUID) -> HttpResponse:
    """Take a statement of one's delegation back."""
    seat = enter(request.user, slug, Right.WITHDRAW)
    language = asked.language(request, seat)
    try:
        found = statement_of(seat.charter, statement, language)
    except NoStatement as error:
        raise Http404(str(error)) from error
    note = request.POST.get("note", "")
    with refusing(request):
        actions.withdraw_statement(
            actor=request.user, charter=seat.charter, statement=statement, note=note
        )
        messages.success(request, _("The statement is withdrawn."))
    address = reverse("statements", args=[slug], query={"language": language})
    return redirect(f"{address}#statement-{found.number}")


def statement_context(seat: Seat, language: str, clause: UUID) -> dict[str, Any]:
    """What `statements/panel.html` needs for a clause."""
    form = StatementForm(
        seat=seat, auto_id="statement_%s", initial=_initial(seat, language, clause)
    )
    return {
        "statements": statements_of(seat.charter, language, clause=clause),
        "statement_form": form if _may_declare(seat) else None,
        **own(seat),
    }


def own(seat: Seat) -> dict[str, Any]:
    """Whose statements the seat may withdraw, for `statements/statement.html`."""
    may = seat.may(Right.WITHDRAW)
    return {"own_delegation": seat.membership.delegation_id if may else None}


def of_delegation(seat: Seat, language: str, delegation: int) -> tuple[Stated, ...]:
    """What a delegation states, withdrawn statements too."""
    return statements_of(seat.charter, language, delegation=delegation, withdrawn=True)


def _may_declare(seat: Seat) -> bool:
    return seat.may(Right.DECLARE) and seat.membership.delegation_id is not None


def _initial(seat: Seat, language: str, clause: UUID | None) -> dict[str, Any]:
    return {"kind": StatementKind.RESERVATION, "language": language, "clause": clause}


def _clause(request: HttpRequest, seat: Seat) -> UUID | None:
    """The clause that a statement is to be on. Http404 for one that is not of this charter."""
    said = request.POST.get("clause", "") or request.GET.get("clause", "")
    if not said:
        return None
    try:
        return clause_of(seat.charter, UUID(said)).pk
    except ValueError:
        raise Http404(said) from None

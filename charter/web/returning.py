"""A clause taken back as it stood in an earlier revision, after a look at what that changes."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat, enter
from charter.actions.previews import preview_return
from charter.actions.refusals import NoSuch, Refused, StaleWording
from charter.actions.returning import return_clause
from charter.actions.values import Committed
from charter.exports.citations import citation_of
from charter.exports.languages import name
from charter.models import Clause
from charter.queries.principles import names_of
from charter.web import asked, compare
from charter.web.clause_forms import MessageForm
from charter.web.editing import clause_of
from charter.web.replies import committed, posted, to_text, try_with


class AskForm(forms.Form):
    """What shall come back: a GET, so that a look changes nothing."""

    at = forms.IntegerField(label=_("As of revision"), min_value=1)
    languages = forms.ChoiceField(label=_("Languages"), required=False)
    children = forms.BooleanField(label=_("With all that stood in it"), required=False)

    def __init__(self, *args, codes: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = [(code, name(code)) for code in codes]
        self.fields["languages"].choices = [("", _("All, with number and principles")), *own]

    def wish(self) -> dict:
        """What a valid form asks `return_clause` for."""
        data = self.cleaned_data
        return {
            "number": data["at"],
            "languages": [data["languages"]] if data["languages"] else None,
            "with_children": data["children"],
        }


class ReturnForm(MessageForm):
    """The same to be done, by somebody who read revision `base`."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


@require_http_methods(["GET", "HEAD", "POST"])
def return_(request: HttpRequest, slug: str, clause: UUID) -> HttpResponse:
    """Show what taking a clause back would change now; then do it."""
    seat = enter(request.user, slug, Right.EDIT)
    language = asked.language(request, seat)
    row = clause_of(seat.charter, clause)
    given = posted(request) or request.GET
    data = {"at": given.get("at", seat.charter.head), "languages": given.get("languages", "")}
    ask = AskForm(data | {"children": given.get("children")}, codes=seat.charter.languages)
    if not ask.is_valid() or ask.cleaned_data["at"] > seat.charter.head:
        raise Http404(str(clause))
    form = ReturnForm(posted(request), initial={"base": seat.charter.head})
    stale = False
    if form.is_valid():
        try:
            done = try_with(form, lambda: _taken_back(seat, row, ask, form))
        except StaleWording:
            stale, done = True, None
        if done is not None:
            committed(request, done)
            return to_text(seat, language, "" if row.parent_id is None else row.pk)
    return _page(request, seat, language, row, ask, form, stale=stale)


def _taken_back(seat: Seat, row: Clause, ask: AskForm, form: ReturnForm) -> Committed:
    return return_clause(
        actor=seat.person,
        charter=seat.charter,
        clause=row.pk,
        base=form.cleaned_data["base"],
        message=form.cleaned_data["message"],
        **ask.wish(),
    )


def _page(
    request: HttpRequest,
    seat: Seat,
    language: str,
    row: Clause,
    ask: AskForm,
    form: ReturnForm,
    *,
    stale: bool,
) -> HttpResponse:
    if stale:
        seat.charter.refresh_from_db()
        said = {"message": form.cleaned_data["message"], "base": seat.charter.head}
        form = ReturnForm(initial=said)
    context = {
        "seat": seat,
        "language": language,
        "clause": row,
        "citation": "" if row.parent_id is None else _called(seat, row, language),
        "ask": ask,
        "at": ask.cleaned_data["at"],
        "form": form,
        "stale": stale,
        "principle_names": names_of(seat.charter, language),
        "everything": False,
    }
    status = 409 if stale else 422 if form.is_bound else 200
    try:
        redline = preview_return(
            actor=seat.person,
            charter=seat.charter,
            clause=row.pk,
            language=language,
            **ask.wish(),
        )
    except NoSuch as error:
        raise Http404(error.code) from error
    except Refused as refused:
        context["refusal"] = refused.message
        status = 422
    else:
        context |= {"redline": redline, "counts": compare.counts(redline)}
    return render(request, "history/return.html", context, status=status)


def _called(seat: Seat, row: Clause, language: str) -> str:
    """The clause's citation now, else its kind."""
    return citation_of(seat.charter, row.pk, language) or str(row.get_kind_display())

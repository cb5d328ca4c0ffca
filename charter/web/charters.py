"""The list of charters, a new one, and what its chair sets."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from charter.access import Right, enter
from charter.actions import gate
from charter.actions.charters import change_charter, create_charter
from charter.actions.refusals import Stale
from charter.models import Scheme, Stage
from charter.queries.charters import charters_of
from charter.queries.invitations import invitations_for
from charter.queries.points import points_of
from charter.queries.stages import RULES, steps_of
from charter.queries.texts import frozen_at
from charter.queries.webhooks import stopped_in
from charter.text.outline import Outline
from charter.web import languages
from charter.web.forms import TextSource, attempt, sent


class NewCharter(TextSource):
    """What a charter begins with. Without a text it begins blank."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Left empty, the title of the text below is taken."),
    )
    working_language = forms.ChoiceField(label=gettext_lazy("Language of the text"))
    scheme = forms.ChoiceField(
        label=gettext_lazy("Numbering"),
        choices=[("", gettext_lazy("As the text has it")), *Scheme.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = ("title", "working_language", "scheme", "file", "text", "name")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["working_language"].choices = languages.choices()
        self.fields["working_language"].initial = get_language()

    def manner(self, cleaned: dict) -> tuple[str, str | None]:
        return cleaned.get("working_language", ""), cleaned.get("scheme") or None

    def clean(self):
        cleaned = super().clean()
        outline = self.outline
        if not cleaned.get("title") and not (outline and outline.title) and not self.errors:
            self.add_error("title", _("A charter needs a title, and the text gives none."))
        return cleaned


class Settings(forms.Form):
    """Where the negotiation stands, and the languages the text is kept in.

    What is left as it was on the page stays as others may have made it meanwhile.
    """

    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), choices=Stage.choices, show_hidden_initial=True
    )
    note = forms.CharField(
        label=gettext_lazy("Note on another stage"),
        required=False,
        max_length=gate.MESSAGE,
        help_text=gettext_lazy("For example the decision or the sitting that led to it."),
    )
    reopen = forms.BooleanField(
        label=gettext_lazy("Open the adopted text again"),
        required=False,
        help_text=gettext_lazy(
            "An adopted text goes to another stage only once this is confirmed. The step is logged."
        ),
    )
    add_language = forms.ChoiceField(
        label=gettext_lazy("Add a language"),
        required=False,
        help_text=gettext_lazy(
            "A further language starts without words; import a text in it, or write clause by "
            "clause. A language that was added stays."
        ),
    )
    nothing_agreed = forms.BooleanField(
        label=gettext_lazy("Nothing is agreed until everything is agreed"),
        required=False,
        help_text=gettext_lazy("The text and what is exported of it then say so."),
        show_hidden_initial=True,
    )

    def __init__(self, *args, charter, **kwargs):
        super().__init__(*args, **kwargs)
        if charter.stage != Stage.ADOPTED:
            del self.fields["reopen"]
        self.fields["add_language"].choices = [
            ("", gettext_lazy("None")),
            *(pair for pair in languages.choices() if pair[0] not in charter.languages),
        ]

    def wish(self) -> dict:
        """What a valid form asks `change_charter` for."""
        data, touched = self.cleaned_data, {"stage", "nothing_agreed"} & {*self.changed_data}
        return {
            "note": data["note"],
            "reopen": data.get("reopen", False),
            "add_language": data["add_language"] or None,
            "was": self.data.get("initial-stage") or None,
            **{name: data[name] for name in touched},
        }

    def seen_again(self, stage: str) -> None:
        """Sent once more, it is a step from this stage."""
        self.data = {**self.data.dict(), "initial-stage": stage}


@require_safe
@login_required
def charters(request: HttpRequest) -> HttpResponse:
    """The charters in which one has a seat."""
    rows = {
        "charters": charters_of(request.user),
        "invitations": invitations_for(request.user),
    }
    return render(request, "charters/list.html", rows)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin a charter, blank or with a text. Whoever begins it is its chair."""
    form = NewCharter(*sent(request))
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            charter = create_charter(
                actor=request.user,
                title=form.cleaned_data["title"] or form.outline.title,
                working_language=form.cleaned_data["working_language"],
                scheme=form.cleaned_data["scheme"] or _scheme(form.outline),
                outline=form.outline,
                heading=form.outline.title or None if form.outline else None,
            )
            messages.success(request, _("The charter is there, and you are its chair."))
            return redirect("text", charter.slug)
    status = 422 if form.errors else 200
    return render(request, "charters/new.html", {"form": form}, status=status)


def _scheme(outline: Outline | None) -> str:
    return outline.scheme if outline else Scheme.TREATY


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Stage and languages; members read them, the chair changes them."""
    seat = enter(request.user, slug, Right.MANAGE if request.method == "POST" else Right.READ)
    form = Settings(
        *sent(request),
        initial={"stage": seat.charter.stage, "nothing_agreed": seat.charter.nothing_agreed},
        charter=seat.charter,
    )
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            try:
                change_charter(actor=request.user, charter=seat.charter, **form.wish())
            except Stale:
                seat.charter.refresh_from_db()
                form.seen_again(seat.charter.stage)
                raise
            messages.success(request, _("Saved."))
            return redirect("charter_settings", slug)
    return render(
        request,
        "charters/settings.html",
        {
            "seat": seat,
            "form": form,
            "frozen_at": frozen_at(seat.charter),
            "points": points_of(seat.charter),
            "may_manage": seat.may(Right.MANAGE),
            "may_edit": seat.may(Right.EDIT),
            "may_define": seat.may(Right.DEFINE),
            "rules": RULES.items(),
            "steps": steps_of(seat.charter),
            "webhook_stopped": seat.may(Right.MANAGE) and stopped_in(seat.charter),
        },
        status=422 if form.errors else 200,
    )

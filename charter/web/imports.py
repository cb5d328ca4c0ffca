"""A new version of the text from a file: read, shown as a redline, then committed."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from charter.access import Right, Seat, enter
from charter.actions.imports import import_outline
from charter.actions.previews import preview_import
from charter.actions.refusals import Stale
from charter.queries.principles import names_of
from charter.web import compare, languages
from charter.web.forms import TextSource, attempt, sent


class NewVersion(TextSource):
    """The text that is to be the next revision, and the revision it was previewed against."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the text"))
    message = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("What this version is, for the history."),
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("language", "file", "text", "name", "message", "base")

    def __init__(self, *args, charter, **kwargs):
        super().__init__(*args, **kwargs)
        self.charter = charter
        self.fields["language"].choices = [
            (code, languages.name(code)) for code in charter.languages
        ]
        self.fields["language"].initial = charter.working_language

    def manner(self, cleaned: dict) -> tuple[str, str | None]:
        return cleaned.get("language", ""), self.charter.scheme

    def clean(self):
        cleaned = super().clean()
        if self.outline is None and not self.errors:
            self.add_error("file", _("Choose a file, or paste the text below."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def import_(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; then the redline of what the text would change; then the revision."""
    seat = enter(request.user, slug, Right.EDIT)
    form = NewVersion(*sent(request), charter=seat.charter)
    if request.method == "POST" and form.is_valid():
        with attempt(form):
            try:
                if "confirm" in request.POST:
                    return _commit(request, seat, form)
            except Stale:
                seat.charter.refresh_from_db()
            return _preview(request, seat, form)
    return render(
        request,
        "charters/import.html",
        {"seat": seat, "form": form},
        status=422 if form.errors else 200,
    )


def _commit(request: HttpRequest, seat: Seat, form: NewVersion) -> HttpResponse:
    committed = import_outline(
        actor=request.user,
        charter=seat.charter,
        outline=form.outline,
        language=form.cleaned_data["language"],
        message=form.cleaned_data["message"],
        base=form.cleaned_data["base"] or 0,  # a form without one was not previewed
    )
    if committed.revision is None:
        messages.info(request, _("The text is the same as before: there was nothing to commit."))
        return redirect("history", seat.charter.slug)
    messages.success(request, _("The text is committed as the next revision."))
    return redirect("revision", seat.charter.slug, committed.revision.number)


def _preview(request: HttpRequest, seat: Seat, form: NewVersion) -> HttpResponse:
    language = form.cleaned_data["language"]
    redline = preview_import(
        actor=request.user, charter=seat.charter, outline=form.outline, language=language
    )
    return render(
        request,
        "charters/import_preview.html",
        {
            "seat": seat,
            "form": form,
            "language": language,
            "redline": redline,
            "counts": compare.counts(redline),
            "principle_names": names_of(seat.charter, language),
            "moved_on": "confirm" in request.POST,
        },
    )

"""The register of parties as a file: taken away, and taken in after a look at what it changes."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from charter.access import Right, Seat, enter
from charter.actions.refusals import Flawed, Stale
from charter.actions.register import import_register, preview_register
from charter.exports.figures import separated, workbook
from charter.formats import register
from charter.formats.source import Unreadable, text_of
from charter.queries.parties import register_values
from charter.text.register_changes import Doing
from charter.web.figures import download
from charter.web.forms import attempt, sent


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """The register with the memberships of all times, as `?format=csv` or `xlsx`."""
    seat = enter(request.user, slug)
    wanted = request.GET.get("format", "csv")
    table = register.table(register_values(seat.charter), seat.charter.languages)
    name = f"{seat.charter.slug}-parties"
    if wanted == "csv":
        return download(request, separated(table, name))
    if wanted == "xlsx":
        return download(request, workbook([table], name, seat.charter.called))
    raise Http404(wanted)


class Source(forms.Form):
    """A register from a file or pasted; `reading` is what was read."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("With commas, semicolons or tabs, in UTF-8 or UTF-16."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the table"),
        required=False,
        strip=False,
        max_length=register.LARGEST,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    whole = forms.BooleanField(
        label=gettext_lazy("Take out what is not in the file"),
        required=False,
        help_text=gettext_lazy("Else what the file does not say stays as it is."),
    )
    against = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    reading: register.Reading | None = None

    def clean(self):
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if bool(file) == bool(text.strip()):
            raise ValidationError(_("Choose a file, or paste the table: one of the two."))
        if file and file.size > register.LARGEST:
            data = b" " * (register.LARGEST + 1)
        else:
            data = file.read() if file else text.encode()
        try:
            self.reading = register.read(data)
            self._keep(data)
        except Unreadable as error:
            self.add_error("file" if file else "text", _(error.sentence) % error.values)
        return cleaned

    def _keep(self, data: bytes) -> None:
        """Put the file's words into the text field: browsers do not send a file twice."""
        self.data = self.data.copy()
        self.data["text"] = text_of(data)


@require_http_methods(["GET", "HEAD", "POST"])
def import_(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; then what the file would change; then the register so changed."""
    seat = enter(request.user, slug, Right.MANAGE)
    form = Source(*sent(request))
    flaws = ()
    if request.method == "POST" and form.is_valid():
        flaws = form.reading.flaws
        if not flaws:
            with attempt(form):
                try:
                    return _taken(request, seat, form)
                except Flawed as flawed:
                    flaws = flawed.flaws
    return render(
        request,
        "parties/import.html",
        {
            "seat": seat,
            "form": form,
            "flaws": [(flaw, _(flaw.sentence) % flaw.values) for flaw in flaws],
        },
        status=422 if form.errors or flaws else 200,
    )


def _taken(request: HttpRequest, seat: Seat, form: Source) -> HttpResponse:
    said = {
        "actor": request.user,
        "charter": seat.charter,
        "read": form.reading.entries,
        "whole": form.cleaned_data["whole"],
    }
    moved_on = False
    if "confirm" in request.POST:
        try:
            import_register(**said, against=form.cleaned_data["against"])
        except Stale:
            moved_on = True
        else:
            messages.success(request, _("The register is taken in."))
            return redirect("parties", seat.charter.slug)
    changes, standing = preview_register(**said)
    return render(
        request,
        "parties/import_preview.html",
        {
            "seat": seat,
            "form": form,
            "changes": changes,
            "against": standing,
            "moved_on": moved_on,
            "groups": [
                {"doing": doing.value, "label": label, "steps": changes.of(doing)}
                for doing, label in _DOINGS.items()
            ],
            "left": len(changes.of(Doing.LEAVE)),
        },
    )


_DOINGS = {
    Doing.ADD: gettext_lazy("Comes in"),
    Doing.CHANGE: gettext_lazy("Changes"),
    Doing.REMOVE: gettext_lazy("Goes out"),
}

"""Forms that several nouns share: a text to read in, and an act that may be refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charter.actions.entries import StaleEntry
from charter.actions.refusals import Refused
from charter.formats import reading
from charter.formats.source import text_of
from charter.text.outline import Outline


def sent(request: HttpRequest) -> tuple:
    """What a form is bound to: the fields and files of a POST, of an empty one too, or nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


@contextmanager
def attempt(form: forms.Form) -> Iterator[None]:
    """Turn the refusal of an action into an error of the form, which keeps what was typed.

    StaleEntry passes: a person decides on a page.
    """
    try:
        yield
    except StaleEntry:
        raise
    except Refused as refused:
        form.add_error(None, str(refused.message))


@contextmanager
def refusing(request: HttpRequest) -> Iterator[None]:
    """Say the refusal of an action that has no form of its own at the top of the next page."""
    try:
        yield
    except Refused as refused:
        messages.error(request, str(refused.message))


class TextSource(forms.Form):
    """A text from a file or pasted. After cleaning, `outline` is what was read, None for nothing.

    A subclass says in `manner` how it is to be read.
    """

    file = forms.FileField(
        label=gettext_lazy("Text file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Markdown or plain text, in UTF-8 or UTF-16."),
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,text/plain,text/markdown"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    # Of the file whose words stand in `text`: its ending says how they are read.
    name = forms.CharField(required=False, widget=forms.HiddenInput)

    outline: Outline | None = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > settings.MAX_UPLOAD:
            raise ValidationError(
                _("The file is larger than %(size)s.")
                % {"size": filesizeformat(settings.MAX_UPLOAD)}
            )
        return file

    def clean(self):
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if file and text.strip():
            raise ValidationError(_("Give a file or paste a text, not both."))
        if not file and not text.strip():
            return cleaned
        data = file.read() if file else text.encode()
        name = file.name if file else cleaned.get("name", "")
        try:
            self.outline = reading.read(data, name, *self.manner(cleaned))
        except reading.Unreadable as error:
            said = _(error.sentence) % error.values
            self.add_error("file" if file else "text", said)
            return cleaned
        if file:
            self._keep(data, name)
        return cleaned

    def manner(self, cleaned: dict) -> tuple[str, str | None]:
        """The language the text is in, and its numbering scheme, None to find out."""
        raise NotImplementedError

    def _keep(self, data: bytes, name: str) -> None:
        """Put the file's words into the text field: browsers do not send a file twice."""
        self.data = self.data.copy()
        self.data["text"], self.data["name"] = text_of(data), name

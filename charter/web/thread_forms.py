"""The forms of discussion: a comment, on words given by offsets or quoted, and new words for it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SaidForm(forms.Form):
    """One comment."""

    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        strip=True,
        help_text=_("@ and a member's name tells them of it."),
    )


class ChosenWords(forms.Form):
    """Some words: `start` and `end` in code points, or a quote of them; none: all of them."""

    missing = _("These words do not stand in the clause: copy them as they are.")

    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    quote = forms.CharField(
        label=_("The words it is about"),
        required=False,
        widget=forms.TextInput(attrs={"class": "words", "autocomplete": "off"}),
        help_text=_("Copied from the clause. Empty: the clause as a whole."),
    )

    def place(self, words: str) -> tuple[int, int] | None:
        """The range in these words; (0, 0) for all. None, with the reason in the form, if none."""
        data = self.cleaned_data
        if data["start"] is not None and data["end"] is not None and data["end"] > data["start"]:
            return data["start"], data["end"]
        quote = data["quote"].strip()
        if not quote:
            return 0, 0
        found = words.count(quote)
        if found == 1:
            at = words.index(quote)
            return at, at + len(quote)
        self.add_error(
            "quote",
            _("These words stand there more than once: quote more of them.")
            if found
            else self.missing,
        )
        return None


class WordsOfClause(ChosenWords):
    """Words of a clause. `base` is the revision they were read in."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class WordsOfChange(ChosenWords):
    """Words that an amendment proposes. `version` is the amendment's when they were read."""

    missing = _("These words are not proposed here: copy them as they are.")

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quote"].help_text = _(
            "Copied from what is proposed. Empty: the change as a whole."
        )


class CommentForm(WordsOfClause, SaidForm):
    """The first comment of a thread, in one language of the text."""

    language = forms.CharField(widget=forms.HiddenInput, max_length=16)
    field_order = ["quote", "text"]


class ChangeCommentForm(WordsOfChange, SaidForm):
    """The first comment of a thread on what an amendment proposes."""

    field_order = ["quote", "text"]


class AnchorForm(WordsOfClause):
    """Other words for a thread that has lost its own."""

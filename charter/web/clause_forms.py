"""The forms of one clause: its words in every language, its kind, number and principles."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from charter.formats.languages import direction
from charter.models import ClauseKind, Principle
from charter.text.kinds import Kind
from charter.text.words import Words
from charter.web.languages import own_name

COMPUTED, UNNUMBERED, GIVEN = "computed", "none", "given"


class MessageForm(forms.Form):
    """Why a change is made, for the history."""

    message = forms.CharField(
        label=_("Message for the history"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WordsForm(MessageForm):
    """The words of a clause, `heading_xx` and `text_xx` for every language of the charter.

    The language the page is in comes first. Blanks at the ends are the door's business.
    """

    def __init__(self, *args, languages: Iterable[str], shown: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.languages = sorted(languages, key=lambda code: code != shown)
        for code in self.languages:
            attributes = {"lang": code, "dir": direction(code), "class": "words"}
            self.fields[f"heading_{code}"] = forms.CharField(
                label=_("Heading"),
                required=False,
                strip=False,
                widget=forms.TextInput(attrs=attributes),
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Words"),
                required=False,
                strip=False,
                widget=forms.Textarea(attrs={**attributes, "rows": 5}),
            )

    def pairs(self) -> list[tuple[str, str, forms.BoundField, forms.BoundField]]:
        """Code, name, heading and words of each language, for the template."""
        return [
            (code, own_name(code), self[f"heading_{code}"], self[f"text_{code}"])
            for code in self.languages
        ]

    def words(self) -> dict[str, Words]:
        """What was written, by language."""
        return {
            code: Words(self.cleaned_data[f"heading_{code}"], self.cleaned_data[f"text_{code}"])
            for code in self.languages
        }


class TitleForm(WordsForm):
    """The charter's title in its languages: the heading of the clause all others stand under."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for code in self.languages:
            del self.fields[f"text_{code}"]
            self.fields[f"heading_{code}"].label = _("Title")

    def pairs(self) -> list:
        return [(code, own_name(code), self[f"heading_{code}"], "") for code in self.languages]

    def words(self) -> dict[str, Words]:
        return {code: Words(self.cleaned_data[f"heading_{code}"]) for code in self.languages}


class ClauseForm(WordsForm):
    """All of a clause. `kinds` are those that may stand where it stands."""

    kind = forms.ChoiceField(label=_("Kind"))
    numbering = forms.ChoiceField(
        label=_("Numbering"),
        required=False,
        choices=[
            (COMPUTED, _("counted")),
            (UNNUMBERED, _("without a number")),
            (GIVEN, _("this number:")),
        ],
        widget=forms.RadioSelect,
    )
    numeral = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=80,
        help_text=_("For example 12 bis. What follows is counted on from it."),
    )
    principles = forms.MultipleChoiceField(
        label=_("Principles"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args,
        kinds: Iterable[Kind],
        principles: Iterable[Principle],
        shown: str,
        **kwargs,
    ) -> None:
        super().__init__(*args, shown=shown, **kwargs)
        self.fields["kind"].choices = [
            (kind.value, ClauseKind(kind.value).label.capitalize()) for kind in kinds
        ]
        self.vocabulary = {one.slug: one for one in principles}
        self.fields["principles"].choices = [
            (slug, one.name(shown)) for slug, one in self.vocabulary.items()
        ]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("numbering") == GIVEN and not data.get("numeral", "").strip():
            self.add_error("numeral", _("Write the number, or choose another way."))
        return data

    def numeral_chosen(self) -> str | None:
        """As `Clause.numeral`: None counted, "" without a number, else the number given."""
        way = self.cleaned_data["numbering"]
        given = self.cleaned_data["numeral"].strip()
        return {UNNUMBERED: "", GIVEN: given}.get(way)


class EditForm(ClauseForm):
    """A change of a clause that was read at revision `base`."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MoveForm(MessageForm):
    """A step, or a place of the text: what `charter.web.places` reads."""

    step = forms.CharField(required=False)
    place = forms.ChoiceField(
        label=_("New place"),
        required=False,
        error_messages={"invalid_choice": _("It cannot go there. Choose another place.")},
    )


def initial_words(words: Mapping[str, Words]) -> dict[str, str]:
    """Initial values of `WordsForm` for these words."""
    found = {}
    for code, one in words.items():
        found[f"heading_{code}"] = one.heading
        found[f"text_{code}"] = one.text
    return found


def initial_numbering(numeral: str | None) -> dict[str, str]:
    """Initial values of `ClauseForm` for a clause's numeral."""
    if numeral is None:
        return {"numbering": COMPUTED, "numeral": ""}
    return {"numbering": GIVEN if numeral else UNNUMBERED, "numeral": numeral}

"""The forms of one clause: its words in every language, its kind, number and principles."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from charter.exports.languages import own_name
from charter.formats.languages import direction
from charter.models import ClauseKind, Principle
from charter.text.kinds import Kind
from charter.text.words import Words

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
        self.vocabulary = {one.slug: one for one in principles}
        self._offer(
            kind=[(kind.value, ClauseKind(kind.value).label.capitalize()) for kind in kinds],
            principles=[(slug, one.name(shown)) for slug, one in self.vocabulary.items()],
        )

    def _offer(self, **choices: list[tuple[str, str]]) -> None:
        for name, offered in choices.items():
            if name in self.fields:
                self.fields[name].choices = offered

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
    """A change of a clause that was read at revision `base`.

    In a merge `from` is that revision, and `base` the one the merged words replace. `seen_kind` and
    `seen_numeral` are those in which the person saw what others had made of them since.
    """

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen_kind = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    seen_numeral = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def read(self) -> int:
        """The revision the person began from."""
        began = self._began()
        return self.cleaned_data["base"] if began is None else began

    def seen(self) -> dict[str, int]:
        """What the person has looked at again since, and in which revision."""
        data = self.cleaned_data
        words = None if self._began() is None else data["base"]
        found = {"words": words, "kind": data["seen_kind"], "numeral": data["seen_numeral"]}
        return {part: number for part, number in found.items() if number is not None}

    def _began(self) -> int | None:
        given = self.data.get("from", "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


class _Reasoned(forms.Form):
    """What is entered with its reason, which history keeps as the message."""

    message = forms.CharField(
        label=_("Reason for the correction"),
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class TitleCorrectionForm(_Reasoned, TitleForm):
    """A correction of the charter's title."""


class CorrectionForm(_Reasoned, EditForm):
    """A correction of a clause's words and number; what it is and what it serves stays."""

    kind = None
    principles = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, kinds=(), principles=(), **kwargs)


class SeenForm(MessageForm):
    """What is done to a clause that was seen at revision `base`."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def seen_again(self, head: int) -> None:
        """Sent once more, it is about what stands in revision `head`."""
        self.data = {**self.data.dict(), "base": str(head)}


class MoveForm(SeenForm):
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

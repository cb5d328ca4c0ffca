"""The forms of amendments: what one is called and why, and what it is to ask for."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from charter.actions import gate
from charter.actions.amendments import RATIONALE, TITLE
from charter.formats.languages import direction
from charter.models import ClauseKind
from charter.queries.amendments import ListedAmendment
from charter.text.kinds import Kind
from charter.text.outline import Clause
from charter.text.words import Words

NEW = ""


class Description(forms.Form):
    """What an amendment is called, and why it is proposed."""

    title = forms.CharField(label=_("Title"), max_length=TITLE, required=False)
    rationale = forms.CharField(
        label=_("Rationale"),
        max_length=RATIONALE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class OfVersion(forms.Form):
    """About an amendment as it was seen at `version`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def seen_again(self, version: int) -> None:
        """Sent once more, it is about this version."""
        self.data = {**self.data.dict(), "version": str(version)}


class Redescription(Description, OfVersion):
    """Another title or rationale for one that has them."""


class Note(OfVersion):
    """Why something is done with an amendment, for its log."""

    note = forms.CharField(label=_("Note for the log"), required=False, max_length=gate.MESSAGE)


class Suggestion(forms.Form):
    """What every change needs: the amendment it goes into, one's own or a new one."""

    amendment = forms.ChoiceField(label=_("Amendment"), required=False)

    def __init__(self, *args, own: Iterable[ListedAmendment], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amendment"].choices = [
            *((str(one.uuid), _named(one)) for one in own),
            (NEW, _("A new amendment")),
        ]


class WordsSuggestion(Suggestion):
    """Other words for a clause in one language, written against revision `base`; `begun` is the
    amendment whose words one went on from, "" for none."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    begun = forms.CharField(widget=forms.HiddenInput, required=False)
    heading = forms.CharField(label=_("Heading"), required=False, strip=False)
    text = forms.CharField(
        label=_("Words"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    field_order = ("heading", "text", "amendment")

    def __init__(self, *args, language: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("heading", "text"):
            self.fields[name].widget.attrs |= {
                "lang": language,
                "dir": direction(language),
                "class": "words",
            }

    def words(self) -> Words:
        """What was written."""
        return Words(self.cleaned_data["heading"], self.cleaned_data.get("text", ""))

    def typed(self) -> Words:
        """What stands in the fields, be it fit to be kept or not."""
        parts = (self[name].value() if name in self.fields else "" for name in ("heading", "text"))
        return Words(*(part or "" for part in parts))


class Reworking(WordsSuggestion):
    """The words of a change brought up to revision `base`; `version` is the amendment's."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class InsertionSuggestion(WordsSuggestion):
    """A new clause. Further lines of its words become paragraphs, or points, inside it."""

    kind = forms.ChoiceField(label=_("Kind"))
    field_order = ("kind", "heading", "text", "amendment")

    def __init__(self, *args, kinds: Iterable[Kind], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["base"], self.fields["begun"]
        self.fields["kind"].choices = [(kind.value, ClauseKind(kind.value).label) for kind in kinds]
        self.fields["text"].help_text = _(
            "In an article, each line is a paragraph when there are several."
        )

    def clause(self) -> Clause:
        """The clause that was written, with what stands inside it."""
        kind = Kind(self.cleaned_data["kind"])
        heading = self.cleaned_data["heading"]
        lines = [line for line in self.cleaned_data["text"].splitlines() if line.strip()]
        if kind is not Kind.ARTICLE or len(lines) < 2:
            return Clause(kind, " ".join(lines), heading)
        return Clause(
            kind, heading=heading, children=tuple(Clause(Kind.PARAGRAPH, one) for one in lines)
        )


class MoveSuggestion(Suggestion):
    """Another place for a clause."""

    place = forms.ChoiceField(label=_("Place"))
    field_order = ("place", "amendment")

    def __init__(self, *args, places: Iterable[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places


def _named(one: ListedAmendment) -> str:
    name = " ".join(filter(None, (one.symbol, one.title)))
    return name or str(_("Draft without a title"))

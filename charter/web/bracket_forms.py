"""The form of the square brackets of a clause: words to put in some, or one to lift."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from charter.actions.brackets import Part
from charter.text.brackets import brackets
from charter.text.words import Words
from charter.web.clause_forms import MessageForm

PLACE, LIFT, REMOVE = "place", "lift", "removal"


@dataclass(frozen=True, slots=True)
class Standing:
    """A bracket as the form offers it: `value` is its part and where it opens, `words` include it.

    `depth` counts from 1 the brackets it stands in.
    """

    value: str
    words: str
    depth: int
    in_heading: bool


@dataclass(frozen=True, slots=True)
class Gesture:
    """What was asked for: `act` at `start`, to `end` where words are put in brackets."""

    act: str
    part: Part
    start: int
    end: int = 0


def standing(words: Words) -> list[Standing]:
    """The brackets of a clause in the order in which they open, those of its heading first."""
    return [
        Standing(f"{part}:{one.start}", said[one.start : one.end], one.depth, part == Part.HEADING)
        for part, said in ((Part.HEADING, words.heading), (Part.TEXT, words.text))
        for one in brackets(said)
    ]


class BracketForm(MessageForm):
    """One of three acts: `lift` or `removal` names a bracket, else words are put in brackets.

    Words are given by `start` and `end` in code points, or quoted; `base` is the revision they were
    read in.
    """

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    quote = forms.CharField(
        label=_("Words to put in brackets"),
        required=False,
        max_length=5000,
        widget=forms.TextInput(attrs={"class": "words", "autocomplete": "off"}),
        help_text=_("Copied from the clause as they stand there."),
    )
    nth = forms.IntegerField(
        label=_("Which of them"),
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_("Where they stand there more than once: 1 for the first."),
    )
    lift = forms.RegexField(r"^(heading|text):\d{1,6}$", required=False)
    removal = forms.RegexField(r"^(heading|text):\d{1,6}$", required=False)
    field_order = ["quote", "nth", "message"]

    def gesture(self, words: Words) -> Gesture | None:
        """What is asked for, in these words; None, with the reason in the form."""
        data = self.cleaned_data
        for act in (LIFT, REMOVE):
            if data[act]:
                part, _colon, start = data[act].partition(":")
                return Gesture(act, Part(part), int(start))
        if data["start"] is not None and data["end"] is not None and data["end"] > data["start"]:
            return Gesture(PLACE, Part.TEXT, data["start"], data["end"])
        return self._quoted(words)

    def quote_place(self, words: Words) -> None:
        """Give the place that was sent as a quote: the form comes back on words that may be others,
        and offsets would then name something else."""
        data, sent = self.data.copy(), self.cleaned_data
        if sent.get("end") and not sent.get("quote"):
            data["quote"] = words.text[sent.get("start") or 0 : sent["end"]].strip()
        data["start"] = data["end"] = ""
        self.data = data

    def _quoted(self, words: Words) -> Gesture | None:
        quote, nth = self.cleaned_data["quote"].strip(), self.cleaned_data["nth"]
        if not quote:
            self.add_error("quote", _("Write the words to put in brackets."))
            return None
        part, said = Part.TEXT, words.text
        if quote not in said:
            part, said = Part.HEADING, words.heading
        places = [at for at in range(len(said)) if said.startswith(quote, at)]
        if not places:
            self.add_error(
                "quote", _("These words do not stand in the clause: copy them as they are.")
            )
        elif nth is None and len(places) > 1:
            self.add_error("nth", _("These words stand there more than once: say which."))
        elif nth is not None and nth > len(places):
            self.add_error("nth", _("They do not stand there so many times."))
        else:
            start = places[(nth or 1) - 1]
            return Gesture(PLACE, part, start, start + len(quote))
        return None

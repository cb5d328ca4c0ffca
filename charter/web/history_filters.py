"""The form that says which revisions to list: a plain GET, so that its address can be kept."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charter.models import Cause
from charter.queries.picking import Choices, Wanted

ANY = ""


class _Day(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HistoryForm(forms.Form):
    """Every field may be empty, or missing from the address."""

    words = forms.CharField(
        label=_("In the message"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    person = forms.ChoiceField(label=_("Author"), required=False)
    delegation = forms.ChoiceField(
        label=_("Delegation"), required=False, help_text=_("The one its author sat in then.")
    )
    clause = forms.ChoiceField(
        label=_("Clause"), required=False, help_text=_("With all that stands in it.")
    )
    principle = forms.ChoiceField(
        label=_("Principle"),
        required=False,
        help_text=_("Its entry, its tags, and the clauses that serve it now."),
    )
    cause = forms.ChoiceField(
        label=_("Kind of change"), required=False, choices=[(ANY, _("Any")), *Cause.choices]
    )
    since = forms.DateField(
        label=pgettext_lazy("days", "From"),
        required=False,
        widget=_Day,
    )
    until = forms.DateField(
        label=pgettext_lazy("days", "To"),
        required=False,
        widget=_Day,
    )
    zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, choices: Choices, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        everybody, any_ = (ANY, _("Everybody")), (ANY, _("Any"))
        self.fields["person"].choices = [everybody, *choices.authors]
        self.fields["delegation"].choices = [any_, *choices.delegations]
        self.fields["principle"].choices = [any_, *choices.principles]
        clauses = [any_, *choices.clauses]
        if choices.struck:
            clauses.append((pgettext_lazy("clauses", "Struck"), list(choices.struck)))
        self.fields["clause"].choices = clauses

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        return any(self.data.get(name) for name in self.fields if name != "zone")

    @cached_property
    def chosen_zone(self) -> tzinfo:
        """The zone whose days are meant: the one named, else UTC."""
        name = self.data.get("zone", "")
        return ZoneInfo(name) if name in available_timezones() else UTC

    @property
    def zone_name(self) -> str:
        return str(self.chosen_zone)

    def clean(self) -> dict:
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day lies before the first one."))
        return data

    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        data = self.cleaned_data
        return Wanted(
            person=UUID(data["person"]) if data["person"] else None,
            delegation=int(data["delegation"]) if data["delegation"] else None,
            clause=UUID(data["clause"]) if data["clause"] else None,
            principle=data["principle"],
            since=self._begin(data["since"]),
            until=self._begin(data["until"], 1),
            words=data["words"],
            cause=data["cause"],
        )

    def _begin(self, day, later: int = 0) -> datetime | None:
        """The first moment of a day, or of one so many days later."""
        if day is None:
            return None
        try:
            begun = datetime.combine(day + timedelta(days=later), time(), self.chosen_zone)
            return begun.astimezone(UTC)
        except OverflowError:
            return datetime(1, 1, 2, tzinfo=UTC) if not later else datetime.max.replace(tzinfo=UTC)

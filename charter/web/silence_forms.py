"""The forms of silence procedures. A deadline is typed as a day and a time in a zone besides."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charter.actions import silence as actions
from charter.models import Rung, SilenceKind
from charter.templatetags.records import zone_of


class DeadlineForm(forms.Form):
    """A moment. After cleaning, `deadline` is it, with its zone."""

    day = forms.DateField(
        label=gettext_lazy("Day of the deadline"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    clock = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    zone = forms.ChoiceField(label=gettext_lazy("In the time zone"))

    deadline: datetime

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = _zones()

    def clean(self) -> dict:
        said = super().clean()
        if {"day", "clock", "zone"} <= said.keys():
            self.deadline = _moment(datetime.combine(said["day"], said["clock"]), said["zone"])
        return said


class OpeningForm(DeadlineForm):
    """What is to be put under silence, until when, and what the chair says to the table."""

    invitation = forms.CharField(
        label=gettext_lazy("Invitation"),
        required=False,
        max_length=actions.INVITATION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What the chair asks of the table; everybody reads it."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ClausesForm(OpeningForm):
    """Clauses as they stand."""

    kind = SilenceKind.CLAUSES
    clauses = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Clauses"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    rung = forms.ChoiceField(
        label=gettext_lazy("If nobody objects, they are"),
        choices=[(rung, rung.label) for rung in actions.RUNGS],
        initial=Rung.AD_REFERENDUM,
    )
    field_order = ("clauses", "rung", "day", "clock", "zone", "invitation", "base")

    def __init__(self, *args, offered: Iterable[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clauses"].choices = offered


class AmendmentsForm(OpeningForm):
    """Amendments as they are tabled."""

    kind = SilenceKind.AMENDMENTS
    amendments = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Amendments"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("amendments", "day", "clock", "zone", "invitation", "base")

    def __init__(self, *args, offered: Iterable[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amendments"].choices = offered


class EditionForm(OpeningForm):
    """An edition as a whole."""

    kind = SilenceKind.EDITION
    edition = forms.TypedChoiceField(
        label=gettext_lazy("Edition"), coerce=int, widget=forms.RadioSelect
    )
    field_order = ("edition", "day", "clock", "zone", "invitation", "base")

    def __init__(self, *args, offered: Iterable[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = offered


class ExtensionForm(DeadlineForm):
    """A later deadline, and why."""

    note = forms.CharField(
        label=gettext_lazy("Note for the log"), required=False, max_length=actions.REASON
    )


class BreakingForm(forms.Form):
    """Why a delegation breaks silence."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=actions.REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Everybody who reads the charter sees it with your name."),
    )


class CallingOffForm(forms.Form):
    """Why a procedure is called off."""

    note = forms.CharField(label=gettext_lazy("Note for the log"), max_length=actions.REASON)


def _zones() -> list[tuple[str, str]]:
    """The reader's own zone, and UTC."""
    own = timezone.get_current_timezone_name()
    if own == "UTC":
        return [("UTC", "UTC")]
    now = zone_of(timezone.localtime())
    return [(own, f"{own.replace('_', ' ')} ({now})"), ("UTC", "UTC")]


def _moment(said: datetime, zone: str) -> datetime:
    """The moment at which a clock in this zone shows this; where it does so once."""
    place = UTC if zone == "UTC" else ZoneInfo(zone)
    first, second = (said.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    try:
        once = first.astimezone(UTC) == second.astimezone(UTC)
    except OverflowError:  # at either end of the calendar
        raise ValidationError(_("The deadline must lie within a year.")) from None
    if once:
        return first
    raise ValidationError(
        _("The clocks change then: this time comes twice, or never. Say it in UTC.")
    )

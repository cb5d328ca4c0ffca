"""Who holds what on a clause or an amendment, and the form for one's own position."""

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from charter.access import Right, Seat
from charter.actions import positions as actions
from charter.exports.stances import said
from charter.models import HELD, Visibility
from charter.queries.positions import Panel, panel_of


class PositionForm(forms.Form):
    """What one's delegation holds, and who is to know."""

    stance = forms.ChoiceField(
        label=gettext_lazy("Your delegation"),
        choices=[(one, one.label) for one in HELD],
        error_messages={"required": gettext_lazy("Choose what your delegation holds.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=actions.NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Seen by"), choices=Visibility.choices, initial=Visibility.ALL
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, auto_id="position_%s", **kwargs)


def position_context(seat: Seat, language: str, **subject: UUID) -> dict[str, Any]:
    """What `positions/panel.html` needs for `clause=` or `amendment=`; `positions` is the panel."""
    panel = panel_of(seat, language, **subject)
    seated = seat.membership.delegation_id is not None
    form = PositionForm(initial=_initial(panel))
    (kind, key), *_rest = subject.items()
    return {
        "positions": panel,
        "position_sums": [(one, said(one)) for one in panel.organisations],
        "position_form": form if seated and seat.may(Right.HOLD) else None,
        "position_may_go": seated and seat.may(Right.WITHDRAW),
        "position_take": reverse(f"{kind}_position", args=[seat.charter.slug, key]),
        "position_withdraw": reverse(f"{kind}_position_withdraw", args=[seat.charter.slug, key]),
    }


def _initial(panel: Panel) -> dict[str, str]:
    return {"stance": panel.own.stance, "note": panel.own.note} if panel.own else {}

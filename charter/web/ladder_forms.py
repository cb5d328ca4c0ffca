"""How far a clause is agreed, on its page: its rung, its steps, and the form of another one."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from charter.access import Right, Seat
from charter.actions import gate
from charter.exports.stances import RUNGS
from charter.models import Rung
from charter.queries.ladder import steps_of


class RungForm(forms.Form):
    """Where the chair puts a clause, having seen it in revision `base`."""

    rung = forms.ChoiceField(
        label=gettext_lazy("This clause is"),
        choices=Rung.choices,
        error_messages={"required": gettext_lazy("Choose how far the clause is agreed.")},
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=gate.MESSAGE)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, auto_id="rung_%s", **kwargs)

    def seen_again(self, head: int) -> None:
        """Sent once more, it is about what stands in revision `head`."""
        self.data = {**self.data.dict(), "base": str(head)}


def ladder_context(seat: Seat, clause: UUID) -> dict[str, Any]:
    """What `ladder/panel.html` needs."""
    steps = steps_of(seat.charter, clause)
    now = steps[0].now if steps else Rung.OPEN
    form = RungForm(initial={"rung": now, "base": seat.charter.head})
    return {
        "rung": now,
        "rung_sign": RUNGS[now],
        "rung_steps": steps,
        "rung_form": form if seat.may(Right.AGREE) else None,
    }

"""Forms of what stands already: nobody writes over what others have made of it meanwhile."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class OfWhatStands(forms.Form):
    """Each field goes out with what it held, and comes back to be held against what it holds now.

    One that was left alone keeps what others have made of it. One that two have changed is refused
    with what the other said; sent again, it counts. Mixed in before the form that has the fields,
    whose initial values are what stands. What a field held may be left out by programs.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        held = {self[name].html_initial_name: _said(self[name].initial) for name in self.fields}
        self.data = {**held, **self.data.dict()}
        for name in list(cleaned):
            self._hold(name, cleaned)
        return cleaned

    def _hold(self, name: str, cleaned: dict[str, Any]) -> None:
        bound, field = self[name], self.fields[name]
        now, typed = _said(bound.initial), _said(cleaned[name])
        seen = self.data[bound.html_initial_name]
        if now in (seen, typed):
            return
        if typed == seen:
            cleaned[name] = field.clean(now)
            return
        shown = dict(getattr(field, "choices", ())).get(now, now)
        message = _("Changed since you looked, to “%(said)s”. Sent again, yours counts.")
        self.add_error(name, message % {"said": shown})
        self.data[bound.html_initial_name] = now


def _said(value: object) -> str:
    return "" if value is None else str(value)

"""The forms of signing in and of one's own account."""

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import Person

_JOINERS = "\u200c\u200d"  # some scripts need them inside a name
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters that show nothing


def readable(name: str) -> None:
    """Refuse a name with a character that hides or turns around the words beside it."""
    for at, sign in enumerate(name):
        hidden = unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        if (hidden and sign not in _JOINERS) or sign in _BLANK:
            raise ValidationError(
                _("There is a hidden character (%(name)s) at position %(position)d."),
                params={"name": f"U+{ord(sign):04X}", "position": at + 1},
            )


class SignIn(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Forgotten(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class Invitation(SetPasswordForm):
    """The name that others will see, and a password."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        validators=[readable],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "new_password1", "new_password2"]

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(person, *args, **kwargs)
        self.fields["name"].initial = person.name

    def save(self, commit: bool = True) -> Person:
        self.user.name = self.cleaned_data["name"]
        return super().save(commit)


class Account(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language of the interface"), required=False)

    class Meta:
        model = Person
        fields = ["name", "language", "appearance"]
        labels = {"name": _("Name"), "appearance": _("Appearance")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "appearance": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(readable)
        self.fields["language"].choices = [("", _("As the browser asks")), *_own_names()]


def _own_names() -> list[tuple[str, str]]:
    """Each language under its own name, so that one finds it again."""
    names = []
    for code, name in settings.LANGUAGES:
        with override(code):
            names.append((code, str(name)))
    return names

"""The forms of signing in and of one's own account."""

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm, SetPasswordMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import zones
from accounts.models import Person, Scope

PASSWORD = 1000  # characters
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
        max_length=PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Forgotten(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


def _set_up_passwords(form: forms.Form, *, new: str, again: str) -> None:
    """Say the rules in a sentence, and take no password of any length.

    Django's list of rules cannot stand in a hint; a password is looked at from many sides before
    it is hashed.
    """
    form.fields[new].help_text = _(
        "At least ten characters, no common password, and nothing like your name or address."
    )
    form.fields[again].label, form.fields[again].help_text = _("The same password again"), ""
    for field in form.fields.values():
        if isinstance(field.widget, forms.PasswordInput):
            field.max_length = PASSWORD
            field.validators.append(MaxLengthValidator(PASSWORD))


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        max_length=200,
        validators=[readable],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class NewAccount(SetPasswordMixin, forms.Form):
    """Somebody new: the name that others will see, an address and a password to sign in with."""

    name = _name()
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password1, password2 = SetPasswordMixin.create_password_fields()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_up_passwords(self, new="password1", again="password2")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.validate_passwords()
        person = Person(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
        self.validate_password_for_user(person)
        return cleaned


class NewPassword(PasswordChangeForm):
    """Another password, by who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_up_passwords(self, new="new_password1", again="new_password2")


class Invitation(SetPasswordForm):
    """The name that others will see, and a password."""

    name = _name()
    field_order = ["name", "new_password1", "new_password2"]

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(person, *args, **kwargs)
        self.fields["name"].initial = person.name
        _set_up_passwords(self, new="new_password1", again="new_password2")

    def save(self, commit: bool = True) -> Person:
        self.user.name = self.cleaned_data["name"]
        return super().save(commit)


class Account(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language of the interface"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Times are shown in it, and deadlines in UTC besides."),
    )

    class Meta:
        model = Person
        fields = ["name", "language", "time_zone", "appearance", "shows_presence"]
        labels = {
            "name": _("Name"),
            "appearance": _("Appearance"),
            "shows_presence": _("Show when I was here"),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "appearance": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(readable)
        self.fields["language"].choices = [("", _("As the browser asks")), *_own_names()]
        self.fields["time_zone"].choices = [("", "UTC"), *zones.by_region()]


class NewToken(forms.Form):
    """For which program, for what, and for how long."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        validators=[readable],
        help_text=_("Of the program, so that you know it again."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label=_("Good for"), choices=Scope, initial=Scope.READ, widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(7, _("A week")), (30, _("30 days")), (90, _("90 days")), (365, _("A year"))],
        initial=90,
    )


def _own_names() -> list[tuple[str, str]]:
    """Each language under its own name, so that one finds it again."""
    names = []
    for code, name in settings.LANGUAGES:
        with override(code):
            names.append((code, str(name)))
    return names

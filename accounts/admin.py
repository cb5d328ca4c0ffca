"""People, for whoever runs the installation: made, deactivated, given the operator's flag.

An operator is no reader. Nothing here opens an account that somebody has: addresses, names and
passwords of others are not changed, so that nobody is acted for unnoticed.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import leaving, letters
from accounts.models import Person


class ViewOnly(admin.ModelAdmin):
    """What an operator may look at and not change. Lists are searched and filtered by what is
    named here and by nothing else: any column in the address could be felt out by its values."""

    actions = None
    show_full_result_count = False
    list_per_page = 50

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        name = lookup.removesuffix("__exact").removesuffix("__isnull").removesuffix("__id")
        return name in {one for one in self.list_filter if isinstance(one, str)}


class NewPerson(forms.ModelForm):
    """Somebody new. Their password is set by a letter, or told to them where none are sent."""

    password = forms.CharField(
        label=gettext_lazy("First password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "Left empty, a letter with a link to set one is sent, where letters are offered."
        ),
    )

    class Meta:
        model = Person
        fields = ("email", "name")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if not password and not settings.EMAIL_OFFERED:
            self.add_error("password", _("This installation sends no letters: set a password."))
        if password:
            try:
                validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class Standing(forms.ModelForm):
    """Whether somebody may sign in, and whether they are an operator."""

    class Meta:
        model = Person
        fields = ("is_active", "is_staff")
        labels = {
            "is_active": gettext_lazy("May sign in"),
            "is_staff": gettext_lazy("Operator of this installation"),
        }

    def clean_is_active(self) -> bool:
        active = bool(self.cleaned_data["is_active"])
        if self.instance.is_active and not active:
            for objection in leaving.against(self.instance):
                self.add_error("is_active", objection)
        return active


# Rights come from seats, and the operator's from a flag: groups would promise what nothing keeps.
admin.site.unregister(Group)


@admin.register(Person)
class PersonAdmin(ViewOnly):
    list_display = ("email", "name", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    ordering = ("email",)
    readonly_fields = (
        "email", "name", "uuid", "confirmed_at", "date_joined", "last_login", "invited_by",
        "is_demo", "is_superuser",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody takes the flag from themselves, or shuts themselves out."""
        return self.admin_site.has_permission(request) and obj != request.user

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **more: Any):
        form = Standing if change else NewPerson
        return super().get_form(request, obj, change, **{"form": form, **more})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        standing = ("is_active", "is_staff")
        return (*self.readonly_fields, *standing) if obj else ("email", "name", "password")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.readonly_fields if obj else ()

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        if not change:
            obj.set_password(form.cleaned_data["password"] or None)
        super().save_model(request, obj, form, change)
        if not change and not form.cleaned_data["password"]:
            letters.send_link(obj.email, request.build_absolute_uri("/").rstrip("/"))

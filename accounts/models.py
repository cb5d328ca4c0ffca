"""People: who may sign in, and how each likes the interface. Nothing here knows of charters."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["Person"]):
    """The door through which persons are made; an address is kept in lower case."""

    def get_by_natural_key(self, username: str) -> "Person":
        return self.get(email=username.strip().lower())

    def create_user(self, email: str, password: str | None = None, **more: Any) -> "Person":
        if not email:
            raise ValueError("A person needs an e-mail address.")
        person = self.model(email=email, **more)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **more: Any) -> "Person":
        """Whoever runs the installation answers for the address."""
        chosen = {"is_staff": True, "is_superuser": True, "confirmed_at": timezone.now()}
        return self.create_user(email, password, **{**more, **chosen})


class Appearance(models.TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. `language` is the interface's; "" means the browser's wish.

    `time_zone` is a name of the IANA database; "" shows times in UTC.

    `confirmed_at` is when it was shown that the address is theirs; None for one that was only
    typed in, which says nothing about who reads its letters.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=16, blank=True, default="")
    appearance = models.CharField(
        _("appearance"), max_length=8, choices=Appearance, default=Appearance.AUTO
    )
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    shows_presence = models.BooleanField(
        _("show when I was here"),
        default=True,
        help_text=_("Who works on the same texts sees when you last did."),
    )
    about = models.CharField(max_length=300, blank=True, default="")
    invited_by = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    is_demo = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = People()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="person_email_in_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)


class Attempt(models.Model):
    """An attempt to sign in that has not succeeded: what throttling counts, kept for an hour."""

    email_digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["origin", "at"], name="attempt_by_origin"),
            models.Index(fields=["email_digest", "at"], name="attempt_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.at:%Y-%m-%d %H:%M}"


class Scope(models.TextChoices):
    """What a token is good for: reading alone, or all that its person may do."""

    READ = "read", _("Reading")
    WRITE = "write", _("Reading and writing")


class Token(models.Model):
    """A key with which a program acts for a person. The key itself is kept nowhere.

    `key_digest` is the SHA-256 of the secret in hexadecimal, `prefix` its first characters, by
    which its person knows it again. Who has the table can use no token.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    key_digest = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(max_length=8, editable=False)
    scope = models.CharField(_("scope"), max_length=8, choices=Scope)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=["read", "write"]), name="token_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"

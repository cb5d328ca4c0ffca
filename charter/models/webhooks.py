"""Telling other programs what happened: who is told, what there is to tell, and each telling.

The secret a webhook signs with is not stored. It is derived from `seed` and the installation's
SECRET_KEY, so that neither a copy of the database nor the key alone can sign.
"""

from secrets import token_bytes
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charter.models.charters import Charter


class EventName(models.TextChoices):
    """What a program can be told of, by the names it is told with."""

    REVISION_COMMITTED = "revision.committed", _("A revision was committed")
    THREAD_CHANGED = "thread.changed", _("A thread was opened, answered, resolved or moved")
    AMENDMENT_CHANGED = "amendment.changed", _("An amendment was tabled, changed or settled")
    POSITION_TAKEN = "position.taken", _("A delegation took a position, or took it back")
    STATEMENT_CHANGED = "statement.changed", _("A statement was made or withdrawn")
    RUNG_CHANGED = "rung.changed", _("A clause was put on a rung of the ladder of agreement")
    REGISTER_CHANGED = "register.changed", _("The register of parties was changed")
    SILENCE_CHANGED = "silence.changed", _("A silence procedure began, changed or ended")
    MEMBERSHIP_CHANGED = "membership.changed", _("A seat was given, changed or taken away")
    EDITION_NAMED = "edition.named", _("An edition was named or renamed")
    EDITION_WITHDRAWN = "edition.withdrawn", _("An edition's name was withdrawn")
    CHARTER_CHANGED = "charter.changed", _("The stage, a language or the name was changed")
    WEBHOOK_TESTED = "webhook.tested", _("A test")


class DeliveryState(models.TextChoices):
    """Where a telling stands."""

    WAITING = "waiting", pgettext_lazy("of a delivery", "waiting")
    DELIVERED = "delivered", pgettext_lazy("of a delivery", "delivered")
    GIVEN_UP = "given_up", pgettext_lazy("of a delivery", "given up")


class Mishap(models.TextChoices):
    """Why an attempt did not succeed."""

    UNRESOLVED = "unresolved", _("The name of the host is not known.")
    NOT_ALLOWED = "not_allowed", _("The host has an address that this site does not call.")
    UNREACHABLE = "unreachable", _("The host could not be reached.")
    UNTRUSTED = "untrusted", _("The host's certificate is not trusted.")
    TOO_SLOW = "too_slow", _("The answer took too long.")
    BROKEN = "broken", _("The answer broke off or was not HTTP.")
    REDIRECTED = "redirected", _("The answer was a redirect, which is not followed.")
    REFUSED = "refused", _("The answer was an error.")


def new_seed() -> bytes:
    return token_bytes(32)


class Webhook(models.Model):
    """An address that is told of events of one charter.

    `active` is the chair's wish. `stopped_at` says since when it is told nothing because it failed
    for too long, `failing_since` when the attempts began to fail. `former_seed` signs beside `seed`
    for a day after `rotated_at`. Withdrawn ones stay for the sake of the log.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="webhooks")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    url = models.CharField(max_length=500)
    description = models.CharField(max_length=200, blank=True, default="")
    events = ArrayField(models.CharField(max_length=40, choices=EventName))
    active = models.BooleanField(default=True)
    seed = models.BinaryField(max_length=32, default=new_seed)
    former_seed = models.BinaryField(max_length=32, default=b"")
    rotated_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.uuid)


class OutboxEntry(models.Model):
    """Something that happened and is to be told, written in the transaction in which it did.

    `payload` has ids and numbers and never a word of a text; `actor` is who did it.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="outbox")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    event = models.CharField(max_length=40, choices=EventName)
    payload = models.JSONField(default=dict)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.event} {self.uuid}"


class Delivery(models.Model):
    """One entry for one webhook: how often it was tried, and what came of the last attempt.

    `next_at` is when it is due; while somebody tries, when another may. `asked_at` is when it was
    put in line, for the first time or again; `status` the HTTP status of the last answer and
    `milliseconds` how long it took.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    entry = models.ForeignKey(OutboxEntry, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=16, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(null=True, blank=True)
    mishap = models.CharField(max_length=16, choices=Mishap, blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["webhook", "entry"], name="delivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(state=DeliveryState.WAITING),
                name="delivery_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

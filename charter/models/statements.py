"""Statements: a delegation's reservations and declarations, which are made and withdrawn."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.charters import Charter
from charter.models.clauses import Clause
from charter.models.members import Delegation


class StatementKind(models.TextChoices):
    """What a statement does, by the names of the Vienna Convention and its commentary."""

    RESERVATION = "reservation", _("Reservation")
    INTERPRETATION = "interpretation", _("Interpretative declaration")
    DECLARATION = "declaration", _("Other declaration")


class Statement(models.Model):
    """What a delegation states on a clause, or (`clause` None) on the charter as a whole.

    Appended, never changed; `number` counts those of the charter, `revision` was the head. Whoever
    wants to say otherwise withdraws it and makes another.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    charter = models.ForeignKey(
        Charter, on_delete=models.PROTECT, related_name="statements", db_index=False
    )
    number = models.PositiveIntegerField()
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="statements")
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=16, choices=StatementKind)
    language = models.CharField(max_length=16)
    text = models.TextField()
    revision = models.PositiveIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="statement_number")
        ]

    def __str__(self) -> str:
        return f"{self.charter_id} {self.number}"


class StatementWithdrawal(models.Model):
    """A delegation took its statement back: appended, never changed."""

    statement = models.OneToOneField(
        Statement, on_delete=models.PROTECT, related_name="withdrawal", primary_key=True
    )
    note = models.CharField(max_length=1000, blank=True)
    revision = models.PositiveIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.statement_id} withdrawn"

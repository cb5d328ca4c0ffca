"""Seatings: who came into a delegation, by whose word, and who left, as a log that only grows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.charters import Charter
from charter.models.members import Delegation


class SeatingKind(models.TextChoices):
    """What happened to a person's seat in a delegation."""

    SEATED = "seated", _("seated, as nobody sat there")
    WAITING = "waiting", _("named, waits to be confirmed")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("named, not confirmed")
    LEFT = "left", _("left")


class Seating(models.Model):
    """A line of the log: appended, never changed.

    `circle` is the delegation's at that moment, `head` the charter's: the revisions after it were
    written from the new seat. `actor` is who did it; None where the operator of the installation
    did.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+", db_index=False)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="seatings", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=16, choices=SeatingKind)
    circle = models.PositiveIntegerField()
    head = models.PositiveIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["delegation", "-id"], name="seating_latest"),
            models.Index(fields=["charter", "id"], name="seating_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"

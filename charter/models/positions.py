"""Positions: what a delegation holds on a clause or an amendment, as a log that only grows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.amendments import Amendment
from charter.models.charters import Charter
from charter.models.clauses import Clause
from charter.models.members import Delegation


class Stance(models.TextChoices):
    """What is held. Of who took a position back nothing is held."""

    AGREES = "agrees", _("agrees")
    AD_REFERENDUM = "ad_referendum", _("agrees ad referendum")
    RESERVES = "reserves", _("reserves")
    OBJECTS = "objects", _("objects")
    WITHDRAWN = "withdrawn", _("withdrawn")


HELD = tuple(stance for stance in Stance if stance != Stance.WITHDRAWN)
BLOCKING = (Stance.RESERVES, Stance.OBJECTS)


class Visibility(models.TextChoices):
    """Who may know of a position."""

    ALL = "all", _("everybody who reads the charter")
    DELEGATION = "delegation", _("my delegation only")


class Position(models.Model):
    """A line of the log: appended, never changed; the latest for all, and the latest for the
    delegation alone, are what it holds on the clause or the amendment.

    `circle` is the delegation's: what is kept to it is seen by that circle and no later one.
    `revision` is the head it was taken at. It is stale once the words it was taken on changed,
    which is read from history and never stored: `charter.queries.positions`.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.PROTECT, related_name="positions", db_index=False
    )
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="positions")
    circle = models.PositiveIntegerField(default=1)
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    amendment = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, related_name="positions", null=True, blank=True
    )
    visibility = models.CharField(max_length=16, choices=Visibility)
    stance = models.CharField(max_length=16, choices=Stance)
    note = models.CharField(max_length=2000, blank=True)
    revision = models.PositiveIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(clause=None, amendment__isnull=False)
                | models.Q(clause__isnull=False, amendment=None),
                name="position_on_one_thing",
            )
        ]
        indexes = [
            models.Index(
                fields=["charter", "delegation", "clause", "amendment", "visibility", "-id"],
                name="position_latest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegation_id} {self.stance}"

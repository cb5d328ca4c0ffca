"""The ladder of agreement: how far a clause is agreed, as a log that only grows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.charters import Charter
from charter.models.clauses import Clause


class Rung(models.TextChoices):
    """How far a clause is agreed, from below."""

    OPEN = "open", _("open")
    DRAFTING_GROUP = "drafting_group", _("agreed in drafting group")
    AD_REFERENDUM = "ad_referendum", _("agreed ad referendum")
    AGREED = "agreed", _("agreed")


class LadderStep(models.Model):
    """The chair put a clause on a rung at revision `revision`: appended, never changed.

    It stands there until the next step, or until its words or what is below it change: then it is
    open again, which is read from history and never stored (`charter.queries.ladder`).
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.PROTECT, related_name="ladder", db_index=False
    )
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="+")
    rung = models.CharField(max_length=16, choices=Rung)
    note = models.CharField(max_length=1000, blank=True)
    revision = models.PositiveIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["charter", "clause", "-id"], name="ladder_latest")]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.rung}"

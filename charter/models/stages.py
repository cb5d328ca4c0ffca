"""The stages a charter has been through, as a log that only grows."""

from django.conf import settings
from django.db import models

from charter.models.charters import Charter, Stage


class StageStep(models.Model):
    """The chair took the charter to another stage at revision `revision`: appended only."""

    charter = models.ForeignKey(
        Charter, on_delete=models.PROTECT, related_name="stage_steps", db_index=False
    )
    was = models.CharField(max_length=16, choices=Stage)
    stage = models.CharField(max_length=16, choices=Stage)
    note = models.CharField(max_length=1000, blank=True)
    revision = models.PositiveIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["charter", "revision"], name="stage_step_by_revision")]

    def __str__(self) -> str:
        return f"{self.charter_id} {self.stage}"

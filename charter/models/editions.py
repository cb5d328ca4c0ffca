"""Revisions with a name."""

from django.conf import settings
from django.db import models

from charter.models.charters import Charter
from charter.models.revisions import Revision


class Edition(models.Model):
    """A named revision ("Rev.1", "Chair's text") with its document symbol."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="editions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="editions")
    name = models.CharField(max_length=120)
    symbol = models.CharField(max_length=80, blank=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["revision__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "name"], name="edition_name"),
        ]

    def __str__(self) -> str:
        return self.name

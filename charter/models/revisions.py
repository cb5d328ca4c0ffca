"""The only unit of history: one committed change set on one charter."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.charters import Charter


class Cause(models.TextChoices):
    """What kind of act made the revision."""

    CREATE = "create", _("Created")
    EDIT = "edit", _("Edited")
    INSERT = "insert", _("Inserted")
    STRIKE = "strike", _("Struck")
    RESTORE = "restore", _("Restored")
    MOVE = "move", _("Moved")
    TAG = "tag", _("Tagged")
    IMPORT = "import", _("Imported")
    VOCABULARY = "vocabulary", _("Principles changed")
    NUMBERING = "numbering", _("Numbering")
    UNDO = "undo", _("Undoing")
    AMENDMENT = "amendment", _("Amendment adopted")
    CORRECTION = "correction", _("Correction")


class Revision(models.Model):
    """Revision `number` of a charter, 1, 2, 3 … without gaps. Never changed, never deleted.

    `digest` is the SHA-256, in hexadecimal, over the digest before it and the canonical encoding
    of what this revision changed: `charter.models.digests`. `earlier` is the number of the revision
    that this one undid, or that it took a clause back from. `adopted` are the uuids of
    the amendments that it adopted, whole or in part.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.PROTECT, related_name="revisions", db_index=False
    )
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    committed_at = models.DateTimeField()
    message = models.CharField(max_length=1000, blank=True)
    cause = models.CharField(max_length=16, choices=Cause)
    earlier = models.PositiveIntegerField(null=True, blank=True)
    adopted = ArrayField(models.UUIDField(), default=list, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["charter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="revision_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="revision_from_one"),
            models.CheckConstraint(
                condition=models.Q(earlier__gte=1, earlier__lt=models.F("number"))
                | models.Q(earlier=None),
                name="revision_after_its_earlier",
            ),
        ]
        indexes = [
            models.Index(fields=["charter", "author", "number"], name="revision_by_author"),
            models.Index(fields=["charter", "committed_at"], name="revision_by_time"),
            models.Index(
                fields=["charter", "earlier"],
                condition=models.Q(earlier__isnull=False),
                name="revision_by_earlier",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charter_id}:{self.number}"

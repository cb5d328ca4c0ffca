"""Discussion anchored to words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.charters import Charter
from charter.models.clauses import Clause


class AnchorState(models.TextChoices):
    """What became of the words a thread was opened on: see `charter.text.anchors`."""

    EXACT = "exact", _("on its words")
    MOVED = "moved", _("words moved")
    CHANGED = "changed", _("words changed")
    ORPHANED = "orphaned", _("words gone")


class Thread(models.Model):
    """A discussion of words of a clause in one language, or of the whole clause (`quote` "").

    `start` and `end` are code points in the clause's text as of revision `anchored_at`; every
    later revision of that wording carries them. `original_quote` is what was selected at first.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="threads")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="threads")
    language = models.CharField(max_length=16)
    opened_at_revision = models.PositiveIntegerField()
    anchored_at = models.PositiveIntegerField()
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    quote = models.TextField(blank=True)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    original_quote = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=AnchorState, default=AnchorState.EXACT)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        indexes = [
            models.Index(fields=["charter", "resolved_at"], name="thread_of_charter"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Comment(models.Model):
    """One message in a thread, as it was sent."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

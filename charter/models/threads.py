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


class Discussion(models.Model):
    """A thread on words in one language, whatever they are the words of (`quote` "": all of it).

    `start` and `end` are code points of those words as they stand now; `original_quote` is what
    was selected at first.
    """

    language = models.CharField(max_length=16)
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
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}"


class Message(models.Model):
    """One message in a thread, as it was sent.

    `mentioned` are the members it names, each place as [start, end, the keys of the persons], in
    code points of `text`.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    mentioned = models.JSONField(default=list, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class Thread(Discussion):
    """A discussion of words of a clause in one language, or of the whole clause.

    Its place is in the clause's text as of revision `anchored_at`; every later revision of that
    wording carries it.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="threads")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="threads")
    opened_at_revision = models.PositiveIntegerField()
    anchored_at = models.PositiveIntegerField()

    class Meta:
        ordering = ["opened_at", "pk"]
        indexes = [
            models.Index(fields=["charter", "resolved_at"], name="thread_of_charter"),
        ]


class Comment(Message):
    """A message in a thread on a clause."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments")

"""Discussion of amendments: of what one asks for, word by word, or of the whole of it.

These have tables of their own. What a delegation says of its draft is nobody else's, and where it
shares no row and no numbering with the discussion of the text, no sum over that can tell of it.
"""

from uuid import uuid4

from django.db import models

from charter.models.amendments import Amendment, ProposedChange
from charter.models.threads import AnchorState, Discussion, Message


class AmendmentThread(Discussion):
    """A discussion of an amendment, of one of its changes, or of words that one proposes.

    Its place is in the words of `change` (`charter.text.proposal`), in `language`. `within` says
    that it was opened on a draft: it stays with those who saw the draft, for ever. One whose
    change was dropped from a draft has lost both change and words.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="threads")
    change = models.ForeignKey(
        ProposedChange, on_delete=models.PROTECT, related_name="threads", null=True, blank=True
    )
    within = models.BooleanField(default=False)

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(change__isnull=False) | models.Q(quote="", start=0, end=0),
                name="amendment_thread_on_words_of_a_change",
            ),
            models.CheckConstraint(
                condition=models.Q(change__isnull=False)
                | models.Q(original_quote="")
                | models.Q(state=AnchorState.ORPHANED),
                name="amendment_thread_without_change_has_no_words",
            ),
        ]


class AmendmentComment(Message):
    """A message in a thread on an amendment."""

    thread = models.ForeignKey(AmendmentThread, on_delete=models.PROTECT, related_name="comments")

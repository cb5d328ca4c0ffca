"""Silence procedures: what is adopted unless a delegation objects before a deadline."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charter.models.amendments import Amendment
from charter.models.charters import Charter
from charter.models.clauses import Clause
from charter.models.editions import Edition
from charter.models.ladder import Rung
from charter.models.members import Delegation
from charter.models.revisions import Revision


class SilenceKind(models.TextChoices):
    """What is under silence: always one or several of one kind."""

    CLAUSES = "clauses", _("Clauses")
    AMENDMENTS = "amendments", _("Amendments")
    EDITION = "edition", _("An edition")


class SilenceState(models.TextChoices):
    """How a procedure stands. One whose deadline is over runs until its adoption is carried out."""

    RUNNING = "running", pgettext_lazy("of a silence procedure", "running")
    ADOPTED = "adopted", pgettext_lazy("of a silence procedure", "silence kept, adopted")
    BROKEN = "broken", pgettext_lazy("of a silence procedure", "silence broken")
    CALLED_OFF = "called_off", pgettext_lazy("of a silence procedure", "called off")
    FAILED = "failed", pgettext_lazy("of a silence procedure", "failed")


class Silence(models.Model):
    """Silence procedure `number` of a charter, printed as S-3.

    `revision` is the text the table was asked about: the head when it began, of an edition the
    revision that has the name. `rung` is how far clauses will be agreed, "" for other kinds.
    `looked_at` is the head up to which nobody had touched what is under silence. `edition_name` is
    what the edition was called when it began.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.PROTECT, related_name="silences", db_index=False
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=SilenceKind)
    state = models.CharField(max_length=16, choices=SilenceState, default=SilenceState.RUNNING)
    invitation = models.TextField(blank=True)
    rung = models.CharField(max_length=16, choices=Rung, blank=True, default="")
    edition = models.ForeignKey(
        Edition, on_delete=models.SET_NULL, related_name="silences", null=True, blank=True
    )
    edition_name = models.CharField(max_length=120, blank=True, default="")
    revision = models.PositiveIntegerField()
    looked_at = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    deadline = models.DateTimeField()

    class Meta:
        ordering = ["charter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="silence_number"),
            models.CheckConstraint(
                condition=models.Q(deadline__gt=models.F("opened_at")),
                name="silence_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=SilenceKind.CLAUSES) ^ models.Q(rung=""),
                name="silence_has_a_rung_for_clauses",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline"],
                condition=models.Q(state=SilenceState.RUNNING),
                name="silence_running",
            )
        ]

    def __str__(self) -> str:
        return f"S-{self.number}"


class SilenceItem(models.Model):
    """A clause or an amendment that is under silence: appended, never changed."""

    silence = models.ForeignKey(Silence, on_delete=models.PROTECT, related_name="items")
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    amendment = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(clause=None, amendment__isnull=False)
                | models.Q(clause__isnull=False, amendment=None),
                name="silence_item_is_one_thing",
            ),
            models.UniqueConstraint(fields=["silence", "clause"], name="silence_clause_once"),
            models.UniqueConstraint(fields=["silence", "amendment"], name="silence_amendment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.silence_id} {self.clause_id or self.amendment_id}"


class SilenceDeedKind(models.TextChoices):
    """What became of a procedure."""

    OPENED = "opened", pgettext_lazy("of a silence procedure", "opened")
    EXTENDED = "extended", pgettext_lazy("of a silence procedure", "extended")
    BROKEN = "broken", pgettext_lazy("of a silence procedure", "silence broken")
    CALLED_OFF = "called_off", pgettext_lazy("of a silence procedure", "called off")
    ADOPTED = "adopted", pgettext_lazy("of a silence procedure", "silence kept, adopted")
    FAILED = "failed", pgettext_lazy("of a silence procedure", "failed")


class SilenceFailure(models.TextChoices):
    """Why what nobody objected to could not be adopted."""

    CHANGED = "changed", _("The words were changed while they were under silence.")
    STRUCK = "struck", _("A clause under silence is not in the text any more.")
    REWORKED = "reworked", _("An amendment was reworked while it was under silence.")
    SETTLED = "settled", _("An amendment under silence is not on the table any more.")
    COLLIDES = "collides", _("The amendments collide, or do not fit the text as it is now.")
    SAID = "said", _("The text says all of this already.")
    NOBODY = "nobody", _("Nobody who opened or extended it may adopt any more.")
    REFUSED = "refused", _("The adoption was refused.")


class SilenceDeed(models.Model):
    """A line of a procedure's log: appended, never changed.

    `actor` is None where time alone acted; `delegation` is the one that broke silence. `deadline`
    is the one it was opened with or extended to; `revision` the one that adopted, or that touched
    what was under silence; `item` what a failure is about.
    """

    silence = models.ForeignKey(Silence, on_delete=models.PROTECT, related_name="deeds")
    kind = models.CharField(max_length=16, choices=SilenceDeedKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()
    note = models.CharField(max_length=2000, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    failure = models.CharField(max_length=16, choices=SilenceFailure, blank=True, default="")
    item = models.ForeignKey(
        SilenceItem, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.silence_id} {self.kind}"

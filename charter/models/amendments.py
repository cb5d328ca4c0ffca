"""Amendments: proposals to change a charter, pinned to the text they were written against."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charter.models.charters import Charter
from charter.models.clauses import Clause
from charter.models.members import Delegation
from charter.models.revisions import Revision


class AmendmentStatus(models.TextChoices):
    """What became of an amendment. One that was adopted in part is open with the rest."""

    DRAFT = "draft", pgettext_lazy("of an amendment", "Draft")
    TABLED = "tabled", pgettext_lazy("of an amendment", "Tabled")
    PARTLY_ADOPTED = "partly_adopted", pgettext_lazy("of an amendment", "Partly adopted")
    ADOPTED = "adopted", pgettext_lazy("of an amendment", "Adopted")
    REJECTED = "rejected", pgettext_lazy("of an amendment", "Rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("of an amendment", "Withdrawn")
    SUPERSEDED = "superseded", pgettext_lazy("of an amendment", "Superseded")


OPEN_STATUSES = (AmendmentStatus.TABLED, AmendmentStatus.PARTLY_ADOPTED)


class Amendment(models.Model):
    """A proposal of a delegation, or of a person who sits with none (the chair).

    A draft is seen by its delegation only, in the `circle` that wrote it, or by its author where
    there is none. `number` is given when it is tabled, so that numbers tell nothing of drafts; it
    is printed as A-12. `version` grows with every change of the amendment by people, the last of
    them at `changed_at`, and with none that carrying brings.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=300, blank=True)
    rationale = models.TextField(blank=True)
    status = models.CharField(max_length=16, choices=AmendmentStatus, default=AmendmentStatus.DRAFT)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="amendments", null=True, blank=True
    )
    circle = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_against = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    tabled_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="amendment_number"),
            models.CheckConstraint(
                condition=models.Q(number=None, tabled_at=None)
                | models.Q(number__gte=1, tabled_at__isnull=False),
                name="amendment_numbered_when_tabled",
            ),
            models.CheckConstraint(
                condition=models.Q(number__isnull=False)
                | models.Q(status__in=(AmendmentStatus.DRAFT, AmendmentStatus.WITHDRAWN)),
                name="amendment_open_only_once_tabled",
            ),
        ]
        indexes = [models.Index(fields=["charter", "status"], name="amendment_by_status")]

    def __str__(self) -> str:
        return f"A-{self.number}" if self.number else "A"


class Sponsorship(models.Model):
    """A delegation's name under another's amendment, from `joined_at` until it left."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="sponsorships")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "delegation"],
                condition=models.Q(left_at=None),
                name="sponsors_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegation_id} under {self.amendment_id}"


class ProposedAct(models.TextChoices):
    """What a proposed change would do."""

    REWORD = "reword", _("Reword")
    INSERT = "insert", _("Insert")
    STRIKE = "strike", _("Strike")
    MOVE = "move", _("Move")


class ChangeState(models.TextChoices):
    """What was decided on a proposed change."""

    OPEN = "open", _("open")
    ADOPTED = "adopted", _("adopted")
    PARTLY_ADOPTED = "partly_adopted", _("adopted in part")
    DROPPED = "dropped", _("dropped")


class ChangeStanding(models.TextChoices):
    """How a proposed change stands to the current text: `charter.text.amending.Standing`."""

    CLEAN = "clean", _("applies cleanly")
    AROUND = "around", _("applies with changes around it")
    MADE = "made", _("the text says so already")
    CONFLICT = "conflict", _("conflicts")


class ProposedChange(models.Model):
    """One change an amendment asks for, written against revision `base`.

    * reword: `clause` in `language` is to say `heading` and `text` in the place of `base_heading`
      and `base_text`, its words as of `base`.
    * insert: `planted`, a list of clauses in the form of `charter.text.outline_json` in
      `language`, is to stand in `parent` (the root: the top level) behind `after`, or first.
    * strike: `clause` is to leave the text with all below it.
    * move: `clause` is to stand in `parent` behind `after`, or first.

    `standing` says how that fits the text of revision `carried_at`. `carried_heading` and
    `carried_text` are what a reworded clause would say then; they mean nothing in a conflict.
    `adopted_in` is the revision that made the change, or part of it. It was asked for from
    `made_at` until `gone_at`, when it was dropped or adopted.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="changes")
    place = models.PositiveIntegerField()
    act = models.CharField(max_length=16, choices=ProposedAct)
    base = models.PositiveIntegerField()
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    language = models.CharField(max_length=16, blank=True)
    base_heading = models.TextField(blank=True)
    base_text = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    parent = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    after = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    planted = models.JSONField(default=list, blank=True)
    standing = models.CharField(max_length=16, choices=ChangeStanding, default=ChangeStanding.CLEAN)
    carried_at = models.PositiveIntegerField()
    carried_heading = models.TextField(blank=True)
    carried_text = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=ChangeState, default=ChangeState.OPEN)
    adopted_in = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["amendment", "place"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "place"], name="change_place"),
            models.CheckConstraint(
                condition=models.Q(act=ProposedAct.INSERT, clause=None, parent__isnull=False)
                | models.Q(act=ProposedAct.MOVE, clause__isnull=False, parent__isnull=False)
                | models.Q(
                    act__in=(ProposedAct.REWORD, ProposedAct.STRIKE),
                    clause__isnull=False,
                    parent=None,
                ),
                name="change_names_its_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.uuid}"


class DeedKind(models.TextChoices):
    """What somebody did with an amendment."""

    DRAFTED = "drafted", _("drafted")
    TABLED = "tabled", _("tabled")
    REWORKED = "reworked", _("reworked")
    JOINED = "joined", _("joined as co-sponsor")
    LEFT = "left", _("left as co-sponsor")
    ADOPTED = "adopted", _("adopted")
    PARTLY_ADOPTED = "partly_adopted", _("adopted in part")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("superseded")


class AmendmentDeed(models.Model):
    """A line of an amendment's log: appended, never changed.

    `delegation` is the one the actor sat with; `revision` the one that adopted; `other` the
    amendment that took this one's place.
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="deeds")
    kind = models.CharField(max_length=16, choices=DeedKind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="deeds", null=True, blank=True
    )
    other = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.kind}"

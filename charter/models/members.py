"""Who sits at the table: delegations, and the people with their roles."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.charters import Charter
from charter.models.parties import Party


class Standing(models.TextChoices):
    """A delegation's role in the process."""

    INITIATOR = "initiator", _("Initiator")
    PARTICIPANT = "participant", _("Participant")
    INVITED = "invited", _("Invited")
    OBSERVER = "observer", _("Observer")


class Role(models.TextChoices):
    """A person's role in one charter; `charter.access` says what it allows."""

    CHAIR = "chair", _("Chair")
    DRAFTER = "drafter", _("Drafter")
    REVIEWER = "reviewer", _("Reviewer")
    OBSERVER = "observer", _("Observer")


class Delegation(models.Model):
    """A party's team in one charter.

    `circle` counts the teams that were it: it grows when somebody is seated where nobody sat any
    more. Drafts and positions kept to a delegation are of the circle they were made in, and no
    later one sees them.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="delegations")
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="delegation")
    standing = models.CharField(max_length=16, choices=Standing)
    circle = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["party__code"]

    def __str__(self) -> str:
        return str(self.party)


class Membership(models.Model):
    """A person's seat in one charter.

    `delegation` is the one they sit with: they see what it keeps to itself and speak for it.
    `waits_for` is one that the chair named them to, whose members have not confirmed them yet;
    until then they have no part in it.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.PROTECT, related_name="memberships", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=16, choices=Role)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True
    )
    waits_for = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="waiting", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "person"], name="one_seat"),
            models.CheckConstraint(
                condition=models.Q(delegation=None) | models.Q(waits_for=None),
                name="sits_or_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"

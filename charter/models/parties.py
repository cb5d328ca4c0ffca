"""States and organisations, and who is a member of which."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.charters import Charter


class PartyKind(models.TextChoices):
    STATE = "state", _("State")
    ORGANISATION = "organisation", _("Organisation")
    FORMAT = "format", _("Format")


class Party(models.Model):
    """A state, an organisation or a format, as this charter's chair keeps it.

    `names` by language; `code` is a short one ("BLR", "CSTO") unique in the charter.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="parties")
    kind = models.CharField(max_length=16, choices=PartyKind)
    code = models.CharField(max_length=16)
    names = models.JSONField(default=dict)
    members = models.ManyToManyField(
        "self", through="PartyMembership", symmetrical=False, related_name="organisations"
    )

    class Meta:
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "code"], name="party_code"),
        ]

    def __str__(self) -> str:
        return self.code

    def name(self, language: str) -> str:
        """The name in this language, else in any there is, else the code."""
        return self.names.get(language) or next(iter(self.names.values()), "") or self.code


class PartyMembership(models.Model):
    """`member` belongs to `organisation` from the day `since` to the day `until`, both included.

    A day that is None is open: since before anybody counts, or still. Who left and came back has
    several memberships, of which no two share a day.
    """

    organisation = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(organisation=models.F("member")), name="not_its_own_member"
            ),
            models.CheckConstraint(
                condition=models.Q(since=None)
                | models.Q(until=None)
                | models.Q(since__lte=models.F("until")),
                name="membership_ends_after_it_began",
            ),
            ExclusionConstraint(
                name="memberships_share_no_day",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    (
                        models.Func("since", "until", models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.organisation_id}"

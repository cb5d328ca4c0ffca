"""The instrument being drafted."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where the negotiation stands."""

    ZERO_DRAFT = "zero_draft", _("Zero draft")
    CONSULTATION = "consultation", _("Consultation")
    NEGOTIATION = "negotiation", _("Negotiation")
    AD_REFERENDUM = "ad_referendum", _("Ad referendum")
    ADOPTED = "adopted", _("Adopted")


class Scheme(models.TextChoices):
    """How its clauses are numbered: see `charter.text.numbering`."""

    TREATY = "treaty", _("Treaty: Article 5, 2., (a), (i)")
    STATUTE = "statute", _("Statute: § 5, (2), 1., a)")


class Charter(models.Model):
    """One instrument. `head` is the number of its last revision and `digest` that one's digest.

    `title` is what it goes by: the root clause's heading in the working language, unless it was
    given another. `titles` repeats that heading in each language, as pairs of both. The row is the
    lock under which every revision of the charter is written. `nothing_agreed` has its text say
    that nothing is agreed until everything is agreed.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=500)
    titles = ArrayField(ArrayField(models.CharField(max_length=500), size=2), default=list)
    working_language = models.CharField(max_length=16, default="en")
    languages = ArrayField(models.CharField(max_length=16), default=list)
    scheme = models.CharField(max_length=16, choices=Scheme, default=Scheme.TREATY)
    stage = models.CharField(max_length=16, choices=Stage, default=Stage.ZERO_DRAFT)
    nothing_agreed = models.BooleanField(default=False)
    head = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default="", blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def title_in(self, language: str) -> str:
        """What it goes by in a language: its title there, else the one it goes by everywhere.

        A charter that was given another name than its title goes by that name alone.
        """
        titles = dict(self.titles)
        if titles.get(self.working_language) != self.title:
            return self.title
        return titles.get(language) or self.title

    @property
    def called(self) -> str:
        """What it goes by in the language of the interface."""
        return self.title_in(get_language() or "")

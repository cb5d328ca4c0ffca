"""Clauses and their words."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.charters import Charter
from charter.models.history import Kept, RevisedQuerySet, guard

ROOT = "charter"


class ClauseKind(models.TextChoices):
    """`charter.text.kinds.Kind` for the database and the screen, and the root all stand under."""

    CHARTER = ROOT, _("charter")
    PREAMBLE = "preamble", _("preamble")
    RECITAL = "recital", _("recital")
    PART = "part", _("part")
    CHAPTER = "chapter", _("chapter")
    SECTION = "section", _("section")
    ARTICLE = "article", _("article")
    PARAGRAPH = "paragraph", _("paragraph")
    POINT = "point", _("point")
    ANNEX = "annex", _("annex")


@guard
class Clause(models.Model):
    """A unit of the text. Its number is computed from the tree unless `numeral` gives it.

    Each charter has one root clause, whose heading is the charter's title in each language; its
    `numeral` is the revision whose numbers are kept, None while all numbers are computed.
    `rank` is a fractional index among the siblings (`charter.text.ranks`). A struck clause takes
    all below it out of the text and stays citable.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="clauses")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="children", null=True, blank=True
    )
    rank = models.CharField(max_length=200, db_collation="C")
    kind = models.CharField(max_length=16, choices=ClauseKind)
    numeral = models.CharField(max_length=80, null=True, blank=True)  # noqa: DJ001
    struck = models.BooleanField(default=False)

    objects = RevisedQuerySet.as_manager()
    history = Kept(as_of="clause_as_of", covering=("parent", "rank", "kind", "numeral", "struck"))

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter"], condition=models.Q(parent=None), name="one_root_clause"
            ),
            models.CheckConstraint(
                condition=models.Q(parent=None, kind=ROOT)
                | (models.Q(parent__isnull=False) & ~models.Q(kind=ROOT)),
                name="root_has_no_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


@guard
class Wording(models.Model):
    """The heading and the words of one clause in one language, as one paragraph each."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+", db_index=False)
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="wordings", db_index=False
    )
    language = models.CharField(max_length=16)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)

    objects = RevisedQuerySet.as_manager()
    history = Kept(as_of="wording_as_of")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "language"], name="one_wording_a_language"),
        ]
        indexes = [models.Index(fields=["charter", "language"], name="wording_of_charter")]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.language}"

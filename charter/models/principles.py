"""The charter's own vocabulary of principles, and the tags that put them on clauses."""

from django.db import models

from charter.models.charters import Charter
from charter.models.clauses import Clause
from charter.models.history import Kept, RevisedQuerySet, guard


@guard
class Principle(models.Model):
    """A principle: `names` and `definitions` by language, `colour` as "#rrggbb".

    A withdrawn principle stays in history and can come back. `merged_into` is the slug of the
    principle that took its place, `split_from` of the one it was taken out of; "" for none. Slugs
    never change, so they name a principle for ever.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.PROTECT, related_name="principles", db_index=False
    )
    slug = models.SlugField(max_length=80, allow_unicode=True)
    names = models.JSONField(default=dict)
    definitions = models.JSONField(default=dict, blank=True)
    colour = models.CharField(max_length=7, default="#4a5568")
    rank = models.CharField(max_length=200, db_collation="C")
    withdrawn = models.BooleanField(default=False)
    merged_into = models.SlugField(
        max_length=80, allow_unicode=True, blank=True, default="", db_index=False
    )
    split_from = models.SlugField(
        max_length=80, allow_unicode=True, blank=True, default="", db_index=False
    )

    objects = RevisedQuerySet.as_manager()
    history = Kept(as_of="principle_as_of")

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "slug"], name="principle_slug"),
            models.CheckConstraint(
                condition=models.Q(merged_into="") | models.Q(withdrawn=True),
                name="merged_is_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def name(self, language: str) -> str:
        """The name in this language, else in any there is, else the slug."""
        return self.names.get(language) or next(iter(self.names.values()), "") or self.slug

    def definition(self, language: str) -> str:
        """The definition in this language, else in any there is, else nothing."""
        return self.definitions.get(language) or next(iter(self.definitions.values()), "")


@guard
class ClausePrinciple(models.Model):
    """A tag: this clause serves this principle. Taken off, it is withdrawn and not deleted."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="tags", db_index=False
    )
    principle = models.ForeignKey(Principle, on_delete=models.PROTECT, related_name="tags")
    withdrawn = models.BooleanField(default=False)

    objects = RevisedQuerySet.as_manager()
    history = Kept(as_of="tag_as_of", covering=("clause", "principle", "withdrawn"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "principle"], name="one_tag"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.principle_id}"

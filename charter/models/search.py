"""What is kept for searching: the words of the texts, of their history and of comments, by form.

All of it is made of the history and the comments and can be made again: `actions.search` brings it
up to date, and nothing but a search reads it. Forms are those of `charter.text.spelling`.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from charter.models.amendment_threads import AmendmentComment
from charter.models.charters import Charter
from charter.models.clauses import Clause
from charter.models.threads import Comment


class SearchState(models.Model):
    """The last revision of a charter that is kept for searching; its row is the lock of that."""

    charter = models.OneToOneField(
        Charter, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.charter_id} to {self.number}"


class SoughtWord(models.Model):
    """A form that stands, or stood, somewhere in a charter, in one language.

    `plain` has no accents. `stem` and `plain_stem` are what PostgreSQL's dictionary of the language
    makes of the one and the other: forms with the same stem are forms of one word. Each form is
    stemmed once, and not each time it is written. `trigrams` are of `plain`, by our own cutting:
    that of pg_trgm sees no letters but ASCII ones where the server's locale is C.
    """

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=16)
    form = models.TextField()
    plain = models.TextField()
    stem = models.TextField()
    plain_stem = models.TextField()
    trigrams = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "language", "form"], name="one_form"),
        ]
        indexes = [
            models.Index(fields=["charter", "language", "stem"], name="form_by_stem"),
            models.Index(fields=["charter", "language", "plain_stem"], name="form_by_plain_stem"),
            models.Index(
                "charter",
                "language",
                OpClass("plain", name="text_pattern_ops"),
                name="form_by_beginning",
            ),
            GinIndex(fields=["trigrams"], name="form_by_likeness"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.pk}"


class SoughtWording(models.Model):
    """The words of a live wording, in their places: those of the heading weigh A, the others B.

    `number` is the revision that wrote them.
    """

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="+", db_index=False)
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    words = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "language"], name="one_sought_wording"),
        ]
        indexes = [
            models.Index(fields=["charter", "language"], name="sought_of_charter"),
            GinIndex(fields=["words"], name="sought_words"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.language}"


class SoughtChange(models.Model):
    """What a revision brought into a wording and what it took out: words, and pairs of neighbours.

    So the index grows with what was changed and not with the length of what it was changed in, and
    the life of a word is read from a few rows.
    """

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="+", db_index=False)
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    came = SearchVectorField()
    gone = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "clause", "language", "number"], name="one_sought_change"
            ),
        ]
        indexes = [GinIndex(fields=["came", "gone"], name="sought_changes")]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.language} in {self.number}"


class SoughtComment(models.Model):
    """The words of a comment, in their places."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="+")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="sought_comments")]

    def __str__(self) -> str:
        return f"{self.pk}"


class SoughtAmendmentComment(models.Model):
    """The same of a comment on an amendment, where everybody who reads the charter may read it.

    What is kept to a delegation is not kept for searching: words that are nowhere else would tell
    of it as soon as they were guessed at.
    """

    comment = models.OneToOneField(
        AmendmentComment, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="+")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="sought_amendment_comments")]

    def __str__(self) -> str:
        return f"{self.pk}"


def own(charter: int, term: str) -> str:
    """A term as one charter's, under which it is kept.

    So no charter is looked through for the sake of another: what a search takes tells nothing of
    charters that are not searched.
    """
    return f"{charter}/{term}"


def lexeme(charter: int, term: str) -> str:
    """A charter's term quoted as PostgreSQL reads it in a tsvector and a tsquery."""
    return "'" + own(charter, term).replace("\\", "\\\\").replace("'", "''") + "'"

"""Credits of words, kept so that a long history need not be played again."""

from django.db import models

from charter.models.charters import Charter


class KeptBook(models.Model):
    """The credits of a charter's words in one language as of revision `number`, with its digest.

    All of it follows from history: it may be deleted at any time and is no part of the digest.
    `body` is `charter.text.book_json` as compressed JSON.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.CASCADE, related_name="books", db_index=False
    )
    language = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "language", "number"], name="book_as_of"),
        ]

    def __str__(self) -> str:
        return f"{self.charter_id} {self.language} {self.number}"

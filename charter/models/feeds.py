"""Addresses by which a program reads what became of a charter, in somebody's name."""

from django.conf import settings
from django.db import models

from charter.models.charters import Charter


class FeedKey(models.Model):
    """That a person lets programs read the feeds of a charter.

    The address holds a signature over the charter, the person and `version`, and is kept nowhere:
    another version makes every address given out before worth nothing.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.CASCADE, related_name="feed_keys", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_keys"
    )
    version = models.PositiveIntegerField(default=1)
    on = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "person"], name="one_feed_key"),
        ]

    def __str__(self) -> str:
        return f"{self.charter_id} {self.person_id} {self.version}"

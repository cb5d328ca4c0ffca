"""When a member was last in the room."""

from django.conf import settings
from django.db import models

from charter.models.charters import Charter


class Presence(models.Model):
    """The moment, to the minute or so, at which a person last opened a page of a charter.

    There is none of who does not want to be seen: see `Person.shows_presence`.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.CASCADE, related_name="presences", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presences"
    )
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "person"], name="seen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.seen_at:%Y-%m-%d %H:%M}"

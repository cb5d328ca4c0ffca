"""What the API remembers of requests: answers a repeat gets again, and how fast callers are."""

from django.conf import settings
from django.db import models

from charter.models.charters import Charter


class KeptAnswer(models.Model):
    """The answer to a request that carried an `Idempotency-Key`, kept for a day.

    One for each person, route (method and path) and key. `fingerprint` is a SHA-256 of what was
    asked. `status` is 0 until there is an answer, which is in the same transaction as its effect.
    `charter` is the one the answer is about, which whoever repeats must still be allowed to see.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    route = models.CharField(max_length=500)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True, default="")
    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="+", null=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "route", "key"], name="one_answer_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.route}"


class Pace(models.Model):
    """When a caller's allowance is full again: all that a rate limit has to remember.

    `caller` names a token, a person or an origin. The table is not logged: after a crash of the
    database everybody begins anew.
    """

    caller = models.CharField(max_length=80, primary_key=True)
    full_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.caller

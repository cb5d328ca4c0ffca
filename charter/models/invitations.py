"""Invitations: a seat that waits for whoever holds its key."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from charter.models.charters import Charter
from charter.models.members import Delegation, Role


class Invitation(models.Model):
    """One seat in one charter, kept for an address until it is taken, withdrawn or too old.

    It has two keys, of which only the SHA-256 digests are here, in hexadecimal. `key_digest` is of
    the key that the inviter passes on; `letter_digest` of the one that only a letter to `email`
    carries, so that whoever has it can read what is sent there. `name` may be empty.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=16, choices=Role)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    key_digest = models.CharField(max_length=64, unique=True, editable=False)
    letter_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation",
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="invitation_email_in_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_by=None, accepted_at=None)
                | models.Q(accepted_by__isnull=False, accepted_at__isnull=False, withdrawn_at=None),
                name="invitation_accepted_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="invitation_open_to",
            ),
            models.Index(fields=["invited_by", "created_at"], name="invitation_by"),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.role}"

    @staticmethod
    def digest(key: str) -> str:
        """What is kept of a key. It has 256 random bits, so one round of SHA-256 is enough."""
        return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()

"""Notices: what a person is told of, what they follow, and the letters that say so.

A notice holds keys and numbers and never a word: it is put into words when it is read, from what
its reader may see then.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.amendment_threads import AmendmentThread
from charter.models.amendments import Amendment
from charter.models.charters import Charter
from charter.models.clauses import Clause
from charter.models.silence import Silence
from charter.models.threads import Thread


class NoticeKind(models.TextChoices):
    """What a person can be told of."""

    MENTIONED = "mentioned", _("comments that name me")
    ANSWERED = "answered", _("answers in threads I wrote in")
    AMENDED = "amended", _("amendments to clauses I follow")
    EDITED = "edited", _("changes of clauses I follow")
    CONFLICTED = "conflicted", _("amendments of ours that no longer fit the text")
    SETTLED = "settled", _("what became of amendments of ours")
    SILENCE = "silence", _("silence procedures: their opening, their deadline and how they end")
    STAGE = "stage", _("another stage of the charter")
    SEAT = "seat", _("my seat at the table")


class LetterPace(models.TextChoices):
    """How often unread notices go out by letter."""

    OFF = "off", _("never")
    DAILY = "daily", _("once a day")
    HOURLY = "hourly", _("at once, and at most once an hour")


class Following(models.Model):
    """That a person is told what becomes of a clause and all below it.

    Whoever follows the charter's root clause follows the whole charter.
    """

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="followings")
    clause = models.ForeignKey(
        Clause, on_delete=models.CASCADE, related_name="followings", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings"
    )
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "person"], name="follows_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.clause_id}"


class Notice(models.Model):
    """Something a person is told of.

    `about` names what it is about, and while a notice is unread whatever else happens to the same
    thing is told by it: `times` counts, `first` and `last` are the revisions it began and ended
    with, `actor` and `change` those of the last time, `made_at` its moment. `change` says what
    happened to an amendment, a silence procedure or a seat. `mailed_at` is when a letter told of
    it last, None when it has more to tell.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=16, choices=NoticeKind)
    about = models.CharField(max_length=60)
    change = models.CharField(max_length=16, blank=True, default="")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        db_index=False,
    )
    clause = models.ForeignKey(
        Clause, on_delete=models.CASCADE, related_name="+", null=True, db_index=False
    )
    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="+", null=True, db_index=False
    )
    amendment = models.ForeignKey(
        Amendment, on_delete=models.CASCADE, related_name="+", null=True, db_index=False
    )
    amendment_thread = models.ForeignKey(
        AmendmentThread, on_delete=models.CASCADE, related_name="+", null=True, db_index=False
    )
    silence = models.ForeignKey(
        Silence, on_delete=models.CASCADE, related_name="+", null=True, db_index=False
    )
    first = models.PositiveIntegerField(null=True)
    last = models.PositiveIntegerField(null=True)
    times = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "charter", "kind", "about"],
                condition=models.Q(read_at=None),
                name="one_unread_notice",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-made_at", "-id"], name="notice_of_person"),
            models.Index(
                fields=["charter", "person"],
                condition=models.Q(read_at=None, mailed_at=None),
                name="notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.about}"


class NoticeWish(models.Model):
    """How a person wants to be told of a charter; who never said gets what a new row has.

    `muted` are the kinds they do not want to be told of at all.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.CASCADE, related_name="notice_wishes", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_wishes"
    )
    letters = models.CharField(max_length=16, choices=LetterPace, default=LetterPace.DAILY)
    muted = ArrayField(models.CharField(max_length=16, choices=NoticeKind), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "person"], name="one_notice_wish"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.letters}"


class Mailing(models.Model):
    """The letters about one charter to one person: the row that whoever writes one holds.

    `sent_at` is when the last one left. `tries` counts those that failed since, the first of them
    at `failing_since`; the next is due at `next_at`.
    """

    charter = models.ForeignKey(
        Charter, on_delete=models.CASCADE, related_name="mailings", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mailings"
    )
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "person"], name="one_mailing"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.sent_at}"

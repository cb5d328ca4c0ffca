"""What a person does with notices: reads them, follows clauses, says how to be told."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from charter.access import Right, require, visible_to
from charter.actions.refusals import Invalid, NoSuch, TooLong
from charter.models import (
    Charter,
    Clause,
    Following,
    LetterPace,
    Notice,
    NoticeKind,
    NoticeWish,
)

KEPT = 1000  # read notices of a person; older ones are forgotten
FOLLOWED = 500  # clauses of one charter by one person


def read_notices(
    *,
    actor: Person,
    notices: Collection[int] | None = None,
    charter: Charter | None = None,
    until: datetime | None = None,
    at: datetime | None = None,
) -> int:
    """Mark own unread notices as read: those named, or all, of one charter or of every one.

    None that had news after `until`, which the person cannot have seen, and none that has news at
    this moment: whoever tells it is never kept waiting. How many were marked; what is not theirs
    is passed over.
    """
    found = Notice.objects.filter(person=actor, read_at=None)
    if notices is not None:
        found = found.filter(pk__in=notices)
    if charter is not None:
        found = found.filter(charter=charter)
    if until is not None:
        found = found.filter(made_at__lte=until)
    with transaction.atomic():
        free = list(found.select_for_update(skip_locked=True).values_list("pk", flat=True))
        Notice.objects.filter(pk__in=free).update(read_at=at or timezone.now())
    past = Notice.objects.filter(person=actor, read_at__isnull=False).order_by("-made_at", "-pk")
    # As a list: what is deleted by a condition takes no OFFSET.
    old = list(past.values_list("pk", flat=True)[KEPT : KEPT + 1000])
    Notice.objects.filter(pk__in=old).delete()
    return len(free)


def follow(
    *, actor: Person, charter: Charter, clause: UUID | None = None, at: datetime | None = None
) -> Following:
    """Be told what becomes of a clause and all below it; None: of the whole charter."""
    require(actor, charter, Right.READ)
    row = _clause(charter, clause)
    with transaction.atomic():
        # The person's row, so that two requests at once cannot pass the limit together.
        Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
        if Following.objects.filter(charter=charter, person=actor).count() >= FOLLOWED:
            said = _("You follow %(limit)d clauses. Follow what they stand in instead.")
            raise TooLong(said % {"limit": FOLLOWED}, FOLLOWED)
        made, _new = Following.objects.get_or_create(
            clause=row,
            person=actor,
            defaults={"charter": charter, "since": at or timezone.now()},
        )
    return made


def unfollow(*, actor: Person, charter: Charter, clause: UUID | None = None) -> None:
    """Be told of it no longer."""
    require(actor, charter, Right.READ)
    Following.objects.filter(person=actor, clause=_clause(charter, clause)).delete()


def wish(
    *,
    actor: Person,
    charter: Charter,
    letters: str | None = None,
    muted: Collection[str] | None = None,
) -> NoticeWish:
    """Say how often letters come, and of which kinds to hear nothing; None leaves it."""
    require(actor, charter, Right.READ)
    if letters is not None and letters not in LetterPace.values:
        raise Invalid(_("There is no such rhythm of letters."))
    if muted is not None and not set(muted) <= set(NoticeKind.values):
        raise Invalid(_("There is no such kind of notice."))
    with transaction.atomic():
        row, _new = NoticeWish.objects.select_for_update().get_or_create(
            charter=charter, person=actor
        )
        row.letters = row.letters if letters is None else letters
        if muted is not None:
            row.muted = [kind for kind in NoticeKind.values if kind in set(muted)]
        row.save(update_fields=["letters", "muted"])
    return row


def stop_letters(*, person: Person, charter: UUID) -> bool:
    """No more letters about this charter, by the key of a letter; False without a seat in it."""
    row = visible_to(person).filter(uuid=charter).first()
    if row is not None:
        wish(actor=person, charter=row, letters=LetterPace.OFF)
    return row is not None


def _clause(charter: Charter, clause: UUID | None) -> Clause:
    found = Clause.objects.filter(charter=charter)
    found = found.filter(parent=None) if clause is None else found.filter(pk=clause)
    row = found.first()
    if row is None:
        raise NoSuch(_("There is no such clause in this charter."))
    return row

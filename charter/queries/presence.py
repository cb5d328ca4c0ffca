"""Who of the members of a charter is in the room, and who was."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import F
from django.utils import timezone

from charter.access import Seat
from charter.models import Membership

LATELY = timedelta(minutes=5)


class When(StrEnum):
    """How long ago somebody was in the room."""

    NOW = "now"  # within the last five minutes
    TODAY = "today"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Seen:
    """When somebody was last in the room, to the minute or so."""

    when: When
    at: datetime


def seen_in(seat: Seat, now: datetime | None = None) -> dict[int, Seen]:
    """By the key of each person with a seat, when they were last here. One query.

    Who was not here yet, or does not want to be seen, is not in it.
    """
    now = now or timezone.now()
    rows = Membership.objects.filter(
        charter=seat.charter,
        person__shows_presence=True,
        person__is_active=True,
        person__presences__charter=F("charter"),
    ).values_list("person", "person__presences__seen_at")
    return {person: Seen(_when(at, now), at) for person, at in rows}


def _when(at: datetime, now: datetime) -> When:
    if now - at <= LATELY:
        return When.NOW
    return When.TODAY if at.date() == now.date() else When.BEFORE

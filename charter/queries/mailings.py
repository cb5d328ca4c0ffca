"""Which letters are due, to whom, and which notices each has to tell of."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from charter.queries.notices import SEATED, SHOWN

HOUR = timedelta(hours=1)
MORNING = 6  # by UTC: when the letters of the day are due
MOST = 200  # letters of one round
TOLD = 50  # notices of one letter; of further ones it says how many


@dataclass(frozen=True, slots=True)
class Due:
    """A letter about one charter to one person, by their keys."""

    charter: int
    person: int


@dataclass(frozen=True, slots=True)
class Untold:
    """A notice that no letter has told of, as it stood when it was read."""

    notice: int
    made_at: datetime


# Only to those whose address was shown to be theirs, and only of what they have not read. Who asks
# for a letter a day has one in the morning; silence has deadlines and does not wait for it.
_DUE = f"""
SELECT notice.charter_id, notice.person_id
{SEATED}
JOIN accounts_person person ON person.id = notice.person_id
LEFT JOIN charter_noticewish wish
  ON wish.charter_id = notice.charter_id AND wish.person_id = notice.person_id
LEFT JOIN charter_mailing mailing
  ON mailing.charter_id = notice.charter_id AND mailing.person_id = notice.person_id
WHERE notice.read_at IS NULL AND notice.mailed_at IS NULL AND {SHOWN}
  AND person.is_active AND person.confirmed_at IS NOT NULL AND NOT person.is_demo
  AND COALESCE(wish.letters, 'daily') <> 'off'
  AND (mailing.next_at IS NULL OR mailing.next_at <= %(now)s)
  AND (%(person)s::bigint IS NULL
       OR notice.person_id = %(person)s AND notice.charter_id = %(charter)s)
GROUP BY notice.charter_id, notice.person_id, wish.letters, mailing.sent_at
HAVING CASE WHEN wish.letters = 'hourly' OR bool_or(notice.kind = 'silence')
  THEN COALESCE(mailing.sent_at <= %(hour_ago)s, true)
  ELSE min(notice.made_at) < %(morning)s AND COALESCE(mailing.sent_at < %(morning)s, true) END
ORDER BY min(notice.made_at) LIMIT {MOST}
"""

_UNTOLD = f"""
SELECT notice.id, notice.made_at
{SEATED}
WHERE notice.person_id = %(person)s AND notice.charter_id = %(charter)s
  AND notice.read_at IS NULL AND notice.mailed_at IS NULL AND {SHOWN}
ORDER BY notice.made_at DESC, notice.id DESC
"""


def due_letters(now: datetime) -> list[Due]:
    """Letters that are due, at most MOST, those that wait longest first. One query."""
    return _due(now, None)


def is_due(letter: Due, now: datetime) -> bool:
    """Whether it still is, once its row is held: another may have sent it meanwhile."""
    return bool(_due(now, letter))


def untold(letter: Due) -> tuple[Untold, ...]:
    """What the letter has to tell, the newest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_UNTOLD, {"person": letter.person, "charter": letter.charter})
        return tuple(Untold(*row) for row in cursor.fetchall())


def _due(now: datetime, letter: Due | None) -> list[Due]:
    bound = {
        "now": now,
        "hour_ago": now - HOUR,
        "morning": last_morning(now),
        "person": letter.person if letter else None,
        "charter": letter.charter if letter else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DUE, bound)
        return [Due(*row) for row in cursor.fetchall()]


def last_morning(now: datetime) -> datetime:
    """The last moment at which the letters of a day became due."""
    morning = now.astimezone(UTC).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning <= now else morning - timedelta(days=1)

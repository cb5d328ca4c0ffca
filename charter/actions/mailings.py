"""Letters about notices: whose turn it is to write one, and what came of it.

Whoever writes a letter holds its row until the outcome is written down with it. So two machines
never send the same one; when one dies in between, it is sent again, and none is ever lost.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection

from charter.models import Mailing
from charter.queries.mailings import Due, Untold

FIRST = timedelta(minutes=5)  # after the first try that failed; each further wait
FACTOR = 3  # is so many times as long,
LONGEST = timedelta(hours=12)  # up to this,
PATIENCE = timedelta(days=3)  # for so long; then the notices are left to the inbox


def hold(letter: Due) -> Mailing | None:
    """The letter's row, held until the transaction ends; None when another has it."""
    rows = Mailing.objects.filter(charter=letter.charter, person=letter.person)
    return rows.select_for_update(skip_locked=True).first()


def ready(letter: Due) -> None:
    """See that the letter has a row that can be held; to be called outside the transaction."""
    Mailing.objects.bulk_create(
        [Mailing(charter_id=letter.charter, person_id=letter.person)], ignore_conflicts=True
    )


def sent(mailing: Mailing, told: Collection[Untold], now: datetime) -> None:
    """The letter left, and told of these notices as they stood then."""
    mailing.sent_at, mailing.tries = now, 0
    mailing.failing_since = mailing.next_at = None
    mailing.save()
    _mark(told, now)


def failed(mailing: Mailing, told: Collection[Untold], now: datetime) -> None:
    """It did not: try again later, or after long leave the notices to the inbox."""
    mailing.tries += 1
    mailing.failing_since = mailing.failing_since or now
    if now - mailing.failing_since >= PATIENCE:
        mailing.tries, mailing.failing_since, mailing.next_at = 0, None, None
        _mark(told, now)
    else:
        mailing.next_at = now + min(LONGEST, FIRST * FACTOR ** min(mailing.tries - 1, 10))
    mailing.save()


# A notice that has had more to tell meanwhile, or has at this moment, goes into the next letter;
# whoever tells it is never kept waiting.
_MARK = """
UPDATE charter_notice SET mailed_at = %s WHERE id IN (
  SELECT notice.id FROM charter_notice notice
  JOIN unnest(%s::bigint[], %s::timestamptz[]) AS told (id, made_at)
    ON notice.id = told.id AND notice.made_at = told.made_at
  FOR UPDATE OF notice SKIP LOCKED
)
"""


def _mark(told: Collection[Untold], now: datetime) -> None:
    with connection.cursor() as cursor:
        columns = [one.notice for one in told], [one.made_at for one in told]
        cursor.execute(_MARK, [now, *columns])

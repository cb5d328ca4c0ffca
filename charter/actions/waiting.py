"""Who waits for a revision, asked in one statement: most saves need not ask further."""

from typing import NamedTuple

from django.db import connection

from charter.actions import outbox
from charter.actions.drafts import Draft
from charter.models import OPEN_STATUSES, AmendmentStatus, EventName

ALIVE = [status.value for status in (AmendmentStatus.DRAFT, *OPEN_STATUSES)]
_ALIVE = ", ".join(f"'{status}'" for status in ALIVE)

_WAITING = f"""
SELECT
  EXISTS (SELECT FROM charter_thread WHERE clause_id = ANY(%(reworded)s) AND quote <> ''),
  EXISTS (SELECT FROM charter_amendment
          WHERE charter_id = %(charter)s AND status IN ({_ALIVE})),
  EXISTS (SELECT FROM charter_following WHERE charter_id = %(charter)s),
  EXISTS (SELECT {outbox.LISTENING})
"""  # noqa: S608


class Waiting(NamedTuple):
    """Whether there are threads on words it changed, amendments to carry, people who follow a
    clause of the charter, and webhooks that listen for revisions."""

    threads: bool
    amendments: bool
    followers: bool
    webhooks: bool


def waiting_for(draft: Draft) -> Waiting:
    """Who waits for the draft's revision. Under the charter's lock, for threads and amendments
    come and go under it."""
    bound = {
        "charter": draft.charter.pk,
        "reworded": [clause for clause, _language in draft.reworded],
        "event": EventName.REVISION_COMMITTED.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, bound)
        return Waiting(*cursor.fetchone())

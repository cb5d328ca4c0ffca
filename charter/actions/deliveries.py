"""Taking what is due for the webhooks, and writing down what came of it.

Whoever takes a delivery has it for `LEASE`; when they die in between it falls due again. So what is
told may be told twice, under the same id, and is never lost.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from random import uniform

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from charter.models import Delivery, DeliveryState, Mishap, OutboxEntry, Webhook

LEASE = timedelta(seconds=90)
FIRST = timedelta(seconds=10)  # after the first attempt that failed; each further wait
FACTOR = 4  # is so many times as long,
LONGEST = timedelta(hours=12)  # up to this,
PATIENCE = timedelta(days=3)  # until the last attempt would be later than this
LONG_FAILED = timedelta(days=2)  # without one success: the webhook is stopped
KEPT = timedelta(days=30)  # the log
GONE = 410  # how a receiver says that it wants no more
PER_WEBHOOK = 2  # at once, so that one that is slow holds up no other

# The inner query sees what is due; the outer one locks it and looks again at what it has locked.
_DUE = """
SELECT due.id FROM charter_delivery due JOIN (
  SELECT one.id, row_number() OVER (
    PARTITION BY one.webhook_id ORDER BY one.next_at, one.id
  ) AS turn
  FROM charter_delivery one JOIN charter_webhook told ON told.id = one.webhook_id
  WHERE one.state = 'waiting' AND one.next_at <= %(now)s
    AND told.active AND told.stopped_at IS NULL AND told.withdrawn_at IS NULL
    AND NOT told.id = ANY(%(but)s)
) line ON line.id = due.id
WHERE line.turn <= %(each)s AND due.state = 'waiting' AND due.next_at <= %(now)s
ORDER BY due.next_at, due.id LIMIT %(limit)s
FOR UPDATE OF due SKIP LOCKED
"""


def take(limit: int, *, but: Collection[int] = (), now: datetime | None = None) -> list[Delivery]:
    """At most `limit` due deliveries, now this caller's for `LEASE`, with webhook and entry.

    None of the webhooks in `but`. Two who take at once never get the same.
    """
    now = now or timezone.now()
    bound = {"now": now, "but": list(but), "each": PER_WEBHOOK, "limit": limit}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_DUE, bound)
            found = [row[0] for row in cursor.fetchall()]
        if not found:
            return []
        Delivery.objects.filter(pk__in=found).update(
            attempts=F("attempts") + 1, tried_at=now, next_at=now + LEASE
        )
    taken = Delivery.objects.filter(pk__in=found).order_by("pk")
    return list(taken.select_related("webhook", "entry__charter", "entry__actor"))


def succeeded(
    delivery: Delivery, *, status: int, milliseconds: int, now: datetime | None = None
) -> None:
    """It was taken in."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.DELIVERED, status=status, milliseconds=milliseconds, mishap=""
    )
    Webhook.objects.filter(pk=delivery.webhook_id, failing_since__isnull=False).update(
        failing_since=None
    )


def failed(
    delivery: Delivery,
    *,
    mishap: Mishap,
    status: int | None,
    milliseconds: int,
    now: datetime | None = None,
) -> None:
    """It was not: try again later, or give it up, and stop the webhook if it has failed for long.

    What somebody else has tried since is left to them.
    """
    now = now or timezone.now()
    later = now + wait_after(delivery.attempts)
    over = status == GONE or later > delivery.asked_at + PATIENCE
    changed = Delivery.objects.filter(
        pk=delivery.pk, attempts=delivery.attempts, state=DeliveryState.WAITING
    ).update(
        state=DeliveryState.GIVEN_UP if over else DeliveryState.WAITING,
        next_at=later,
        status=status,
        milliseconds=milliseconds,
        mishap=mishap,
    )
    if changed:
        _mark(delivery.webhook_id, now, over=over, gone=status == GONE)


def wait_after(attempts: int) -> timedelta:
    """How long after so many attempts, give or take a fifth, lest many come back together."""
    return min(LONGEST, FIRST * FACTOR ** min(attempts - 1, 12)) * uniform(0.8, 1.2)


def tidy(now: datetime | None = None) -> int:
    """Forget what was told long ago; how many entries. What still waits for its turn stays."""
    old = OutboxEntry.objects.filter(created_at__lt=(now or timezone.now()) - KEPT)
    _gone, each = old.exclude(deliveries__state=DeliveryState.WAITING).delete()
    return each.get(OutboxEntry._meta.label, 0)


def _mark(webhook: int, now: datetime, *, over: bool, gone: bool) -> None:
    told = Webhook.objects.filter(pk=webhook)
    told.filter(failing_since__isnull=True).update(failing_since=now)
    if gone:
        told.filter(stopped_at__isnull=True).update(stopped_at=now)
    elif over:
        told.filter(stopped_at__isnull=True, failing_since__lte=now - LONG_FAILED).update(
            stopped_at=now
        )

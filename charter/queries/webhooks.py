"""The webhooks of a charter, and the log of what they were told."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from charter.models import (
    Charter,
    Delivery,
    DeliveryState,
    EventName,
    Mishap,
    Webhook,
)
from charter.queries.webhook_messages import message_id

PAGE = 50  # deliveries


@dataclass(frozen=True, slots=True)
class Listener:
    """A webhook. `waiting` and `given_up` count the deliveries in its log that stand so."""

    id: int
    url: str
    description: str
    events: tuple[EventName, ...]
    active: bool
    failing_since: datetime | None
    stopped_at: datetime | None
    created_at: datetime
    created_by: str
    waiting: int
    given_up: int

    @property
    def running(self) -> bool:
        return self.active and self.stopped_at is None


@dataclass(frozen=True, slots=True)
class Telling:
    """A delivery in the log. `message` is the id it is sent under.

    `mishap` is None where the last attempt went well or is to come.
    """

    id: int
    message: str
    event: EventName
    at: datetime
    state: DeliveryState
    attempts: int
    next_at: datetime
    tried_at: datetime | None
    status: int | None
    milliseconds: int | None
    mishap: Mishap | None


@dataclass(frozen=True, slots=True)
class Log:
    """Newest first; `older` is the cursor of the next page, None at the end."""

    tellings: tuple[Telling, ...]
    older: int | None


def webhooks_of(charter: Charter) -> list[Listener]:
    """Those that were not withdrawn. One query."""
    return [_listener(one) for one in _counted(charter)]


def webhook_of(charter: Charter, webhook: int) -> Listener | None:
    """One of them; None when it is not in this charter."""
    found = _counted(charter).filter(pk=webhook).first()
    return _listener(found) if found else None


def stopped_in(charter: Charter) -> bool:
    """Whether one of them stopped by itself."""
    return Webhook.objects.filter(
        charter=charter, stopped_at__isnull=False, withdrawn_at__isnull=True
    ).exists()


def log_of(
    charter: Charter, webhook: int, *, before: int | None = None, limit: int | None = None
) -> Log:
    """What a webhook was told, or is to be; `before` a cursor. One query."""
    limit = limit or PAGE
    rows = Delivery.objects.filter(webhook__charter=charter, webhook=webhook)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("entry").order_by("-pk")[: limit + 1])
    more = len(found) > limit
    return Log(
        tellings=tuple(_telling(one) for one in found[:limit]),
        older=found[limit - 1].pk if more else None,
    )


def webhook_of_delivery(charter: Charter, delivery: int) -> int | None:
    """Whose delivery it is; None when it is not in this charter or the webhook was withdrawn."""
    found = Delivery.objects.filter(
        webhook__charter=charter, webhook__withdrawn_at__isnull=True, pk=delivery
    )
    return found.values_list("webhook_id", flat=True).first()


def depth() -> tuple[int, float]:
    """How many deliveries wait, and for how many seconds the longest of those due has."""
    waiting = Delivery.objects.filter(
        state=DeliveryState.WAITING,
        webhook__active=True,
        webhook__stopped_at__isnull=True,
        webhook__withdrawn_at__isnull=True,
    )
    now = datetime.now().astimezone()
    first = waiting.order_by("next_at").values_list("next_at", flat=True).first()
    return waiting.count(), max(0.0, (now - first).total_seconds()) if first else 0.0


def _counted(charter: Charter):
    def standing(state: DeliveryState) -> Count:
        return Count("deliveries", filter=Q(deliveries__state=state))

    return (
        Webhook.objects.filter(charter=charter, withdrawn_at__isnull=True)
        .select_related("created_by")
        .annotate(
            waiting=standing(DeliveryState.WAITING), given_up=standing(DeliveryState.GIVEN_UP)
        )
    )


def _listener(one: Webhook) -> Listener:
    return Listener(
        id=one.pk,
        url=one.url,
        description=one.description,
        events=tuple(EventName(name) for name in one.events),
        active=one.active,
        failing_since=one.failing_since,
        stopped_at=one.stopped_at,
        created_at=one.created_at,
        created_by=str(one.created_by),
        waiting=one.waiting,
        given_up=one.given_up,
    )


def _telling(one: Delivery) -> Telling:
    return Telling(
        id=one.pk,
        message=message_id(one.entry),
        event=EventName(one.entry.event),
        at=one.entry.created_at,
        state=DeliveryState(one.state),
        attempts=one.attempts,
        next_at=one.next_at,
        tried_at=one.tried_at,
        status=one.status,
        milliseconds=one.milliseconds,
        mishap=Mishap(one.mishap) if one.mishap else None,
    )
